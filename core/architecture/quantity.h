// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression_cache.h"
#include "core/base/problems.h"
#include "core/base/rational.h"

namespace taktwerk {

/// What a number of the document that need not be whole is computed with, and where its problems go.
struct QuantityContext {
  const ParameterMap& parameters;
  Problems& problems;
  ExpressionCache* expressions = nullptr;
};

/// The value of a whole number or an expression over parameters. Problems, with this code: it cannot be read
/// or computed, it names something that is no parameter.
[[nodiscard]] std::optional<Rational> quantityOf(const ScalarText& text, std::string_view what,
                                                 std::string_view code, const QuantityContext& context);

/// The frequency that an architecture declares (`clock: 500`), in MHz; none where it declares none. Problems
/// (A1001): those of `quantityOf`, a frequency that is not above 0.
[[nodiscard]] std::optional<Rational> clockOf(const Architecture& architecture,
                                              const QuantityContext& context);

[[nodiscard]] inline double realOf(Rational value) {
  return static_cast<double>(value.numerator) / static_cast<double>(value.denominator);
}

}  // namespace taktwerk
