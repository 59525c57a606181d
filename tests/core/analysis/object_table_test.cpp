// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/object_table.h"

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/machine/elaborate.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

/// A 4x4 array as the document shows it, and machines of it that are smaller and larger.
TEST(ObjectTable, TellsWhichIsWhichWhereSettingsResizeAnArray) {
  const auto architecture =
      readArchitecture(sourceDirectory() + "/archs/systolic-array/systolic-array.arch.yaml");
  ASSERT_TRUE(architecture);
  for (const std::int64_t rows : {2, 4, 6}) {
    const auto machine = elaborate(*architecture, {{"rows", rows}});
    ASSERT_TRUE(machine);
    const ObjectTable table(**machine, *architecture);
    std::size_t shared = 0;
    for (std::uint32_t m = 0; m < (*machine)->objectNames.size(); ++m) {
      const ObjectId object = table.inDocument(MachineObjectId{m});
      const ObjectDeclaration* byName = architecture->find((*machine)->objectNames[m]);
      ASSERT_EQ(object.valid(), byName != nullptr) << (*machine)->objectNames[m];
      if (!object.valid()) continue;
      EXPECT_EQ(architecture->objects[object.index()].name, (*machine)->objectNames[m]);
      EXPECT_EQ(table.inMachine(object), MachineObjectId{m});
      ++shared;
    }
    EXPECT_GT(shared, 10U);
    EXPECT_EQ(shared == (*machine)->objectNames.size(), rows <= 4);
    EXPECT_EQ(shared == architecture->objects.size(), rows >= 4);
  }
}

TEST(ObjectTable, KnowsNothingOfObjectsThatAreNone) {
  const ObjectTable none;
  EXPECT_FALSE(none.inDocument(MachineObjectId{}).valid());
  EXPECT_FALSE(none.inMachine(ObjectId{3}).valid());
}

}  // namespace
}  // namespace taktwerk
