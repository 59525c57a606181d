// SPDX-License-Identifier: GPL-3.0-or-later
// What is written is read again by parsers made from the formats' public documentation.
#include "core/report/timeline_files.h"

#include <charconv>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/report/timeline_words.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;

struct Stage {
  int lane = 0;
  std::string name, label;
  Cycles begin = 0, end = -1;
};
struct Instruction {
  std::int64_t number = -1;
  std::string label;
  Cycles begin = 0, retired = -1;
  std::vector<Stage> stages;
  std::vector<std::int64_t> producers;
};

/// Kanata 0004: commands with columns between tabs. Throws what is against the format.
class KanataReader {
 public:
  explicit KanataReader(const std::string& text) {
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    require(line == "Kanata\t0004", line);
    while (std::getline(in, line)) take(line);
    for (const auto& [id, each] : instructions)
      require(each.retired >= 0, "not retired: " + std::to_string(id));
  }

  std::map<std::int64_t, Instruction> instructions;

 private:
  static void require(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error("not Kanata: " + what);
  }
  static std::int64_t number(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    require(problem == std::errc() && end == text.data() + text.size(), text);
    return value;
  }
  void take(const std::string& line) {
    std::vector<std::string> columns;
    std::istringstream in(line);
    for (std::string each; std::getline(in, each, '\t');) columns.push_back(each);
    const std::string& command = columns.at(0);
    if (command == "C=") {
      require(!started_, line);
      started_ = true;
      now_ = number(columns.at(1));
      return;
    }
    require(started_, line);
    if (command == "C") {
      require(number(columns.at(1)) > 0, line);
      now_ += number(columns.at(1));
      return;
    }
    const std::int64_t id = number(columns.at(1));
    if (command == "I") {
      require(columns.size() == 4 && instructions.find(id) == instructions.end(), line);
      require(id == std::ssize(instructions), line + ": ids are given in order");
      instructions[id].number = number(columns[2]);
      instructions[id].begin = now_;
      return;
    }
    const auto found = instructions.find(id);
    require(found != instructions.end() && found->second.retired < 0, line);
    about(found->second, columns, line);
  }
  void about(Instruction& instruction, const std::vector<std::string>& columns, const std::string& line) {
    require(columns.size() == 4, line);
    const std::string& command = columns[0];
    if (command == "L") {
      require(columns[2] != "2" || last_ != nullptr, line);
      (columns[2] == "2" ? last_->label : instruction.label) += columns[3];
    } else if (command == "S") {
      const int lane = static_cast<int>(number(columns[2]));
      for (const Stage& other : instruction.stages) require(other.lane != lane || other.end >= 0, line);
      instruction.stages.reserve(1000);
      instruction.stages.push_back({lane, columns[3], {}, now_, -1});
      last_ = &instruction.stages.back();
    } else if (command == "E") {
      bool ended = false;
      for (Stage& stage : instruction.stages) {
        if (stage.end >= 0 || std::to_string(stage.lane) != columns[2] || stage.name != columns[3]) continue;
        stage.end = now_;
        ended = true;
      }
      require(ended, line);
    } else if (command == "R") {
      require(number(columns[2]) == retired_++ && columns[3] == "0", line);
      for (const Stage& stage : instruction.stages) require(stage.end >= 0, line);
      instruction.retired = now_;
    } else {
      require(command == "W" && columns[3] == "0", line);
      require(instructions.count(number(columns[2])) == 1, line);
      instruction.producers.push_back(number(columns[2]));
    }
  }

  bool started_ = false;
  Cycles now_ = 0;
  std::int64_t retired_ = 0;
  Stage* last_ = nullptr;
};

std::string written(void (*writer)(std::ostream&, const Timeline&), const Timeline& timeline) {
  std::ostringstream out;
  writer(out, timeline);
  return out.str();
}

Timeline timelineFor(const std::shared_ptr<const Machine>& machine, const Program& program,
                     const InstructionWindow& window) {
  Progress progress;
  const auto graph = graphWindowOf(machine, program, window, progress);
  if (!graph) throw std::runtime_error(graph.diagnostics.front().message);
  return timelineOf(*graph, program);
}

void checkKanata(const Timeline& timeline) {
  const KanataReader read(written(writeTimelineKanata, timeline));
  ASSERT_EQ(read.instructions.size(), timeline.instructions.size());
  for (const auto& [id, each] : read.instructions) {
    const TimelineInstruction& shown =
        timeline.instructions[static_cast<std::size_t>(each.number - timeline.first)];
    EXPECT_EQ(each.begin, shown.begin());
    EXPECT_EQ(each.retired, shown.end());
    EXPECT_THAT(each.label,
                testing::StartsWith(std::to_string(shown.number) + ": " + shown.operation.operation));
    // Lane 0 has no gap from the fetch to the end in the unit.
    Cycles at = each.begin;
    std::size_t accesses = 0;
    for (const Stage& stage : each.stages) {
      EXPECT_LT(stage.begin, stage.end);
      accesses += stage.lane >= 2 ? 1 : 0;
      if (stage.lane != 0) continue;
      EXPECT_EQ(stage.begin, at);
      at = stage.end;
    }
    std::size_t pieces = 0;
    for (const TimelineBar& bar : shown.bars) {
      pieces += bar.kind == NodeKind::Access && bar.end > bar.begin ? 1 : 0;
      if (bar.kind == NodeKind::Unit) {
        EXPECT_EQ(at, bar.end);
      }
    }
    EXPECT_EQ(accesses, pieces);
    // Arrows are shown between stages that have an X in their names.
    const bool works = std::any_of(each.stages.begin(), each.stages.end(),
                                   [](const Stage& stage) { return stage.name.starts_with("X "); });
    EXPECT_TRUE(works || each.producers.empty() || pieces == 0) << each.label;
    for (const std::int64_t producer : each.producers) EXPECT_LT(producer, id);
  }
}

void checkTraceEvents(const Timeline& timeline) {
  const json all = json::parse(written(writeTimelineTraceEvents, timeline));
  std::map<std::int64_t, std::string> processes;
  std::set<std::pair<std::int64_t, std::int64_t>> threads;
  std::map<std::pair<std::int64_t, std::int64_t>, Cycles> overAt;
  Cycles last = 0;
  std::multiset<std::tuple<std::string, std::string, std::int64_t, Cycles, Cycles>> shown, expected;
  for (const json& event : all.at("traceEvents")) {
    const auto pid = event.at("pid").get<std::int64_t>();
    if (event.at("ph") == "M") {
      if (event["name"] == "process_name") processes[pid] = event["args"]["name"].get<std::string>();
      if (event["name"] == "thread_name") threads.emplace(pid, event["tid"].get<std::int64_t>());
      continue;
    }
    ASSERT_EQ(event.at("ph"), "X");
    const auto begin = event.at("ts").get<Cycles>(), duration = event.at("dur").get<Cycles>();
    const std::pair thread{pid, event.at("tid").get<std::int64_t>()};
    EXPECT_GE(begin, last) << "in order";
    last = begin;
    EXPECT_GE(duration, 0);
    ASSERT_EQ(threads.count(thread), 1U);
    EXPECT_GE(begin, overAt[thread]) << "those of a thread do not overlap";
    overAt[thread] = begin + duration;
    shown.emplace(processes.at(pid), event.at("cat").get<std::string>(),
                  event["args"]["instruction"].get<std::int64_t>(), begin, begin + duration);
    if (event["cat"] == "wait") {
      EXPECT_EQ(event["args"].at("waited"), duration);
      EXPECT_NE(event["args"].at("waited_for"), "");
    }
  }
  for (const TimelineInstruction& instruction : timeline.instructions) {
    for (const TimelineBar& bar : instruction.bars) {
      const std::string& object = timeline.machine->objectNames[bar.object.index()];
      if (bar.kind != NodeKind::Compute || bar.end > bar.begin) {
        expected.emplace(object, toString(bar.kind), instruction.number, bar.begin, bar.end);
      }
      if (bar.wait) {
        expected.emplace(object, "wait", instruction.number, bar.begin - bar.wait->cycles, bar.begin);
      }
    }
  }
  EXPECT_EQ(shown, expected);
}

TEST(TimelineFiles, OfRandomProgramsAreReadBackAsTheyAre) {
  int files = 0;
  for (int i = 0; i < propertyCount(100); ++i) {
    RandomOptions options;
    options.program.loops = true;
    const std::uint64_t seed = 16'700'000 + static_cast<std::uint64_t>(i);
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    const std::int64_t all = sizeOf(*program).instructions;
    Progress progress;
    const auto graph = graphWindowOf(machine, *program, {all / 3, all}, progress);
    if (!graph || all == 0) continue;
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Timeline timeline = timelineOf(*graph, *program);
    ASSERT_NO_FATAL_FAILURE(checkKanata(timeline));
    ASSERT_NO_FATAL_FAILURE(checkTraceEvents(timeline));
    if (HasFailure()) return;
    ++files;
  }
  EXPECT_GT(files, 50);
}

TEST(TimelineFiles, FarInALoopSayWhatWasWaitedFor) {
  const auto machine = twoLanes();
  const Timeline timeline = timelineFor(machine, nestProgram(*machine), {48'000, 48'020});
  checkKanata(timeline);
  checkTraceEvents(timeline);
  const KanataReader read(written(writeTimelineKanata, timeline));
  std::set<std::string> reasons;
  std::size_t arrows = 0;
  for (const auto& [id, each] : read.instructions) {
    arrows += each.producers.size();
    for (const Stage& stage : each.stages) {
      if (stage.lane == 1) reasons.insert(stage.label.substr(0, stage.label.find(':')));
    }
  }
  EXPECT_THAT(reasons, testing::Contains("a value that alu still makes (RAW)"));
  EXPECT_GT(arrows, 0U);
}

TEST(TimelineFiles, OfNothingAreValid) {
  const auto machine = twoLanes();
  const Timeline timeline = timelineFor(machine, nestProgram(*machine), {0, 0});
  EXPECT_EQ(written(writeTimelineKanata, timeline), "Kanata\t0004\nC=\t0\n");
  checkTraceEvents(timeline);
}

}  // namespace
}  // namespace taktwerk::test
