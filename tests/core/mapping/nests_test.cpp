// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

/// A nest of two loops around one instruction with `order` values 0 and 1, or with a nest of another text.
std::string nestMapping(const std::string& orders = "[[k, c], [c, k]]", const std::string& values = "[0, 1]",
                        const std::string& loops = "[{tile: k, in: K, by: 3, as: number}, {for: c, in: 2}]",
                        const std::string& order = "order") {
  return denseMapping("tunables:\n  order: {default: 0, values: " + values +
                      "}\n"
                      "program:\n"
                      "  - nop\n"
                      "  - loops: " +
                      loops + "\n    orders: " + orders + "\n    order: " + order +
                      "\n    do:\n"
                      "      - let: {sum: k + c}\n"
                      "      - nop with n = k.length\n"
                      "      - load regs.r1 <- all[10 * sum + number]\n");
}

std::vector<std::string> unrolledWith(std::int64_t order) {
  const auto machine = smallMachine();
  const auto mapped = mapFirst(nestMapping(), denseNetwork(), *machine, {{"order", order}});
  if (!mapped) return {text(mapped.diagnostics)};
  return unrolled(mapped->program, *machine);
}

std::string problemsOf(const std::string& mapping) {
  return text(parseMapping(mapping, "m.yaml").diagnostics);
}

TEST(Nests, RunAroundTheirBodyInTheOrderThatTheTunableChooses) {
  std::vector<std::string> expected{"nop"};
  for (const auto& [k, number] : std::vector<std::pair<int, int>>{{0, 0}, {3, 1}, {6, 2}}) {
    for (int c = 0; c < 2; ++c) {
      expected.push_back("nop n=" + std::to_string(k == 6 ? 1 : 3));
      expected.push_back("load >regs.r1 <all[" + std::to_string(10 * (k + c) + number) + ']');
    }
  }
  EXPECT_EQ(unrolledWith(0), expected);

  expected = {"nop"};
  for (int c = 0; c < 2; ++c) {
    for (const auto& [k, number] : std::vector<std::pair<int, int>>{{0, 0}, {3, 1}, {6, 2}}) {
      expected.push_back("nop n=" + std::to_string(k == 6 ? 1 : 3));
      expected.push_back("load >regs.r1 <all[" + std::to_string(10 * (k + c) + number) + ']');
    }
  }
  EXPECT_EQ(unrolledWith(1), expected);
}

TEST(Nests, TakeAnyOfManyOrders) {
  const std::string loops = "[{for: k, in: 2}, {for: c, in: 3}, {for: number, in: 4}]";
  const std::string orders = "[[k, c, number], [number, c, k], [c, k, number]]";
  const auto machine = smallMachine();
  std::vector<std::string> firsts;
  for (std::int64_t order = 0; order < 3; ++order) {
    const auto mapped = mapFirst(
        denseMapping("tunables:\n  order: {default: 0, values: [0, 1, 2]}\nprogram:\n  - loops: " + loops +
                     "\n    orders: " + orders +
                     "\n    order: order\n    do:\n"
                     "      - load regs.r1 <- all[100 * k + 10 * c + number]\n"),
        denseNetwork(), *machine, {{"order", order}});
    ASSERT_TRUE(mapped) << text(mapped.diagnostics);
    const auto lines = unrolled(mapped->program, *machine);
    ASSERT_EQ(lines.size(), 24U);
    firsts.push_back(lines[1]);
  }
  EXPECT_EQ(firsts, (std::vector<std::string>{"load >regs.r1 <all[1]", "load >regs.r1 <all[100]",
                                              "load >regs.r1 <all[1]"}));
}

TEST(Nests, AValueThatIsNoOrderDoesNotFit) {
  const auto machine = smallMachine();
  const auto mapped =
      mapFirst(nestMapping("[[k, c], [c, k]]", "[0, 1, 2]"), denseNetwork(), *machine, {{"order", 2}});
  ASSERT_FALSE(mapped);
  EXPECT_NE(text(mapped.diagnostics).find("there is no such order of loops: order is from 0 to 1"),
            std::string::npos)
      << text(mapped.diagnostics);
  EXPECT_TRUE(isMisfit(mapped.diagnostics.front()));
}

TEST(Nests, SayWhatIsWrongWithThem) {
  const auto expectProblem = [](const std::string& mapping, const std::string& message) {
    const std::string problems = problemsOf(mapping);
    EXPECT_NE(problems.find(message), std::string::npos) << problems;
    EXPECT_NE(problems.find("m.yaml:"), std::string::npos) << problems;
  };
  const std::string loops = "[{tile: k, in: K, by: 3, as: number}, {for: c, in: 2}]", values = "[0, 1]";
  expectProblem(nestMapping("[[k, c], [c]]"), "an order names every loop of the nest once");
  expectProblem(nestMapping("[[k, c], [c, c]]"), "the loop over c is in this order twice");
  expectProblem(nestMapping("[[k, d]]"), "the nest has no loop \"d\"");
  expectProblem(nestMapping("[]"), "a nest has from 1 to 24 orders");
  expectProblem(nestMapping("[[k]]", values, "[{for: k, in: 2}]"), "a nest has from 2 to 6 loops");
  expectProblem(nestMapping("[[k, c]]", values, "[{for: k, in: 2, do: []}, {for: c, in: 2}]"),
                "without a body");
  expectProblem(nestMapping("[[k, c]]", values, "[{for: k}, {for: c, in: 2}]"), "needs in: count");
  expectProblem(nestMapping("[[k, c]]", values, loops, "K"), "order names the tunable that chooses");
}

/// Nests of two orders within each other.
std::string nestsWithinEachOther(int depth) {
  std::string program = "program:\n", indent = "  ";
  for (int d = 0; d < depth; ++d) {
    const std::string a = "a" + std::to_string(d), b = "b" + std::to_string(d);
    program += indent + "- loops: [{for: " + a + ", in: 2}, {for: " + b + ", in: 2}]\n";
    program += indent + "  orders: [[" + a + ", " + b + "], [" + b + ", " + a + "]]\n";
    program += indent + "  order: order\n" + indent + "  do:\n";
    indent += "    ";
  }
  return denseMapping("tunables:\n  order: {default: 0, values: [0, 1]}\n" + program + indent + "- nop\n");
}

TEST(Nests, WithinEachOtherHaveALimit) {
  EXPECT_EQ(problemsOf(nestsWithinEachOther(4)).find("error"), std::string::npos);
  const std::string problems = problemsOf(nestsWithinEachOther(20));  // a million bodies
  const std::string message = "the nests of this mapping stand for more than 20000 loops and instructions";
  const std::size_t first = problems.find(message);
  ASSERT_NE(first, std::string::npos) << problems;
  EXPECT_EQ(problems.find(message, first + 1), std::string::npos) << problems;
}

TEST(Nests, ReportAProblemOfTheirBodyOnce) {
  const std::string problems =
      problemsOf(denseMapping("tunables:\n  order: {default: 0, values: [0, 1]}\nprogram:\n"
                              "  - loops: [{for: k, in: K}, {for: c, in: C}]\n    orders: [[k, c], [c, k]]\n "
                              "   order: order\n    do:\n"
                              "      - frobnicate: 3\n"));
  const std::string message = "expected an instruction as text";
  const std::size_t first = problems.find(message);
  ASSERT_NE(first, std::string::npos) << problems;
  EXPECT_EQ(problems.find(message, first + 1), std::string::npos) << problems;
}

}  // namespace
}  // namespace taktwerk
