// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const SettableNames names = {{"rows", "columns", "batch"}, {"batch", "sequence"}, {"tile_k"}};

std::string misuseOf(const std::vector<Setting>& settings) {
  const auto resolved = sortSettings(settings, names);
  const auto* misuse = std::get_if<SettingProblem>(&resolved);
  return misuse ? misuse->message : "no misuse";
}

TEST(Settings, AreANameAndAWholeNumber) {
  const auto setting = parseSetting("arch.rows=-8");
  ASSERT_TRUE(std::holds_alternative<Setting>(setting));
  EXPECT_EQ(std::get<Setting>(setting).name, "arch.rows");
  EXPECT_EQ(std::get<Setting>(setting).value, -8);
}

TEST(Settings, AnythingElseIsRefusedWithTheFormThatIsRight) {
  for (const char* text : {"", "rows", "=3", "rows=", "rows=1.5", "rows=0x8", "rows=010", "rows= 8",
                           "rows=8 ", "rows=1e3", "rows=99999999999999999999", "rows=+8"}) {
    EXPECT_TRUE(std::holds_alternative<SettingProblem>(parseSetting(text))) << text;
  }
  EXPECT_THAT(std::get<SettingProblem>(parseSetting("rows")).message, HasSubstr("NAME=VALUE"));
  EXPECT_THAT(std::get<SettingProblem>(parseSetting("rows=1.5")).message, HasSubstr("rows: "));
}

TEST(Settings, FullAndUniqueBareNamesFindTheirOwner) {
  const auto resolved =
      sortSettings({{"arch.rows", 8}, {"columns", 4}, {"network.batch", 2}, {"tile_k", 16}}, names);
  ASSERT_TRUE(std::holds_alternative<StudySettings>(resolved));
  const auto& overrides = std::get<StudySettings>(resolved);
  EXPECT_THAT(overrides.architecture, ElementsAre(Pair("columns", 4), Pair("rows", 8)));
  EXPECT_THAT(overrides.network, ElementsAre(Pair("batch", 2)));
  EXPECT_THAT(overrides.tunables, ElementsAre(Pair("tile_k", 16)));
}

TEST(Settings, AnAmbiguousBareNameListsItsMeanings) {
  EXPECT_THAT(misuseOf({{"batch", 2}}), HasSubstr("arch.batch or network.batch"));
}

TEST(Settings, AnUnknownNameSuggestsTheNearest) {
  EXPECT_THAT(misuseOf({{"arch.row", 2}}), HasSubstr("did you mean \"arch.rows\"?"));
  EXPECT_THAT(misuseOf({{"colums", 2}}), HasSubstr("did you mean \"columns\"?"));
  EXPECT_THAT(misuseOf({{"zzzzzzzz", 2}}), HasSubstr("arch.rows, arch.columns"));
  EXPECT_THAT(misuseOf({{"mapping.rows", 2}}), HasSubstr("there is no parameter \"mapping.rows\""));
}

TEST(Settings, ANameSetTwiceIsRefusedHoweverItIsSpelt) {
  EXPECT_THAT(misuseOf({{"rows", 2}, {"arch.rows", 3}}), HasSubstr("arch.rows is set twice"));
}

TEST(SortParameters, TellsTheOwnersApart) {
  const StudySettings sorted =
      sortParameters({{"arch.rows", 8}, {"network.batch", 2}, {"mapping.tile_k", 4}, {"rows", 1}});
  EXPECT_EQ(sorted.architecture, (StudySettings::Values{{"rows", 8}}));
  EXPECT_EQ(sorted.network, (StudySettings::Values{{"batch", 2}}));
  EXPECT_EQ(sorted.tunables, (std::map<std::string, std::int64_t>{{"tile_k", 4}}));
}

}  // namespace
}  // namespace taktwerk
