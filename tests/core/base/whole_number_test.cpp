// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/whole_number.h"

#include <limits>

#include <gtest/gtest.h>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

TEST(WholeNumber, ReadsDecimalDigits) {
  EXPECT_EQ(wholeNumber("0"), 0);
  EXPECT_EQ(wholeNumber("17"), 17);
  EXPECT_EQ(wholeNumber("-3"), -3);
  EXPECT_EQ(wholeNumber("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(wholeNumber("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST(WholeNumber, RefusesEverythingElse) {
  for (const char* text :
       {"", "-", "+1", "010", "-01", "1.5", "1e3", "0x10", "0o7", "1_000", " 1", "1 ", "--1",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999", "four", "٣"}) {
    EXPECT_EQ(wholeNumber(text), std::nullopt) << text;
  }
}

TEST(WholeNumber, ExplainsWhatIsWrong) {
  EXPECT_EQ(whyNotWholeNumber("1e3"), "\"1e3\" is not a whole number in decimal digits");
  EXPECT_EQ(whyNotWholeNumber("010"), "010 has leading zeros; write 10");
  EXPECT_EQ(whyNotWholeNumber("-007"), "-007 has leading zeros; write -7");
  EXPECT_EQ(whyNotWholeNumber("000"), "000 has leading zeros; write 0");
  EXPECT_EQ(whyNotWholeNumber("9223372036854775808"), "9223372036854775808 does not fit 64 bits");
}

TEST(InQuotes, KeepsMessagesOnOneLine) {
  EXPECT_EQ(inQuotes("a b"), "\"a b\"");
  EXPECT_EQ(inQuotes("a\nb\tc\x01"), "\"a\\nb\\tc\\x01\"");
  EXPECT_EQ(inQuotes("größe"), "\"größe\"");
}

TEST(InQuotes, ShortensWithoutCuttingACharacter) {
  const std::string text = std::string(79, 'x') + "éé" + std::string(100, 'y');
  EXPECT_EQ(inQuotes(text), '"' + std::string(79, 'x') + "…\"");
}

TEST(ExactWhole, IsTheWholeNumberThatAValueIs) {
  EXPECT_EQ(exactWhole(12e6), 12'000'000);
  EXPECT_EQ(exactWhole(-0.0), 0);
  EXPECT_EQ(exactWhole(9007199254740991.0), 9'007'199'254'740'991);
  for (const double other : {0.5, 9007199254740992.0, -1e18, std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(exactWhole(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace taktwerk
