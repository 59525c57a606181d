// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

/// Two instructions, then 3 times (one, 4 times two, one), then 5 times one.
Program nest() {
  ProgramBuilder builder("nest");
  const auto add = [&](int count) {
    for (int i = 0; i < count; ++i) builder.add(InstructionTemplate{}, {});
  };
  add(2);
  builder.openLoop(3, "oc");
  add(1);
  builder.openLoop(4, "k");
  add(2);
  builder.closeLoop();
  add(1);
  builder.closeLoop();
  builder.openLoop(5);
  add(1);
  return std::move(builder).finish();
}

std::pair<std::int64_t, std::int64_t> windowOf(const char* path, std::int64_t from, std::int64_t to) {
  const auto found = windowOfLoop(nest(), path, from, to);
  if (const auto* window = std::get_if<InstructionWindow>(&found)) return {window->first, window->end};
  return {-1, -1};
}

TEST(Window, FindsIterationsOfAnyLoopOfANest) {
  EXPECT_EQ(windowOf("oc", 0, 0), std::pair(std::int64_t{2}, std::int64_t{12}));
  EXPECT_EQ(windowOf("oc", 1, 2), std::pair(std::int64_t{12}, std::int64_t{32}));
  EXPECT_EQ(windowOf("oc/k", 2, 3), std::pair(std::int64_t{7}, std::int64_t{11}));
  EXPECT_EQ(windowOf("oc=2/k", 0, 0), std::pair(std::int64_t{23}, std::int64_t{25}));
  EXPECT_EQ(windowOf("#2", 4, 4), std::pair(std::int64_t{36}, std::int64_t{37}));
  EXPECT_EQ(windowOf("", 2, 3), windowOf("oc/k", 2, 3));
}

TEST(Window, SaysWhatWouldBeThere) {
  const auto message = [](const char* path, std::int64_t from, std::int64_t to) {
    return std::get<WindowError>(windowOfLoop(nest(), path, from, to)).message;
  };
  EXPECT_THAT(message("ox", 0, 0), testing::HasSubstr("the loops are oc, oc/k, #2"));
  EXPECT_THAT(message("oc/k", 2, 4), testing::HasSubstr("iterations 0 to 3"));
  EXPECT_THAT(message("oc=3/k", 0, 0), testing::HasSubstr("iterations 0 to 2"));
  EXPECT_THAT(message("oc=x/k", 0, 0), testing::HasSubstr("oc=x"));
  EXPECT_THAT(message("k", 0, 0), testing::HasSubstr("no loop \"k\""));
  const Program flat = ProgramBuilder("flat").finish();
  EXPECT_THAT(std::get<WindowError>(windowOfLoop(flat, "", 0, 0)).message, testing::HasSubstr("no loops"));
}

}  // namespace
}  // namespace taktwerk
