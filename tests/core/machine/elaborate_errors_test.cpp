// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/machine/elaborate.h"
#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using test::sound;
using test::with;

/// Problems of elaborating the sound architecture with a piece replaced; none of reading it is wanted.
std::string problemsOf(const std::string& from, const std::string& to,
                       const ParameterValues& overrides = {}) {
  const Result<Architecture> a = parseArchitecture(with(sound, from, to), "f");
  if (!a) return "not read";
  const Result<std::shared_ptr<const Machine>> m = elaborate(*a, overrides);
  EXPECT_EQ(m.value.has_value(), !hasErrors(m.diagnostics));
  return test::problems(m.diagnostics);
}

TEST(ElaborateErrors, ParametersMustExistAndBeInRange) {
  EXPECT_EQ(problemsOf("", "", {{"row", 3}}),
            "1:1: error: the architecture has no parameter \"row\"; did you mean \"rows\"? [A0107]");
  EXPECT_EQ(problemsOf("", "", {{"rows", 17}}),
            "4:43: error: infeasible: parameter \"rows\" must be at least 1 and at most 16, is 17 [A0117]");
}

TEST(Elaboration, StopsWhenAskedAndGoesOnAfterwards) {
  Elaboration elaboration(std::make_shared<const Architecture>(*parseArchitecture(sound, "f")));
  Progress stopped, progress;
  stopped.cancel();
  const auto none = elaboration.machine({{"rows", 3}}, &stopped);
  EXPECT_FALSE(none);
  EXPECT_TRUE(none.diagnostics.empty());
  const auto machine = elaboration.machine({{"rows", 3}}, &progress);
  ASSERT_TRUE(machine);
  EXPECT_EQ((*machine)->parameters.at("rows"), 3);
  // What is wrong is said all the same.
  EXPECT_TRUE(hasErrors(elaboration.machine({{"rows", 17}}, &stopped).diagnostics));
}

TEST(ElaborateErrors, TheBufferHoldsAFetch) {
  EXPECT_EQ(problemsOf("issue_buffer_size: 4", "issue_buffer_size: 1"),
            "8:60: error: issue_buffer_size is 1 but \"imem\" delivers 2 instructions at once (port_width); "
            "the buffer "
            "must hold at least as many [M0101]");
  EXPECT_EQ(problemsOf("port_width: 2", "port_width: 2 * rows"),
            "8:60: error: issue_buffer_size is 4 but \"imem\" delivers 8 instructions at once (port_width); "
            "the buffer "
            "must hold at least as many [M0101]");
  EXPECT_EQ(problemsOf("port_width: 2", "port_width: 2 * rows", {{"rows", 2}}), "");
}

TEST(ElaborateErrors, AFetchTakesTime) {
  EXPECT_EQ(problemsOf("read_latency: 1,", "read_latency: 0,"),
            "6:37: error: a fetch takes 0 cycles; read_latency of \"imem\" and latency of \"imau\" must add "
            "up to at "
            "least 1 [M0103]");
  EXPECT_EQ(problemsOf("read_latency: 1,", "read_latency: words - 3,"),
            "6:37: error: read_latency: must be at least 0, is -1 [M0102]");
  EXPECT_EQ(problemsOf("read_latency: 1,", "read_latency: 1 / (words - 2),"),
            "6:39: error: read_latency: division by 0 [M0102]");
}

TEST(ElaborateErrors, ResultsComeWithTheLatencyAtLatest) {
  EXPECT_EQ(problemsOf("latency: 2}", "latency: 2, result_latency: {regs: 3}}"),
            "11:86: error: result_latency of \"regs\" must be at most the latency of 2, is 3 [M0106]");
  EXPECT_EQ(problemsOf("latency: 2}", "latency: rows, result_latency: {regs: 3}}"), "");
  EXPECT_EQ(problemsOf("latency: 2}", "latency: rows, result_latency: {regs: 3}}", {{"rows", 2}}),
            "11:89: error: result_latency of \"regs\" must be at most the latency of 2, is 3 [M0106]");
}

TEST(ElaborateErrors, ValuesAreCheckedWithTheGivenParameters) {
  EXPECT_EQ(problemsOf("latency: 2}", "latency: rows - 4}"), "");
  EXPECT_EQ(problemsOf("latency: 2}", "latency: rows - 4}", {{"rows", 3}}),
            "11:60: error: latency must be at least 0, but \"rows - 4\" is -1 [A0306]");
  EXPECT_EQ(problemsOf("latency: 2}", "latency: 8 / rows}", {{"rows", 3}}),
            "11:60: error: latency must be a whole number, but \"8 / rows\" is 8/3 [A0304]");
}

TEST(ElaborateErrors, SizesAreKeptWithinReason) {
  EXPECT_EQ(problemsOf("[r0, r1]", "[\"w[100000]\"], depth: 1000"),
            "1:1: error: the registers have 100000000 copies (depth); at most 16777216 can be timed [M0107]");
  EXPECT_EQ(problemsOf("read_latency: 3", "banks: 10000000"),
            "14:30: error: banks must be at most 1048576, found 10000000 [A0307]");
}

TEST(ElaborateErrors, DocumentsWithErrorsAreRefused) {
  EXPECT_EQ(problemsOf("{class: PipelineStage,", "{class: Mesh,"),
            "9:3: error: unknown class \"Mesh\" [A0202]");
  EXPECT_EQ(problemsOf("latency: 2}", "speed: 2}"),
            "11:51: error: FunctionalUnit has no attribute \"speed\" [A0301]");
  EXPECT_EQ(problemsOf("registers: [r0, r1]", "depth: 1"),
            "13:3: error: RegisterFile \"regs\" needs registers [A0302]");
  EXPECT_EQ(problemsOf("  - contains: [execute, alu]\n", ""),
            "11:3: error: FunctionalUnit \"alu\" is contained in no ExecuteStage [A0504]");
  EXPECT_NE(problemsOf(sound.substr(sound.find("objects:")), "").find("found none [A0501]"),
            std::string::npos);
}

TEST(ElaborateErrors, WarningsOfTheDocumentAreNotRepeated) {
  EXPECT_EQ(problemsOf("latency: 2}", "latency: row_}"), "");
  EXPECT_EQ(problemsOf("connections:\n", "  spare: {class: DRAM}\nconnections:\n"), "");
}

}  // namespace
}  // namespace taktwerk
