// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/json_line.h"

#include <limits>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

std::string textOf(std::string_view line) {
  JsonLine json(line);
  std::string value;
  json.string(value);
  json.end();
  return json.failed() ? std::to_string(json.errorColumn()) + ": " + json.error() : value;
}

std::string numberOf(std::string_view line) {
  JsonLine json(line);
  std::int64_t value = 0;
  json.integer(value);
  json.end();
  return json.failed() ? std::to_string(json.errorColumn()) + ": " + json.error() : std::to_string(value);
}

TEST(JsonLine, ReadsMembersInOrder) {
  JsonLine json(R"( {"a": 1, "b": [2, 3], "c": {}} )");
  std::string key, seen;
  for (bool more = json.beginObject(); more; more = json.nextMember()) {
    ASSERT_TRUE(json.key(key));
    seen += key;
    ASSERT_TRUE(json.skipValue());
  }
  EXPECT_TRUE(json.end());
  EXPECT_EQ(seen, "abc");
}

TEST(JsonLine, ResolvesEscapesToUtf8) {
  EXPECT_EQ(textOf(R"("a\"\\\/\b\f\n\r\t")"), "a\"\\/\b\f\n\r\t");
  EXPECT_EQ(textOf(R"("\u0041\u00e9\u20AC\ud83d\ude00")"), "Aé€😀");
}

TEST(JsonLine, RefusesBrokenTexts) {
  EXPECT_EQ(textOf("\"abc"), "1: text without a closing quote");
  EXPECT_EQ(textOf(R"("a\x")"), "3: unknown escape in a text");
  EXPECT_EQ(textOf(R"("a\u12g4")"), R"(3: \u takes four hexadecimal digits)");
  EXPECT_EQ(textOf(R"("\ud83d")"), "2: half a surrogate pair");
  EXPECT_EQ(textOf(R"("\ude00")"), "2: half a surrogate pair");
  EXPECT_EQ(textOf("\"a\x01\""), "3: control character in a text");
  EXPECT_EQ(textOf("\"a\xC0\xAF\""), "3: invalid UTF-8");
  EXPECT_EQ(textOf("\"\xED\xA0\x80\""), "2: invalid UTF-8");
  EXPECT_EQ(textOf("\"a\" b"), "5: expected the end of the line, found 'b'");
  EXPECT_EQ(textOf("7"), "1: expected a text in double quotes, found '7'");
}

TEST(JsonLine, ReadsWholeNumbersOf64Bits) {
  EXPECT_EQ(numberOf("0"), "0");
  EXPECT_EQ(numberOf("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(numberOf("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(numberOf("9223372036854775808"), "1: number does not fit 64 bits");
  EXPECT_EQ(numberOf(" 1.5"), "2: expected a whole number, written with digits only");
  EXPECT_EQ(numberOf("1e3"), "1: expected a whole number, written with digits only");
  EXPECT_EQ(numberOf("010"), "1: a number must not start with 0");
  EXPECT_EQ(numberOf("-"), "1: expected a whole number, found '-'");
  EXPECT_EQ(numberOf(""), "1: expected a whole number, found the end of the line");
}

TEST(JsonLine, LimitsNesting) {
  const std::string brackets(100000, '[');
  JsonLine deep(brackets);
  EXPECT_FALSE(deep.skipValue());
  EXPECT_EQ(deep.error(), "nested deeper than 64 levels");
}

TEST(JsonLine, AfterTheFirstProblemNothingIsRead) {
  JsonLine json("[1 2]");
  std::int64_t value = 0;
  ASSERT_TRUE(json.beginArray());
  ASSERT_TRUE(json.integer(value));
  EXPECT_FALSE(json.nextElement());
  EXPECT_EQ(json.error(), "expected ',' or ']', found '2'");
  EXPECT_EQ(json.errorColumn(), 4u);
  EXPECT_FALSE(json.integer(value));
  EXPECT_FALSE(json.end());
}

TEST(JsonLine, QuotesWhatItReads) {
  const std::string odd = "a\"b\\c\n\x01 é";
  EXPECT_EQ(quotedJson(odd), R"("a\"b\\c\u000a\u0001 é")");
  EXPECT_EQ(textOf(quotedJson(odd)), odd);
}

}  // namespace
}  // namespace taktwerk
