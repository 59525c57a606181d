// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/kernels/trace_kernels.h"
#include "core/mapping/mapping.h"
#include "core/program/trace_file.h"
#include "core/study/workspace.h"

namespace taktwerk::cli {

namespace {

/// Takes a result's value, or reports its problems. Warnings are reported either way.
template <class T>
std::optional<T> take(Result<T> result, const Console& console) {
  console.report(result.diagnostics);
  if (!result || hasErrors(result.diagnostics)) return std::nullopt;
  return std::move(result.value);
}

}  // namespace

void addInputArguments(CLI::App& command, InputArguments& arguments, TraceArgument trace) {
  command.add_option("--arch", arguments.architecture, "The architecture, a *.arch.yaml")
      ->required()
      ->type_name("FILE");
  CLI::Option* const network = command
                                   .add_option("--network", arguments.network,
                                               "The network, a *.network.yaml; *.onnx and *.csv are imported")
                                   ->type_name("FILE");
  command
      .add_option("--mapping", arguments.mappings,
                  "A mapping, a *.mapping.yaml, or a folder of them; may be repeated. Without it, the "
                  "mappings beside "
                  "the architecture file; of several that fit a layer, the one with the fewest cycles")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--set", arguments.settings,
                  "A parameter's value, such as arch.rows=8, network.batch=4 or mapping.tile_k=16; the part "
                  "before the dot may be left out where the rest is unique; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  if (trace == TraceArgument::Instead) {
    command.add_option("--trace", arguments.trace, "A trace, a *.trace.jsonl, instead of a network")
        ->type_name("FILE")
        ->excludes(network);
  } else {
    network->required();
  }
}

std::variant<std::vector<std::string>, Misuse> mappingsArgument(const std::vector<std::string>& texts) {
  std::vector<std::string> files;
  for (const std::string& text : texts) {
    std::error_code error;
    if (!std::filesystem::is_directory(text, error)) {
      files.push_back(text);
      continue;
    }
    const auto inside = mappingFilesIn(text);
    if (inside.empty()) return Misuse{"--mapping " + text + ": the folder has no *.mapping.yaml"};
    for (const std::filesystem::path& file : inside) files.push_back(file.string());
  }
  return files;
}

std::variant<std::int64_t, Misuse> countArgument(const std::string& option, const std::string& text,
                                                 std::int64_t minimum) {
  const auto value = wholeNumber(text);
  if (value && *value >= minimum) return *value;
  return Misuse{option + " wants a whole number of at least " + std::to_string(minimum) + ", not " +
                inQuotes(text)};
}

std::variant<unsigned, Misuse> jobsArgument(const std::string& text) {
  if (text.empty()) return 0U;
  const auto jobs = countArgument("--jobs", text, 1);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return *misuse;
  return static_cast<unsigned>(std::min<std::int64_t>(std::get<std::int64_t>(jobs), 1024));
}

namespace {

/// The files that the arguments name, with what a workspace says where they say nothing.
struct Named {
  StudyFiles files;
  StudySettings settings;
  std::map<std::string, LayerChoice> choices;
};
std::variant<Named, ExitStatus> namedBy(const InputArguments& arguments, const Console& console) {
  Named named;
  named.files.architecture = arguments.architecture;
  named.files.network = arguments.network;
  named.files.trace = arguments.trace;
  auto mappings = mappingsArgument(arguments.mappings);
  if (const auto* misuse = std::get_if<Misuse>(&mappings)) return console.misused(misuse->message);
  named.files.mappings = std::get<0>(std::move(mappings));
  if (arguments.workspace.empty()) return named;
  if (!arguments.workspace.ends_with(".taktwerk")) {
    return console.misused(
        "the only argument without an option is a workspace, whose name ends with .taktwerk; found " +
        inQuotes(arguments.workspace));
  }
  const auto workspace = take(readWorkspace(arguments.workspace), console);
  if (!workspace) return ExitStatus::WrongInput;
  const StudyFiles files = filesOf(*workspace);
  StudySettings settings = sortParameters(workspace->parameters);
  // Mappings and parameters are those of the workspace's architecture.
  if (arguments.architecture.empty()) {
    named.files.architecture = files.architecture;
    if (arguments.mappings.empty()) {
      named.files.mappings = files.mappings;
      named.settings.tunables = std::move(settings.tunables);
    }
    named.settings.architecture = std::move(settings.architecture);
  }
  if (arguments.network.empty()) {
    if (arguments.trace.empty()) {
      named.files.network = files.network;
      named.files.trace = files.trace;
    }
    named.settings.network = std::move(settings.network);
  }
  named.choices = workspace->layers;
  return named;
}

}  // namespace

std::variant<std::vector<Setting>, Misuse> settingsIn(const std::vector<std::string>& texts) {
  std::vector<Setting> settings;
  for (const std::string& text : texts) {
    const auto setting = parseSetting(text);
    if (const auto* problem = std::get_if<SettingProblem>(&setting)) {
      return Misuse{"--set " + problem->message};
    }
    settings.push_back(std::get<Setting>(setting));
  }
  return settings;
}

std::variant<Inputs, ExitStatus> readInputs(const InputArguments& arguments, const Console& console) {
  auto known = namedBy(arguments, console);
  if (const auto* status = std::get_if<ExitStatus>(&known)) return *status;
  const Named& named = std::get<Named>(known);
  if (named.files.architecture.empty()) return console.misused("--arch is required, or a workspace");
  const std::string& trace = named.files.trace;
  if (named.files.network.empty() && trace.empty()) {
    return console.misused("say what is to run: --network FILE or --trace FILE");
  }
  const auto settings = settingsIn(arguments.settings);
  if (const auto* misuse = std::get_if<Misuse>(&settings)) return console.misused(misuse->message);

  // Everything is read before anything is refused, so that all problems are seen at once.
  Inputs inputs;
  auto study = take(readStudy(named.files, *inputs.memory), console);
  if (!trace.empty() && !arguments.mappings.empty()) {
    console.report(
        {{Severity::Warning, trace, {1, 1}, "E0008", "a trace needs no mapping; --mapping is ignored", {}}});
  }
  if (!study) return ExitStatus::WrongInput;
  inputs.study = std::move(*study);
  const bool hasNetwork = !inputs.study.network.path.empty();
  if (hasNetwork) inputs.network = *inputs.memory->network(inputs.study.network, {});

  auto sorted = sortSettings(std::get<0>(settings), settableNames(inputs.study, inputs.network.get()));
  if (const auto* problem = std::get_if<SettingProblem>(&sorted)) {
    return console.misused("--set: " + problem->message);
  }
  inputs.study.settings = std::get<StudySettings>(std::move(sorted));
  inputs.study.settings.architecture.insert(named.settings.architecture.begin(),
                                            named.settings.architecture.end());
  inputs.study.settings.network.insert(named.settings.network.begin(), named.settings.network.end());
  inputs.study.settings.tunables.insert(named.settings.tunables.begin(), named.settings.tunables.end());
  inputs.study.choices = named.choices;

  if (hasNetwork && !inputs.study.settings.network.empty()) {
    const auto network = inputs.memory->network(inputs.study.network, inputs.study.settings.network);
    if (!network || hasErrors(network.diagnostics)) return console.refuse(network.diagnostics);
    inputs.network = *network;  // its warnings have been reported before
  }
  const auto machine =
      take(inputs.memory->machine(inputs.study.architecture, inputs.study.settings.architecture), console);
  if (!machine) return ExitStatus::WrongInput;
  inputs.machine = *machine;

  if (!trace.empty()) {
    inputs.trace = readTraceFor(*inputs.machine, trace, arguments.foldTrace, console);
    if (!inputs.trace) return ExitStatus::WrongInput;
  }
  return inputs;
}

std::optional<Program> readTraceFor(const Machine& machine, const std::string& file, bool fold,
                                    const Console& console) {
  if (!fold) return take(readTrace(file, machine), console);
  Progress progress;
  return take(readTraceAsLoops(file, machine, progress), console);
}

std::optional<Misuse> checkLayer(const Network& network, const std::string& name) {
  std::vector<std::string> names;
  for (const Layer& layer : network.layers) {
    if (layer.name == name) return std::nullopt;
    names.push_back(layer.name);
  }
  return Misuse{"--layer: the network " + network.name + " has no layer " + inQuotes(name) +
                didYouMean(name, names)};
}

}  // namespace taktwerk::cli
