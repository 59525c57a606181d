// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/machine.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

Machine sample() {
  Machine m;
  for (const char* name : {"a", "empty", "pe[0].regs", "z"}) {
    RegisterFile& file = m.registerFiles.emplace_back();
    file.name = name;
    file.firstRegister = static_cast<std::uint32_t>(m.registerFiles.size() > 1 ? 3 : 0);
  }
  m.registerFiles[0].registers = {"x", "y", "w[0]"};
  m.registerFiles[2].registers = {"acc"};
  m.registerFiles[3].firstRegister = 4;
  m.registerFiles[3].registers = {"x", "y"};
  m.memories.emplace_back().name = "dmem";
  m.operations = {"add", "load"};
  return m;
}

void expectNamesAreFound(const Machine& m) {
  EXPECT_EQ(m.registerCount(), 6U);
  const char* names[] = {"a.x", "a.y", "a.w[0]", "pe[0].regs.acc", "z.x", "z.y"};
  for (std::uint32_t i = 0; i < 6; ++i) {
    EXPECT_EQ(m.registerName({i}), names[i]);
  }
  EXPECT_EQ(m.registerFileOf({2}), RegisterFileId{0});
  EXPECT_EQ(m.registerFileOf({3}), RegisterFileId{2}) << "not the empty file before it";
  EXPECT_EQ(m.registerFileOf({4}), RegisterFileId{3});
  EXPECT_EQ(m.findMemory("dmem"), MemoryId{0});
  EXPECT_EQ(m.findOperation("load"), OperationId{1});
}

void expectOthersAreNot(const Machine& m) {
  EXPECT_FALSE(m.findMemory("alu").valid());
  EXPECT_FALSE(m.findOperation("").valid());
  EXPECT_FALSE(m.registerFileOf({6}).valid());
  EXPECT_FALSE(m.registerFileOf({}).valid());
  EXPECT_EQ(m.registerName({6}), "");
}

TEST(Machine, FindsNamesWithAndWithoutAnIndex) {
  Machine m = sample();
  expectNamesAreFound(m);
  expectOthersAreNot(m);
  m.indexNames();
  expectNamesAreFound(m);
  expectOthersAreNot(m);
}

TEST(Machine, CanBeEmpty) {
  Machine m;
  m.indexNames();
  EXPECT_EQ(m.registerCount(), 0U);
  EXPECT_FALSE(m.registerFileOf({0}).valid());
}

Cost costOf(const char* text) {
  Cost cost;
  cost.expression = std::make_shared<const Expression>(std::get<Expression>(Expression::parse(text)));
  cost.parameters = std::make_shared<const std::map<std::string, std::int64_t, std::less<>>>(
      std::map<std::string, std::int64_t, std::less<>>{{"rows", 4}});
  return cost;
}

TEST(Cost, ParametersComeBeforeImmediates) {
  const auto hundred = [](std::string_view) -> std::optional<Rational> { return Rational(100); };
  EXPECT_EQ(std::get<Cycles>(costOf("rows + k").evaluate(hundred)), 104);
  EXPECT_EQ(std::get<Cycles>(Cost{7, nullptr, nullptr}.evaluate({})), 7);
}

TEST(Cost, BadValuesAreErrors) {
  const auto message = [](const char* text) {
    return std::get<ExpressionError>(costOf(text).evaluate({})).message;
  };
  EXPECT_EQ(message("k"), "unknown name \"k\"");
  EXPECT_EQ(message("1 - rows"), "must be at least 0, is -3");
  EXPECT_EQ(message("rows / 3"), "must be a whole number, is 4/3");
  EXPECT_EQ(message("2 ^ 41"), "must be at most 1099511627776, is 2199023255552");
}

}  // namespace
}  // namespace taktwerk
