// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/declared_place.h"

#include <gtest/gtest.h>

#include "tests/core/editing/small_architecture.h"

namespace taktwerk {
namespace {

TEST(DeclaredPlace, OfConnectionsIsTheirPlaceInTheList) {
  const Architecture a = test::smallArchitecture();
  for (std::size_t i = 0; i < a.connections.size(); ++i) {
    EXPECT_EQ(connectionPlace(test::smallText, a.connections[i]), i);
  }
}

TEST(DeclaredPlace, OfElementsAndPartsIsWhereTheyAreWritten) {
  const auto a = parseArchitecture(R"(format: taktwerk-architecture/1
name: t
templates:
  inner: {objects: {alu: {class: FunctionalUnit, operations: [add]}}}
  outer: {objects: {in: {template: inner}, regs: {class: RegisterFile, registers: [r]}}}
objects:
  pe: {template: outer, size: [2, 2]}
  bank: {class: SRAM, size: 4}
  one: {class: SRAM}
)",
                                   "t");
  ASSERT_TRUE(a);
  const auto origin = [&](const char* name) {
    const auto o = originOf(*a, name);
    return o ? o->inTemplate + "/" + o->object : "none";
  };
  EXPECT_EQ(origin("pe[0][1].in.alu"), "inner/alu");
  EXPECT_EQ(origin("pe[1][1].regs"), "outer/regs");
  EXPECT_EQ(origin("bank[3]"), "/bank");
  EXPECT_EQ(origin("one"), "/one");
  EXPECT_EQ(origin("nothing"), "none");
  EXPECT_TRUE(isDeclared(*a, "one"));
  EXPECT_TRUE(isDeclared(*a, "bank")) << "an array";
  EXPECT_FALSE(isDeclared(*a, "pe[0][1].in.alu"));
}

}  // namespace
}  // namespace taktwerk
