// SPDX-License-Identifier: GPL-3.0-or-later
//
// The script that checks the rules of the house, in a repository of its own in which one rule is broken.
#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string licence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

/// A history with one commit, in which every rule holds.
class House : public testing::Test {
 protected:
  void SetUp() override {
    const std::string script =
        textOf(std::filesystem::path(taktwerk::sourceDirectory()) / "installer/house.sh");
    put("installer/house.sh", script);
    put("core/a.cpp", licence);
    // What the script's lists of longer functions and sources name must be there, and too long.
    std::map<std::string, std::string> texts;
    const std::regex function(R"(\[([a-z_/]+\.cpp):([A-Za-z:]+)\]=([0-9]+))");
    for (std::sregex_iterator at(script.begin(), script.end(), function), end; at != end; ++at) {
      texts[(*at)[1]] += functionOf((*at)[2], std::stoul((*at)[3]));
    }
    const std::regex entry(R"(\[([a-z_/]+\.(?:cpp|h))\]=[0-9]+)");
    for (std::sregex_iterator at(script.begin(), script.end(), entry), end; at != end; ++at) {
      std::string& text = texts[(*at)[1]];
      text += std::string(500 - static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), '\n');
      ++listed_;
    }
    for (const auto& [file, text] : texts) put(file, licence + text);
    ASSERT_EQ(
        shell("git init -q . && git config user.name Nobody && git config user.email nobody@example.org")
            .status,
        0);
    commit("Begin\n\nSomething has to be there.\n");
  }

  void put(const std::string& file, const std::string& text) {
    std::filesystem::create_directories((folder_.path() / file).parent_path());
    (void)folder_.write(file, text);
  }
  Outcome shell(const std::string& command) {
    ProcessOptions options;
    options.folder = folder_.path();
    return run({"/bin/bash", "-c", "export HOME=/nonexistent; " + command}, options);
  }
  void commit(const std::string& message) {
    put(".git/message", message);
    const Outcome made =
        shell("git add -A && git commit -q --allow-empty --cleanup=verbatim -F .git/message");
    ASSERT_EQ(made.status, 0) << made.err;
  }
  /// What the script says of the commits after the first and of all files.
  Outcome house() { return shell("bash installer/house.sh --since $(git rev-list --max-parents=0 HEAD)"); }

  void expectComplaint(const std::string& sentence) {
    const Outcome outcome = house();
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.err, HasSubstr(sentence));
  }

  static std::string functionOf(const std::string& name, std::size_t lines) {
    return "void " + name + "(int a) {\n" + std::string(lines - 2, '\n') + "}\n";
  }

  Folder folder_;
  int listed_ = 0;
};

TEST_F(House, HoldsWhenNoRuleIsBroken) {
  commit("Add a line\n\nIt was missing.\n");
  const Outcome outcome = house();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST_F(House, CountsTheCharactersOfASubjectNotItsBytes) {
  commit(std::string("Größe ") + std::string(66, 'x') + "\n\nWhy.\n");
  EXPECT_EQ(house().status, 0) << house().err;
  commit(std::string("Größe ") + std::string(67, 'x') + "\n\nWhy.\n");
  expectComplaint("has a subject of 73 characters; it may have 72");
}

TEST_F(House, WantsABodyThatSaysWhyAndNoDotBehindTheSubject) {
  commit("Add a line\n");
  expectComplaint("has no body; say why the change is made");
  commit("Add a line.\n\nIt was missing.\n");
  expectComplaint("ends its subject with a dot");
  commit("Add a line\nIt was missing.\n");
  expectComplaint("has no blank line behind its subject");
}

TEST_F(House, SaysNothingOfMessagesUpToTheBaseAndOfMerges) {
  commit("No body here");
  const Outcome before = shell("bash installer/house.sh --since HEAD");
  EXPECT_EQ(before.status, 0) << before.err;
  ASSERT_EQ(shell("git reset -q --hard HEAD~1 && git checkout -q -b side").status, 0);
  commit("Add a side\n\nFor a merge.\n");
  const Outcome merged = shell("git checkout -q - && git merge -q --no-ff -m 'Merge.' side");
  ASSERT_EQ(merged.status, 0) << merged.err;
  EXPECT_EQ(house().status, 0) << house().err;
}

TEST_F(House, SaysThatAHistoryWithoutTheBaseCannotBeChecked) {
  const Outcome outcome = shell("bash installer/house.sh --since 0123456789abcdef");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("is not in this history"));
}

TEST_F(House, ChecksASingleMessageAsAHookDoes) {
  put("message", "Add a line\n# what git explains\n");
  Outcome outcome = shell("bash installer/house.sh --message message");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("has no body"));
  put("message", "Add a line\n\nIt was missing.\n# what git explains\n");
  outcome = shell("bash installer/house.sh --message message");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST_F(House, FindsWhatMustNotStandInFiles) {
  put("README.md",
      "See /wor"
      "k/main for more.\n");
  put("core/qt.cpp", licence + "#include <QString>\n");
  put("core/plain.cpp", "int x;\n");
  put("core/later.cpp", licence +
                            "// TO"
                            "DO: mend\n");
  put("tests/a_test.cpp", licence +
                              "TEST(A, DIS"
                              "ABLED_b) {}\n");
  put("widgets/qt.cpp", licence + "#include <QString>\n");
  commit("Break everything\n\nTo see it found.\n");
  const Outcome outcome = house();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("README.md:1: a path of somebody's computer"));
  EXPECT_THAT(outcome.err, HasSubstr("core/qt.cpp:2: core does without Qt"));
  EXPECT_THAT(outcome.err, HasSubstr("core/plain.cpp: no SPDX line"));
  EXPECT_THAT(outcome.err, HasSubstr("core/later.cpp:2: a reminder of work to do"));
  EXPECT_THAT(outcome.err, HasSubstr("tests/a_test.cpp:2: a test that does not run"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("widgets/qt.cpp")));
}

TEST_F(House, LetsNoSourceGrowBeyondItsLimit) {
  put("core/long.cpp", licence + std::string(500, '\n'));
  commit("Write much\n\nTo see it found.\n");
  expectComplaint("core/long.cpp has 501 lines; it may have 500");
}

TEST_F(House, WantsSourcesOffItsListThatAreShortByNow) {
  if (listed_ == 0) return;  // a list that is empty cannot be out of date
  const std::regex entry(R"(\[([a-z_/]+\.(?:cpp|h))\]=([0-9]+))");
  const std::string script = textOf(folder_ / "installer/house.sh");
  std::smatch first;
  ASSERT_TRUE(std::regex_search(script, first, entry));
  put(first[1], licence + std::string(static_cast<std::size_t>(std::stoi(first[2])), '\n'));
  commit("Grow\n\nTo see it found.\n");
  expectComplaint(first[1].str() + " has " + std::to_string(std::stoi(first[2]) + 1) +
                  " lines; it may have " + first[2].str());
  put(first[1], licence);
  commit("Shrink\n\nTo see it found.\n");
  expectComplaint(first[1].str() + " has 1 lines now: take it off the list");
}

TEST_F(House, LetsNoFunctionGrowBeyondItsLimit) {
  const std::string braces = "// }\nconst char* s = \"}\";\nconst std::vector<int> v = {1, 2};\n";
  put("core/most.cpp", licence + "namespace n {\n" + braces + functionOf("all", 80) + "}\n");
  commit("Write a function\n\nTo see it pass.\n");
  EXPECT_EQ(house().status, 0) << house().err;
  put("core/more.cpp", licence + "struct A {\n" + functionOf("little", 3) + functionOf("much", 81) + "};\n");
  put("core/init.cpp", licence + "A::A(int a)\n    : a_{a}, b_([] { return 1; }),\n      c_(a) {\n" +
                           std::string(79, '\n') + "}\n");
  commit("Write more\n\nTo see it found.\n");
  expectComplaint("core/more.cpp: much has 81 lines; a function may have 80");
  expectComplaint("core/init.cpp: A::A has 81 lines; a function may have 80");
}

TEST_F(House, TellsOfOptionsThatItDoesNotHave) {
  const Outcome outcome = shell("bash installer/house.sh --sinse HEAD");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is no option \"--sinse\""));
}

}  // namespace
}  // namespace taktwerk::test
