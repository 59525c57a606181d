// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<std::string> study = {"--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                                        "resources/networks/tc-resnet8.network.yaml"};

std::vector<std::string> with(std::vector<std::string> begin, const std::vector<std::string>& more,
                              const std::vector<std::string>& end = {}) {
  begin.insert(begin.end(), more.begin(), more.end());
  begin.insert(begin.end(), end.begin(), end.end());
  return begin;
}

/// A result of the study with these options, as a file.
std::string resultIn(const Folder& folder, const std::string& name, const std::vector<std::string>& options) {
  const Outcome outcome = cli(with(with({"estimate", "--json"}, study), options));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return folder.write(name, outcome.out);
}

TEST(Compare, TwoFilesOfResults) {
  const Folder folder;
  const std::string slow = resultIn(folder, "slow.json", {"--set", "mac_latency=16"});
  const std::string fast = resultIn(folder, "fast.json", {});
  const Outcome text = cli({"compare", slow, fast});
  ASSERT_EQ(text.status, 0) << text.err;
  EXPECT_THAT(text.err, IsEmpty());
  EXPECT_THAT(text.out, AllOf(HasSubstr("before: One MAC accelerator running TC-ResNet8"),
                              HasSubstr("arch.mac_latency      16    1"), HasSubstr("the same: ")));
  EXPECT_THAT(text.out, Not(HasSubstr("\nflatten"))) << "only what differs";
  const Outcome all = cli({"compare", slow, fast, "--all"});
  EXPECT_THAT(all.out, HasSubstr("\nflatten"));
  const json found = json::parse(cli({"compare", slow, fast, "--json"}).out);
  const json before = json::parse(textOf(slow)), now = json::parse(textOf(fast));
  EXPECT_EQ(found["before"]["cycles"], before["cycles"]);
  EXPECT_EQ(found["absolute"], now["cycles"].get<std::int64_t>() - before["cycles"].get<std::int64_t>());
  ASSERT_EQ(found["layers"].size(), now["layers"].size());
  for (std::size_t i = 0; i < now["layers"].size(); ++i) {
    EXPECT_EQ(found["layers"][i]["now"]["cycles"], now["layers"][i]["cycles"]);
  }
  const Outcome same = cli({"compare", fast, fast, "--json"});
  EXPECT_EQ(json::parse(same.out)["differs"], false);
}

TEST(Compare, TwoStudiesAsTheirFilesDo) {
  const Folder folder;
  const std::string slow = resultIn(folder, "slow.json", {"--set", "mac_latency=16"});
  const std::string fast = resultIn(folder, "fast.json", {"--set", "mac_latency=2"});
  const auto cyclesOf = [](const Outcome& outcome) {
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const json found = json::parse(outcome.out);
    return std::pair(found["before"]["cycles"], found["now"]["cycles"]);
  };
  const auto expected = cyclesOf(cli({"compare", slow, fast, "--json"}));
  EXPECT_NE(expected.first, expected.second);
  EXPECT_EQ(cyclesOf(cli(with(
                {"compare", "--json", "--set", "mac_latency=2", "--against-set", "mac_latency=16"}, study))),
            expected);
  EXPECT_EQ(cyclesOf(cli(with({"compare", slow, "--json", "--set", "mac_latency=2"}, study))), expected);
}

TEST(Compare, ValuesHoldOnBothSidesUnlessTheyAreReplaced) {
  const Outcome outcome =
      cli(with({"compare", "--json", "--set", "mac_latency=4", "--against-method", "roofline"}, study));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json found = json::parse(outcome.out);
  EXPECT_THAT(found["parameters"], IsEmpty());
  EXPECT_EQ(found["layers"][0]["before"]["method"], "roofline");
  EXPECT_EQ(found["layers"][0]["causes"][0].contains("before"), false) << "a roofline has no causes";
  const Outcome other = cli(with(
      {"compare", "--json", "--set", "mac_latency=4", "--against-arch", "archs/gemmini/gemmini.arch.yaml"},
      study));
  ASSERT_EQ(other.status, 0) << other.err;
  EXPECT_EQ(json::parse(other.out)["before"]["architecture"], "Gemmini");
}

TEST(Compare, ShowsTheLinesThatDiffer) {
  const Folder folder;
  const std::filesystem::path own = std::filesystem::path(taktwerk::sourceDirectory()) / "archs/one-mac";
  std::string text = textOf(own / "one-mac.arch.yaml");
  const std::size_t at = text.find("write_latency: memory_latency");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 29, "write_latency: 5");
  const std::string changed = folder.write("changed.arch.yaml", text);
  std::vector<std::string> mappings;
  for (const auto& entry : std::filesystem::directory_iterator(own / "mappings")) {
    mappings.emplace_back("--against-mapping");
    mappings.push_back(entry.path().string());
  }
  const Outcome outcome = cli(with(with({"compare", "--against-arch", changed}, mappings), study));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("changed.arch.yaml → archs/one-mac/one-mac.arch.yaml: 1 line "
                                           "removed, 1 added"),
                                 HasSubstr("write_latency: 5"), HasSubstr("write_latency: memory_latency")));
}

TEST(Compare, SaysWhatAResultLacks) {
  const Folder folder;
  const std::string whole = resultIn(folder, "whole.json", {});
  std::string text = textOf(whole);
  const std::size_t at = text.find("\"cycles\": ", text.find("\"layers\""));
  text.replace(at, text.find(',', at) - at, "\"cycles\": NaN");
  const Outcome outcome = cli({"compare", folder.write("lacks.json", text), whole});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("lacks.json:13:"), HasSubstr("warning: cycles of layer \"conv0\" is NaN"),
                    HasSubstr("it counts as missing")));
  EXPECT_THAT(outcome.out, HasSubstr("conv0  missing"));
}

TEST(Compare, MethodsSideBySide) {
  const Folder folder;
  const std::string table = folder.write("m.csv", "cycles,layer\n1720227,conv0\n5000,fc\n3,gone\n");
  const Outcome outcome =
      cli(with({"compare", "--methods", "--measured", table, "--simulate-limit", "6000", "--json"}, study));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("m.csv:4:3: warning: no layer \"gone\" was timed"));
  const json found = json::parse(outcome.out);
  EXPECT_EQ(found["reference"], "measured");
  EXPECT_EQ(found["unmatched"], json({"gone"}));
  EXPECT_EQ(found["methods"].size(), 6u);
  EXPECT_EQ(found["methods"][1]["method"], "auto");
  EXPECT_EQ(found["methods"][1]["layers"], 2);
  const Outcome text = cli(with({"compare", "--methods", "--simulate-limit", "6000"}, study));
  ASSERT_EQ(text.status, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("methods against auto, where that is exact"),
                              HasSubstr("mean absolute percentage error"), HasSubstr("0.0 % of "),
                              HasSubstr("(more than 6000 instructions)")));
}

TEST(Compare, WrongInputIsRefused) {
  const Folder folder;
  const std::string good = folder.write("good.json", "{\"layers\": [], \"cycles\": 0}");
  const Outcome broken = cli({"compare", folder.write("broken.json", "{\"layers\": [\n"), good});
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.out, IsEmpty());
  EXPECT_THAT(broken.err, HasSubstr("broken.json:2:1: error: this is no JSON"));
  EXPECT_EQ(cli({"compare", folder / "none.json", good}).status, 1);
  EXPECT_EQ(cli({"compare", folder.path().string(), good}).status, 1);
  const Outcome table = cli(with(
      {"compare", "--methods", "--measured", folder.write("m.csv", "layer,cycles\nconv0,fast\n")}, study));
  EXPECT_EQ(table.status, 1);
  EXPECT_THAT(table.err, HasSubstr("m.csv:2:7: error: cycles of layer \"conv0\""));
}

TEST(Compare, WrongCommandLinesAreTold) {
  const Folder folder;
  const std::string good = folder.write("good.json", "{\"layers\": [], \"cycles\": 0}");
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"compare"}, "two results of estimate --json"},
      {{"compare", good}, "two results of estimate --json"},
      {{"compare", good, good, good}, "takes two results, not 3"},
      {with({"compare", good, good}, study), "two results are given already"},
      {with({"compare"}, study), "what it is to be compared with"},
      {with({"compare", good, "--against-set", "mac_latency=2"}, study), "leave out the --against-"},
      {with({"compare", "--against-method", "rooflin"}, study), "did you mean \"roofline\""},
      {with({"compare", "--against-set", "mac_latenci=2"}, study), "mac_latenci"},
      {with({"compare", "--methods", "--against-set", "mac_latency=2"}, study), "--methods times one study"},
      {{"compare", "--methods"}, "--methods needs --arch"},
      {with({"compare", "--measured", "m.csv", good}, study), "go with --methods"},
      {with({"compare", "--methods", "--simulate-limit", "-1"}, study), "--simulate-limit wants"},
  };
  for (const auto& [arguments, problem] : cases) {
    const Outcome outcome = cli(arguments);
    EXPECT_EQ(outcome.status, 2) << problem;
    EXPECT_THAT(outcome.err, HasSubstr(problem));
    EXPECT_THAT(outcome.out, IsEmpty());
  }
}

}  // namespace
}  // namespace taktwerk::test
