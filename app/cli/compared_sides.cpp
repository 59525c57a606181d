// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compared_sides.h"

#include <algorithm>
#include <utility>

#include "app/cli/method_argument.h"
#include "app/cli/progress_line.h"
#include "core/analysis/study_sources.h"
#include "core/report/estimate_reader.h"
#include "core/study/study_estimate.h"

namespace taktwerk::cli {

namespace {

std::variant<StoredResult, ExitStatus> storedIn(const std::string& file, const Console& console) {
  Result<StoredResult> result = readEstimateJson(file);
  console.report(result.diagnostics);
  if (!result || hasErrors(result.diagnostics)) return ExitStatus::WrongInput;
  return std::move(*result);
}

/// A study with how it is timed.
struct Side {
  Inputs inputs;
  EstimateOptions how;
};

std::variant<StoredResult, ExitStatus> timed(const Side& side, const Context& context) {
  Progress progress;
  const Interruption::Guard guard(context.interruption, progress);
  const ProgressLine line(progress, "estimating", "instructions");
  const auto result = estimate(side.inputs.study, {side.how, {}}, *side.inputs.memory, progress);
  if (result->cancelled) return ExitStatus::Cancelled;
  if (!result->estimate || hasErrors(result->diagnostics)) return context.console.refuse(result->diagnostics);
  return storedResult(*result->estimate, storedSources(side.inputs.study));
}

/// The other study: what `against` does not say is as in the first. Values hold for both where what they
/// belong to is the same file, unless `against` sets them.
std::variant<Side, ExitStatus> otherSide(const ComparedArguments& arguments, const Side& first, Method method,
                                         const Console& console) {
  InputArguments other = arguments.against;
  const bool sameArchitecture = other.architecture.empty(), sameNetwork = other.network.empty();
  const bool sameMappings = other.mappings.empty() && sameArchitecture;
  if (sameArchitecture) other.architecture = arguments.study.architecture;
  if (sameNetwork) other.network = arguments.study.network;
  if (sameMappings) other.mappings = arguments.study.mappings;
  auto read = readInputs(other, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  Side side{std::get<Inputs>(std::move(read)), first.how};
  side.how.method = method;
  StudySettings& settings = side.inputs.study.settings;
  const StudySettings& given = first.inputs.study.settings;
  if (sameArchitecture) settings.architecture.insert(given.architecture.begin(), given.architecture.end());
  if (sameNetwork) settings.network.insert(given.network.begin(), given.network.end());
  if (sameMappings) settings.tunables.insert(given.tunables.begin(), given.tunables.end());
  return side;
}

/// What is wrong with what is to be set side by side, or nothing.
std::string whyNotSides(const ComparedArguments& arguments) {
  const std::size_t files = arguments.results.size();
  if (files > 2) return "compare takes two results, not " + std::to_string(files);
  if (files == 2) {
    if (!arguments.hasStudy() && !arguments.hasAgainst()) return {};
    return "two results are given already; leave out --arch and what belongs to it, or one of the files";
  }
  if (!arguments.hasStudy()) {
    return "say what is to be compared: two results of estimate --json, or --arch and --network with "
           "one result or an --against-… option";
  }
  if (files == 1 && arguments.hasAgainst()) {
    return "the result is what is compared with; leave out the --against-… options, or the file";
  }
  if (files == 0 && !arguments.hasAgainst()) {
    return "say what it is to be compared with: a result of estimate --json, or --against-set, "
           "--against-arch, "
           "--against-network, --against-mapping or --against-method";
  }
  return {};
}

}  // namespace

bool ComparedArguments::hasAgainst() const {
  return !against.architecture.empty() || !against.network.empty() || !against.mappings.empty() ||
         !against.settings.empty() || !againstMethod.empty();
}

std::variant<ComparedSides, ExitStatus> comparedSides(const ComparedArguments& arguments,
                                                      const Context& context) {
  const Console& console = context.console;
  if (const std::string why = whyNotSides(arguments); !why.empty()) return console.misused(why);
  const auto method = methodArgument("--method", arguments.method);
  if (const auto* misuse = std::get_if<Misuse>(&method)) return console.misused(misuse->message);
  const auto other =
      arguments.againstMethod.empty() ? method : methodArgument("--against-method", arguments.againstMethod);
  if (const auto* misuse = std::get_if<Misuse>(&other)) return console.misused(misuse->message);
  const auto jobs = jobsArgument(arguments.jobs);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return console.misused(misuse->message);

  // Files first: what is wrong with them is known at once.
  std::vector<StoredResult> sides;
  bool wrong = false;
  for (const std::string& file : arguments.results) {
    auto stored = storedIn(file, console);
    wrong = wrong || std::holds_alternative<ExitStatus>(stored);
    if (auto* result = std::get_if<StoredResult>(&stored)) sides.push_back(std::move(*result));
  }
  if (wrong) return ExitStatus::WrongInput;
  if (sides.size() == 2) return ComparedSides{std::move(sides[0]), std::move(sides[1])};

  auto read = readInputs(arguments.study, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  Side first{std::get<Inputs>(std::move(read)), {}};
  first.how.method = std::get<Method>(method);
  first.how.jobs = std::get<unsigned>(jobs);
  if (sides.empty()) {
    const auto second = otherSide(arguments, first, std::get<Method>(other), console);
    if (const auto* status = std::get_if<ExitStatus>(&second)) return *status;
    auto result = timed(std::get<Side>(second), context);
    if (const auto* status = std::get_if<ExitStatus>(&result)) return *status;
    sides.push_back(std::get<StoredResult>(std::move(result)));
  }
  auto now = timed(first, context);
  if (const auto* status = std::get_if<ExitStatus>(&now)) return *status;
  return ComparedSides{std::move(sides[0]), std::get<StoredResult>(std::move(now))};
}

}  // namespace taktwerk::cli
