// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/trace_file.h"

#include <filesystem>
#include <sstream>
#include <streambuf>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/program/small_machine.h"
#include "tests/support/named.h"

namespace taktwerk {
namespace {

using test::smallMachine;
using testing::ElementsAre;
using testing::IsEmpty;

Result<Program> read(const std::string& text) {
  std::istringstream input(text);
  return readTrace(input, "t.trace.jsonl", *smallMachine());
}

std::vector<std::string> problemsOf(const std::string& text) {
  std::vector<std::string> problems;
  for (const Diagnostic& diagnostic : read(text).diagnostics) problems.push_back(toString(diagnostic));
  return problems;
}

TEST(TraceFile, ReadsEveryField) {
  const auto program = read(
      R"({"operation": "copy", "reads": ["regs.r1"], "writes": ["regs.r0", "other.acc"], "memory_reads": )"
      R"([{"memory": "dmem", "address": 16, "words": 4}], "memory_writes": [{"address": 9, "memory": "dmem"}], )"
      R"("immediates": {"n": -2, "k": 4}, "unit": "lsu"})");
  ASSERT_TRUE(program) << toString(program.diagnostics.front());
  EXPECT_EQ(program->name, "t");
  EXPECT_EQ(program->file, "t.trace.jsonl");
  ASSERT_EQ(program->steps.size(), 1u);
  const auto machine = smallMachine();
  const InstructionTemplate& copy = program->templates[program->steps[0].instruction];
  EXPECT_EQ(copy.operation, machine->findOperation("copy"));
  EXPECT_THAT(copy.reads, ElementsAre(test::registerNamed(*machine, "regs.r1")));
  EXPECT_THAT(copy.writes, ElementsAre(test::registerNamed(*machine, "regs.r0"),
                                       test::registerNamed(*machine, "other.acc")));
  EXPECT_EQ(copy.memoryReads, (std::vector<AccessShape>{{machine->findMemory("dmem"), 4}}));
  EXPECT_EQ(copy.memoryWrites, (std::vector<AccessShape>{{machine->findMemory("dmem"), 1}}));
  EXPECT_THAT(copy.immediates, ElementsAre(std::pair("k", 4), std::pair("n", -2)));
  EXPECT_EQ(copy.unit, test::unitNamed(*machine, "lsu"));
  EXPECT_THAT(program->coefficients, ElementsAre(16, 9));
}

TEST(TraceFile, BlankLinesAndCarriageReturnsArePassedOver) {
  const auto program = read("\n{\"operation\": \"add\"}\r\n   \n\r\n{\"operation\": \"add\"}");
  ASSERT_TRUE(program);
  ASSERT_EQ(program->steps.size(), 2u);
  EXPECT_EQ(program->templates.size(), 1u);
  EXPECT_EQ(program->steps[0].sourceLine, 2u);
  EXPECT_EQ(program->steps[1].sourceLine, 5u);
}

TEST(TraceFile, AnEmptyTraceIsAnEmptyProgram) {
  const auto program = read("");
  ASSERT_TRUE(program);
  EXPECT_EQ(sizeOf(*program).instructions, 0);
}

TEST(TraceFile, UnknownNamesAreNamedWithTheNearest) {
  EXPECT_THAT(
      problemsOf("{\"operation\": \"loadd\", \"reads\": [\"regs.r9\"], \"unit\": \"zzzzzz\"}\n"
                 "{\"operation\": \"add\", \"memory_reads\": [{\"memory\": \"dmm\", \"address\": 0}]}\n"),
      ElementsAre(
          "t.trace.jsonl:1:15: error: unknown operation \"loadd\"; did you mean \"load\"? [T0020]",
          "t.trace.jsonl:1:34: error: unknown register \"regs.r9\"; did you mean \"regs.r0\"? [T0020]",
          "t.trace.jsonl:1:54: error: unknown unit \"zzzzzz\" [T0020]",
          "t.trace.jsonl:2:50: error: unknown memory \"dmm\"; did you mean \"dmem\"? [T0020]"));
}

TEST(TraceFile, FieldsAreCheckedAtTheirPlace) {
  EXPECT_THAT(
      problemsOf(R"({"operation": "add", "read": [], "operation": "add"})"),
      ElementsAre("t.trace.jsonl:1:22: error: unknown field \"read\"; did you mean \"reads\"? [T0010]",
                  "t.trace.jsonl:1:34: error: field \"operation\" twice [T0011]"));
  EXPECT_THAT(problemsOf(R"({"reads": []})"),
              ElementsAre("t.trace.jsonl:1:1: error: instruction without \"operation\" [T0012]"));
  EXPECT_THAT(
      problemsOf(R"({"operation": "load", "memory_reads": [{"words": 0, "adress": 1}]})"),
      ElementsAre("t.trace.jsonl:1:50: error: words must be at least 1, found 0 [T0021]",
                  "t.trace.jsonl:1:53: error: unknown field \"adress\" of a memory range; did you mean "
                  "\"address\"? [T0010]",
                  "t.trace.jsonl:1:40: error: memory range without \"memory\" [T0012]",
                  "t.trace.jsonl:1:40: error: memory range without \"address\" [T0012]"));
  EXPECT_THAT(problemsOf(R"({"operation": "add", "immediates": {"k": 1, "k": 2}})"),
              ElementsAre("t.trace.jsonl:1:45: error: immediate \"k\" twice [T0011]"));
}

TEST(TraceFile, AddressesAreWholeAndNotNegative) {
  const auto range = [](const std::string& fields) {
    return problemsOf(R"({"operation": "load", "memory_reads": [{"memory": "dmem", )" + fields + "}]}");
  };
  EXPECT_THAT(range(R"("address": -1)"),
              ElementsAre("t.trace.jsonl:1:70: error: address must be at least 0, found -1 [T0021]"));
  EXPECT_THAT(
      range(R"("address": 1.0)"),
      ElementsAre("t.trace.jsonl:1:70: error: expected a whole number, written with digits only [T0004]"));
  EXPECT_THAT(
      range(R"("address": 9223372036854775807, "words": 2)"),
      ElementsAre("t.trace.jsonl:1:40: error: memory range ends beyond the largest 64-bit address [T0021]"));
}

TEST(TraceFile, MalformedLinesAreErrorsWhereTheyBreak) {
  EXPECT_THAT(problemsOf("{\"operation\": \"add\"\n[]\n{\"operation\" \"add\"}\n{\"operation\": 3}\n"),
              ElementsAre("t.trace.jsonl:1:20: error: expected ',' or '}', found the end of the line [T0004]",
                          "t.trace.jsonl:2:1: error: expected an object, found '[' [T0004]",
                          "t.trace.jsonl:3:14: error: expected ':', found '\"' [T0004]",
                          "t.trace.jsonl:4:15: error: expected a text in double quotes, found '3' [T0004]"));
}

TEST(TraceFile, ReadingStopsAfterAHundredProblems) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "{}\n";
  const auto result = read(text);
  ASSERT_EQ(result.diagnostics.size(), 100u);
  EXPECT_EQ(result.diagnostics.back().position, (SourcePosition{100, 1}));
}

/// A stream that repeats a text for ever, or as often as asked, and never holds more than one copy.
class Repeated : public std::streambuf {
 public:
  Repeated(std::string text, std::int64_t times) : text_(std::move(text)), left_(times) {}

 protected:
  int_type underflow() override {
    if (left_ == 0) return traits_type::eof();
    --left_;
    setg(text_.data(), text_.data(), text_.data() + text_.size());
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::string text_;
  std::int64_t left_;
};

TEST(TraceFile, ALineWithoutAnEndIsRefused) {
  Repeated endless(std::string(1000, ' '), -1);
  std::istream input(&endless);
  const auto result = readTrace(input, "endless", *smallMachine());
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(toString(result.diagnostics[0]), "endless:1:1: error: line longer than 1048576 bytes [T0002]");
}

TEST(TraceFile, AMillionLinesAreReadOneByOne) {
  Repeated lines(
      "{\"operation\": \"load\", \"writes\": [\"regs.r0\"], \"memory_reads\": [{\"memory\": \"dmem\", "
      "\"address\": 7, \"words\": 4}], \"immediates\": {\"k\": 4}}\n"
      "{\"operation\": \"add\", \"reads\": [\"regs.r0\"], \"writes\": [\"regs.r1\"]}\n",
      500'000);
  std::istream input(&lines);
  const auto program = readTrace(input, "long.trace.jsonl", *smallMachine());
  ASSERT_TRUE(program);
  EXPECT_EQ(sizeOf(*program).instructions, 1'000'000);
  EXPECT_EQ(program->templates.size(), 2u);
  EXPECT_EQ(program->steps.back().sourceLine, 1'000'000u);
}

TEST(TraceFile, WhatCannotBeReadIsNamed) {
  const auto missing = readTrace(std::filesystem::path("no/such.trace.jsonl"), *smallMachine());
  ASSERT_EQ(missing.diagnostics.size(), 1u);
  EXPECT_EQ(toString(missing.diagnostics[0]), "no/such.trace.jsonl:1:1: error: no such file [T0001]");
  const auto folder = readTrace(std::filesystem::path("."), *smallMachine());
  ASSERT_EQ(folder.diagnostics.size(), 1u);
  EXPECT_EQ(folder.diagnostics[0].message, "is a folder; a trace is a file *.trace.jsonl");
}

}  // namespace
}  // namespace taktwerk
