// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/vary.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::HasSubstr;

std::vector<std::int64_t> valuesOf(const std::string& text) {
  const auto parsed = parseVary(text);
  std::vector<std::int64_t> values;
  if (const auto* problem = std::get_if<VaryProblem>(&parsed)) {
    ADD_FAILURE() << problem->message;
    return values;
  }
  const Dimension& dimension = std::get<Dimension>(parsed);
  for (std::int64_t i = 0; i < dimension.size(); ++i) values.push_back(valueAt(dimension.values, i));
  return values;
}

std::string problemOf(const std::string& text) {
  const auto parsed = parseVary(text);
  const auto* problem = std::get_if<VaryProblem>(&parsed);
  return problem == nullptr ? "none" : problem->message;
}

TEST(Vary, ListsAndRangesHaveTheirValues) {
  EXPECT_EQ(valuesOf("rows=4,16,8"), (std::vector<std::int64_t>{4, 16, 8}));
  EXPECT_EQ(valuesOf("rows=2:5"), (std::vector<std::int64_t>{2, 3, 4, 5}));
  EXPECT_EQ(valuesOf("rows=2:9:3"), (std::vector<std::int64_t>{2, 5, 8}));
  EXPECT_EQ(valuesOf("rows=-3:3:3"), (std::vector<std::int64_t>{-3, 0, 3}));
  EXPECT_EQ(valuesOf("arch.rows=1:17:*2"), (std::vector<std::int64_t>{1, 2, 4, 8, 16}));
  EXPECT_EQ(valuesOf("rows=7"), (std::vector<std::int64_t>{7}));
}

TEST(Vary, WhatIsNoValueIsSaid) {
  EXPECT_THAT(problemOf("rows"), HasSubstr("NAME=V,V"));
  EXPECT_THAT(problemOf("=4"), HasSubstr("NAME=V,V"));
  EXPECT_THAT(problemOf("rows="), HasSubstr("NAME=V,V"));
  EXPECT_THAT(problemOf("rows=4,,8"), HasSubstr("rows: "));
  EXPECT_THAT(problemOf("rows=4,x"), HasSubstr("\"x\" is not a whole number"));
  EXPECT_THAT(problemOf("rows=4,4"), HasSubstr("4 is there twice"));
  EXPECT_THAT(problemOf("rows=8:2"), HasSubstr("a range goes upwards"));
  EXPECT_THAT(problemOf("rows=2:8:0"), HasSubstr("a step must be at least 1"));
  EXPECT_THAT(problemOf("rows=2:8:*1"), HasSubstr("a factor must be at least 2"));
  EXPECT_THAT(problemOf("rows=0:8:*2"), HasSubstr("begin with at least 1"));
  EXPECT_THAT(problemOf("rows=1:2:3:4"), HasSubstr("FROM:TO:STEP"));
}

TEST(Vary, RangesToTheLimitsOf64BitsAreCounted) {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(sizeOf(ValueRange{0, mostPlaces - 1, 1, false}), mostPlaces);
  EXPECT_THAT(problemOf("rows=0:4611686018427387904"), HasSubstr("at most 2^62 values; take a larger step"));
  EXPECT_THAT(whatIsWrongWith(ValueRange{least, most, 1, false}), HasSubstr("at most 2^62 values"));
  EXPECT_EQ(sizeOf(ValueRange{least, most, 8, false}), std::int64_t{1} << 61);
  EXPECT_EQ(sizeOf(ValueRange{most - 1, most, 1, false}), 2);
  const ValueRange doubled{1, most, 2, true};
  EXPECT_EQ(sizeOf(doubled), 63);
  EXPECT_EQ(valueAt(doubled, 62), std::int64_t{1} << 62);
}

}  // namespace
}  // namespace taktwerk
