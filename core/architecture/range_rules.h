// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression_cache.h"
#include "core/base/problems.h"

namespace taktwerk {

/// What is wrong with the bounds and constraints of a file, with every parameter at its default: expressions
/// that cannot be read or computed, names that are no parameter, bounds that depend on each other in a circle
/// (the chain is named), defaults outside their bounds, constraints that the defaults do not keep.
void checkRanges(const Architecture& architecture, const ParameterMap& defaults, Problems& problems,
                 ExpressionCache& expressions);

/// Fills in what the bounds that are expressions come to with the given values, where they can be computed.
void setBoundValues(Parameter& parameter, const ParameterMap& values);

/// Places of an architecture's parameters so that each comes behind those its bounds name, else in the order
/// of the file. A circle is cut where it is met.
[[nodiscard]] std::vector<std::size_t> inOrderOfBounds(const Architecture& architecture,
                                                       ExpressionCache& expressions);

}  // namespace taktwerk
