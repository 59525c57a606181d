// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression_cache.h"
#include "core/base/problems.h"

namespace taktwerk {

using NameSet = std::set<std::string, std::less<>>;

/// What is wrong with the bounds and constraints of a file, with every parameter at its default: expressions
/// that cannot be read or computed, names that are no parameter, bounds that depend on each other in a circle
/// (the chain is named), defaults outside their bounds, constraints that the defaults do not keep. Of what
/// rests on `unknown` parameters, whose defaults could not be computed, only that it can be read.
void checkRanges(const Architecture& architecture, const ParameterMap& defaults, const NameSet& unknown,
                 Problems& problems, ExpressionCache& expressions);

/// Fills in what the bounds that are expressions come to with the given values, where they can be computed.
void setBoundValues(Parameter& parameter, const ParameterMap& values);

/// Places of an architecture's parameters so that each comes behind those its bounds name, else in the order
/// of the file. A circle is cut where it is met.
[[nodiscard]] std::vector<std::size_t> inOrderOfBounds(const Architecture& architecture,
                                                       ExpressionCache& expressions);

}  // namespace taktwerk
