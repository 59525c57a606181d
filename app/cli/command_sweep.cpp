// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <variant>

#include "app/cli/command.h"
#include "app/cli/point_input.h"
#include "app/cli/progress_line.h"
#include "app/cli/sweep_arguments.h"
#include "app/cli/sweep_findings.h"
#include "core/base/atomic_file.h"
#include "core/estimate/threads.h"
#include "core/report/cost_text.h"
#include "core/report/sweep_table.h"
#include "core/report/text_table.h"
#include "core/space/space_file.h"
#include "core/store/sweep_store.h"
#include "core/sweep/forecast.h"
#include "core/sweep/in_order.h"
#include "core/sweep/wishes.h"

namespace taktwerk::cli {

namespace {

/// Fewer points are not worth to be measured before.
constexpr std::int64_t fewPoints = 32;

/// What is run: a sweep and its points.
struct Prepared {
  std::shared_ptr<const Sweep> sweep;
  std::vector<Goal> goals;
  PointSupply supply;
  std::shared_ptr<PointInput> input;  ///< of a table
};

/// Problems that lie in the command line are those of arguments, not of files.
ExitStatus refuse(const Diagnostics& problems, const Console& console) {
  for (const Diagnostic& problem : problems) {
    const bool ofArguments = problem.file == "--vary" || problem.file == "--points";
    if (problem.severity == Severity::Error && ofArguments) return console.misused(problem.message);
  }
  return console.refuse(problems);
}

std::variant<Prepared, ExitStatus> prepare(const SweepArguments& arguments, const SweepWishes& wishes,
                                           StudyMemory& memory, const Progress& progress,
                                           const Console& console) {
  SweepFiles files;
  files.files.architecture = arguments.inputs.architecture;
  files.files.network = arguments.inputs.network;
  auto mappings = mappingsArgument(arguments.inputs.mappings);
  if (const auto* misuse = std::get_if<Misuse>(&mappings)) return console.misused(misuse->message);
  files.files.mappings = std::get<0>(std::move(mappings));
  files.settings = wishes.settings;
  Prepared prepared;
  Result<Sweep> sweep;
  if (!arguments.points.empty()) {
    if (files.files.architecture.empty()) return console.misused("--arch is required with --points");
    if (files.files.network.empty()) return console.misused("--network is required with --points");
    auto input = openPoints(arguments.points, progress);
    if (!input) return progress.cancelled() ? ExitStatus::Cancelled : console.refuse(input.diagnostics);
    prepared.input = *input;
    sweep = bindTable(prepared.input->names, files, memory);
  } else {
    Space space;
    if (!arguments.space.empty()) {
      Result<Space> read = readSpace(arguments.space);
      if (!read || hasErrors(read.diagnostics)) return console.refuse(read.diagnostics);
      console.report(read.diagnostics);
      space = std::move(*read);
    }
    for (const Dimension& dimension : wishes.vary) space.dimensions.push_back(dimension);
    sweep = bindSpace(std::move(space), files, memory);
  }
  if (!sweep || hasErrors(sweep.diagnostics)) return refuse(sweep.diagnostics, console);
  console.report(sweep.diagnostics);
  if (const auto problem = wish(*sweep, {arguments.objectives, wishes.batch}))
    return console.misused("--objective: " + problem->message);
  sweep->layers = !arguments.store.empty();
  auto goals = setGoals(*sweep, arguments.goals);
  if (const auto* problem = std::get_if<ObjectiveProblem>(&goals))
    return console.misused("--goal: " + problem->message);
  prepared.goals = std::get<std::vector<Goal>>(std::move(goals));
  prepared.sweep = std::make_shared<const Sweep>(std::move(*sweep));
  if (prepared.input) {
    prepared.supply.stream =
        streamOf(prepared.input, prepared.sweep, wishes.choice.shard, wishes.choice.shards);
  } else {
    prepared.supply = pointsOf(prepared.sweep, wishes.choice);
    if (hasErrors(prepared.supply.problems)) return refuse(prepared.supply.problems, console);
    console.report(prepared.supply.problems);
  }
  return prepared;
}

std::string inWords(const PointSupply& supply) {
  const std::string most = groupedDigits(supply.count.atMost);
  std::string text = supply.aboutSo ? "about " + most : supply.count.exact() ? most : "at most " + most;
  text += supply.count.atMost == 1 ? " point" : " points";
  if (!supply.count.exact() && !supply.aboutSo) text += " (constraints rule some out)";
  if (supply.missed > 0)
    text += " (" + groupedDigits(supply.missed) + " draws hit none, or one that was there)";
  return text;
}

/// Says how many points there are, or a search takes of them, and about how long they take.
void announce(const Prepared& prepared, std::optional<std::int64_t> explore, const SweepOptions& options,
              StudyMemory& memory, Progress& progress, const Console& console) {
  std::string line = inWords(prepared.supply);
  PointCount count = prepared.supply.count;
  if (explore && *explore < count.atMost) {
    line = groupedDigits(*explore) + " of " + line;
    count = {std::min(*explore, count.atLeast), *explore};
  }
  const unsigned threads = threadsOf(options.jobs);
  if (count.atMost > fewPoints) {
    const Forecast found = forecast(*prepared.sweep, prepared.supply.probes, options.study, memory, progress);
    if (progress.cancelled()) return;
    if (found.measured > 0) {
      // A store may hold some of them.
      line += count.exact() && !options.known ? "; " : "; at most ";
      line += "about " + durationInWords(found.secondsEach * static_cast<double>(count.atMost) / threads) +
              " on " + std::to_string(threads) + (threads == 1 ? " thread" : " threads") + ", measured on " +
              std::to_string(found.measured);
    }
  }
  console.say(line);
}

std::string inWords(const SweepTotals& totals, std::int64_t incomplete) {
  std::string text = groupedDigits(totals.all()) + (totals.all() == 1 ? " point: " : " points: ") +
                     groupedDigits(totals.done) + " done";
  if (incomplete > 0) text += " (" + groupedDigits(incomplete) + " with layers missing)";
  text +=
      ", " + groupedDigits(totals.infeasible) + " infeasible, " + groupedDigits(totals.failed) + " failed";
  if (totals.known > 0) text += "; " + groupedDigits(totals.known) + " of them were in the store";
  return text;
}

/// How far a sweep is; a goal search looks at all machines before it estimates the first point.
std::string sweepInWords(const Progress& shown, const SweepControl& control, double seconds) {
  if (shown.done == 0 && control.toLookAt > 0)
    return progressInWords("looking at machines", "points", control.lookedAt, control.toLookAt, seconds);
  return progressWithRate("sweeping", "points", shown.done, shown.total, seconds);
}

/// "12.3 s of processor time, 93 % of it to time programs"
std::string costInWords(const SweepTotals& totals) {
  const auto tenths = static_cast<std::int64_t>(totals.processorSeconds * 10);
  const double share = totals.timingSeconds / std::max(totals.processorSeconds, 1e-9);
  return groupedDigits(tenths / 10) + '.' + std::to_string(tenths % 10) + " s of processor time, " +
         std::to_string(static_cast<int>(100 * std::clamp(share, 0.0, 1.0))) + " % of it to time programs";
}

/// The store of a sweep that runs. Where it fails that is said, once, and the sweep goes on without it: what
/// it finds is in its table all the same.
class Keeper {
 public:
  Keeper(std::shared_ptr<SweepStore> store, const SweepArguments& arguments, const Console& console)
      : store_(std::move(store)), arguments_(arguments), console_(console) {}

  void add(const SweepRow& row, ProgressLine& line) {
    if (store_ != nullptr && !failed_ && !store_->add(row)) line.giveWay([this] { tell(true); });
  }
  /// Behind the last row.
  void finish() {
    if (store_ != nullptr && !failed_ && !store_->commit()) tell(false);
  }
  [[nodiscard]] bool isThere() const { return store_ != nullptr && !failed_; }
  [[nodiscard]] bool failed() const { return failed_; }
  void close() { store_.reset(); }

 private:
  void tell(bool goesOn) {
    failed_ = true;
    console_.report(store_->problems());
    const bool answer = arguments_.out.empty() && !arguments_.goals.empty();  // and no rows
    const std::string rows = arguments_.out.empty() ? "standard output" : arguments_.out;
    console_.say((goesOn ? "the sweep goes on without " + arguments_.store + "; " : std::string()) +
                 (answer ? "" : "all rows go to " + rows + "; ") +
                 "--resume estimates again what the store does not hold");
  }

  std::shared_ptr<SweepStore> store_;
  const SweepArguments& arguments_;
  const Console& console_;
  bool failed_ = false;
};

/// Where rows go.
struct Writer {
  std::optional<AtomicFile> file;
  std::optional<SweepCsv> csv;
  std::optional<SweepJson> json;
  std::ostream* out = nullptr;

  void add(const SweepRow& row) {
    if (json) json->add(row);
    if (csv) csv->add(row);
    if (!file) out->flush();  // who reads goes on from each row
  }
};

/// Rows that go to no file go to standard output if `rows` are wanted there.
std::optional<Diagnostics> open(Writer& writer, const std::string& path, bool json, bool rows,
                                const Sweep& sweep, std::ostream& standard) {
  writer.out = &standard;
  if (!path.empty()) {
    auto file = AtomicFile::create(path);
    if (!file) return std::move(file.diagnostics);
    writer.file.emplace(std::move(*file));
    writer.out = &writer.file->stream();
  }
  if (json) {
    writer.json.emplace(*writer.out, sweep);
  } else if (writer.file || rows) {
    writer.csv.emplace(*writer.out, sweep);
  }
  if (!writer.file) writer.out->flush();
  return std::nullopt;
}

/// What was found goes to standard output, unless rows are there.
void tell(SweepFindings& findings, const Writer& writer, bool rows, const Console& console) {
  if (writer.file || !rows) {
    findings.writeText(console.out());
    return;
  }
  std::ostringstream text;
  findings.writeText(text);
  std::istringstream lines(std::move(text).str());
  for (std::string line; std::getline(lines, line);) console.say(line);
}

ExitStatus finish(Writer& writer, const SweepArguments& arguments, const SweepTotals& totals,
                  const Prepared& prepared, Keeper& keeper, SweepFindings& findings, const Console& console) {
  keeper.finish();
  if (!*writer.out) {
    if (!writer.file) return console.finish();
    return console.refuse(writer.file->commit());
  }
  if (totals.stopped) {
    if (keeper.isThere())
      console.say("what was done is in " + arguments.store + "; --resume goes on with it");
    if (writer.file) console.say(arguments.out + " is as it was: it is written when all rows are there");
    return ExitStatus::Cancelled;
  }
  if (prepared.input && hasErrors(prepared.input->problems)) return console.refuse(prepared.input->problems);
  if (writer.json) {
    findings.writeJson(writer.json->closeRows());
    writer.json->finish();
  }
  const ExitStatus kept = keeper.failed() ? ExitStatus::WrongInput : ExitStatus::Done;
  if (!writer.file) return std::max(kept, console.finish());
  const Diagnostics problems = writer.file->commit();
  return hasErrors(problems) ? console.refuse(problems) : kept;
}

ExitStatus sweep(const SweepArguments& arguments, const Context& context) {
  const Console& console = context.console;
  auto wishes = wishesFrom(arguments);
  if (const auto* misuse = std::get_if<Misuse>(&wishes)) return console.misused(misuse->message);
  SweepOptions options = std::get<SweepWishes>(wishes).options;
  StudyMemory memory;
  SweepControl control;
  const Interruption::Guard guard(context.interruption, control.work);
  auto made = prepare(arguments, std::get<SweepWishes>(wishes), memory, control.work, console);
  if (const auto* status = std::get_if<ExitStatus>(&made)) return *status;
  const Prepared& prepared = std::get<Prepared>(made);
  const Sweep& what = *prepared.sweep;
  std::shared_ptr<SweepStore> store;  // none: nothing is kept
  if (!arguments.store.empty()) {
    auto opened = SweepStore::open(arguments.store, arguments.resume, what, options.study, memory);
    if (!opened) return console.refuse(opened.diagnostics);
    store = *opened;
    options.known = [store](const SweepPoint& point) { return store->find(point); };
  }
  Keeper keeper(std::exchange(store, {}), arguments, console);
  Writer writer;
  const bool rows = prepared.goals.empty();  // else standard output has the answer
  if (auto problems =
          open(writer, arguments.out, std::get<SweepWishes>(wishes).json, rows, what, console.out())) {
    return console.refuse(*problems);
  }
  // Threads that have no point of their own help with the layers of others.
  const std::int64_t threads = threadsOf(options.jobs);
  const std::int64_t points = prepared.supply.count.atMost;
  options.study.how.jobs =
      static_cast<unsigned>(points > 0 ? std::max<std::int64_t>(1, threads / points) : 1);
  for (const std::string& sentence : leftOutInWords(what, memory, control.work)) console.say(sentence);
  const std::optional<std::int64_t> explore = std::get<SweepWishes>(wishes).explore;
  if (!prepared.input) announce(prepared, explore, options, memory, control.work, console);

  Progress shown;
  shown.total = explore ? std::min(*explore, points) : points;
  std::int64_t incomplete = 0;
  InOrder inOrder([&](const SweepRow& row) { writer.add(row); });
  SweepFindings findings(what, {prepared.goals, explore, std::get<SweepWishes>(wishes).choice.seed,
                                arguments.front || (explore && prepared.goals.empty())});
  SweepTotals totals;
  {
    ProgressLine line([&](double seconds) { return sweepInWords(shown, control, seconds); });
    totals = findings.run(prepared.supply.stream, options, memory, control, [&](SweepRow row) {
      incomplete += row.state == PointState::Done && !row.complete ? 1 : 0;
      shown.done = control.done.load();
      keeper.add(row, line);
      inOrder.add(std::move(row));
      if (!*writer.out) control.work.cancel();  // nobody reads any more
    });
  }
  inOrder.finish();
  console.say(inWords(totals, incomplete));
  if (totals.all() > fewPoints) console.say(costInWords(totals));
  tell(findings, writer, rows, console);
  const ExitStatus status = finish(writer, arguments, totals, prepared, keeper, findings, console);
  if (status != ExitStatus::Cancelled) return status;
  // Whoever has stopped it waits: large arrays are not freed one by one, the files are closed.
  options.known = {};
  keeper.close();
  writer.file.reset();
  console.leave(status);
}

}  // namespace

Command addSweepCommand(CLI::App& program) {
  const auto arguments = std::make_shared<SweepArguments>();
  CLI::App* const command = program.add_subcommand(
      "sweep", "Estimate every point of a design space: a row each, also of what cannot be");
  addSweepArguments(*command, *arguments);
  return {command, [arguments](const Context& context) { return sweep(*arguments, context); }};
}

}  // namespace taktwerk::cli
