// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

TEST(Linking, TheCommandLineNeedsNeitherQtNorGraphviz) {
  const Outcome outcome = run({"/usr/bin/ldd", taktwerk::programDirectory() + "/taktwerk-cli"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::HasSubstr("libstdc++"));  // ldd has looked at the right thing
  for (const char* library : {"libQt", "libqcustomplot", "libcgraph", "libgvc", "libX11", "libxcb"}) {
    EXPECT_THAT(outcome.out, testing::Not(testing::HasSubstr(library)));
  }
}

}  // namespace
}  // namespace taktwerk::test
