// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::engine {

__extension__ using Wide = __int128;  ///< for sums of products of 64-bit numbers

/// A variable of a difference of addresses: stride (above 0) times every number from −below to +above.
struct Term {
  Words stride;
  std::int64_t below, above;
};

/// Adds a variable with a stride of either sign; none that changes nothing.
void addTerm(std::vector<Term>& terms, Words stride, std::int64_t below, std::int64_t above);

/// Brings terms into the order that `mayHit` needs: by falling stride, each stride once.
void sortTerms(std::vector<Term>& terms);

/// Whether base + Σ stride · u lies in (low, high) for some values of the variables. The strides are taken
/// from the largest down, and of each only the multiples that the remaining ones can still bring back into
/// the window are tried. Every try takes one from `budget`; when none is left, the answer is yes.
[[nodiscard]] bool mayHit(Wide base, const std::vector<Term>& terms, Wide low, Wide high,
                          std::int64_t& budget);

}  // namespace taktwerk::engine
