// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "core/base/expression.h"

namespace taktwerk {

/// Expressions that were parsed, by their text, for whoever computes the same ones again with other values. A
/// text that is wrong keeps its error. References stay valid. Not for two threads.
class ExpressionCache {
 public:
  using Parsed = std::variant<Expression, ExpressionError>;

  [[nodiscard]] const Parsed& parse(std::string_view text) {
    const auto found = byText_.find(text);
    if (found != byText_.end()) return found->second;
    ++parsed_;
    return byText_.emplace(std::string(text), Expression::parse(text)).first->second;
  }
  /// Texts that had not been met before.
  [[nodiscard]] std::int64_t parsed() const { return parsed_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Parsed, Hash, std::equal_to<>> byText_;
  std::int64_t parsed_ = 0;
};

}  // namespace taktwerk
