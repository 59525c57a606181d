// SPDX-License-Identifier: GPL-3.0-or-later
// The table of codes against the sources: what they use is in it, and nothing means two things.
#include "core/base/diagnostic_codes.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/places.h"

namespace taktwerk {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

struct Source {
  std::string room;  ///< "core/import"
  std::string file;  ///< "core/import/table_lines.cpp"
  std::string text;  ///< without comments
};

std::string textOf(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Every source of the product but the table itself.
std::vector<Source> sources() {
  const fs::path root = taktwerk::sourceDirectory();
  std::vector<Source> found;
  for (const char* top : {"app", "core", "widgets"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string name = entry.path().filename().string();
      const std::string ending = entry.path().extension().string();
      if ((ending != ".h" && ending != ".cpp") || name.starts_with("diagnostic_codes")) continue;
      Source source;
      const fs::path inside = fs::relative(entry.path(), root);
      source.file = inside.generic_string();
      source.room = (*inside.begin() / *std::next(inside.begin())).generic_string();
      std::istringstream lines(textOf(entry.path()));
      for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first == std::string::npos || line.compare(first, 2, "//") == 0) continue;
        source.text += line.substr(0, line.find("///<")) + '\n';
      }
      found.push_back(std::move(source));
    }
  }
  return found;
}

/// The rooms in which each code is written down. The codes of DocumentReader are those of the letters it is
/// given.
std::map<std::string, std::set<std::string>> findCodes() {
  std::map<std::string, std::set<std::string>> found;
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  for (const Source& source : sources()) {
    const std::string& text = source.text;
    for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
      if (text.size() < at + 7 || text[at + 6] != '"' || text[at + 1] < 'A' || text[at + 1] > 'Z') continue;
      const std::string code = text.substr(at + 1, 5);
      if (std::all_of(code.begin() + 1, code.end(), isDigit)) found[code].insert(source.room);
    }
    // "reader_(file, 'N')"
    for (std::size_t at = text.find("reader"); at != std::string::npos; at = text.find("reader", at + 1)) {
      const std::string begin = text.substr(at, text.find_first_of(";{", at) - at);
      const std::size_t letter = begin.find(", '");
      if (letter == std::string::npos || begin.compare(letter + 4, 2, "')") != 0) continue;
      for (const char digit : std::string("1234567")) {
        found[begin.substr(letter + 3, 1) + "000" + digit].insert(source.room);
      }
    }
  }
  return found;
}

const std::map<std::string, std::set<std::string>>& codesInUse() {
  static const auto found = findCodes();
  return found;
}

TEST(DiagnosticCodes, StandInOrderAndEachSaysWhatIsWrongAndWhatWouldBeRight) {
  static const std::regex form("[A-Z][0-9]{4}");
  std::string_view last;
  for (const DiagnosticMeaning& m : diagnosticMeanings()) {
    EXPECT_LT(last, m.code);
    EXPECT_TRUE(std::regex_match(std::string(m.code), form)) << m.code;
    EXPECT_FALSE(m.meaning.empty() || m.remedy.empty()) << m.code;
    EXPECT_FALSE(m.meaning.ends_with('.') || m.remedy.ends_with('.')) << m.code;
    last = m.code;
  }
}

TEST(DiagnosticCodes, OfTheSourcesAreThoseOfTheTable) {
  const auto& used = codesInUse();
  ASSERT_GT(used.size(), 150U);
  std::set<std::string_view> known;
  for (const DiagnosticMeaning& m : diagnosticMeanings()) known.insert(m.code);
  for (const auto& [code, rooms] : used) {
    EXPECT_TRUE(known.contains(code)) << code << " of " << *rooms.begin() << " is not in the table";
  }
  for (const DiagnosticMeaning& m : diagnosticMeanings()) {
    EXPECT_TRUE(used.contains(std::string(m.code))) << m.code << " is in the table, but nothing reports it";
  }
}

/// Rooms that know nothing of each other must not take numbers from the same letter, and where one code is
/// used in two rooms it has to be for the same thing: whoever adds to this list has looked.
TEST(DiagnosticCodes, MeanOneThingInWhateverRoomTheyAreUsed) {
  const std::map<char, std::set<std::string>> roomsOf{
      {'A', {"core/architecture", "core/editing", "core/machine"}},
      {'D', {"widgets/document", "widgets/workspace"}},
      {'E', {"core/estimate", "core/engine", "core/study", "core/analysis", "app/cli"}},
      {'F', {"core/base", "app/cli", "widgets/diagram"}},
      {'I', {"core/import"}},
      {'M', {"core/machine", "core/mapping"}},
      {'N', {"core/network"}},
      {'P', {"core/analysis", "core/reference", "core/engine", "core/bounds", "core/published"}},
      {'R', {"core/report", "core/analysis", "core/calibration", "app/cli"}},
      {'S', {"core/space", "core/sweep", "core/store", "app/cli"}},
      {'T', {"core/program", "app/cli"}},
      {'W', {"core/study"}},
      {'Y', {"core/base"}},
  };
  const std::set<std::string> shared{"A0000", "A0202", "A0301", "A0302", "A0316", "A0317",
                                     "E0002", "E0005", "P0001", "P0003", "P0005"};
  for (const auto& [code, rooms] : codesInUse()) {
    const auto allowed = roomsOf.find(code.front());
    ASSERT_NE(allowed, roomsOf.end()) << code;
    for (const std::string& room : rooms) {
      EXPECT_TRUE(allowed->second.contains(room))
          << room << " has no codes with the letter of " << code << "; see which letter is free";
    }
    EXPECT_EQ(rooms.size() > 1, shared.contains(code))
        << code << " is used in " << testing::PrintToString(rooms);
  }
}

/// The fourth of what stands between the braces of a Diagnostic: severity, file, position, code.
std::string codeOf(const std::string& text, std::size_t from) {
  int depth = 0, commas = 0;
  bool quoted = false;
  std::string code;
  for (std::size_t i = from; i < text.size() && commas < 4; ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '(' || c == '{')) ++depth;
    if (!quoted && (c == ')' || c == '}')) --depth;
    if (depth < 0) break;
    if (!quoted && depth == 0 && c == ',') {
      ++commas;
    } else if (commas == 3 && c != ' ' && c != '\n') {
      code += c;
    }
  }
  return code;
}

TEST(DiagnosticCodes, AreSaidInEveryDiagnostic) {
  int looked = 0;
  for (const Source& source : sources()) {
    for (const char* severity : {"{Severity::Error,", "{Severity::Warning,"}) {
      for (std::size_t at = source.text.find(severity); at != std::string::npos;
           at = source.text.find(severity, at + 1)) {
        const std::string code = codeOf(source.text, at + 1);
        EXPECT_NE(code, "{}") << source.file << ": " << source.text.substr(at, 120);
        ++looked;
      }
    }
  }
  EXPECT_GT(looked, 20);
}

std::string guide() {
  std::string text =
      "# What the codes mean\n\n"
      "Every problem that Taktwerk reports ends with a code: `latency must be at least 0, found -3 [A0306]`. "
      "The\n"
      "message says what is wrong in your file; this page says what the code stands for. A code keeps its "
      "meaning\n"
      "from version to version, so that an approval of a warning in a file stays one of that warning.\n\n"
      "| code | what is wrong | what would be right |\n|---|---|---|\n";
  for (const DiagnosticMeaning& m : diagnosticMeanings()) {
    text +=
        "| " + std::string(m.code) + " | " + std::string(m.meaning) + " | " + std::string(m.remedy) + " |\n";
  }
  return text;
}

/// TAKTWERK_RECORD=resources/guide/diagnostic-codes.md base_test --gtest_filter='DiagnosticCodes.*' writes
/// it.
TEST(DiagnosticCodes, KeepTheMeaningsThatTheGuideGives) {
  if (const char* file = std::getenv("TAKTWERK_RECORD")) std::ofstream(file) << guide();
  EXPECT_EQ(textOf(fs::path(taktwerk::sourceDirectory()) / "resources/guide/diagnostic-codes.md"), guide());
}

}  // namespace
}  // namespace taktwerk
