// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression.h"
#include "core/base/problems.h"

namespace taktwerk {

/// The whole number a text stands for; nothing, with the problem of `what` reported at its place, if it is
/// none or below `minimum`.
[[nodiscard]] std::optional<std::int64_t> wholeValue(const ScalarText& text, const ParameterMap& values,
                                                     std::string_view what,
                                                     std::optional<std::int64_t> minimum, Problems& problems);
[[nodiscard]] std::optional<std::int64_t> wholeValue(const Expression& expression, SourcePosition position,
                                                     const ParameterMap& values, std::string_view what,
                                                     std::optional<std::int64_t> minimum, Problems& problems);

/// Adds to `values` what the parameters of a template are: the arguments, computed with `outer`, or the
/// defaults, which may use the architecture's parameters and the template's parameters before them. Reports
/// arguments the template does not have and values outside their bounds, which may use any of these.
void argumentValues(const TemplateDeclaration& declaration, const std::vector<Attribute>& arguments,
                    const ParameterMap& outer, ParameterMap& values, Problems& problems);

/// A block with every name replaced by its value that `values` has and the architecture's parameters,
/// `globals`, have not or have otherwise: template parameters and indices.
[[nodiscard]] ObjectDeclaration withLocals(const ObjectDeclaration& object, const ParameterMap& values,
                                           const ParameterMap& globals);

/// Puts `prefix` and a dot before the names of other blocks that a block's attributes mention.
void qualifyNames(ObjectDeclaration& object, std::string_view prefix);

}  // namespace taktwerk
