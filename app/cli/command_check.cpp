// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "core/architecture/approvals.h"
#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/import/import_network.h"
#include "core/machine/corners.h"
#include "core/machine/elaborate.h"
#include "core/mapping/mapping.h"
#include "core/program/trace_file.h"
#include "core/report/estimate_reader.h"
#include "core/report/text_table.h"
#include "core/space/space_file.h"
#include "core/store/check_store.h"
#include "core/study/settings.h"
#include "core/study/study_memory.h"
#include "core/study/workspace.h"
#include "core/sweep/point_stream.h"

namespace taktwerk::cli {

namespace {

struct CheckArguments {
  std::vector<std::string> files;
  std::string architecture;  ///< on which traces, and mappings with a network, are checked
  std::string network;       ///< whose layers mappings are checked with
  std::string inputs;        ///< folder for the files that went into a store
};

/// What mappings are checked with, where it is given.
struct Target {
  std::shared_ptr<const Machine> machine;
  std::optional<Network> network;
};

/// What a good file holds, in a few words; or the problems of a bad one.
using Summary = Result<std::string>;

std::string count(std::size_t number, const std::string& noun) {
  return groupedDigits(static_cast<std::int64_t>(number)) + ' ' + noun + (number == 1 ? "" : "s");
}

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Summary checkArchitecture(const std::string& path) {
  Result<Architecture> architecture = readArchitecture(path);
  if (!architecture || hasErrors(architecture.diagnostics)) return std::move(architecture.diagnostics);
  auto machine = elaborate(*architecture);
  append(architecture.diagnostics, std::move(machine.diagnostics));
  if (!machine) return std::move(architecture.diagnostics);
  append(architecture.diagnostics, unworkableCorners(*architecture));
  if (hasErrors(architecture.diagnostics)) return std::move(architecture.diagnostics);
  return {"architecture \"" + architecture->name + "\", " + count(architecture->objects.size(), "object") +
              ", " + count(architecture->connections.size(), "connection"),
          std::move(architecture.diagnostics)};
}

Summary checkNetwork(const std::string& path) {
  Result<Network> network = readAnyNetwork(path);
  if (!network || hasErrors(network.diagnostics)) return std::move(network.diagnostics);
  return {"network \"" + network->name + "\", " + count(network->layers.size(), "layer") + ", " +
              count(network->tensors.size(), "tensor"),
          std::move(network.diagnostics)};
}

/// A mapping that leaves something out of its layers is wrong here; of others that are read with it, it is
/// only never chosen.
Summary checkMapping(const std::string& path, const Target& target) {
  Result<Mapping> mapping = readMapping(path);
  if (!mapping || hasErrors(mapping.diagnostics)) return std::move(mapping.diagnostics);
  Diagnostics problems = std::move(mapping.diagnostics);
  for (Diagnostic& problem : problems) {
    if (isOmission(problem)) problem.severity = Severity::Error;
  }
  std::size_t fitting = 0;
  if (target.machine != nullptr && target.network && !hasErrors(problems)) {
    for (const Layer& layer : target.network->layers) {
      const Match found = match(*mapping, *target.machine, *target.network, layer.id);
      if (found.layers.empty()) continue;
      ++fitting;
      const auto mapped = mapLayers(*mapping, *target.machine, *target.network, found.layers);
      Diagnostics of = mapped.diagnostics;
      if (mapped && mapped->omission) of.push_back(*mapped->omission);
      for (Diagnostic& problem : of) problem.message = "layer \"" + layer.name + "\": " + problem.message;
      append(problems, std::move(of));
    }
  }
  if (hasErrors(problems)) return problems;
  return {"mapping \"" + mapping->name + "\"" +
              (target.network ? ", takes " + count(fitting, "layer") + " of \"" + target.network->name + '"'
                              : std::string()),
          std::move(problems)};
}

Summary checkTrace(const std::string& path, const Machine& machine) {
  Result<Program> trace = readTrace(path, machine);
  if (!trace || hasErrors(trace.diagnostics)) return std::move(trace.diagnostics);
  return {"trace, " + count(static_cast<std::size_t>(sizeOf(*trace).instructions), "instruction") +
              " for \"" + machine.name + '"',
          std::move(trace.diagnostics)};
}

/// A result of `estimate --json`.
Summary checkResult(const std::string& path) {
  Result<StoredResult> result = readEstimateJson(path);
  if (!result || hasErrors(result.diagnostics)) return std::move(result.diagnostics);
  return {"result of \"" + result->architecture + "\" running \"" + result->network + "\", " +
              count(result->layers.size(), "layer"),
          std::move(result.diagnostics)};
}

/// A workspace is as good as the files it names, each of which is checked too.
Summary checkWorkspace(const std::string& path, const Target& target) {
  Result<Workspace> workspace = readWorkspace(path);
  if (!workspace || hasErrors(workspace.diagnostics)) return std::move(workspace.diagnostics);
  Diagnostics problems = std::move(workspace.diagnostics);
  bool good = true;
  const auto add = [&](Summary part) {
    append(problems, std::move(part.diagnostics));
    good = good && part;
  };
  if (!workspace->architecture.empty())
    add(checkArchitecture(workspace->resolve(workspace->architecture).string()));
  if (!workspace->network.empty()) add(checkNetwork(workspace->resolve(workspace->network).string()));
  if (!workspace->trace.empty() && good) {
    const auto values = sortParameters(workspace->parameters).architecture;
    auto machine = elaborate(*readArchitecture(workspace->resolve(workspace->architecture)), values);
    if (!machine) return std::move(machine.diagnostics);
    add(checkTrace(workspace->resolve(workspace->trace).string(), **machine));
  }
  for (const std::string& mapping : workspace->mappings)
    add(checkMapping(workspace->resolve(mapping).string(), target));
  for (const WorkspaceResult& result : workspace->results)
    add(checkResult(workspace->resolve(result.file).string()));
  if (!good) return problems;
  return {
      "workspace, " + count(workspace->mappings.size(), "mapping") + ", " +
          count(workspace->layers.size(), "layer") + " with choices of their own" +
          (workspace->results.empty() ? std::string() : ", " + count(workspace->results.size(), "result")),
      std::move(problems)};
}

/// A space; its parameters, too, where it names the files that have them.
Summary checkSpace(const std::string& path, const CheckArguments& arguments) {
  Result<Space> space = readSpace(path);
  if (!space || hasErrors(space.diagnostics)) return std::move(space.diagnostics);
  Diagnostics problems = std::move(space.diagnostics);
  SweepFiles files;
  files.files.architecture = arguments.architecture;
  files.files.network = arguments.network;
  bool architecture = !files.files.architecture.empty(), network = !files.files.network.empty();
  for (const Dimension& dimension : space->dimensions) {
    architecture = architecture || dimension.of == Dimension::Of::Architecture;
    network = network || dimension.of == Dimension::Of::Network;
  }
  const std::string name = space->name;
  const std::size_t dimensions = space->dimensions.size();
  std::string points = count(static_cast<std::size_t>(placesOf(*space).value_or(0)), "combination");
  if (architecture && network) {
    StudyMemory memory;
    Result<Sweep> sweep = bindSpace(std::move(*space), files, memory);
    append(problems, std::move(sweep.diagnostics));
    if (!sweep || hasErrors(problems)) return problems;
    SpaceSurvey found = survey(*sweep->judge);
    append(problems, std::move(found.problems));
    if (hasErrors(problems)) return problems;
    points = (found.count.exact() ? "" : "at most ") +
             count(static_cast<std::size_t>(found.count.atMost), "point");
  }
  return {"space" + (name.empty() ? "" : " \"" + name + '"') + ", " + count(dimensions, "dimension") + ", " +
              points,
          std::move(problems)};
}

/// Results of sweeps. A signal cancels `progress`.
Summary checkResults(const std::string& path, Interruption& interruption, Progress& progress) {
  const Interruption::Guard guard(interruption, progress);
  const Result<StoreSummary> store = checkStore(path, progress);
  if (!store) return store.diagnostics;
  std::string text = "store of results, " + count(static_cast<std::size_t>(store->rows), "point");
  for (const auto& [kind, file] : store->inputs)
    text += (text.find("; of ") == std::string::npos ? "; of " : ", ") + file;
  return {std::move(text), {}};
}

/// Puts the files that went into a store into a folder and says where they lie, a line each.
ExitStatus putInputs(const std::string& path, const std::string& folder, const Console& console) {
  const Result<std::vector<WrittenInput>> files = writeStoredInputs(path, folder);
  if (!files) return console.refuse(files.diagnostics);
  for (const WrittenInput& file : *files) {
    console.out() << printable(file.file.string() + ": the " + file.kind + " as it went in, " +
                               (file.isNew ? "written" : "was there already") + "; it was " + file.path)
                  << '\n';
  }
  return ExitStatus::Done;
}

Summary unknownKind(const std::string& path) {
  return Diagnostic{Severity::Error,
                    path,
                    {1, 1},
                    "F0009",
                    "the file's name does not say what it holds; names end in .arch.yaml, .network.yaml, "
                    ".mapping.yaml, .space.yaml, .trace.jsonl or .taktwerk, of networks to import in .onnx "
                    "or .csv, of results in "
                    ".json",
                    {}};
}

std::vector<Approval> approvalsOfFile(const std::string& path) {
  const Result<std::string> text = readFile(path);
  return text ? approvalsOf(*text) : std::vector<Approval>();
}

std::string approvedText(std::size_t number) {
  return number == 0 ? std::string() : ", " + count(number, "warning") + " approved";
}

/// What is approved, with why, and approvals of nothing.
std::vector<std::string> approvalLines(const JudgedProblems& judged, const std::vector<Approval>& approvals,
                                       const std::string& path) {
  const auto at = [](const std::string& file, SourcePosition p) {
    return file + ':' + std::to_string(p.line) + ':' + std::to_string(p.column) + ": ";
  };
  std::vector<std::string> lines;
  for (const JudgedProblems::Approved& a : judged.approved) {
    lines.push_back(at(a.warning.file, a.warning.position) + "approved: " + a.warning.message + " [" +
                    a.warning.code + "]" + (a.note.empty() ? "" : " (" + a.note + ")"));
  }
  for (const std::size_t i : judged.unused) {
    lines.push_back(at(path, approvals[i].position) + "info: " + unusedText(approvals[i]));
  }
  return lines;
}

ExitStatus check(const CheckArguments& arguments, const Context& context) {
  const Console& console = context.console;
  Target target;
  if (!arguments.architecture.empty()) {
    Result<Architecture> architecture = readArchitecture(arguments.architecture);
    if (!architecture || hasErrors(architecture.diagnostics)) return console.refuse(architecture.diagnostics);
    auto elaborated = elaborate(*architecture);
    if (!elaborated) return console.refuse(elaborated.diagnostics);
    target.machine = *elaborated;
  }
  if (!arguments.network.empty()) {
    if (target.machine == nullptr) {
      return console.misused("mappings are checked with a network on an architecture: say --arch FILE too");
    }
    Result<Network> network = readAnyNetwork(arguments.network);
    if (!network || hasErrors(network.diagnostics)) return console.refuse(network.diagnostics);
    target.network = std::move(*network);
  }
  for (const std::string& path : arguments.files) {
    if (std::string_view(path).ends_with(".trace.jsonl") && target.machine == nullptr) {
      return console.misused("a trace is checked on an architecture: say --arch FILE for " + path);
    }
  }

  if (!arguments.inputs.empty() && (arguments.files.size() != 1 || !arguments.files[0].ends_with(".sqlite")))
    return console.misused("--inputs is of one store of results, FILE.sqlite");

  Progress progress;
  ExitStatus status = ExitStatus::Done;
  for (const std::string& path : arguments.files) {
    const auto endsWith = [&](std::string_view ending) { return std::string_view(path).ends_with(ending); };
    const Summary summary = endsWith(".arch.yaml")                            ? checkArchitecture(path)
                            : endsWith(".network.yaml") || isImportable(path) ? checkNetwork(path)
                            : endsWith(".mapping.yaml")                       ? checkMapping(path, target)
                            : endsWith(".space.yaml")                         ? checkSpace(path, arguments)
                            : endsWith(".trace.jsonl") ? checkTrace(path, *target.machine)
                            : endsWith(".taktwerk")    ? checkWorkspace(path, target)
                            : endsWith(".sqlite")      ? checkResults(path, context.interruption, progress)
                            : endsWith(".json")        ? checkResult(path)
                                                       : unknownKind(path);
    if (progress.cancelled()) return ExitStatus::Cancelled;
    std::vector<Approval> approvals;
    if (endsWith(".arch.yaml")) approvals = approvalsOfFile(path);
    const JudgedProblems judged = judge(summary.diagnostics, approvals);
    console.report(judged.open);
    for (const std::string& line : approvalLines(judged, approvals, path)) console.say(line);
    if (summary) {
      console.out() << printable(path + ": " + *summary + approvedText(judged.approved.size())) << '\n';
      if (!arguments.inputs.empty()) status = putInputs(path, arguments.inputs, console);
    } else {
      status = ExitStatus::WrongInput;
    }
  }
  const ExitStatus written = console.finish();
  return status == ExitStatus::Done ? written : status;
}

}  // namespace

Command addCheckCommand(CLI::App& program) {
  const auto arguments = std::make_shared<CheckArguments>();
  CLI::App* const command =
      program.add_subcommand("check", "Read files of any kind and say what is wrong with them");
  command
      ->add_option("FILE", arguments->files,
                   "*.arch.yaml, *.network.yaml, *.mapping.yaml, *.space.yaml, *.trace.jsonl, *.taktwerk, "
                   "stores of results (*.sqlite), and networks to "
                   "import: *.onnx, *.csv")
      ->required()
      ->type_name("");
  command
      ->add_option("--arch", arguments->architecture,
                   "The architecture on which traces, and mappings with --network, are checked")
      ->type_name("FILE");
  command
      ->add_option("--network", arguments->network,
                   "A network: mappings are checked with each layer that they take, on --arch")
      ->type_name("FILE");
  command
      ->add_option(
          "--inputs", arguments->inputs,
          "Put the files that went into a store into this folder, as they were; those that are there "
          "are compared")
      ->type_name("FOLDER");
  return {command, [arguments](const Context& context) { return check(*arguments, context); }};
}

}  // namespace taktwerk::cli
