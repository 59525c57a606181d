// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reference of files, resources/guide/formats.md, against the readers: what they take is in it, and what
// is in it they take.
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/architecture/class_specification.h"
#include "tests/app/process.h"
#include "tests/app/reference_tables.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;
using Words = std::set<std::string>;

const fs::path root = taktwerk::sourceDirectory();

std::string page() {
  return textOf(root / "resources/guide/formats.md");
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end);
  if (from == std::string::npos || to == std::string::npos) return "no " + begin;
  return text.substr(from + begin.size(), to - from - begin.size());
}

Words matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  Words words;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
    words.insert((*at)[1]);
  return words;
}

/// Every key that a reader compares a map's keys with: the lists it gives to `checkKeys` and `suggestion`,
/// and the fields of a trace.
Words keysOfReaders() {
  Words keys;
  const std::regex list(R"re((?:checkKeys|suggestion|ields_)\s*(?:\([^{}]*|)\{((?:\s*"[a-z_]+"\s*,?)+)\})re");
  for (const char* room : {"architecture", "network", "mapping", "study", "space", "program"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / "core" / room)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string text = textOf(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), list), end; at != end; ++at) {
        const Words found = matches((*at)[1], "\"([a-z_]+)\"");
        keys.insert(found.begin(), found.end());
      }
    }
  }
  return keys;
}

/// Keys that readers take without such a list.
const Words otherKeys = {"template", "size", "index", "class", "at", "note", "colour", "pinned"};

TEST(FormatsPage, ClassesAndAttributesAreThoseOfTheSpecification) {
  const std::string shown = between(page(), "<!-- classes: begin -->\n", "<!-- classes: end -->");
  EXPECT_EQ(shown, classTables()) << "the page must hold:\n" << classTables();
}

TEST(FormatsPage, OperatorsAreThoseOfTheTable) {
  const std::string shown = between(page(), "<!-- operators: begin -->\n", "<!-- operators: end -->");
  EXPECT_EQ(shown, operatorTable()) << "the page must hold:\n" << operatorTable();
}

TEST(FormatsPage, ConnectionsAreThoseThatAreLegal) {
  Words shown, legal;
  const std::string section = between(page(), "### Connections\n", "### Templates, arrays and ranges\n");
  std::istringstream lines(section);
  for (std::string line; std::getline(lines, line);) {
    std::smatch cells;
    if (!std::regex_match(line, cells, std::regex(R"(\| (.*`) \| (.*`) \| (.*`) \|)"))) continue;
    for (const std::string& kind : matches(cells[1], "`([a-z]+)`"))
      for (const std::string& from : matches(cells[2], "`([A-Za-z]+)`"))
        for (const std::string& to : matches(cells[3], "`([A-Za-z]+)`"))
          shown.insert(kind + ' ' + from + ' ' + to);
  }
  using Kind = ConnectionKind;
  for (const Kind kind : {Kind::Contains, Kind::Forward, Kind::Reads, Kind::Writes})
    for (const ClassSpecification& from : classSpecifications())
      for (const ClassSpecification& to : classSpecifications())
        if (!whyIllegal(kind, from.objectClass, to.objectClass))
          legal.insert(std::string(toString(kind)) + ' ' + std::string(from.name) + ' ' +
                       std::string(to.name));
  EXPECT_EQ(shown, legal);
}

TEST(FormatsPage, EveryKeyOfAReaderIsInIt) {
  const Words keys = keysOfReaders();
  EXPECT_GT(keys.size(), 60U);
  const Words inPage = matches(page(), "`([a-z_]+)`");
  for (const std::string& key : keys) EXPECT_TRUE(inPage.contains(key)) << key << " is not documented";
}

TEST(FormatsPage, EveryKeyOfItsTablesIsOneThatAReaderTakes) {
  Words keys = keysOfReaders();
  keys.insert(otherKeys.begin(), otherKeys.end());
  std::string beforeResults = page();
  beforeResults.resize(beforeResults.find("\n## Results"));
  std::istringstream lines(beforeResults);
  bool ofKeys = false;
  int rows = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) {
      ofKeys = ofKeys && line.starts_with("|-");
      continue;
    }
    if (line.starts_with("| key") || line.starts_with("| field") || line.starts_with("| map with")) {
      ofKeys = true;
      continue;
    }
    if (!ofKeys) continue;
    ++rows;
    for (const std::string& key : matches(line.substr(0, line.find(" | ")), "`([a-z_]+)`"))
      EXPECT_TRUE(keys.contains(key)) << line << "\nno reader takes " << key;
  }
  EXPECT_GT(rows, 60);
}

void collectKeys(const nlohmann::json& value, Words& keys) {
  if (value.is_array()) {
    for (const auto& item : value) collectKeys(item, keys);
    return;
  }
  if (!value.is_object()) return;
  for (const auto& [key, inner] : value.items()) {
    keys.insert(key);
    // The keys of these are names of parameters, causes and memories.
    if (key == "parameters" || key == "tunables" || key == "breakdown" || key == "breakdown_details")
      continue;
    if (key == "traffic") {
      for (const auto& memory : inner) collectKeys(memory, keys);
      continue;
    }
    if (key == "energy" && inner.is_object()) {  // of a layer: objects, and what they did
      for (const auto& object : inner) {
        for (const auto& share : object) collectKeys(share, keys);
      }
      continue;
    }
    collectKeys(inner, keys);
  }
}

TEST(FormatsPage, EveryKeyOfAnEstimateAsJsonIsInIt) {
  const std::string arch = (root / "archs/gemmini/gemmini.arch.yaml").string();
  const std::string network = (root / "resources/networks/bert-base-layer.network.yaml").string();
  Words keys;
  const Outcome all = cli({"estimate", "--arch", arch, "--network", network, "--json", "--search", "2"});
  ASSERT_EQ(all.status, 0) << all.err;
  collectKeys(nlohmann::json::parse(all.out), keys);
  const Folder folder;
  const std::string small = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("small.trace.jsonl", smallTrace);
  const Outcome times = cli({"estimate", "--arch", small, "--trace", trace, "--json", "--per-instruction"});
  ASSERT_EQ(times.status, 0) << times.err;
  collectKeys(nlohmann::json::parse(times.out), keys);
  EXPECT_THAT(keys, testing::IsSupersetOf({"unmapped", "times", "accesses", "runners_up"}));
  const Words inPage = matches(page(), "`([a-z_]+)`");
  for (const std::string& key : keys) EXPECT_TRUE(inPage.contains(key)) << key << " is not documented";
}

TEST(FormatsPage, EveryKeyOfKernelsAsJsonIsInIt) {
  const Folder folder;
  const std::string trace = folder.write("small.trace.jsonl", smallTrace);
  const std::string arch = (root / "archs/one-mac/one-mac.arch.yaml").string();
  const std::string network = (root / "resources/networks/tc-resnet8.network.yaml").string();
  Words keys;
  for (const std::vector<std::string>& of :
       {std::vector<std::string>{"--trace", trace},
        std::vector<std::string>{"--arch", arch, "--network", network, "--layer", "conv0"}}) {
    std::vector<std::string> command{"kernels", "--json"};
    command.insert(command.end(), of.begin(), of.end());
    const Outcome outcome = cli(command);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    collectKeys(nlohmann::json::parse(outcome.out), keys);
  }
  EXPECT_THAT(keys, testing::IsSupersetOf({"stretches", "waits", "strides", "period_cycles"}));
  const Words inPage = matches(page(), "`([a-z_]+)`");
  for (const std::string& key : keys) EXPECT_TRUE(inPage.contains(key)) << key << " is not documented";
}

}  // namespace
}  // namespace taktwerk::test
