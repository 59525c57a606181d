// SPDX-License-Identifier: GPL-3.0-or-later
//
// Caches, cycle by cycle. Figures are worked out by hand from section 4 of the timing rules; in all of them
// a look-up takes 1 cycle and the line comes 10 later.
#include <gtest/gtest.h>

#include "tests/core/reference/cache_machine.h"

namespace taktwerk::test {
namespace {

const std::string fourLines = "sets: 4, ways: 1, line_words: 4, hit_latency: 1, max_concurrent_requests: 2";
const std::string oneLine = "sets: 1, ways: 1, line_words: 4, hit_latency: 1, max_concurrent_requests: 2";

TEST(Cache, AMissReadsTheLineAndALaterAccessToItWaits) {
  // Look-up to 3, line to 13. The second access is looked up to 4 and waits for the line under way. The
  // third has no slot before 13; then it hits.
  EXPECT_EQ(accessTimes(*cacheMachine(fourLines), load(0) + load(1) + load(2)), "2-13 3-13 13-14");
}

TEST(Cache, AHitOfNoLatencyEndsAtOnce) {
  const auto machine = cacheMachine("sets: 1, ways: 1, line_words: 4, hit_latency: 0");
  EXPECT_EQ(accessTimes(*machine, load(0) + load(1) + load(2)), "2-12 12-12 12-12");
}

TEST(Cache, ADirtyVictimIsWrittenBeforeTheLineIsRead) {
  // The store's line is there at 13, dirty. The load is looked up to 14, the victim written to 19.
  const auto machine = cacheMachine(oneLine + ", write_policy: back");
  EXPECT_EQ(accessTimes(*machine, store(0) + load(1) + load(4)), "2-13 3-13 13-29");
  // A clean victim is not written.
  EXPECT_EQ(accessTimes(*machine, load(0) + load(1) + load(4)), "2-13 3-13 13-24");
}

TEST(Cache, AWriteToALineUnderWayMakesItDirty) {
  const auto machine = cacheMachine(oneLine + ", write_policy: back");
  EXPECT_EQ(accessTimes(*machine, load(0) + store(1) + load(4)), "2-13 3-13 13-29");
}

TEST(Cache, WritesGoThrough) {
  // The words are written from 3 to 8, then the line is read to 18. The next write hits at 19.
  const auto machine = cacheMachine("sets: 4, ways: 1, line_words: 4, hit_latency: 1, write_policy: through");
  EXPECT_EQ(accessTimes(*machine, store(0) + store(1)), "2-18 18-24");
  // Nothing is dirty.
  EXPECT_EQ(accessTimes(*machine, store(0) + load(16)), "2-18 18-29");
}

TEST(Cache, AWriteThroughToALineUnderWayWaitsForItFirst) {
  const auto machine = cacheMachine(fourLines + ", write_policy: through");
  EXPECT_EQ(accessTimes(*machine, load(0) + store(1)), "2-13 3-18");
}

TEST(Cache, WithoutAllocationAWriteThatMissesLeavesTheCacheAsItIs) {
  const auto machine = cacheMachine(
      "sets: 4, ways: 1, line_words: 4, hit_latency: 1, write_policy: back, write_allocate: false");
  // Looked up to 3, written to 8; the load misses at 9. The store after it hits.
  EXPECT_EQ(accessTimes(*machine, store(0) + load(1) + store(2)), "2-8 8-19 19-20");
}

TEST(Cache, LinesAreTakenOneAfterTheOtherAndTheBeatsFollow) {
  // Words 2 to 6 are in two lines: 3, 13, 14, 24; three beats of two words add 2 cycles.
  const auto machine = cacheMachine("sets: 4, ways: 1, line_words: 4, hit_latency: 1, port_width: 2");
  EXPECT_EQ(accessTimes(*machine, load(2, 5)), "2-26");
  EXPECT_EQ(accessTimes(*machine, load(2, 5) + load(0, 8)), "2-26 26-31");
}

TEST(Cache, OnlyTheWordsOfALineAreSentThrough) {
  // Five words in two lines of four: two requests of 2 and 3 words, one beat of 5 cycles each.
  const auto machine = cacheMachine(
      "sets: 4, ways: 1, line_words: 4, hit_latency: 1, write_policy: through, write_allocate: false");
  EXPECT_EQ(accessTimes(*machine, store(2, 5)), "2-18");
}

TEST(Cache, APortIsHeldForTheBeatsFromTheGrant) {
  const auto machine = cacheMachine(
      "sets: 4, ways: 1, line_words: 4, hit_latency: 1, max_concurrent_requests: 4, "
      "read_write_ports: 1, beat_interval: 3");
  EXPECT_EQ(accessTimes(*machine, load(0) + load(4)), "2-13 5-16");
}

TEST(Cache, ALookUpWaitsWhileTheVictimIsUnderWay) {
  // The second look-up is over at 4, but the only way is under way to 13.
  EXPECT_EQ(accessTimes(*cacheMachine(oneLine), load(0) + load(4)), "2-13 3-23");
}

TEST(Cache, RequestsToTheBackingMemoryAreCutAtItsBanks) {
  // The line of four words is in two banks of one slot: two reads of 10 cycles side by side.
  const auto side = cacheMachine(fourLines, "banked",
                                 "  banked: {class: SRAM, read_latency: 10, port_width: 4, banks: 2, "
                                 "interleave_words: 2}\n");
  EXPECT_EQ(accessTimes(*side, load(0)), "2-13");
  const auto after =
      cacheMachine(fourLines, "rows",
                   "  rows: {class: DRAM, row_words: 2, banks: 1, t_cas: 3, t_rcd: 4, t_rp: 2, "
                   "port_width: 4}\n");
  // The second row waits until the first access is ready: 3 + 7, then 2 + 4 + 3.
  EXPECT_EQ(accessTimes(*after, load(0)), "2-19");
}

TEST(Cache, RequestsCarryTheAgeOfTheirInstruction) {
  // One slot in the memory behind. The second instruction looks up first; at 13 both want the slot.
  const auto machine = machineFromText(R"(
format: taktwerk-architecture/1
name: two caches
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, latency: 0, issue_buffer_size: 8}
  left: {class: ExecuteStage}
  right: {class: ExecuteStage}
  slow: {class: MemoryAccessUnit, operations: [load], latency: 5}
  fast: {class: MemoryAccessUnit, operations: [load], latency: 0, initiation_interval: 1, release: interval}
  a: {class: SetAssociativeCache, sets: 4, ways: 1, line_words: 4, hit_latency: 1}
  c: {class: SetAssociativeCache, sets: 4, ways: 1, line_words: 4, hit_latency: 1, max_concurrent_requests: 4}
  mem: {class: SRAM, read_latency: 10, port_width: 4}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, left]
  - forward: [fetch, right]
  - contains: [left, slow]
  - contains: [right, fast]
  - reads: [slow, a]
  - reads: [fast, c]
  - reads: [a, mem]
  - writes: [a, mem]
  - reads: [c, mem]
  - writes: [c, mem]
)");
  const std::string slow = R"({"operation": "load", "memory_reads": [{"memory": "a", "address": 0}]})"
                           "\n";
  // The slow load asks at 6 and is looked up to 7; by then the memory is busy to 12 and a younger request
  // waits. It goes first.
  EXPECT_EQ(accessTimes(*machine, slow + load(4) + load(8)), "6-22 1-12 2-32");
}

TEST(Cache, CachesBehindCaches) {
  const std::string second =
      "  second: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 8, "
      "hit_latency: 2, port_width: 4, max_concurrent_requests: 2}\n";
  const auto machine =
      cacheMachine(fourLines, "second", second, "  - reads: [second, mem]\n  - writes: [second, mem]\n");
  // First level to 3, second to 5, its line of eight words in two beats to 16. The other line of the first
  // level is then in the second: looked up to 17 and 19. The last hits.
  EXPECT_EQ(accessTimes(*machine, load(0) + load(1) + load(4) + load(5)), "2-16 3-16 16-19 16-19");
}

TEST(Cache, HazardsAreBetweenAddressesOfTheLastMemory) {
  const auto machine =
      cacheMachine(fourLines, "mem", "  other: {class: MemoryAccessUnit, operations: [peek]}\n",
                   "  - contains: [execute, other]\n  - reads: [other, mem]\n");
  const TraceRun run =
      runTrace(*machine, store(0) +
                             R"({"operation": "peek", "memory_reads": [{"memory": "mem", "address": 0}]})"
                             "\n" +
                             R"({"operation": "peek", "memory_reads": [{"memory": "mem", "address": 1}]})"
                             "\n");
  EXPECT_EQ(run.times.at(0).complete, 13);
  EXPECT_EQ(run.times.at(1).start, 13);
}

}  // namespace
}  // namespace taktwerk::test
