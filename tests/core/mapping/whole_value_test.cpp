// SPDX-License-Identifier: GPL-3.0-or-later
// Plain arithmetic says what an evaluator says, or nothing.
#include "core/mapping/whole_value.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

const std::vector<std::string> names{"a", "b", "c", "big"};

std::vector<SlotValue> slotsOf(std::int64_t a, std::int64_t b, std::int64_t c) {
  std::vector<SlotValue> slots(names.size());
  const std::vector<std::int64_t> values{a, b, c, std::int64_t{1} << 62U};
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i].value.set(Rational(values[i]));
    slots[i].known = true;
  }
  return slots;
}

CompiledExpression compiled(const std::string& text) {
  const auto parsed = Expression::parse(text);
  EXPECT_TRUE(std::holds_alternative<Expression>(parsed)) << text;
  return compile({std::get<Expression>(parsed), {1, 1}}, [](const std::string& name) {
    return static_cast<SlotIndex>(std::find(names.begin(), names.end(), name) - names.begin());
  });
}

/// What the evaluator says: a whole number, or nothing.
std::optional<std::int64_t> evaluated(const CompiledExpression& expression, std::vector<SlotValue>& slots) {
  const LoopLevels none;
  Evaluator evaluator(slots, none, [](SourcePosition, const std::string&) {});
  Affine value;
  if (evaluator.affine(expression, value, Use::Control) != Outcome::Done) return std::nullopt;
  return value.denominator == 1 ? std::optional(value.base) : std::nullopt;
}

/// Any expression of some operators.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}
  std::string text(int depth) {
    static const std::vector<std::string> binary{
        "+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or"};
    const auto inner = [&] { return text(depth - 1); };
    const int kind = depth == 0 ? static_cast<int>(random_() % 2) : static_cast<int>(random_() % 10);
    switch (kind) {
      case 0:
        return std::to_string(random_() % 9);
      case 1:
        return names[random_() % names.size()];
      case 2:
        return "-(" + inner() + ")";
      case 3:
        return "not (" + inner() + ")";
      case 4:
        return "if(" + inner() + ", " + inner() + ", " + inner() + ")";
      case 5:
        return (random_() % 2 ? "min(" : "max(") + inner() + ", " + inner() + ")";
      case 6:
        return (random_() % 2 ? "ceil((" : "floor((") + inner() + ") / (" + inner() + "))";
      case 7:
        return "abs(" + inner() + ")";
      default:
        return "(" + inner() + ") " + binary[random_() % binary.size()] + " (" + inner() + ")";
    }
  }

 private:
  std::mt19937 random_;
};

TEST(WholeValue, IsWhatAnEvaluatorSays) {
  Writer writer(5);
  int known = 0, all = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = writer.text(4);
    const CompiledExpression expression = compiled(text);
    std::vector<SlotValue> slots = slotsOf(i % 7 - 2, i % 5 + 1, i % 100);
    const auto whole = wholeValue(expression, slots);
    ++all;
    if (!whole) continue;
    ++known;
    ASSERT_EQ(whole, evaluated(expression, slots)) << text;
  }
  EXPECT_GT(known, all / 4) << "else nothing is won";
}

TEST(WholeValue, LeavesToTheEvaluatorWhatItCannotSay) {
  std::vector<SlotValue> slots = slotsOf(7, 2, 0);
  for (const char* text : {"a / b", "a // c", "a % c", "ceil(a / c)", "big * b", "big + big", "b ^ a",
                           "a / b * b", "if(c, 1, a / b)", "-big < big", "a // (0 - b)"})
    EXPECT_FALSE(wholeValue(compiled(text), slots)) << text;
  EXPECT_EQ(wholeValue(compiled("if(c == 0, a, a // c)"), slots), 7) << "only what is chosen is computed";
  EXPECT_EQ(wholeValue(compiled("c and a // c"), slots), 0);
  EXPECT_EQ(wholeValue(compiled("ceil(a / b) + floor((0 - a) / b)"), slots), 0);
  slots[0].known = false;
  EXPECT_FALSE(wholeValue(compiled("a + 1"), slots));
  EXPECT_EQ(wholeValue(compiled("if(b > 5, a, b)"), slots), 2);
  slots[1].value.levels = 1;  // of a loop
  slots[1].value.coefficient[0] = 3;
  EXPECT_FALSE(wholeValue(compiled("b"), slots));
}

}  // namespace
}  // namespace taktwerk
