// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/studies/picture.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/studies/study_pictures.h"
#include "tests/studies/study_tables.h"
#include "tests/support/places.h"

namespace taktwerk::studies {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A space of this architecture and network, in a file that goes with it.
class Swept {
 public:
  Swept(const std::string& architecture, const std::string& network, const std::string& vary,
        const std::vector<std::string>& objectives = {})
      : path_(std::filesystem::path(testing::TempDir()) / (architecture + network + ".space.yaml")) {
    std::ofstream file(path_);
    file << "format: taktwerk-space/1\narchitecture: " << sourceDirectory() << "/archs/" << architecture
         << '/' << architecture << ".arch.yaml\nnetwork: " << sourceDirectory() << "/resources/networks/"
         << network << ".network.yaml\nvary:\n"
         << vary;
    file.close();
    space = sweepSpace(path_.string(), objectives);
  }
  ~Swept() { std::filesystem::remove(path_); }
  Swept(const Swept&) = delete;
  Swept& operator=(const Swept&) = delete;

  SweptSpace space;

 private:
  std::filesystem::path path_;
};

PictureWish over(const std::string& x, const std::string& y) {
  PictureWish wish;
  wish.title = "Cycles <of all>";
  wish.subtitle = "& more";
  wish.x = x;
  wish.y = y;
  return wish;
}

TEST(StudyPictures, SayWhichLayersAreMissingAndThatNothingIsValidated) {
  const Swept swept("systolic-array", "bert-base-layer", "  rows: [2, 4]\n  columns: [2, 4]\n");
  for (const std::string& picture : {heatPicture(swept.space, over("rows", "columns")),
                                     linePicture(swept.space, over("rows", "columns"))}) {
    EXPECT_THAT(picture, HasSubstr("8 layers have no mapping and are missing"));
    EXPECT_THAT(picture, HasSubstr("lower bounds"));
    EXPECT_THAT(picture, HasSubstr("no validation is declared"));
    EXPECT_THAT(picture, HasSubstr("Cycles &lt;of all&gt;"));
    EXPECT_THAT(picture, HasSubstr("4 designs, all timed exactly"));
  }
  EXPECT_THAT(heatPicture(swept.space, over("rows", "columns")), HasSubstr(">≥ "));
  EXPECT_THAT(cyclesText(swept.space, 0), HasSubstr("≥ "));
}

TEST(StudyPictures, SayWhatIsValidatedAndWhatWasChanged) {
  const Swept swept("gemmini", "tc-resnet8", "  mesh: [16, 64]\n  scratchpad_rows: [64, 16384]\n");
  const std::string picture = heatPicture(swept.space, over("mesh", "scratchpad_rows"));
  EXPECT_THAT(picture, HasSubstr("Gemmini, declared validation: 7.5 % mean error over 36 points"));
  EXPECT_THAT(picture, HasSubstr("and of no other mesh, scratchpad_rows."));
  EXPECT_THAT(picture, Not(HasSubstr("missing")));
  EXPECT_THAT(picture, Not(HasSubstr(">≥ ")));
  // The mesh of 64 has no scratchpad of 64 rows: a cell with nothing in it.
  EXPECT_THAT(picture, HasSubstr("1 design cannot be"));
  EXPECT_THAT(picture, HasSubstr("url(#nothing)\"/>"));
}

TEST(StudyPictures, AreTheSameBytesEveryTime) {
  const std::string vary = "  rows: [1, 2, 3]\n  columns: [1, 2, 4]\n  fetch_width: [1, 16]\n";
  const Swept one("systolic-array", "tc-resnet8", vary, {"area", "cycles"});
  const SweptSpace again = sweepSpace(one.space.file, {"area", "cycles"});
  PictureWish heat = over("rows", "columns");
  heat.panels = "fetch_width";
  PictureWish front = over("area", "cycles");
  EXPECT_EQ(heatPicture(one.space, heat), heatPicture(again, heat));
  EXPECT_EQ(linePicture(one.space, heat), linePicture(again, heat));
  EXPECT_EQ(frontPicture(one.space, front), frontPicture(again, front));
  EXPECT_EQ(frontTable(one.space, "", {"rows"}), frontTable(again, "", {"rows"}));
}

TEST(StudyPictures, HaveAllCellsAndTheFrontOfThePlot) {
  const Swept swept("systolic-array", "tc-resnet8", "  rows: [1, 2, 3]\n  columns: [1, 2, 4]\n",
                    {"area", "cycles"});
  const std::string heat = heatPicture(swept.space, over("rows", "columns"));
  for (const SweepRow& row : swept.space.rows)
    EXPECT_THAT(heat, HasSubstr('>' + shortNumber(static_cast<double>(row.cycles)) + "</text>"));
  const std::string front = frontPicture(swept.space, over("area", "cycles"));
  const auto best = frontOf(swept.space, rowsWhere(swept.space, ""));
  ASSERT_GE(best.size(), 2U);
  EXPECT_THAT(front, HasSubstr(">A</text>"));
  EXPECT_THAT(front, HasSubstr('>' + frontLetter(best.size() - 1) + "</text>"));
  EXPECT_THAT(front, Not(HasSubstr('>' + frontLetter(best.size()) + "</text>")));
  const std::size_t area = *swept.space.table.find("area");
  for (const std::uint32_t a : best) {
    for (const std::uint32_t b : best) {
      const bool smaller = swept.space.table.number(area, a) < swept.space.table.number(area, b);
      EXPECT_TRUE(!smaller || swept.space.rows[a].cycles > swept.space.rows[b].cycles) << a << ' ' << b;
    }
  }
}

TEST(StudyPictures, RefuseWhatTheSpaceDoesNotHave) {
  const Swept swept("systolic-array", "tc-resnet8", "  rows: [1, 2]\n");
  EXPECT_THROW((void)heatPicture(swept.space, over("rows", "nothing")), std::runtime_error);
  EXPECT_THROW((void)rowWhere(swept.space, "rows < 9"), std::runtime_error);
  EXPECT_THROW(requireClaim("water runs uphill", false), std::runtime_error);
  EXPECT_THROW((void)sweepSpace("resources/studies/nowhere.space.yaml"), std::runtime_error);
}

TEST(StudyPictures, WriteShortNumbersAndLines) {
  EXPECT_EQ(shortNumber(950), "950");
  EXPECT_EQ(shortNumber(1234), "1.23 k");
  EXPECT_EQ(shortNumber(99960), "100 k");
  EXPECT_EQ(shortNumber(999960), "1.00 M");
  EXPECT_EQ(shortNumber(1.5e9), "1.50 G");
  EXPECT_THAT(wrapped("to be or not", 5), ElementsAre("to be", "or", "not"));
  EXPECT_EQ(frontLetter(25), "Z");
  EXPECT_EQ(frontLetter(26), "AA");
}

}  // namespace
}  // namespace taktwerk::studies
