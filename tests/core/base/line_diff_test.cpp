// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/line_diff.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = DiffLine::Kind;

/// " a", "-b", "+B", "…3"
std::vector<std::string> shown(const LineDiff& diff) {
  std::vector<std::string> lines;
  for (const DiffLine& line : diff.lines) {
    const char* sign = line.kind == Kind::Removed ? "-" : line.kind == Kind::Added ? "+" : " ";
    lines.push_back(line.kind == Kind::Skipped ? "…" + std::to_string(line.skipped) : sign + line.text);
  }
  return lines;
}

TEST(LineDiff, ShowsLinesThatDifferWithThoseAround) {
  const LineDiff diff = lineDiff("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n", {.context = 1});
  EXPECT_THAT(shown(diff), ElementsAre("…3", " d", "-e", "+E", " f", "…1", " h", "+i"));
  EXPECT_EQ(diff.removed, 1U);
  EXPECT_EQ(diff.added, 2U);
  EXPECT_EQ(diff.lines[2].before, 5U);
  EXPECT_EQ(diff.lines[2].now, 0U);
  EXPECT_EQ(diff.lines.back().now, 9U);
}

TEST(LineDiff, EndsOfLinesAreNoDifference) {
  EXPECT_FALSE(lineDiff("a\r\nb", "a\nb\n").differs());
  EXPECT_FALSE(lineDiff("", "").differs());
  EXPECT_THAT(shown(lineDiff("", "a\n")), ElementsAre("+a"));
  EXPECT_THAT(shown(lineDiff("a\n\n", "")), ElementsAre("-a", "-"));
}

TEST(LineDiff, ShowsAReplacementWhereThereAreTooManyDifferences) {
  std::string before = "same\n", now = "same\n";
  for (int i = 0; i < 50; ++i) {
    before += "b" + std::to_string(i) + "\nboth\n";
    now += "n" + std::to_string(i) + "\nboth\n";
  }
  const LineDiff fine = lineDiff(before, now);
  EXPECT_FALSE(fine.coarse);
  EXPECT_EQ(fine.removed, 50U);
  const LineDiff coarse = lineDiff(before, now, {.differences = 20, .lines = 30});
  EXPECT_TRUE(coarse.coarse);
  EXPECT_EQ(coarse.removed, 99U) << "all between the first and the last that differ";
  EXPECT_EQ(coarse.lines.size(), 30U);
  EXPECT_GT(coarse.leftOut, 0U);
}

TEST(LineDiff, LongLinesAreCut) {
  const LineDiff diff = lineDiff(std::string(100000, 'x') + "\n", "y\n");
  ASSERT_EQ(diff.lines.size(), 2U);
  EXPECT_LE(diff.lines[0].text.size(), 403U);
}

/// Lines kept and removed are the one text, lines kept and added the other; the number is the least.
TEST(LineDiff, LeadsFromOneTextToTheOtherByTheFewestLines) {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same texts in every run
  for (int trial = 0; trial < 300; ++trial) {
    const auto text = [&] {
      std::vector<std::string> lines(random() % 12);
      for (std::string& line : lines) line = std::string(1, static_cast<char>('a' + random() % 4));
      return lines;
    };
    const std::vector<std::string> a = text(), b = text();
    const auto joined = [](const std::vector<std::string>& lines) {
      std::string all;
      for (const std::string& line : lines) all += line + '\n';
      return all;
    };
    const LineDiff diff = lineDiff(joined(a), joined(b), {.context = 100});
    std::vector<std::string> before, now;
    for (const DiffLine& line : diff.lines) {
      if (line.kind != Kind::Added) before.push_back(line.text);
      if (line.kind != Kind::Removed) now.push_back(line.text);
    }
    std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) {
        common[i + 1][j + 1] = a[i] == b[j] ? common[i][j] + 1 : std::max(common[i][j + 1], common[i + 1][j]);
      }
    }
    ASSERT_EQ(diff.removed + diff.added, a.size() + b.size() - 2 * common[a.size()][b.size()]);
    if (!diff.differs()) continue;
    ASSERT_EQ(before, a);
    ASSERT_EQ(now, b);
  }
}

}  // namespace
}  // namespace taktwerk
