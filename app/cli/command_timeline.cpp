// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "app/cli/command.h"
#include "app/cli/window_arguments.h"
#include "core/analysis/timeline.h"
#include "core/base/atomic_file.h"
#include "core/base/quotes.h"
#include "core/report/timeline_files.h"

namespace taktwerk::cli {

namespace {

constexpr std::int64_t windowLimit = 20'000;

struct TimelineArguments {
  WindowArguments window;
  std::string out;
};

using Writer = void (*)(std::ostream&, const Timeline&);

std::variant<Writer, Misuse> writerFor(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".json") return writeTimelineTraceEvents;
  if (ending == ".kanata") return writeTimelineKanata;
  return Misuse{"--out: the file's ending says what is written; it must be .json or .kanata, not " +
                inQuotes(ending)};
}

ExitStatus timeline(const TimelineArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto writer = writerFor(arguments.out);
  if (const auto* misuse = std::get_if<Misuse>(&writer)) return console.misused(misuse->message);
  const auto read = readWindow(arguments.window, windowLimit, context);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  const auto& chosen = std::get<ChosenWindow>(read);
  const auto graph = graphOf(chosen, context);
  if (const auto* status = std::get_if<ExitStatus>(&graph)) return *status;
  auto file = AtomicFile::create(arguments.out);
  if (!file) return console.refuse(file.diagnostics);
  std::get<Writer>(writer)(file->stream(), timelineOf(std::get<GraphWindow>(graph), chosen.program));
  if (const Diagnostics problems = file->commit(); !problems.empty()) return console.refuse(problems);
  return ExitStatus::Done;
}

}  // namespace

Command addTimelineCommand(CLI::App& program) {
  const auto arguments = std::make_shared<TimelineArguments>();
  CLI::App* const command = program.add_subcommand("timeline",
                                                   "Write where each instruction of a window was in which "
                                                   "cycles, and why it waited, for Perfetto or Konata");
  addWindowArguments(*command, arguments->window, windowLimit);
  command
      ->add_option("--out", arguments->out,
                   "Where it goes: a .json of trace events, as Perfetto reads, or a .kanata, as Konata reads")
      ->required()
      ->type_name("FILE");
  return {command, [arguments](const Context& context) { return timeline(*arguments, context); }};
}

}  // namespace taktwerk::cli
