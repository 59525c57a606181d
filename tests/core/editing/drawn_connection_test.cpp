// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/drawn_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/class_specification.h"
#include "tests/core/editing/small_architecture.h"

namespace taktwerk {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> drawn(const char* from, const char* to) {
  const Architecture a = test::smallArchitecture();
  std::vector<std::string> words;
  for (const AddConnection& c : drawnConnections(a, test::idOf(a, from), test::idOf(a, to)).possible) {
    words.push_back(c.from + ' ' + std::string(toString(c.kind)) + ' ' + c.to);
  }
  return words;
}
std::string reason(const char* from, const char* to) {
  const Architecture a = test::smallArchitecture();
  return drawnConnections(a, test::idOf(a, from), test::idOf(a, to)).reason;
}

TEST(DrawnConnections, ALineMeansWhatItsEndsAndItsDirectionAllow) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(drawn("regs", "alu"), Words{"alu reads regs"});
  EXPECT_EQ(drawn("alu", "regs"), Words{"alu reads regs"}) << "writes is there already";
  EXPECT_EQ(drawn("execute", "fetch"), Words{});
  EXPECT_EQ(drawn("cache", "cache2"), (Words{"cache writes cache2", "cache2 reads cache"}));
  EXPECT_EQ(drawn("imem", "cache"), Words{"cache reads imem"});
}

TEST(DrawnConnections, TellsWhyALineCannotBe) {
  EXPECT_THAT(reason("regs", "fetch"), HasSubstr("cannot"));
  EXPECT_EQ(reason("imau", "imem"), "they are connected already");
  EXPECT_EQ(reason("alu", "alu"), "a block cannot be connected to itself");
  EXPECT_EQ(reason("regs", "alu"), "");
}

TEST(DrawnConnections, KnowTheStageThatContainsAUnit) {
  const Architecture a = test::smallArchitecture();
  EXPECT_EQ(containment(a, test::idOf(a, "alu"))->from, test::idOf(a, "execute"));
  EXPECT_EQ(containment(a, test::idOf(a, "regs")), nullptr);
}

}  // namespace
}  // namespace taktwerk
