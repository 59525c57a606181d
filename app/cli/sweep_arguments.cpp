// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sweep_arguments.h"

#include <algorithm>
#include <utility>

#include "app/cli/method_argument.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/space/sample.h"
#include "core/space/vary.h"

namespace taktwerk::cli {

namespace {

/// "random:200" or "lhs:200"
std::optional<Misuse> readSample(const std::string& text, PointChoice& choice) {
  if (text.empty()) return std::nullopt;
  const auto sample = parseSample(text);
  if (!sample) {
    return Misuse{"--sample wants random:N or lhs:N with N from 1 to " + std::to_string(largestSample) +
                  ", not \"" + text + '"'};
  }
  choice.draw(*sample);
  return std::nullopt;
}

/// "3/64"
std::optional<Misuse> readShard(const std::string& text, PointChoice& choice) {
  const std::size_t slash = text.find('/');
  const auto shard = wholeNumber(text.substr(0, slash));
  const auto shards = slash == std::string::npos ? std::nullopt : wholeNumber(text.substr(slash + 1));
  if (!shard || !shards || *shard < 1 || *shards < *shard) {
    return Misuse{"--shard wants I/N with I from 1 to N, such as 3/64, not " + inQuotes(text)};
  }
  choice.shard = *shard;
  choice.shards = *shards;
  return std::nullopt;
}

std::optional<Misuse> readNumbers(const SweepArguments& arguments, SweepWishes& wishes) {
  if (arguments.seed) {
    const auto seed = countArgument("--seed", *arguments.seed, 0);
    if (const auto* misuse = std::get_if<Misuse>(&seed)) return *misuse;
    wishes.choice.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(seed));
    if (arguments.sample.empty() && !arguments.explore)
      return Misuse{
          "--seed is of a sample or a search: say --sample random:N, --sample lhs:N or --explore N too"};
  }
  const auto jobs = jobsArgument(arguments.jobs);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return *misuse;
  wishes.options.jobs = std::get<unsigned>(jobs);
  if (arguments.explore) {
    const auto explore = countArgument("--explore", *arguments.explore, 1);
    if (const auto* misuse = std::get_if<Misuse>(&explore)) return *misuse;
    wishes.explore = std::get<std::int64_t>(explore);
  }
  if (arguments.search) {
    const auto search = countArgument("--search", *arguments.search, 1);
    if (const auto* misuse = std::get_if<Misuse>(&search)) return *misuse;
    wishes.options.study.how.search = std::get<std::int64_t>(search);
  }
  if (arguments.batch) {
    const auto batch = countArgument("--batch", *arguments.batch, 1);
    if (const auto* misuse = std::get_if<Misuse>(&batch)) return *misuse;
    wishes.batch = std::get<std::int64_t>(batch);
  }
  return std::nullopt;
}

/// Searches and goals choose points themselves, and what they look for is named.
std::optional<Misuse> checkSearch(const SweepArguments& arguments) {
  const std::string option = arguments.explore ? "--explore" : "--goal";
  if (arguments.explore || !arguments.goals.empty()) {
    if (!arguments.points.empty() || !arguments.sample.empty() || arguments.shard)
      return Misuse{option + " chooses points of a space itself; leave out --points, --sample and --shard"};
    if (arguments.objectives.empty())
      return Misuse{option + " needs to know what is better: say --objective NAME too"};
  }
  if (!arguments.goals.empty() && arguments.objectives.size() > 1)
    return Misuse{
        "--goal finds the best in one figure; say --objective once, and what else must hold as further "
        "goals"};
  if (arguments.front && arguments.objectives.empty())
    return Misuse{"--front needs to know what is better: say --objective NAME too, once a figure"};
  return std::nullopt;
}

/// What is counted in inferences is of a whole network.
std::optional<Misuse> checkLayerAlone(const SweepArguments& arguments) {
  if (arguments.layer.empty()) return std::nullopt;
  if (arguments.batch) return Misuse{"--batch counts inferences of a whole network; leave out --layer"};
  for (const auto* wishes : {&arguments.objectives, &arguments.goals}) {
    for (const std::string& wish : *wishes) {
      for (const char* figure : {"interval", "total", "inferences_per_second"}) {
        const bool isThis =
            wish.starts_with(figure) &&
            wish.substr(std::string_view(figure).size()).find_first_of("abcdefghijklmnopqrstuvwxyz_") != 0;
        if (isThis)
          return Misuse{inQuotes(figure) + " counts inferences of a whole network; leave out --layer"};
      }
    }
  }
  return std::nullopt;
}

std::optional<Misuse> checkTogether(const SweepArguments& arguments) {
  const bool hasSpace = !arguments.space.empty() || !arguments.vary.empty();
  if (!hasSpace && arguments.points.empty()) {
    return Misuse{"say what is varied: --space FILE, --vary NAME=V,V,… or --points FILE"};
  }
  if (!arguments.points.empty() && (hasSpace || !arguments.sample.empty())) {
    return Misuse{"--points names the points themselves; leave out --space, --vary and --sample"};
  }
  if (auto misuse = checkSearch(arguments)) return misuse;
  if (auto misuse = checkLayerAlone(arguments)) return misuse;
  if (arguments.resume && arguments.store.empty())
    return Misuse{"--resume goes on with a store: say --store FILE too"};
  const bool json = arguments.out.ends_with(".json");
  if (!arguments.out.empty() && !json && !arguments.out.ends_with(".csv")) {
    return Misuse{"--out writes a table, FILE.csv, or FILE.json; " + inQuotes(arguments.out) +
                  " ends with neither"};
  }
  return std::nullopt;
}

}  // namespace

void addSweepArguments(CLI::App& command, SweepArguments& arguments) {
  addInputArguments(command, arguments.inputs, TraceArgument::No);
  command.get_option("--arch")->required(false);
  command.get_option("--network")->required(false);
  command.add_option("--space", arguments.space, "The design space, a *.space.yaml")->type_name("FILE");
  command
      .add_option("--vary", arguments.vary,
                  "A parameter and its values: NAME=V,V,… or NAME=FROM:TO, NAME=FROM:TO:STEP, "
                  "NAME=FROM:TO:*FACTOR; may be repeated, also beside --space")
      ->type_name("NAME=VALUES")
      ->allow_extra_args(false);
  command
      .add_option(
          "--points", arguments.points,
          "Points from a table with the parameters' names in its first line; - reads standard input, and "
          "each point is estimated as it comes")
      ->type_name("FILE");
  command
      .add_option("--sample", arguments.sample,
                  "Not all points: random:N draws N different ones, lhs:N a Latin hypercube of N")
      ->type_name("HOW:N");
  command
      .add_option("--seed", arguments.seed,
                  "Another sample or search; equal seeds give equal points everywhere (0)")
      ->type_name("S");
  command
      .add_option("--shard", arguments.shard,
                  "Only share I of N, from 1: N processes with the same other options do all points together")
      ->type_name("I/N");
  command
      .add_option("--objective", arguments.objectives,
                  "A figure that is looked for, NAME, NAME:min or NAME:max, and a column of it; may be "
                  "repeated. A name that there is not is answered with all that there are")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      .add_option(
          "--batch", arguments.batch,
          "The figure total is of so many inferences one after another (1), and columns of interval and "
          "total are written")
      ->type_name("N");
  command
      .add_option("--explore", arguments.explore,
                  "Search for the front of the objectives: estimate N points at most, chosen by NSGA-II")
      ->type_name("N");
  command
      .add_option(
          "--goal", arguments.goals,
          "Find the point that is best in the objective of those that reach this, 'FIGURE >= NUMBER' or "
          "'FIGURE <= NUMBER'; may be repeated. All points are estimated, or --explore N of them")
      ->type_name("GOAL")
      ->allow_extra_args(false);
  command.add_flag("--front", arguments.front,
                   "Name the points that no other is better than in all objectives, behind the rows");
  command.add_option("--layer", arguments.layer, "Only this layer")->type_name("NAME");
  command.add_option("--method", arguments.method, "How layers are timed, as in estimate")
      ->type_name("NAME")
      ->capture_default_str();
  command
      .add_option(
          "--search", arguments.search,
          "Choices of tunables that are timed for each layer and mapping, the best is kept (1: defaults)")
      ->type_name("N");
  command
      .add_option(
          "--out", arguments.out,
          "Write the rows to FILE.csv or FILE.json once all are there; without it they go to standard "
          "output as they come")
      ->type_name("FILE");
  command
      .add_option(
          "--store", arguments.store,
          "Keep each result in FILE.sqlite as it comes, safe from being killed; what it holds is known by "
          "the content of all that went in")
      ->type_name("FILE");
  command.add_flag("--resume", arguments.resume,
                   "Go on with a store that is there, and estimate only what it does not hold");
  command.add_option("--jobs", arguments.jobs, "Points estimated at the same time (all cores)")
      ->type_name("J");
}

std::variant<SweepWishes, Misuse> wishesFrom(const SweepArguments& arguments) {
  SweepWishes wishes;
  if (auto misuse = checkTogether(arguments)) return std::move(*misuse);
  if (auto misuse = readNumbers(arguments, wishes)) return std::move(*misuse);
  if (auto misuse = readSample(arguments.sample, wishes.choice)) return std::move(*misuse);
  if (arguments.shard) {
    if (auto misuse = readShard(*arguments.shard, wishes.choice)) return std::move(*misuse);
  }
  for (const std::string& text : arguments.vary) {
    auto dimension = parseVary(text);
    if (const auto* problem = std::get_if<VaryProblem>(&dimension))
      return Misuse{"--vary " + problem->message};
    wishes.vary.push_back(std::get<Dimension>(std::move(dimension)));
  }
  auto settings = settingsIn(arguments.inputs.settings);
  if (const auto* misuse = std::get_if<Misuse>(&settings)) return *misuse;
  wishes.settings = std::get<std::vector<Setting>>(std::move(settings));
  const auto method = methodArgument("--method", arguments.method);
  if (const auto* misuse = std::get_if<Misuse>(&method)) return *misuse;
  wishes.options.study.how.method = std::get<Method>(method);
  wishes.options.study.layer = arguments.layer;
  wishes.options.study.keep = false;
  wishes.json = arguments.out.ends_with(".json");
  return wishes;
}

}  // namespace taktwerk::cli
