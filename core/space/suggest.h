// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/space/space.h"

namespace taktwerk {

/// What a parameter may be, as far as that is known.
struct KnownRange {
  std::int64_t now = 1;
  std::optional<std::int64_t> least = {}, most = {};
  std::int64_t step = 1;                  ///< between legal values, from `least` on, or from 0
  std::vector<std::int64_t> values = {};  ///< the legal ones; empty: a range
};

/// Values to begin with when a parameter is to be varied: the legal ones where these are a list of at most
/// 16, all of a range of at most 8; else half, once, twice and four times what it is now, as far as they are
/// legal. Never empty; the present value is among them if it is legal.
[[nodiscard]] DimensionValues suggestValues(const KnownRange& range);

}  // namespace taktwerk
