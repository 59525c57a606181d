// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using test::DocumentCase;
using test::problemsOf;
using test::sound;
using test::with;

class AttributeProblems : public testing::TestWithParam<DocumentCase> {};

TEST_P(AttributeProblems, AreReportedWhereTheyStand) {
  EXPECT_EQ(problemsOf(with(sound, GetParam().from, GetParam().to)), GetParam().problems);
}

DocumentCase latency(const std::string& value, const std::string& problems) {
  return {"latency: " + value, "latency: 2}", "latency: " + value + '}', problems};
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, AttributeProblems,
    testing::Values(
        latency("rows", ""), latency("\"if(k > 8, rows, 1)\"", ""), latency("0", ""),
        latency("1099511627776", ""),
        latency("-3", "11:60: error: latency must be at least 0, found -3 [A0306]"),
        latency("rows - 5", "11:60: error: latency must be at least 0, but \"rows - 5\" is -1 [A0306]"),
        latency("1099511627777",
                "11:60: error: latency must be at most 1099511627776, found 1099511627777 [A0307]"),
        latency("99999999999999999999",
                "11:60: error: latency: 99999999999999999999 does not fit 64 bits [A0304]"),
        latency("010", "11:60: error: latency: 010 has leading zeros; write 10 [A0304]"),
        latency(
            "1.5",
            "11:60: error: latency: \"1.5\" is not a whole number in decimal digits; fractions are written "
            "3 / 2 [A0304]"),
        latency(
            "1e3",
            "11:60: error: latency: \"1e3\" is not a whole number in decimal digits; fractions are written "
            "3 / 2 [A0304]"),
        latency("7 / 2", "11:60: error: latency must be a whole number, but \"7 / 2\" is 7/2 [A0304]"),
        latency("7 / (rows - 4)", "11:62: error: latency: division by 0 in \"7 / (rows - 4)\" [A0304]"),
        latency("\"2 +\"", "11:64: error: latency: the expression ends where a value is expected [A0304]"),
        latency("k + arch.rows",
                "11:64: error: latency: unknown name \"arch.rows\"; parameters and immediates may be "
                "used here [A0305]"),
        latency("[2]", "11:60: error: latency must be a whole number or an expression, found a list [A0303]"),
        latency("{a: 2}",
                "11:60: error: latency must be a whole number or an expression, found a map [A0303]"),
        latency("~",
                "11:51: error: latency must be a whole number or an expression, found nothing [A0303]")));

INSTANTIATE_TEST_SUITE_P(
    Scopes, AttributeProblems,
    testing::Values(
        DocumentCase{"access", "read_latency: 3", "read_latency: words + 2 * beats + rows", ""},
        DocumentCase{
            "immediate in a memory", "read_latency: 3", "read_latency: 2 + k",
            "14:41: error: read_latency: unknown name \"k\"; parameters, words and beats may be used here "
            "[A0305]"},
        DocumentCase{"immediate in a stage", "PipelineStage, latency: 1", "PipelineStage, latency: row",
                     "9:43: error: latency: unknown name \"row\"; did you mean \"rows\"? [A0305]"},
        DocumentCase{
            "a parameter misspelt", "latency: 2}", "latency: 2 + row_}",
            "11:64: warning: latency: \"row_\" is no parameter and is taken as an immediate; did you mean "
            "\"rows\"? [A0319]"},
        DocumentCase{
            "words in a count", "port_width: 2", "port_width: words",
            "6:52: error: port_width: unknown name \"words\"; only parameters may be used here [A0305]"}));

INSTANTIATE_TEST_SUITE_P(
    OtherTypes, AttributeProblems,
    testing::Values(
        DocumentCase{
            "unknown", "latency: 2}", "latenzy: 2}",
            "11:51: error: FunctionalUnit has no attribute \"latenzy\"; did you mean \"latency\"? [A0301]"},
        DocumentCase{"missing", "registers: [r0, r1]", "depth: 1",
                     "13:3: error: RegisterFile \"regs\" needs registers [A0302]"},
        DocumentCase{
            "no operations", "[add]", "[]",
            "11:44: error: operations must be a list of at least one name, found an empty list [A0310]"},
        DocumentCase{"one operation", "[add]", "add",
                     "11:44: error: operations must be a list of at least one name, found \"add\" [A0310]"},
        DocumentCase{
            "bad operation", "[add]", "[add, \"a b\"]",
            "11:50: error: \"a b\" is not the name of an operation; write letters, digits and _ [A0310]"},
        DocumentCase{"operation twice", "[add]", "[add, mul, add]",
                     "11:44: error: operations lists \"add\" twice [A0312]"},
        DocumentCase{"boolean", "[load, store]", "[load], streaming: yes",
                     "12:65: error: streaming must be true or false, found \"yes\" [A0309]"},
        DocumentCase{
            "choice", "[load, store]", "[load], release: granted",
            "12:63: error: release must be completion, grant or interval, found \"granted\"; did you mean "
            "\"grant\"? [A0309]"},
        DocumentCase{"result latency", "latency: 2}", "latency: 2, result_latency: {regs: 1}}", ""},
        DocumentCase{"result latency of nothing", "latency: 2}", "latency: 2, result_latency: {reg: 1}}",
                     "11:80: error: result_latency: there is no register file \"reg\"; did you mean "
                     "\"regs\"? [A0317]"},
        DocumentCase{
            "result latency as a number", "latency: 2}", "latency: 2, result_latency: 1}",
            "11:79: error: result_latency must be a map from register files to cycles as in {regs: 1}, found "
            "\"1\" [A0315]"}));

INSTANTIATE_TEST_SUITE_P(
    Registers, AttributeProblems,
    testing::Values(
        DocumentCase{"many", "[r0, r1]", "[\"w[8]\", \"acc[rows][2 * rows]\", x]", ""},
        DocumentCase{"without quotes", "[r0, r1]", "[[8]]",
                     "13:43: error: registers must be a list of names, found a list; write \"w[8]\" in "
                     "quotes [A0310]"},
        DocumentCase{"none", "[r0, r1]", "[\"w[0]\"]",
                     "13:46: error: the number of registers must be at least 1, found 0 [A0306]"},
        DocumentCase{"too many", "[r0, r1]", "[\"w[600][600]\"]",
                     "13:43: error: a register file has at most 262144 registers [A0311]"},
        DocumentCase{
            "unclosed", "[r0, r1]", "[\"w[8\"]",
            "13:43: error: \"w[8\" is not a register name; sizes stand in brackets as in \"w[8]\" [A0310]"},
        DocumentCase{"with a dot", "[r0, r1]", "[a.b]",
                     "13:43: error: \"a.b\" is not a register name; write letters, digits and _, or \"w[8]\" "
                     "for eight "
                     "of them [A0310]"},
        DocumentCase{"twice", "[r0, r1]", "[\"w[3]\", r, \"w[2]\"]",
                     "13:42: error: registers lists \"w[0]\" twice [A0312]"}));

INSTANTIATE_TEST_SUITE_P(
    AddressRanges, AttributeProblems,
    testing::Values(
        DocumentCase{"good", "read_latency: 3", "address_ranges: [[0, 16], [16, 16 * rows], [1000, 1001]]",
                     ""},
        DocumentCase{
            "empty", "read_latency: 3", "address_ranges: []",
            "14:39: error: address_ranges must be a list of [first, end) pairs as in [[0, 1024]], found an "
            "empty list [A0313]"},
        DocumentCase{"not pairs", "read_latency: 3", "address_ranges: [0, 16]",
                     "14:40: error: an address range is a pair [first, end), found \"0\" [A0313]\n"
                     "14:43: error: an address range is a pair [first, end), found \"16\" [A0313]"},
        DocumentCase{
            "backwards", "read_latency: 3", "address_ranges: [[16, 16]]",
            "14:40: error: an address range [first, end) must end after its first address, found [16, 16] "
            "[A0314]"},
        DocumentCase{"negative", "read_latency: 3", "address_ranges: [[-1, 16]]",
                     "14:41: error: address_ranges must be at least 0, found -1 [A0306]"},
        DocumentCase{"overlapping", "read_latency: 3", "address_ranges: [[8, 20], [0, 9]]",
                     "14:39: error: address ranges overlap at address 8 [A0314]"}));

const std::string cacheObjects =
    "  dmem: {class: SRAM, read_latency: 3}\n"
    "  l1: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 8}\n";

std::string cached(const std::string& from, const std::string& to) {
  const std::string text = with(with(sound, "  dmem: {class: SRAM, read_latency: 3}\n", cacheObjects),
                                "[lsu, dmem]\n", "[lsu, l1]\n") +
                           "  - reads: [l1, dmem]\n  - writes: [l1, dmem]\n";
  return problemsOf(from.empty() ? text : with(text, from, to));
}

TEST(CacheAttributes, SizesArePowersOfTwoWhereTheyMustBe) {
  EXPECT_EQ(cached("", ""), "");
  EXPECT_EQ(cached("sets: 4", "sets: 6"), "15:42: error: sets must be a power of two, found 6 [A0308]");
  EXPECT_EQ(cached("sets: 4", "sets: rows + 1"),
            "15:42: error: sets must be a power of two, but \"rows + 1\" is 5 [A0308]");
  EXPECT_EQ(cached("ways: 2", "ways: 3"), "");
  EXPECT_EQ(cached("ways: 2", "replacement: plru, ways: 3"),
            "15:70: error: ways must be a power of two for plru, found 3 [A0308]");
  EXPECT_EQ(cached("ways: 2, ", ""), "15:3: error: SetAssociativeCache \"l1\" needs ways [A0302]");
  EXPECT_EQ(cached("ways: 2", "ways: 2, seed: 0"), "15:60: error: seed must be at least 1, found 0 [A0306]");
}

TEST(RegisterFiles, AreLimitedAltogether) {
  std::string text = sound;
  for (int i = 0; i < 10; ++i) {
    text = with(
        text, "connections:",
        "  more" + std::to_string(i) + ": {class: RegisterFile, registers: [\"w[200000]\"]}\nconnections:");
  }
  EXPECT_NE(problemsOf(text).find("error: an architecture has at most 1048576 registers [A0316]"),
            std::string::npos);
}

}  // namespace
}  // namespace taktwerk
