// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string data = taktwerk::sourceDirectory() + "/tests/data/";
const std::string oneMac = taktwerk::sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml";

TEST(Import, WritesANetworkThatIsGoodAndCanBeEstimated) {
  const Folder folder;
  const std::string out = folder / "tiny.network.yaml";
  const Outcome written = cli({"import", data + "onnx/mlperf_tiny_resnet8.onnx", "--out", out});
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_THAT(written.out + written.err, IsEmpty());
  const Outcome checked = cli({"check", out});
  EXPECT_EQ(checked.out, out + ": network \"mlperf_tiny_resnet8\", 22 layers, 43 tensors\n") << checked.err;
  const Outcome direct = cli({"estimate", "--arch", oneMac, "--network",
                              data + "onnx/mlperf_tiny_resnet8.onnx", "--set", "batch=2"});
  const Outcome through = cli({"estimate", "--arch", oneMac, "--network", out, "--set", "batch=2"});
  EXPECT_EQ(direct.status, 0) << direct.err;
  const auto table = [](const std::string& text) { return text.substr(0, text.rfind("in ")); };
  EXPECT_EQ(table(direct.out), table(through.out));
}

TEST(Import, ConfigurationsBecomeParametersOrAWorkspace) {
  const Outcome said = cli({"import", data + "scalesim/calc_32x32_os.cfg"});
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.out, "arch.columns=32\narch.rows=32\n");
  const Folder folder;
  const std::string out = folder / "w.taktwerk";
  const Outcome written = cli({"import", data + "scalesim/calc_32x32_os.cfg", "--out", out, "--network",
                               data + "scalesim/alexnet.csv"});
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_THAT(cli({"check", out}).out, HasSubstr("workspace"));
}

TEST(Import, BadFilesAreStatus1AndBadCommandLines2) {
  const Folder folder;
  const std::string bad = folder.write("bad.onnx", "nothing of the kind");
  const Outcome refused = cli({"import", bad, "--out", folder / "n.network.yaml"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, StartsWith(bad + ":1:1: error: this is no ONNX model"));
  EXPECT_EQ(cli({"import", folder / "missing.csv"}).status, 1);
  EXPECT_EQ(cli({"import", oneMac}).status, 2);
  const std::string topology = folder.write("gemm.csv", "Layer, M, N, K,\nfc, 4, 5, 6,\n");
  EXPECT_EQ(cli({"import", topology}).status, 0);
  const Outcome axis = cli({"import", topology, "--axis", "tokens=4"});
  EXPECT_EQ(axis.status, 1);
  EXPECT_THAT(axis.err, HasSubstr("a SCALE-Sim topology has no named axes; there is no \"tokens\""));
  EXPECT_EQ(cli({"import", bad, "--batch", "0"}).status, 2);
  EXPECT_EQ(cli({"import", bad, "--out", folder / "n.yaml"}).status, 2);
}

TEST(Import, AWorkspaceIsEstimatedWithItsParametersAndChoices) {
  const Folder folder;
  const std::string root = taktwerk::sourceDirectory();
  const std::string text = "format: taktwerk-workspace/1\narchitecture: " + oneMac + "\nnetwork: " + root +
                           "/resources/networks/tc-resnet8.network.yaml\nparameters: {network.batch: 2}\n";
  const std::string plain = folder.write("plain.taktwerk", text);
  const std::string chosen =
      folder.write("chosen.taktwerk", text + "layers: {conv0: {mapping: no such mapping}}\n");
  const Outcome direct =
      cli({"estimate", "--arch", oneMac, "--network", root + "/resources/networks/tc-resnet8.network.yaml",
           "--set", "network.batch=2"});
  const Outcome workspace = cli({"estimate", plain});
  EXPECT_EQ(workspace.status, 0) << workspace.err;
  const auto table = [](const std::string& all) { return all.substr(0, all.rfind("in ")); };
  EXPECT_EQ(table(workspace.out), table(direct.out));
  EXPECT_THAT(cli({"estimate", chosen}).err, HasSubstr("\"no such mapping\", is not among the mappings"));
  EXPECT_NE(table(cli({"estimate", plain, "--set", "network.batch=1"}).out), table(direct.out));
  EXPECT_EQ(cli({"estimate"}).status, 2);
  EXPECT_EQ(cli({"estimate", folder / "missing.taktwerk"}).status, 1);
}

}  // namespace
}  // namespace taktwerk::test
