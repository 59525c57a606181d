// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/kernel_study_report.h"

#include <gtest/gtest.h>

#include "core/report/kernel_words.h"

namespace taktwerk {
namespace {

/// A loop of 100 iterations that is steady after 2 with a period of 3 iterations, around one of 2.
KernelStudy sample() {
  KernelStudy study;
  study.table = {"dots", 1402, 12, 5, {}};
  study.table.kernels = {{0, "oc", 0, 100, 100, 100, 1, 1}, {1, "k", 1, 33, 2, 200, 2, 2}};
  study.findings.resize(2);
  study.findings[0].standing = LoopStanding::Repeats;
  study.findings[0].different = 1;
  study.findings[0].first.iterations = 100;
  study.findings[0].first.stretches = {{2, 98, 3, 40, 30, 93}};
  study.findings[0].first.stretchCount = 1;
  study.findings[1].standing = LoopStanding::Few;
  study.findings[1].different = 4;
  study.finished = true;
  study.cycles = 1000;
  study.drain = 1;
  return study;
}

LayerEstimate estimate(const char* method) {
  LayerEstimate layer;
  layer.method = method;
  layer.cycles = 1000;
  layer.instructions = 1402;
  layer.loopIterations = 49152;
  layer.evaluatedIterations = 12;
  return layer;
}

TEST(KernelWords, SayOnWhatGroundALoopStands) {
  KernelStudy study = sample();
  EXPECT_EQ(standingInWords(study, 0),
            "From iteration 2 on the state of the machine comes back every 3 iterations, so what follows is "
            "proven to repeat.");
  EXPECT_EQ(standingInWords(study, 1),
            "With 2 iterations there is nothing to be skipped. These are the figures of its first execution; "
            "it was met in 4 ways that differ in the state of the machine or in addresses.");
  study.findings[0].first.stretchCount = 7;
  study.findings[0].first.finished = false;
  EXPECT_EQ(standingInWords(study, 0),
            "From iteration 2 on the state of the machine comes back every 3 iterations, so what follows is "
            "proven to repeat; it begins anew where accesses go on to another row of a DRAM, 7 times in all; "
            "the budget ended before the loop did.");
  study.findings[0].standing = LoopStanding::Unfinished;
  EXPECT_EQ(standingInWords(study, 0),
            "No state of the machine came back, and the budget sufficed for 100 iterations.");
  study.stepped = true;
  EXPECT_EQ(standingInWords(study, 0),
            "A cache is used, so iterations are run one by one; the budget sufficed for 100 iterations.");
}

TEST(KernelWords, NeverCallAFigureExactThatIsNot) {
  KernelStudy study = sample();
  EXPECT_EQ(groundInWords(estimate("steady state"), study),
            "Exact: 12 of 49,152 loop bodies were evaluated; the others were skipped, as the state of the "
            "machine had been there before.");
  EXPECT_EQ(groundInWords(estimate("full"), study),
            "Exact: every instruction was timed; what repeats in them was looked for here and comes to the "
            "same cycles.");
  study.cycles = 1200;
  EXPECT_EQ(groundInWords(estimate("full"), study),
            "The layer alone takes 1,200 cycles, and 1,000 of the total are its own. Exact: every "
            "instruction was timed.");
  study.finished = false;
  EXPECT_EQ(groundInWords(estimate("full"), study),
            "Exact: every instruction was timed, as no state of the machine came back within the budget.");
  for (const char* method : {"approximation", "published", "roofline"}) {
    EXPECT_EQ(groundInWords(estimate(method), study).find("Exact"), std::string::npos) << method;
  }
}

TEST(KernelWords, NameTheLongestWaitAndCountTheOthers) {
  Machine machine;
  machine.objectNames = {"fetch", "alu", "dmem"};
  BodyInstruction instruction;
  EXPECT_EQ(waitsInWords(instruction, machine), "");
  instruction.waits = {{9, {1}, GraphEdgeKind::Data, false, {2}, 4, "load", 2},
                       {1, {1}, GraphEdgeKind::Structural, false, {1}, 5, "add", 1}};
  EXPECT_EQ(waitsInWords(instruction, machine), "data: load 2 before (dmem), and 1 more");
  EXPECT_EQ(waitInWords(instruction.waits[1], machine), "room: add 1 before (alu)");
  EXPECT_EQ(waitInWords({3, {0}, GraphEdgeKind::Structural, true, {0}, 6, "add", 0}, machine),
            "being fetched (fetch)");
}

TEST(KernelWords, SayWhichIterationIsShown) {
  BodyStudy body;
  EXPECT_EQ(shownInWords(body), "instructions in no loop; no instructions stand directly in it");
  body.instructions.resize(1);
  EXPECT_EQ(shownInWords(body), "instructions in no loop");
  body.loops = {{"oc", 1000}};
  body.iteration = 12;
  body.steady = true;
  EXPECT_EQ(shownInWords(body), "iteration 12, steady");
  body.untimed = 1;
  EXPECT_EQ(shownInWords(body),
            "iteration 12, steady; 1 instruction of it beyond those of a program that are simulated");
  body.reached = false;
  EXPECT_EQ(shownInWords(body),
            "iteration 12, steady; it begins beyond the instructions of a program that are simulated");
}

}  // namespace
}  // namespace taktwerk
