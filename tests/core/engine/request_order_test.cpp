// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/order/request_order.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/random.h"

namespace taktwerk::engine {
namespace {

using Request = RequestOrder::Request;

Request request(std::int64_t index, Cycles open, Cycles ready, Cycles port) {
  Request result;
  result.index = index;
  result.open = open;
  result.ready = ready;
  result.port = port;
  return result;
}

/// The rules as they read, cycle by cycle, with all requests known beforehand.
struct Bank {
  std::int64_t slots, ports;

  void serve(std::vector<Request>& requests) const {
    Reason slotFree, portFree;
    std::size_t left = requests.size();
    for (Cycles now = 0; left > 0; ++now) {
      giveBack(requests, now, slots, &Request::ready, slotFree);
      if (ports >= 0) giveBack(requests, now, ports, &Request::port, portFree);
      for (Request& r : requests) {
        if (r.granted >= 0 || r.open > now || used(requests, now, &Request::ready) == slots) continue;
        if (ports >= 0 && used(requests, now, &Request::port) == ports) continue;
        r.granted = now;
        --left;
        const Reason& limit = portFree.bindsOver(slotFree) ? portFree : slotFree;
        if (limit.time < r.open) continue;
        r.limitTime = limit.time;
        r.limitRank = limit.rank;
      }
    }
  }
  /// How many hold a place after cycle `now` has begun.
  static std::int64_t used(const std::vector<Request>& requests, Cycles now, Cycles Request::*held) {
    return std::count_if(requests.begin(), requests.end(),
                         [&](const Request& r) { return r.granted >= 0 && r.granted + r.*held > now; });
  }
  static void giveBack(const std::vector<Request>& requests, Cycles now, std::int64_t count,
                       Cycles Request::*held, Reason& free) {
    if (used(requests, now - 1, held) < count) return;
    for (const Request& r : requests) {
      if (r.granted < 0 || r.granted + r.*held != now) continue;
      free = {now, EdgeKind::Structural, r.index, {}};  // of several the lowest instruction
      return;
    }
  }
};

TEST(RequestOrder, AnEarlierRequestThatDisturbsNobodyIsPutBetween) {
  RequestOrder bank(1, -1, false);
  PathTree paths;
  Request older = request(0, 10, 3, 1), younger = request(1, 5, 4, 1);
  ASSERT_TRUE(bank.serve(older, 0, paths));
  ASSERT_TRUE(bank.serve(younger, 0, paths));
  EXPECT_EQ(older.granted, 10);
  EXPECT_EQ(younger.granted, 5);
}

TEST(RequestOrder, AnEarlierRequestThatWouldDelayAnOlderOneIsRefused) {
  RequestOrder bank(1, -1, false);
  PathTree paths;
  Request older = request(0, 10, 3, 1), younger = request(1, 5, 6, 1);
  ASSERT_TRUE(bank.serve(older, 0, paths));
  EXPECT_FALSE(bank.serve(younger, 0, paths));
}

TEST(RequestOrder, GrantsAndReasonsAreThoseOfTheRulesUnlessItGivesUp) {
  int complete = 0, refused = 0, outOfOrder = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    test::Random random(seed);
    const std::int64_t slots = random.between(1, 4);
    const std::int64_t ports = random.pick<std::int64_t>({-1, -1, 1, 2, 3});
    const std::int64_t spread = random.pick<std::int64_t>({0, 3, 12});
    std::vector<Request> requests;
    Cycles base = 1;
    for (std::int64_t i = 0; i < 150; ++i) {
      base += random.between(0, random.pick<std::int64_t>({1, 2, 6}));
      const Cycles open = base + random.between(0, spread);
      const Cycles ready = random.between(1, 5);
      requests.push_back(request(i, open, ready, random.chance(50) ? ready : random.between(1, 5)));
    }
    std::vector<Cycles> horizon(requests.size());  // before the earliest still to come
    Cycles earliest = requests.back().open;
    for (std::size_t i = requests.size(); i-- > 0;) {
      earliest = std::min(earliest, requests[i].open);
      horizon[i] = earliest - 1;
    }
    RequestOrder bank(slots, ports, false);
    PathTree paths;
    bool served = true;
    Cycles latest = 0;
    std::vector<Request> found = requests;
    for (std::size_t i = 0; i < found.size() && served; ++i) {
      if (found[i].open < latest) ++outOfOrder;
      latest = std::max(latest, found[i].open);
      served = bank.serve(found[i], horizon[i], paths);
    }
    if (!served) {
      ++refused;
      continue;
    }
    ++complete;
    Bank{slots, ports}.serve(requests);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      ASSERT_EQ(found[i].granted, requests[i].granted) << "seed " << seed << " request " << i;
      ASSERT_EQ(found[i].limitTime, requests[i].limitTime) << "seed " << seed << " request " << i;
      ASSERT_EQ(found[i].limitRank, requests[i].limitRank) << "seed " << seed << " request " << i;
    }
  }
  EXPECT_GT(complete, 50);
  EXPECT_GT(refused, 50);
  EXPECT_GT(outOfOrder, 500);
}

}  // namespace
}  // namespace taktwerk::engine
