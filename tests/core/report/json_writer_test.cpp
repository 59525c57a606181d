// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_writer.h"

#include <cstdint>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace taktwerk {
namespace {

TEST(JsonWriter, NestsObjectsAndArraysOnOneLine) {
  std::ostringstream out;
  JsonWriter json(out);
  json.openObject()
      .member("a", 1)
      .openArray("b")
      .item("x")
      .item("y")
      .closeArray()
      .openObject("c")
      .closeObject();
  json.member("d", true).closeObject();
  EXPECT_EQ(out.str(), R"({"a": 1, "b": ["x", "y"], "c": {}, "d": true})");
}

TEST(JsonWriter, BreaksLinesWhereAsked) {
  std::ostringstream out;
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines)
      .member("a", 1)
      .openObject("b")
      .member("c", 2)
      .member("d", 3)
      .closeObject()
      .closeObject();
  EXPECT_EQ(out.str(), "{\n  \"a\": 1,\n  \"b\": {\"c\": 2, \"d\": 3}\n}");
}

TEST(JsonWriter, EscapesTextAndReplacesWhatIsNotUtf8) {
  std::ostringstream out;
  JsonWriter(out).openArray().item("a\"\\\n\x01").item("\xff").closeArray();
  EXPECT_EQ(out.str(), "[\"a\\\"\\\\\\n\\u0001\", \"\xEF\xBF\xBD\"]");
}

TEST(JsonWriter, NumbersReadBackAsTheSameNumbers) {
  for (const double value : {0.0, 0.1, 1.0, 2.0 / 3.0, 1e-9, 1e300}) {
    std::ostringstream out;
    JsonWriter(out).openArray().member({}, value).closeArray();
    EXPECT_EQ(nlohmann::json::parse(out.str())[0].get<double>(), value) << out.str();
    EXPECT_TRUE(nlohmann::json::parse(out.str())[0].is_number_float()) << out.str();
  }
  std::ostringstream out;
  JsonWriter(out).openArray().member({}, std::numeric_limits<std::int64_t>::max()).closeArray();
  EXPECT_EQ(out.str(), "[9223372036854775807]");
}

}  // namespace
}  // namespace taktwerk
