// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/new_block.h"

#include <gtest/gtest.h>

#include "core/architecture/class_specification.h"
#include "core/editing/edit.h"
#include "tests/core/editing/small_architecture.h"

namespace taktwerk {
namespace {

TEST(NewBlock, OfEveryClassHasWhatItMustHave) {
  for (const ClassSpecification& c : classSpecifications()) {
    const auto edited = applyEdit("format: taktwerk-architecture/1\nname: x\n",
                                  AddObject{std::string(usualName(c.objectClass)), newObject(c.objectClass)});
    ASSERT_TRUE(edited);
    const auto read = parseArchitecture(*edited, "x");
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->readOnly);
    for (const Diagnostic& d : read.diagnostics) {
      EXPECT_NE(d.code.substr(0, 3), "A03") << toString(d);  // attributes
    }
  }
}

TEST(NewBlock, GetsAFreeName) {
  const Architecture a = test::smallArchitecture();
  EXPECT_EQ(freeName(a, "mac"), "mac");
  EXPECT_EQ(freeName(a, "alu"), "alu2");
  EXPECT_EQ(freeName(a, "alu", {"alu2"}), "alu3");
}

}  // namespace
}  // namespace taktwerk
