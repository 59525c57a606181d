// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/overlap.h"

#include <algorithm>

namespace taktwerk::engine {

namespace {

Wide floorOf(Wide a, Wide b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

bool anyHit(Wide base, const Term* term, std::size_t count, Wide low, Wide high, std::int64_t& budget) {
  if (--budget < 0) return true;  // too many to try: assume the worst
  Wide reachDown = 0, reachUp = 0;
  for (std::size_t k = 0; k < count; ++k) {
    reachDown += static_cast<Wide>(term[k].stride) * term[k].below;
    reachUp += static_cast<Wide>(term[k].stride) * term[k].above;
  }
  if (base + reachUp <= low || base - reachDown >= high) return false;
  if (count == 0) return true;
  // Of the largest stride only the multiples that the rest can bring back into the window.
  const Wide stride = term->stride;
  const Wide restDown = reachDown - stride * term->below;
  const Wide restUp = reachUp - stride * term->above;
  const Wide first = std::max<Wide>(-static_cast<Wide>(term->below), floorOf(low - restUp - base, stride));
  const Wide last = std::min<Wide>(term->above, floorOf(high + restDown - base, stride) + 1);
  for (Wide u = first; u <= last; ++u) {
    if (anyHit(base + stride * u, term + 1, count - 1, low, high, budget)) return true;
  }
  return false;
}

}  // namespace

void addTerm(std::vector<Term>& terms, Words stride, std::int64_t below, std::int64_t above) {
  if (stride == 0 || (below == 0 && above == 0)) return;
  if (stride < 0) {
    terms.push_back({-stride, above, below});
  } else {
    terms.push_back({stride, below, above});
  }
}

void sortTerms(std::vector<Term>& terms) {
  std::sort(terms.begin(), terms.end(), [](const Term& x, const Term& y) { return x.stride > y.stride; });
  std::size_t out = 0;
  for (const Term& term : terms) {
    if (out > 0 && terms[out - 1].stride == term.stride) {
      terms[out - 1].below += term.below;
      terms[out - 1].above += term.above;
    } else {
      terms[out++] = term;
    }
  }
  terms.resize(out);
}

bool mayHit(Wide base, const std::vector<Term>& terms, Wide low, Wide high, std::int64_t& budget) {
  return anyHit(base, terms.data(), terms.size(), low, high, budget);
}

}  // namespace taktwerk::engine
