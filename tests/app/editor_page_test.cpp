// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the editor's features, resources/guide/editor.md, against the tests: each that it names is
// there.
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

std::string textOf(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// "Suite.Test" of everything that is in the sources of tests.
std::set<std::string> knownTests() {
  std::set<std::string> names;
  const std::regex test(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceDirectory() + "/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = textOf(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), test), end; it != end; ++it) {
      names.insert((*it)[1].str() + '.' + (*it)[2].str());
    }
  }
  return names;
}

/// Feature and the cell that names its tests, of each row.
std::vector<std::pair<std::string, std::string>> rows() {
  std::vector<std::pair<std::string, std::string>> found;
  std::istringstream text(textOf(sourceDirectory() + "/resources/guide/editor.md"));
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with("| ") || line.starts_with("| Feature")) continue;
    std::vector<std::string> cells;
    std::istringstream parts(line.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
    if (cells.size() != 4) {
      ADD_FAILURE() << line;
      continue;
    }
    found.emplace_back(cells.front(), cells.back());
  }
  return found;
}

TEST(EditorPage, NamesOnlyTestsThatAreThereAndOneForEachFeature) {
  const std::set<std::string> known = knownTests();
  ASSERT_GT(known.size(), 1000U);
  const std::regex name(R"(`(\w+\.\w+)`)");
  const auto all = rows();
  EXPECT_GE(all.size(), 25U);
  for (const auto& [feature, tests] : all) {
    std::size_t count = 0;
    for (std::sregex_iterator it(tests.begin(), tests.end(), name), end; it != end; ++it, ++count) {
      EXPECT_TRUE(known.contains((*it)[1])) << feature << ": " << (*it)[1];
    }
    EXPECT_GT(count, 0U) << feature;
  }
}

TEST(EditorPage, HasEveryFeatureOfAnEditor) {
  std::string features;
  for (const auto& [feature, tests] : rows()) features += feature + '\n';
  for (const char* each :
       {"Select several",   "Marquee",   "Snap",        "Guides",     "Align",   "Waypoints",
        "Labels",           "Arrays",    "Copy groups", "Search",     "Outline", "Minimap",
        "Palette",          "Shortcuts", "History",     "Properties", "Filters", "Checks",
        "Text and diagram", "Documents", "Export"}) {
    EXPECT_NE(features.find(each), std::string::npos) << each;
  }
}

}  // namespace
}  // namespace taktwerk::test
