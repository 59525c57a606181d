// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/events/path.h"

#include <gtest/gtest.h>

#include "tests/support/random.h"

namespace taktwerk::engine {
namespace {

TEST(Reason, TheLatestBindsThenKindThenInstructionThenObject) {
  const Reason base{10, EdgeKind::Structural, 5, {0, 2, 0}};
  EXPECT_TRUE((Reason{11, EdgeKind::Forward, 9, {0, 9, 0}}).bindsOver(base));
  EXPECT_TRUE((Reason{10, EdgeKind::Data, 9, {0, 9, 0}}).bindsOver(base));
  EXPECT_FALSE((Reason{10, EdgeKind::BufferFill, 1, {0, 1, 0}}).bindsOver(base));
  EXPECT_TRUE((Reason{10, EdgeKind::Structural, 4, {0, 9, 0}}).bindsOver(base));
  EXPECT_TRUE((Reason{10, EdgeKind::Structural, 5, {0, 1, 0}}).bindsOver(base));
  EXPECT_FALSE(base.bindsOver(base));
}

TEST(PathTree, FoldingTheCommonTrunkChangesNoTotals) {
  test::Random random(7);
  PathTree folded, whole;
  std::vector<PathRef> foldedTips{0, 0, 0}, wholeTips{0, 0, 0};
  for (int step = 0; step < 3000; ++step) {
    const std::size_t from = random.below(3), to = random.below(3);
    const Origin part{0, static_cast<std::uint32_t>(random.below(4)), static_cast<Cycles>(random.below(9))};
    const auto kind = random.below(2) == 0 ? EdgeKind::Forward : EdgeKind::Data;
    foldedTips[to] = folded.add({foldedTips[from], part.object, part.duration}, kind);
    wholeTips[to] = whole.add({wholeTips[from], part.object, part.duration}, kind);
    if (random.below(50) == 0) folded.compact({&foldedTips[0], &foldedTips[1], &foldedTips[2]});
  }
  folded.compact({&foldedTips[0], &foldedTips[1], &foldedTips[2]});
  EXPECT_LT(folded.size(), 200u);
  for (std::size_t tip = 0; tip < 3; ++tip) {
    auto a = folded.totalsTo(foldedTips[tip]);
    auto b = whole.totalsTo(wholeTips[tip]);
    a.resize(64, 0);
    b.resize(64, 0);
    EXPECT_EQ(a, b);
  }
}

}  // namespace
}  // namespace taktwerk::engine
