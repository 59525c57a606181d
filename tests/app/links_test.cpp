// SPDX-License-Identifier: GPL-3.0-or-later
//
// Links between the pages of the repository: each leads to a file that is there, and to a heading of it.
#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;

/// The pages of the checkout; what is built and what git keeps is no part of it.
std::vector<fs::path> pages() {
  std::vector<fs::path> found;
  fs::recursive_directory_iterator at(taktwerk::sourceDirectory()), end;
  for (; at != end; ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name == "build" || name == ".git" || name == ".cache"))
      at.disable_recursion_pending();
    if (at->path().extension() == ".md") found.push_back(at->path());
  }
  return found;
}

/// The lines of a page without its examples.
std::vector<std::string> proseOf(const fs::path& page) {
  std::vector<std::string> lines;
  std::istringstream text(textOf(page));
  bool example = false;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("```")) example = !example;
    if (!example) lines.push_back(line);
  }
  return lines;
}

/// What a heading is called in links: small letters, blanks as hyphens, no punctuation.
std::string anchorOf(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (c & 0x80);
    if (c >= 'A' && c <= 'Z') anchor += static_cast<char>(c - 'A' + 'a');
    if (c == ' ') anchor += '-';
    if (kept) anchor += c;
  }
  return anchor;
}

std::set<std::string> anchorsOf(const fs::path& page) {
  std::set<std::string> anchors;
  static const std::regex heading("#+ (.*)");
  std::smatch match;
  for (const std::string& line : proseOf(page)) {
    if (std::regex_match(line, match, heading)) anchors.insert(anchorOf(match[1]));
  }
  return anchors;
}

TEST(Links, OfEveryPageLeadToAFileAndAHeadingOfIt) {
  static const std::regex link(R"(\]\(([^)#\s]*)(?:#([^)\s]*))?\))");
  int links = 0;
  for (const fs::path& page : pages()) {
    for (const std::string& line : proseOf(page)) {
      for (std::sregex_iterator at(line.begin(), line.end(), link), end; at != end; ++at) {
        const std::string target = (*at)[1], anchor = (*at)[2];
        if (target.find("://") != std::string::npos) continue;
        ++links;
        fs::path file = target.empty() ? page : page.parent_path() / target;
        if (fs::is_directory(file) && !anchor.empty()) file /= "README.md";
        EXPECT_TRUE(fs::exists(file)) << page << " has a link to " << target;
        if (anchor.empty() || !fs::exists(file)) continue;
        EXPECT_TRUE(anchorsOf(file).contains(anchor))
            << page << ": " << file << " has no heading #" << anchor;
      }
    }
  }
  EXPECT_GT(links, 30);
}

}  // namespace
}  // namespace taktwerk::test
