// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/text_table.h"

#include <cstdint>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(TextTable, AlignsColumnsByCodePointsAndWritesNoTrailingBlanks) {
  TextTable table({{"layer"}, {"cycles", TextTable::Align::Right}, {"note"}});
  table.add({"übergabe", "7"});
  table.addRule();
  table.add({"total", "1,007", "all"});
  std::ostringstream out;
  table.write(out);
  EXPECT_EQ(out.str(),
            "layer     cycles  note\n"
            "--------  ------  ----\n"
            "übergabe       7\n"
            "--------  ------  ----\n"
            "total      1,007  all\n");
}

TEST(TextTable, GroupsDigitsInThrees) {
  EXPECT_EQ(groupedDigits(0), "0");
  EXPECT_EQ(groupedDigits(999), "999");
  EXPECT_EQ(groupedDigits(1000), "1,000");
  EXPECT_EQ(groupedDigits(-123456), "-123,456");
  EXPECT_EQ(groupedDigits(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(TextTable, PercentagesHaveOneDecimal) {
  EXPECT_EQ(percentage(0.0), "0.0 %");
  EXPECT_EQ(percentage(0.4156), "41.6 %");
  EXPECT_EQ(percentage(1.0), "100.0 %");
}

TEST(TextTable, DurationsAreInTheUnitThatSaysThemBest) {
  EXPECT_EQ(durationInWords(0.2), "less than a second");
  EXPECT_EQ(durationInWords(11.2), "12 s");
  EXPECT_EQ(durationInWords(119), "119 s");
  EXPECT_EQ(durationInWords(120), "2 min");
  EXPECT_EQ(durationInWords(7200), "2 h");
  EXPECT_EQ(durationInWords(99990), "27 h");
  EXPECT_EQ(durationInWords(3.6e7), "416 days");
  EXPECT_EQ(durationInWords(1e12), "31,688 years");
  EXPECT_EQ(durationInWords(2e17), "6,337,617,562 years");
  EXPECT_EQ(durationInWords(std::numeric_limits<double>::infinity()),
            "more than 1,000,000,000,000,000,000 years");
}

TEST(TextTable, ControlCharactersAreSpeltOut) {
  EXPECT_EQ(printable("a\x1b[31m\n\x7f\tü"), "a\\x1b[31m\\x0a\\x7f\\x09ü");
  EXPECT_EQ(printable("\xC2\x9B"), "\\x9b");  // the one-byte CSI of some terminals
}

}  // namespace
}  // namespace taktwerk
