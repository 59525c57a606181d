// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/mapping/compiled_expression.h"
#include "core/mapping/evaluator.h"

namespace taktwerk {

/// The value of an expression outside of loops, which nearly always is whole at every step of its way: in
/// plain arithmetic, a tenth of the time of an `Evaluator`. None where a name has no constant value, where a
/// step is a fraction that is not rounded at once, or overflows: an `Evaluator` knows what that comes to, or
/// says what is wrong.
[[nodiscard]] std::optional<std::int64_t> wholeValue(const CompiledExpression& expression,
                                                     const std::vector<SlotValue>& slots);

}  // namespace taktwerk
