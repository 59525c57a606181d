// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/architecture/architecture_file.h"
#include "core/base/whole_number.h"
#include "core/estimate/workspace.h"
#include "core/import/import_network.h"
#include "core/kernels/trace_kernels.h"
#include "core/machine/elaborate.h"
#include "core/program/trace_file.h"

namespace taktwerk::cli {

namespace {

/// Takes a result's value, or reports its problems. Warnings are reported either way.
template <class T>
std::optional<T> take(Result<T> result, const Console& console) {
  console.report(result.diagnostics);
  if (!result || hasErrors(result.diagnostics)) return std::nullopt;
  return std::move(result.value);
}

std::optional<std::vector<Mapping>> readMappings(const InputArguments& arguments, const Console& console) {
  if (arguments.mappings.empty()) return take(readMappingsBeside(arguments.architecture), console);
  std::vector<Mapping> mappings;
  bool good = true;
  for (const std::string& path : arguments.mappings) {
    if (std::optional<Mapping> mapping = take(readMapping(path), console)) {
      mappings.push_back(std::move(*mapping));
    } else {
      good = false;
    }
  }
  if (!good) return std::nullopt;
  return mappings;
}

SettableNames settableNames(const Inputs& inputs) {
  SettableNames names;
  for (const Parameter& parameter : inputs.architecture.parameters)
    names.architecture.push_back(parameter.name);
  if (inputs.network) {
    for (const auto& [name, value] : inputs.network->parameters) names.network.push_back(name);
  }
  std::set<std::string> tunables;
  for (const Mapping& mapping : inputs.mappings) {
    for (std::string& name : tunableNames(mapping)) tunables.insert(std::move(name));
  }
  names.mapping.assign(tunables.begin(), tunables.end());
  return names;
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
      .add_option(
          "--mapping", arguments.mappings,
          "A mapping, a *.mapping.yaml; may be repeated. Without it, the mappings beside the architecture "
          "file; of several that fit a layer, the one with the fewest cycles")
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

std::variant<std::int64_t, Misuse> countArgument(const std::string& option, const std::string& text,
                                                 std::int64_t minimum) {
  const auto value = wholeNumber(text);
  if (value && *value >= minimum) return *value;
  return Misuse{option + " wants a whole number of at least " + std::to_string(minimum) + ", not \"" + text +
                '"'};
}

namespace {

/// The arguments with what a workspace says where they say nothing.
struct Completed {
  InputArguments arguments;
  Overrides overrides;
  std::map<std::string, LayerChoice> choices;
};
std::variant<Completed, ExitStatus> withWorkspace(const InputArguments& arguments, const Console& console) {
  Completed completed{arguments, {}, {}};
  if (arguments.workspace.empty()) return completed;
  if (!arguments.workspace.ends_with(".taktwerk")) {
    return console.misused(
        "the only argument without an option is a workspace, whose name ends with .taktwerk; found \"" +
        arguments.workspace + '"');
  }
  auto workspace = take(readWorkspace(arguments.workspace), console);
  if (!workspace) return ExitStatus::WrongInput;
  const bool ownArchitecture = arguments.architecture.empty();
  if (ownArchitecture)
    completed.arguments.architecture = workspace->resolve(workspace->architecture).string();
  if (arguments.network.empty() && arguments.trace.empty() && !workspace->network.empty()) {
    completed.arguments.network = workspace->resolve(workspace->network).string();
  }
  // Mappings and parameters are those of the workspace's architecture.
  if (ownArchitecture && arguments.mappings.empty()) {
    for (const std::string& mapping : workspace->mappings) {
      completed.arguments.mappings.push_back(workspace->resolve(mapping).string());
    }
  }
  for (const auto& [name, value] : workspace->parameters) {
    if (name.starts_with("arch.") && ownArchitecture)
      completed.overrides.architecture[name.substr(5)] = value;
    if (name.starts_with("network.") && arguments.network.empty())
      completed.overrides.network[name.substr(8)] = value;
  }
  completed.choices = workspace->layers;
  return completed;
}

}  // namespace

std::variant<Inputs, ExitStatus> readInputs(const InputArguments& given, const Console& console) {
  auto completed = withWorkspace(given, console);
  if (const auto* status = std::get_if<ExitStatus>(&completed)) return *status;
  const Completed& known = std::get<Completed>(completed);
  const InputArguments& arguments = known.arguments;
  if (arguments.architecture.empty()) return console.misused("--arch is required, or a workspace");
  if (arguments.network.empty() && arguments.trace.empty()) {
    return console.misused("say what is to run: --network FILE or --trace FILE");
  }
  std::vector<Setting> settings;
  for (const std::string& text : arguments.settings) {
    const auto setting = parseSetting(text);
    if (const auto* misuse = std::get_if<Misuse>(&setting)) return console.misused(misuse->message);
    settings.push_back(std::get<Setting>(setting));
  }

  // Everything is read before anything is refused, so that all problems are seen at once.
  Inputs inputs;
  bool good = true;
  if (auto architecture = take(readArchitecture(arguments.architecture), console)) {
    inputs.architecture = std::move(*architecture);
  } else {
    good = false;
  }
  if (!arguments.trace.empty() && !arguments.mappings.empty()) {
    console.report({{Severity::Warning,
                     arguments.trace,
                     {1, 1},
                     "E0008",
                     "a trace needs no mapping; --mapping is ignored",
                     {}}});
  }
  if (!arguments.network.empty()) {
    inputs.network = take(readAnyNetwork(arguments.network), console);
    good = good && inputs.network.has_value();
    if (auto mappings = readMappings(arguments, console)) {
      inputs.mappings = std::move(*mappings);
    } else {
      good = false;
    }
  }
  if (!good) return ExitStatus::WrongInput;

  auto overrides = resolveSettings(settings, settableNames(inputs));
  if (const auto* misuse = std::get_if<Misuse>(&overrides)) return console.misused(misuse->message);
  inputs.overrides = std::get<Overrides>(std::move(overrides));
  inputs.overrides.architecture.insert(known.overrides.architecture.begin(),
                                       known.overrides.architecture.end());
  inputs.overrides.network.insert(known.overrides.network.begin(), known.overrides.network.end());
  inputs.choices = known.choices;

  if (!inputs.overrides.network.empty()) {
    Result<Network> network = readAnyNetwork(arguments.network, inputs.overrides.network);
    if (!network || hasErrors(network.diagnostics)) return console.refuse(network.diagnostics);
    inputs.network = std::move(network.value);  // its warnings have been reported before
  }
  auto machine = take(elaborate(inputs.architecture, inputs.overrides.architecture), console);
  if (!machine) return ExitStatus::WrongInput;
  inputs.machine = std::move(*machine);

  if (!arguments.trace.empty()) {
    inputs.trace = readTraceFor(*inputs.machine, arguments.trace, arguments.foldTrace, console);
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
  return Misuse{"--layer: the network " + network.name + " has no layer \"" + name + '"' +
                didYouMean(name, names)};
}

}  // namespace taktwerk::cli
