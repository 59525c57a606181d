// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/window_arguments.h"
#include "core/analysis/folded_graph.h"
#include "core/base/atomic_file.h"
#include "core/base/quotes.h"
#include "core/report/folded_graph_files.h"
#include "core/report/graph_files.h"

namespace taktwerk::cli {

namespace {

constexpr std::int64_t windowLimit = 2'000;

struct GraphArguments {
  WindowArguments window;
  std::string out, fold;
  std::vector<std::string> open, apart;
};

using Writer = void (*)(std::ostream&, const GraphWindow&);

std::variant<Writer, Misuse> writerFor(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".json") return writeGraphJson;
  if (ending == ".dot") return writeGraphDot;
  if (ending == ".svg") return writeGraphSvg;
  return Misuse{"--out: the file's ending says what is written; it must be .dot, .svg or .json, not " +
                inQuotes(ending)};
}

using FoldedWriter = void (*)(std::ostream&, const GraphWindow&, const FoldedGraph&);

std::variant<FoldedWriter, Misuse> foldedWriterFor(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".json") return writeFoldedJson;
  if (ending == ".dot") return writeFoldedDot;
  if (ending == ".svg") return writeFoldedSvg;
  return std::get<Misuse>(writerFor(file));
}

/// Opens boxes one after the other, as their keys say.
std::variant<FoldedGraph, Misuse> foldedAs(const GraphArguments& arguments, const GraphWindow& window,
                                           const Program& program) {
  GraphFold fold = usualFold(window, program, arguments.fold == "blocks" ? FoldBy::Blocks : FoldBy::Loops);
  FoldedGraph folded = foldGraph(window, program, fold);
  for (const auto& [option, keys, state] : {std::tuple{"--open", &arguments.open, FoldState::Open},
                                            std::tuple{"--apart", &arguments.apart, FoldState::Apart}}) {
    for (const std::string& key : *keys) {
      const auto box = std::find_if(folded.boxes.begin(), folded.boxes.end(),
                                    [&](const FoldedBox& each) { return each.key == key; });
      const bool isLoop = box != folded.boxes.end() && box->kind == FoldedKind::Loop;
      if (box == folded.boxes.end() || !box->canOpen() || (state == FoldState::Apart && !isLoop)) {
        return Misuse{std::string(option) + ": no box to open has the key " + inQuotes(key) +
                      "; --out FILE.json has the keys of boxes as they are before"};
      }
      fold = withOpened(window, program, fold, *box, state);
      folded = foldGraph(window, program, fold);
    }
  }
  return folded;
}

ExitStatus graph(const GraphArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const bool folds = !arguments.fold.empty();
  if (folds && arguments.fold != "loops" && arguments.fold != "blocks")
    return console.misused("--fold is by loops or by blocks, not " + inQuotes(arguments.fold));
  if (!folds && !(arguments.open.empty() && arguments.apart.empty()))
    return console.misused("--open and --apart open boxes of a folded graph: say --fold loops or blocks");
  const auto writer = writerFor(arguments.out);
  if (const auto* misuse = std::get_if<Misuse>(&writer)) return console.misused(misuse->message);
  const auto foldedWriter = foldedWriterFor(arguments.out);
  if (const auto* misuse = std::get_if<Misuse>(&foldedWriter); misuse && folds)
    return console.misused(misuse->message);
  const auto chosen = readWindow(arguments.window, windowLimit, context);
  if (const auto* status = std::get_if<ExitStatus>(&chosen)) return *status;
  const auto graph = graphOf(std::get<ChosenWindow>(chosen), context);
  if (const auto* status = std::get_if<ExitStatus>(&graph)) return *status;
  const GraphWindow& window = std::get<GraphWindow>(graph);
  std::variant<FoldedGraph, Misuse> folded;
  if (folds) folded = foldedAs(arguments, window, std::get<ChosenWindow>(chosen).program);
  if (const auto* misuse = std::get_if<Misuse>(&folded)) return console.misused(misuse->message);
  auto file = AtomicFile::create(arguments.out);
  if (!file) return console.refuse(file.diagnostics);
  if (folds) {
    std::get<FoldedWriter>(foldedWriter)(file->stream(), window, std::get<FoldedGraph>(folded));
  } else {
    std::get<Writer>(writer)(file->stream(), window);
  }
  if (const Diagnostics problems = file->commit(); !problems.empty()) return console.refuse(problems);
  return ExitStatus::Done;
}

}  // namespace

Command addGraphCommand(CLI::App& program) {
  const auto arguments = std::make_shared<GraphArguments>();
  CLI::App* const command = program.add_subcommand(
      "graph", "Write the dependency graph of a window: what waits for what, and the critical path");
  addWindowArguments(*command, arguments->window, windowLimit);
  command->add_option("--out", arguments->out, "Where the graph goes, a .dot, .svg or .json")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--fold", arguments->fold,
                   "Draw groups as one box each and what leads from one to another as one edge: loops, "
                   "instructions of their bodies and blocks (loops), or blocks and arrays (blocks)")
      ->type_name("BY");
  command
      ->add_option("--open", arguments->open,
                   "Show what is in a box, by its key in the .json; may be given again, for boxes in it too")
      ->type_name("KEY")
      ->allow_extra_args(false);
  command
      ->add_option("--apart", arguments->apart,
                   "Show each iteration of a loop by itself, by the key of its box")
      ->type_name("KEY")
      ->allow_extra_args(false);
  return {command, [arguments](const Context& context) { return graph(*arguments, context); }};
}

}  // namespace taktwerk::cli
