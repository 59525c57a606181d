// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/space_writer.h"

#include <random>

#include <gtest/gtest.h>

#include "core/space/space_file.h"
#include "core/space/vary.h"

namespace taktwerk {
namespace {

/// Everything of a space that a file holds, in words.
std::string contentOf(const Space& space) {
  std::string all = space.name + '\n' + space.description + '\n';
  for (const Dimension& dimension : space.dimensions) {
    all += std::to_string(static_cast<int>(dimension.of)) + ' ' + dimension.name + ' ';
    for (const Alternative& each : dimension.alternatives) {
      all += each.name;
      for (const std::string& file : each.files)
        all += ' ' + std::filesystem::absolute(file).lexically_normal().string();
    }
    if (dimension.of == Dimension::Of::Parameter) all += valuesText(dimension.values);
    if (dimension.when) all += " when " + dimension.when->expression.text();
    all += '\n';
  }
  for (const DerivedValue& each : space.derived)
    all += each.name + " = " + each.value.expression.text() + '\n';
  for (const SpaceConstraint& each : space.constraints) {
    all += each.condition.expression.text() + " because " + each.reason + '\n';
  }
  return all;
}

void expectTheSameBack(const Space& space, const std::string& folder) {
  const std::string text = writeSpace(space, folder);
  const auto back = parseSpace(text, folder + "/a.space.yaml");
  ASSERT_TRUE(back) << toString(back.diagnostics.front()) << '\n' << text;
  EXPECT_EQ(contentOf(*back), contentOf(space)) << text;
  EXPECT_EQ(writeSpace(*back, folder), text);
}

TEST(SpaceWriter, WritesWhatItReadsBack) {
  const auto space = parseSpace(R"(format: taktwerk-space/1
name: "Sizes: \"large\" # not small"
description: "two\nlines"
architecture: ../a/one.arch.yaml
network: [x.network.yaml, {name: "a, wide: one", file: /n/y.network.yaml}]
mappings:
  - {name: rows, files: [m/r.mapping.yaml, m/s.mapping.yaml]}
  - {name: "null", files: [t.mapping.yaml]}
vary:
  arch.rows: {from: 2, to: 32, step: 2}
  arch.depth: {from: 1, to: 64, factor: 4}
  mapping.order: [-1, 0, 7]
  tile: {values: [1, 2], when: "min(rows, 8) > 4"}
  network.batch: {from: 1, to: 4, when: rows != 6}
derived:
  arch.columns: if(rows > 4, 2 * rows, -rows)
constraints:
  - rows * columns <= 256
  - {condition: "max(rows, columns) != 6", reason: "six, it is said, is unlucky: never"}
  - not (rows == 3 and depth == 1)
)",
                                "d/a.space.yaml");
  ASSERT_TRUE(space) << toString(space.diagnostics.front());
  expectTheSameBack(*space, "d");
  expectTheSameBack(*space, "another/folder");
  EXPECT_NE(writeSpace(*space, "d").find("../a/one.arch.yaml"), std::string::npos) << writeSpace(*space, "d");
  EXPECT_NE(writeSpace(*space).find(std::filesystem::absolute("a/one.arch.yaml").string()), std::string::npos)
      << "without a folder paths are absolute";
}

TEST(SpaceWriter, LeavesOutNamesThatAreOnlyKnown) {
  Space space;
  space.dimensions.push_back(std::get<Dimension>(parseVary("arch.rows=1:4")));
  space.derived.push_back({"arch.columns", {}, {}, false});
  EXPECT_EQ(writeSpace(space), "format: taktwerk-space/1\nvary:\n  arch.rows: {from: 1, to: 4}\n");
}

TEST(SpaceWriter, WritesRandomSpacesBack) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
    Space space;
    const int dimensions = 1 + below(4);
    for (int d = 0; d < dimensions; ++d) {
      const std::string name = "arch.p" + std::to_string(d);
      const int from = below(9);
      const std::string values = below(2) == 0
                                     ? std::to_string(from) + ':' + std::to_string(from + 1 + below(20))
                                     : std::to_string(from) + ',' + std::to_string(from + 1 + below(20));
      space.dimensions.push_back(std::get<Dimension>(parseVary(name + '=' + values)));
      if (below(3) == 0 && d > 0) {
        auto when = Expression::parse("p0 >= " + std::to_string(below(20)));
        space.dimensions.back().when = PlacedExpression{std::get<Expression>(std::move(when)), {}};
      }
    }
    auto condition = Expression::parse("p0 % 3 != 1 or (p0 < 2)");
    space.constraints.push_back(
        {{std::get<Expression>(std::move(condition)), {}}, below(2) == 0 ? "" : "why: %"});
    expectTheSameBack(space, "d");
  }
}

}  // namespace
}  // namespace taktwerk
