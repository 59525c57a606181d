// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_inputs.h"

#include <memory>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

/// By what results of a study are known, besides its files.
std::string howOf(const std::map<std::string, LayerChoice>& choices, const StudyOptions& options = {}) {
  auto architecture = std::make_shared<Architecture>();
  architecture->file = "a.arch.yaml";
  Study study;
  study.architecture = std::move(architecture);
  study.network = {"n.network.yaml", std::make_shared<const std::string>("layers")};
  study.choices = choices;
  Sweep sweep;
  sweep.studies = {std::move(study)};
  StudyMemory memory;
  const auto stored = storedStudies(sweep, options, memory,
                                    {{"a.arch.yaml", std::make_shared<const std::string>("objects")}});
  EXPECT_TRUE(stored);
  return stored ? stored->front().how : std::string();
}

TEST(StoredStudies, WithChoicesThatDifferAnywhereAreNotTheSame) {
  const std::string longName(100, 'a');
  LayerChoice choice, other;
  choice.mapping = longName + "1";
  other.mapping = longName + "2";
  const std::set<std::string> all = {
      howOf({}),
      howOf({{longName + "1", choice}}),
      howOf({{longName + "2", choice}}),
      howOf({{longName + "1", other}}),
      // Names that look like the end of one and the beginning of the next.
      howOf({{"a", LayerChoice{"b\" \"c", {}}}}),
      howOf({{"a\" \"b", LayerChoice{"c", {}}}}),
      howOf({{"a\\", LayerChoice{"c", {}}}}),
      howOf({{"a\n", LayerChoice{"c", {}}}}),
      howOf({{"a\\n", LayerChoice{"c", {}}}}),
  };
  EXPECT_EQ(all.size(), 9U);
  StudyOptions one, two;
  one.layer = "conv\nbatch 2";
  two.layer = "conv\\nbatch 2";
  EXPECT_NE(howOf({}, one), howOf({}, two));
}

TEST(StoredStudies, SayWithWhichChoicesTheyWereTimed) {
  const std::map<std::string, LayerChoice> choices = {
      {"a", {"rows", {{"tile", 4}, {"unroll", -2}}}},
      {"b\" \"c\\", {"", {}}},
      {"line\nend\t\x01", {"two words", {{"tile", 1}}}},
  };
  EXPECT_EQ(choicesOfStudy(howOf(choices)), choices);
  EXPECT_EQ(choicesOfStudy(howOf({})), (std::map<std::string, LayerChoice>{}));
  for (const char* other : {"", "a b", "\"a\" \"b\" tile", "\"a\"", "\"a\" \"b\\x", "\"a\" \"b\"tile=1"})
    EXPECT_FALSE(choicesOfStudy("method auto\nchoice " + std::string(other))) << other;
}

}  // namespace
}  // namespace taktwerk::test
