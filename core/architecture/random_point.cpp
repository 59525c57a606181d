// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/random_point.h"

#include <algorithm>
#include <vector>

#include "core/architecture/feasibility.h"
#include "core/architecture/range_rules.h"

namespace taktwerk {
namespace {

__extension__ using Wide = unsigned __int128;

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators"): the standard
/// library's distributions differ from one to another.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  /// 0 to count − 1; the few that the remainder favours do not matter here.
  std::uint64_t below(std::uint64_t count) {
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * count) >> 64U);
  }

 private:
  std::uint64_t state_;
};

constexpr std::uint64_t narrow = 16;  // as of steps: more is gone through by doubling

/// 0 to `last`, by its doublings where that is far: 0, 1, 2 to 3, 4 to 7, …
std::uint64_t drawUpTo(std::uint64_t last, Draws& draws) {
  if (last <= narrow) return draws.below(last + 1);
  std::uint64_t doublings = 1;  // 0 is one of its own
  while (doublings < 64 && (last >> doublings) != 0) ++doublings;
  const std::uint64_t which = draws.below(doublings + 1);
  if (which == 0) return 0;
  const std::uint64_t begin = std::uint64_t{1} << (which - 1);
  return begin + draws.below(std::min(begin - 1, last - begin) + 1);
}

/// A value within bounds; none where nothing is.
std::optional<std::int64_t> draw(const ParameterBounds& bounds, Draws& draws) {
  if (!bounds.values.empty()) return bounds.values[draws.below(bounds.values.size())];
  if (*bounds.minimum > *bounds.maximum) return std::nullopt;
  const auto first = static_cast<std::uint64_t>(*bounds.minimum);
  const auto step = static_cast<std::uint64_t>(bounds.step.value_or(1));
  const std::uint64_t last = (static_cast<std::uint64_t>(*bounds.maximum) - first) / step;
  return static_cast<std::int64_t>(first + step * drawUpTo(last, draws));  // modulo 2^64, which is exact
}

bool isDrawn(const Parameter& parameter) {
  return !parameter.values.empty() || (parameter.minimum && parameter.maximum);
}

/// One try: the drawn values alone.
std::optional<ParameterMap> tryPoint(const Architecture& architecture, const std::vector<std::size_t>& order,
                                     const ParameterMap& defaults, Draws& draws,
                                     ExpressionCache& expressions) {
  // Where a parameter follows others, what bounds name changes with every draw.
  const bool derived = std::any_of(architecture.parameters.begin(), architecture.parameters.end(),
                                   [](const Parameter& p) { return !p.expression.empty() && !isDrawn(p); });
  ParameterMap values = defaults, drawn;
  for (const std::size_t place : order) {
    const Parameter& parameter = architecture.parameters[place];
    if (!isDrawn(parameter)) continue;
    const auto bounds = boundsOf(parameter, values, &expressions);
    if (!std::holds_alternative<ParameterBounds>(bounds)) return std::nullopt;
    const auto value = draw(std::get<ParameterBounds>(bounds), draws);
    if (!value) return std::nullopt;
    drawn.insert_or_assign(parameter.name, *value);
    if (derived) {
      Problems ignored(architecture.file);
      values = resolveParameters(architecture, drawn, ignored, &expressions);
    } else {
      values.insert_or_assign(parameter.name, *value);
    }
  }
  return drawn;
}

}  // namespace

std::optional<ParameterMap> randomPoint(const Architecture& architecture, std::uint64_t seed,
                                        ExpressionCache* expressions) {
  ExpressionCache once;
  if (expressions == nullptr) expressions = &once;
  Problems ignored(architecture.file);
  const ParameterMap defaults = resolveParameters(architecture, {}, ignored, expressions);
  const std::vector<std::size_t> order = inOrderOfBounds(architecture, *expressions);
  Draws draws(seed);
  for (int attempt = 0; attempt < mostDraws; ++attempt) {
    const auto drawn = tryPoint(architecture, order, defaults, draws, *expressions);
    if (!drawn) continue;
    Problems problems(architecture.file);
    ParameterMap point = resolveParameters(architecture, *drawn, problems, expressions);
    if (!problems.hasErrors()) return point;
  }
  return std::nullopt;
}

}  // namespace taktwerk
