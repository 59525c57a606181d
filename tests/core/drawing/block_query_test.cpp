// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/block_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/folding/fold.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string machine = R"(format: taktwerk-architecture/1
parameters:
  delay: {default: 3}
objects:
  fetch: {class: InstructionFetchStage, latency: 1, issue_buffer_size: 4}
  one: {class: SRAM, read_latency: 1, write_latency: 1, read_write_ports: 1, address_ranges: [[0, 64]]}
  two: {class: SRAM, read_latency: delay, write_latency: 1, read_write_ports: 2, address_ranges: [[64, 128]]}
  free: {class: SRAM, read_latency: 2 * delay, write_latency: 1, address_ranges: [[128, 256]]}
  far: {class: DRAM, read_latency: 9, address_ranges: [[256, 512]], note: "outside"}
  alu: {class: FunctionalUnit, latency: 2, operations: [add, mac]}
  mul: {class: FunctionalUnit, latency: 4, operations: [mul]}
)";

std::vector<std::string> meant(const std::string& text) {
  const Result<Architecture> read = parseArchitecture(machine, "query.arch.yaml");
  const FoldedView shown = unfolded(*read);
  const auto query = parseBlockQuery(text);
  if (const auto* problem = std::get_if<std::string>(&query)) return {"problem: " + *problem};
  std::vector<std::string> names;
  for (const ShownId id : blocksMeant(shown, std::get<BlockQuery>(query)))
    names.push_back(shown.objects[id.index()].name);
  return names;
}

TEST(BlockQuery, MeansAClassOrAPartOfAName) {
  EXPECT_THAT(meant("SRAM"), ElementsAre("one", "two", "free"));
  EXPECT_THAT(meant("sram"), ElementsAre("one", "two", "free"));
  EXPECT_THAT(meant("f"), ElementsAre("fetch", "free", "far"));
  EXPECT_THAT(meant("F*e"), ElementsAre("free"));
  EXPECT_THAT(meant("*u*"), ElementsAre("alu", "mul"));
  EXPECT_THAT(meant("nothing"), IsEmpty());
}

TEST(BlockQuery, ComparesNumbersAlsoOfExpressionsAndDefaults) {
  EXPECT_THAT(meant("SRAM with read_write_ports < 2"), ElementsAre("one"));
  EXPECT_THAT(meant("SRAM with read_write_ports >= 2"), ElementsAre("two", "free")) << "no limit is more";
  EXPECT_THAT(meant("sram where read_latency = 6"), ElementsAre("free")) << "2 * 3";
  EXPECT_THAT(meant("read_latency<=3"), ElementsAre("one", "two"));
  EXPECT_THAT(meant("latency > 1 and latency != 4"), ElementsAre("alu")) << "the one of that name";
}

TEST(BlockQuery, AnEndOfANameMeansEachAttributeThatEndsSo) {
  EXPECT_THAT(meant("SRAM with ports < 2"), ElementsAre("one"));
  EXPECT_THAT(meant("SRAM with ports = 2"), ElementsAre("two"));
}

TEST(BlockQuery, ComparesWords) {
  EXPECT_THAT(meant("operations = MAC"), ElementsAre("alu"));
  EXPECT_THAT(meant("FunctionalUnit with operations != mac"), ElementsAre("mul"));
  EXPECT_THAT(meant("with read_write_ports"), ElementsAre("one", "two")) << "those that say so";
  EXPECT_THAT(meant("SRAM with operations = mac"), IsEmpty()) << "which SRAMs do not have";
}

TEST(BlockQuery, SaysWhatIsWrongAndWhatWouldBeRight) {
  EXPECT_THAT(meant(""), ElementsAre(HasSubstr("write a class, a name or a condition")));
  EXPECT_THAT(meant("  "), ElementsAre(HasSubstr("write a class, a name or a condition")));
  EXPECT_THAT(meant("SRAM with"), ElementsAre(HasSubstr("after \"with\" stands a condition")));
  EXPECT_THAT(meant("SRAM with read_latenzy < 2"), ElementsAre(HasSubstr("did you mean \"read_latency\"?")));
  EXPECT_THAT(meant("latency >"), ElementsAre(HasSubstr("is compared with nothing")));
  EXPECT_THAT(meant("< 2"), ElementsAre(HasSubstr("a condition begins with an attribute")));
  EXPECT_THAT(meant("latency > 2 and"), ElementsAre(HasSubstr("a condition begins with an attribute")));
}

TEST(BlockQuery, AsksAnArrayOnce) {
  const Result<Architecture> read = parseArchitecture(R"(format: taktwerk-architecture/1
objects:
  bank: {class: SRAM, read_latency: 1, write_latency: 1, size: [4], address_ranges: [[0, 64]]}
  alu: {class: FunctionalUnit, latency: 2, operations: [add]}
)",
                                                      "array.arch.yaml");
  ASSERT_TRUE(read);
  const FoldedView shown = fold(*read, {});
  const auto query = parseBlockQuery("SRAM");
  const auto ids = blocksMeant(shown, std::get<BlockQuery>(query));
  ASSERT_EQ(ids.size(), 1U);
  EXPECT_EQ(shown.objects[ids.front().index()].name, "bank");
}

}  // namespace
}  // namespace taktwerk
