// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text_delta.h"

#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(TextDelta, IsTheStretchThatDiffers) {
  EXPECT_EQ(textDelta("ab: 1\n", "ab: 12\n"), (TextDelta{5, "", "2"}));
  EXPECT_EQ(textDelta("aaa", "aa"), (TextDelta{2, "a", ""}));
  EXPECT_TRUE(textDelta("same", "same").empty());
  EXPECT_EQ(textDelta("", "x"), (TextDelta{0, "", "x"}));
}

TEST(TextDelta, LeadsBothWaysBetweenAnyTexts) {
  std::mt19937 random(5);
  const auto word = [&] {
    std::string text(random() % 9, 'a');
    for (char& c : text) c = static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int i = 0; i < 5000; ++i) {
    const std::string a = word(), b = word();
    const TextDelta d = textDelta(a, b);
    ASSERT_EQ(applyDelta(a, d), b);
    ASSERT_EQ(revertDelta(b, d), a);
  }
}

TEST(TextDelta, RefusesATextThatIsNotItsOwn) {
  const TextDelta d = textDelta("abc", "axc");
  EXPECT_THROW(static_cast<void>(applyDelta("azc", d)), std::logic_error);
  EXPECT_THROW(static_cast<void>(revertDelta("a", d)), std::logic_error);
}

}  // namespace
}  // namespace taktwerk
