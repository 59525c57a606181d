// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression.h"
#include "core/base/problems.h"

namespace taktwerk {

/// An end of a connection with expressions in its brackets: `pe[r][c + 1].alu`.
class EndPattern {
 public:
  /// Nothing, with the problem reported, where brackets or expressions are not right.
  [[nodiscard]] static std::optional<EndPattern> parse(const ScalarText& end, Problems& problems);
  /// The name with these values; nothing, with the problem reported, where an index cannot be computed. An
  /// index below 0 gives a name that no object has.
  [[nodiscard]] std::optional<std::string> name(const ParameterMap& values, Problems& problems) const;
  [[nodiscard]] SourcePosition position() const { return position_; }

 private:
  struct Index {
    Expression expression;
    SourcePosition position;
    std::string variable;   ///< the usual case: this name …
    std::int64_t plus = 0;  ///< … plus this
  };
  SourcePosition position_;
  std::vector<std::string> literals_;  ///< one more than indices
  std::vector<Index> indices_;
};

}  // namespace taktwerk
