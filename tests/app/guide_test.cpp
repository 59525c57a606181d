// SPDX-License-Identifier: GPL-3.0-or-later
// Every example of the guides, as a reader would try it: files are written, commands run, and what is shown
// must be what comes out.
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

const std::filesystem::path root = taktwerk::sourceDirectory();

/// What the guide shows of one command.
struct Shown {
  std::string command;
  std::vector<std::string> lines;
};

std::vector<std::string> wordsOf(const std::string& command) {
  std::istringstream text(command);
  std::vector<std::string> words;
  for (std::string word; text >> word;) {
    if (word.starts_with('\'')) {  // as a shell reads it
      std::string rest;
      if (!word.ends_with('\'') && std::getline(text, rest, '\'')) word += rest + '\'';
      word = word.substr(1, word.size() - 2);
    }
    const bool ofCheckout = word.starts_with("resources/") || word.starts_with("archs/");
    words.push_back(ofCheckout ? (root / word).string() : word);
  }
  return words;
}

std::string withoutRoot(std::string text) {
  const std::string prefix = root.string() + '/';
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
    text.erase(at, prefix.size());
  }
  return text;
}

void compare(const Shown& shown, const std::vector<std::string>& words, const ProcessOptions& options) {
  const Outcome outcome = cli(words, options);
  ASSERT_GE(outcome.status, 0);
  const std::string all = withoutRoot('\n' + outcome.out + outcome.err);
  for (const std::string& line : shown.lines) {
    if (line == "…" || line.empty()) continue;
    EXPECT_NE(all.find('\n' + line + '\n'), std::string::npos) << "shown: " << line << "\ncame out:" << all;
  }
}

void tryOut(const Shown& shown, const Folder& folder) {
  SCOPED_TRACE(shown.command);
  std::vector<std::string> words = wordsOf(shown.command);
  ASSERT_EQ(words.front(), "taktwerk-cli");
  words.erase(words.begin());
  ProcessOptions options;
  options.folder = folder.path();
  compare(shown, words, options);
  // The times of single instructions are those of the engine; its judge must give the same.
  const bool times = shown.command.find("--per-instruction") != std::string::npos;
  if (!times || shown.command.find("--method") != std::string::npos) return;
  SCOPED_TRACE("--method simulate");
  words.insert(words.end(), {"--method", "simulate"});
  compare(shown, words, options);
}

int follow(const std::filesystem::path& guide) {
  const Folder folder;
  std::istringstream text(textOf(guide));
  int commands = 0;
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with("```")) continue;
    const std::string info = line.substr(3);
    std::vector<std::string> block;
    while (std::getline(text, line) && line != "```") block.push_back(line);
    if (const std::size_t blank = info.find(' '); blank != std::string::npos) {
      const std::string name = info.substr(blank + 1);
      std::filesystem::create_directories((folder.path() / name).parent_path());
      std::string content;
      for (const std::string& l : block) content += l + '\n';
      (void)folder.write(name, content);
      continue;
    }
    Shown shown;
    for (const std::string& l : block) {
      if (l.starts_with("$ ")) {
        if (!shown.command.empty()) tryOut(shown, folder);
        shown = {l.substr(2), {}};
        ++commands;
      } else {
        shown.lines.push_back(l);
      }
    }
    if (!shown.command.empty()) tryOut(shown, folder);
  }
  return commands;
}

TEST(Guide, DescribeYourAcceleratorDoesWhatItSays) {
  EXPECT_GE(follow(root / "resources/guide/describe-your-accelerator.md"), 6);
}

TEST(Guide, RulesOfTimingComeOutAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/timing.md"), 25);
}

TEST(Guide, FilesAreWhatThePageSays) {
  EXPECT_GE(follow(root / "resources/guide/formats.md"), 7);
}

TEST(Guide, ManyDesignsAreComparedAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/sweeps.md"), 5);
}

TEST(Guide, AStudyOfMeshesComesOutAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/study-mesh.md"), 8);
}

TEST(Guide, AStudyOfArraysComesOutAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/study-array.md"), 5);
}

TEST(Guide, AStudyOfGridsComesOutAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/study-plasticine.md"), 2);
}

TEST(Guide, ArchitecturesAreHeldAgainstMeasurementsAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/calibrate.md"), 2);
}

TEST(Guide, WhatRepeatsIsSkippedAsThePageShows) {
  EXPECT_GE(follow(root / "resources/guide/steady-state.md"), 3);
}

}  // namespace
}  // namespace taktwerk::test
