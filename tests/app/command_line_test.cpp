// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

void expectMisuse(const std::vector<std::string>& arguments, const std::string& message) {
  const Outcome outcome = cli(arguments);
  EXPECT_EQ(outcome.status, 2) << testing::PrintToString(arguments) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, StartsWith("taktwerk-cli: error: "));
  EXPECT_THAT(outcome.err, HasSubstr(message));
}

TEST(CommandLine, HelpAndVersionAreResults) {
  for (const char* option : {"--help", "-h", "--version"}) {
    const Outcome outcome = cli({option});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("taktwerk-cli"));
    EXPECT_THAT(outcome.err, IsEmpty());
  }
}

TEST(CommandLine, EveryCommandHasHelp) {
  for (const char* command : {"check", "estimate", "dump", "graph", "timeline"}) {
    const Outcome outcome = cli({command, "--help"});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("--arch"));
    EXPECT_THAT(outcome.err, IsEmpty());
  }
}

TEST(CommandLine, ACommandIsRequiredAndAMisspeltOneIsRecognised) {
  expectMisuse({}, "--help");
  expectMisuse({"estimat"}, "there is no command \"estimat\"; did you mean \"estimate\"?");
  expectMisuse({"--versoin"}, "there is no option \"--versoin\"; did you mean \"--version\"?");
}

TEST(CommandLine, AMisspeltOptionIsRecognisedBeforeWhatItLeavesMissing) {
  expectMisuse({"estimate", "--arhc", "a.arch.yaml", "--network", "n.network.yaml"},
               "estimate has no option \"--arhc\"; did you mean \"--arch\"?");
  expectMisuse({"estimate", "--arch=a.arch.yaml", "--netwrok=n"}, "did you mean \"--network\"?");
}

TEST(CommandLine, WhatIsRequiredIsNamed) {
  expectMisuse({"check"}, "FILE");
  expectMisuse({"estimate"}, "--arch");
  expectMisuse({"estimate", "--arch", "a.arch.yaml"}, "--network FILE or --trace FILE");
  expectMisuse({"dump", "--arch", "a", "--network", "n", "--layer", "l", "--out-arch", "o"}, "--out-trace");
}

TEST(CommandLine, AnEmptyWordIsNoValue) {
  const std::vector<std::string> study = {"--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                                          "resources/networks/mlp.network.yaml"};
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"sweep", "--vary", "mac_latency=1", "--store", ""},
        std::vector<std::string>{"sweep", "--vary", "mac_latency=1", "--out", ""},
        std::vector<std::string>{"estimate", "--layer", ""}}) {
    std::vector<std::string> all = words;
    all.insert(all.end(), study.begin(), study.end());
    const Outcome outcome = cli(all);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, testing::HasSubstr("is given an empty word"));
  }
}

TEST(CommandLine, OptionsThatExcludeEachOtherAreRefused) {
  expectMisuse({"estimate", "--arch", "a", "--network", "n", "--trace", "t"}, "excludes");
}

TEST(CommandLine, ValuesThatAreNotWhatAnOptionTakesAreRefused) {
  const std::vector<std::string> base = {"estimate", "--arch", "a.arch.yaml", "--network", "n.network.yaml"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return more;
  };
  expectMisuse(with({"--method", "ful"}), "did you mean \"full\"?");
  for (const char* jobs : {"0", "-1", "many", "1.5", "0x2", ""})
    expectMisuse(with({"--jobs", jobs}), "--jobs");
  expectMisuse(with({"--instruction-limit", "0"}), "--instruction-limit");
  expectMisuse(with({"--set", "rows"}), "NAME=VALUE");
  expectMisuse(with({"--set", "rows=8.5"}), "--set rows");
  expectMisuse(with({"--arch", "b.arch.yaml"}), "--arch");
  expectMisuse(with({"stray"}), "stray");
}

TEST(CommandLine, WhatTheUserTypedCannotSteerTheTerminal) {
  const Outcome outcome = cli({"\x1b[2Jestimate"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("\\x1b[2J"));
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
}

TEST(CommandLine, AnOptionThatRepeatsTakesOneValueEachTime) {
  // "stray" is not a second value of --set.
  expectMisuse({"estimate", "--arch", "a", "--network", "n", "--set", "rows=8", "stray"}, "stray");
}

}  // namespace
}  // namespace taktwerk::test
