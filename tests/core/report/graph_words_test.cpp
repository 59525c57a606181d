// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/graph_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/program/program_index.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

/// A load to r0 and an instruction that needs it, on two lanes.
struct Waiting {
  std::shared_ptr<const Machine> machine = twoLanes();
  Program program = programOf(*machine,
                              "{\"operation\": \"load\", \"writes\": [\"regs.r0\"], "
                              "\"memory_reads\": [{\"memory\": \"dmem\", \"address\": 7}]}\n"
                              "{\"operation\": \"wait\", \"reads\": [\"regs.r0\"]}\n");
  GraphWindow window;
  ListedInstructions listed;

  explicit Waiting(std::int64_t first) {
    Progress progress;
    auto made = graphWindowOf(machine, program, {first, 2}, progress);
    if (!made) throw std::runtime_error("no graph");
    window = std::move(*made);
    const ProgramIndex index(program);
    for (std::int64_t i = 0; i < index.instructions(); ++i) {
      const ProgramIndex::Place place = index.at(i);
      listed[i] = listedOperation(*machine, program.templates[place.step->instruction], place.addresses, 0);
    }
  }
  [[nodiscard]] std::vector<std::string> wordsOf(std::int64_t instruction, NodeKind kind) const {
    for (std::uint32_t n = 0; n < window.graph.nodes.size(); ++n) {
      const GraphNode& node = window.graph.nodes[n];
      if (node.instruction == instruction && node.kind == kind) return nodeInWords(window, listed, n);
    }
    return {};
  }
};

TEST(GraphWords, SayWhatWaitedForWhatAndHowLong) {
  const Waiting waiting(0);
  const auto unit = waiting.wordsOf(1, NodeKind::Unit);
  ASSERT_EQ(unit.size(), 3U);
  EXPECT_EQ(unit[0], "1  wait ← regs.r0");
  EXPECT_THAT(unit[1], testing::StartsWith("alu (unit): cycles "));
  EXPECT_THAT(unit[2], testing::MatchesRegex("waited [0-9]+ cycles?: waiting for data .*RAW.*; 0 load"));
  const auto access = waiting.wordsOf(0, NodeKind::Access);
  ASSERT_EQ(access.size(), 3U);
  EXPECT_EQ(access[0], "0  load regs.r0 ← dmem[7]");
  EXPECT_THAT(access[1], HasSubstr("reads 1 word at 7"));
  EXPECT_EQ(waiting.wordsOf(0, NodeKind::Fetch).back(), "waited for nothing");
}

TEST(GraphWords, SayThatSourcesStandOutside) {
  const Waiting waiting(1);
  const auto access = waiting.wordsOf(0, NodeKind::Access);
  const auto unit = access.empty() ? waiting.wordsOf(0, NodeKind::Unit) : access;
  ASSERT_FALSE(unit.empty());
  EXPECT_THAT(unit.back(), HasSubstr("outside the window"));
  EXPECT_EQ(instructionInWords(waiting.window, 1), "1 wait");
  EXPECT_EQ(instructionInWords(waiting.window, 99), "99");
}

}  // namespace
}  // namespace taktwerk::test
