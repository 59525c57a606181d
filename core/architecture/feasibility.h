// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression_cache.h"

namespace taktwerk {

/// Which values a parameter may have while the others have theirs.
struct ParameterBounds {
  std::optional<std::int64_t> minimum, maximum;
  std::optional<std::int64_t> step;  ///< at least 1; counted from the minimum, or from 0 without one
  std::vector<std::int64_t> values;  ///< those and no others, as the file lists them; empty: a range

  [[nodiscard]] bool contains(std::int64_t value) const;
  friend bool operator==(const ParameterBounds&, const ParameterBounds&) = default;
};

/// What keeps a point from being one: in words with its figures, and where the file says so.
struct Infeasibility {
  std::string reason;
  SourcePosition position;
  friend bool operator==(const Infeasibility&, const Infeasibility&) = default;
};

/// The bounds of a parameter with the given values of the others. A minimum that is a fraction is rounded up
/// and a maximum down, which leaves the same whole numbers between them. One that cannot be computed, a step
/// or a value that is not whole and a step below 1 are an infeasibility.
[[nodiscard]] std::variant<ParameterBounds, Infeasibility> boundsOf(const Parameter& parameter,
                                                                    const ParameterMap& values,
                                                                    ExpressionCache* expressions = nullptr);

/// Why a parameter may not have the value it has among `values`: `parameter "issue_buffer" must be at least 8
/// (fetch_width) and at most 64, is 4`.
[[nodiscard]] std::optional<Infeasibility> outsideBounds(const Parameter& parameter,
                                                         const ParameterMap& values,
                                                         ExpressionCache* expressions = nullptr);

/// Why a constraint does not hold: `rows * columns <= 131072 does not hold, 262144 against 131072 (rows 512,
/// columns 512): ` and the file's reason.
[[nodiscard]] std::optional<Infeasibility> brokenConstraint(const ParameterConstraint& constraint,
                                                            const ParameterMap& values,
                                                            ExpressionCache* expressions = nullptr);

/// The first bound, then the first constraint, in the order of the file, that the values of an architecture's
/// parameters violate. Those of `resolveParameters`: with a value for each.
[[nodiscard]] std::optional<Infeasibility> infeasibility(const Architecture& architecture,
                                                         const ParameterMap& values,
                                                         ExpressionCache* expressions = nullptr);

/// Calls `visit` with each bound a parameter has and what it is: "minimum", "maximum", "step", "values".
void forEachBound(const Parameter& parameter,
                  const std::function<void(std::string_view what, const ParameterBound& bound)>& visit);

/// A bound as a file says it: "16", "2 * rows".
[[nodiscard]] std::string boundText(const ParameterBound& bound);

/// "4 … 64", "1 …", "1, 2, 4", "2 … 64 in steps of 2"; empty where any value will do.
[[nodiscard]] std::string inWords(const ParameterBounds& bounds);

}  // namespace taktwerk
