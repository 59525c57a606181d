// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/architecture/validate.h"
#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using test::DocumentCase;
using test::problemsOf;
using test::sound;
using test::with;

class StructureProblems : public testing::TestWithParam<DocumentCase> {};

TEST_P(StructureProblems, AreReportedWhereTheyStand) {
  EXPECT_EQ(problemsOf(with(sound, GetParam().from, GetParam().to)), GetParam().problems);
}

/// Another line at the end: a connection in line 26.
DocumentCase connection(const std::string& line, const std::string& problems) {
  return {line, "  - writes: [lsu, dmem]\n", "  - writes: [lsu, dmem]\n  - " + line + '\n', problems};
}
/// Another object in line 15.
DocumentCase object(const std::string& line, const std::string& problems) {
  return {line, "connections:\n", "  " + line + "\nconnections:\n", problems};
}
DocumentCase without(const std::string& line, const std::string& problems) {
  return {"without " + line, "  - " + line + '\n', "", problems};
}

INSTANTIATE_TEST_SUITE_P(
    Connections, StructureProblems,
    testing::Values(
        connection("reads: [alu, dmem]",
                   "26:5: error: reads [alu, dmem]: a FunctionalUnit cannot read an SRAM; it can read a "
                   "RegisterFile "
                   "[A0407]"),
        connection("forward: [fetch, alu]",
                   "26:5: error: forward [fetch, alu]: an InstructionFetchStage cannot forward to a "
                   "FunctionalUnit; it "
                   "can forward to a PipelineStage or an ExecuteStage [A0407]"),
        connection("writes: [alu, regs]", "26:5: error: this connection is already given in line 23 [A0406]"),
        connection("forward: [execute, decode]",
                   "26:5: error: forward connections lead in a circle: decode -> execute -> decode [A0511]"),
        connection("forward: [decode, decode]",
                   "26:5: error: forward connections lead in a circle: decode -> decode [A0511]"),
        connection("forward: [fetch, execute]", "")));

INSTANTIATE_TEST_SUITE_P(
    Fetch, StructureProblems,
    testing::Values(object("other: {class: InstructionFetchStage}",
                           "15:3: error: InstructionFetchStage \"other\" is one too many; line 8 has the one "
                           "InstructionFetchStage of "
                           "an architecture [A0502]"),
                    without("contains: [fetch, imau]",
                            "7:3: error: InstructionMemoryAccessUnit \"imau\" is contained in no "
                            "InstructionFetchStage [A0504]\n"
                            "8:3: error: InstructionFetchStage \"fetch\" must contain exactly one "
                            "InstructionMemoryAccessUnit, "
                            "contains none [A0503]"),
                    without("reads: [imau, imem]",
                            "6:3: warning: SRAM \"imem\" is used by no unit [A0510]\n"
                            "7:3: error: InstructionMemoryAccessUnit \"imau\" must read exactly one "
                            "instruction memory, reads none "
                            "[A0508]"),
                    connection("reads: [imau, dmem]",
                               "7:3: error: InstructionMemoryAccessUnit \"imau\" must read exactly one "
                               "instruction memory, reads 2 "
                               "[A0508]"),
                    connection("reads: [lsu, imem]",
                               "26:5: error: instruction memory \"imem\" is used for something else by "
                               "\"lsu\"; only \"imau\" may "
                               "use it [A0509]"),
                    connection("writes: [lsu, imem]",
                               "26:5: error: instruction memory \"imem\" is used for something else by "
                               "\"lsu\"; only \"imau\" may "
                               "use it [A0509]"),
                    without("forward: [fetch, decode]",
                            "8:3: warning: InstructionFetchStage \"fetch\" forwards to no stage [A0507]\n"
                            "9:3: warning: PipelineStage \"decode\" cannot be reached: no forward "
                            "connections lead to it from "
                            "\"fetch\" [A0512]\n"
                            "10:3: warning: ExecuteStage \"execute\" cannot be reached: no forward "
                            "connections lead to it from "
                            "\"fetch\" [A0512]")));

INSTANTIATE_TEST_SUITE_P(
    Units, StructureProblems,
    testing::Values(
        without("contains: [execute, alu]",
                "11:3: error: FunctionalUnit \"alu\" is contained in no ExecuteStage [A0504]"),
        DocumentCase{"twice", "connections:\n",
                     "  second: {class: ExecuteStage}\nconnections:\n  - contains: [second, alu]\n"
                     "  - forward: [decode, second]\n",
                     "11:3: error: FunctionalUnit \"alu\" is contained in both \"second\" and \"execute\"; a "
                     "unit lies "
                     "in one stage [A0505]"},
        object("spare: {class: RegisterFile, registers: [r0]}",
               "15:3: warning: RegisterFile \"spare\" is used by no unit [A0510]"),
        object("spare: {class: DRAM}", "15:3: warning: DRAM \"spare\" is used by no unit [A0510]")));

std::string cached(const std::string& connections) {
  return problemsOf(with(sound, "connections:\n",
                         "  l1: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 8}\n"
                         "  l2: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 8}\n"
                         "connections:\n") +
                    "  - reads: [lsu, l1]\n  - writes: [lsu, l1]\n" + connections);
}

TEST(Caches, HaveOneBackingMemory) {
  const std::string l2 = "  - reads: [l2, dmem]\n  - writes: [l2, dmem]\n";
  EXPECT_EQ(cached(l2 + "  - reads: [l1, l2]\n  - writes: [l1, l2]\n"), "");
  EXPECT_EQ(cached(l2 + "  - reads: [l1, l2]\n"),
            "15:3: error: SetAssociativeCache \"l1\" must read and write exactly one backing memory, reads 1 "
            "and writes "
            "0 [A0601]");
  EXPECT_EQ(
      cached(l2 + "  - reads: [l1, l2]\n  - writes: [l1, dmem]\n"),
      "15:3: error: SetAssociativeCache \"l1\" must read and write the same backing memory, reads \"l2\" and "
      "writes \"dmem\" [A0602]");
}

TEST(Caches, DoNotBackEachOther) {
  EXPECT_EQ(cached("  - reads: [l1, l2]\n  - writes: [l1, l2]\n  - reads: [l2, l1]\n  - writes: [l2, l1]\n"),
            "32:5: error: caches back each other in a circle: l1 -> l2 -> l1 [A0603]");
}

TEST(Structure, ResultsOfAFileThatIsNotWrittenHaveNoEffect) {
  const std::string text = with(sound, "latency: 2}", "latency: 2, result_latency: {regs: 1}}");
  EXPECT_EQ(problemsOf(text), "");
  EXPECT_EQ(problemsOf(with(text, "  - writes: [alu, regs]\n", "")),
            "11:80: warning: result_latency of \"regs\" has no effect: \"alu\" does not write it [A0318]");
}

TEST(Structure, LongCirclesAreShortened) {
  std::string text = sound;
  std::string objects;
  for (int i = 0; i < 3000; ++i) objects += "  s" + std::to_string(i) + ": {class: PipelineStage}\n";
  text = with(text, "connections:\n", objects + "connections:\n") + "  - forward: [fetch, s0]\n";
  for (int i = 0; i < 3000; ++i) {
    text += "  - forward: [s" + std::to_string(i) + ", s" + std::to_string((i + 1) % 3000) + "]\n";
  }
  const std::string problems = problemsOf(text);
  EXPECT_NE(problems.find("forward connections lead in a circle: s0 -> … -> s2979 -> s2980"),
            std::string::npos)
      << problems;
  EXPECT_EQ(problems.find('\n'), std::string::npos);
}

TEST(Structure, DocumentsThatWereNotReadAreCheckedToo) {
  Architecture a = *parseArchitecture(sound, "f");
  a.objects.push_back(a.objects[3]);
  a.parameters.push_back(a.parameters[0]);
  a.connections.push_back({ConnectionKind::Forward, ObjectId{0}, ObjectId{99}, {}});
  a.connections.push_back({ConnectionKind::Forward, ObjectId{}, ObjectId{0}, {}});
  Problems found(a.file);
  validate(a, found, true);
  EXPECT_EQ(test::problems(std::move(found).take()),
            " error: the connection names an object that is not there [A0405]\n"
            " error: the connection names an object that is not there [A0405]\n"
            "4:3: error: parameter \"rows\" is already given in line 4 [A0113]\n"
            "9:3: error: object \"decode\" is already given in line 9 [A0207]\n"
            "9:3: warning: PipelineStage \"decode\" cannot be reached: no forward connections lead to it "
            "from \"fetch\" "
            "[A0512]");
}

}  // namespace
}  // namespace taktwerk
