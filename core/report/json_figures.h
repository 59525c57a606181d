// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/problems.h"
#include "core/program/json_line.h"

namespace taktwerk {

/// Reads the values of a result's JSON text and says of each that is not as it has to be what would be right,
/// at its place; after that it reads on. What is not JSON at all ends it.
class JsonFigures {
 public:
  /// `text` must outlive this.
  JsonFigures(std::string_view text, const std::string& file);

  /// Calls `member` with each key of an object; it has to read the value.
  void object(const std::string& what, const std::function<void(const std::string& key)>& member);
  /// Calls `element` before each element of an array; it has to read it.
  void array(const std::string& what, const std::function<void()>& element);
  /// Nothing when it is of another kind, which is an error.
  std::optional<std::string> text(const std::string& what);
  std::optional<bool> flag(const std::string& what);
  /// A figure of at least 0. Nothing with a warning when it has no such value, with an error when it is of
  /// another kind.
  std::optional<std::int64_t> count(const std::string& what);
  /// A whole number of either sign.
  std::optional<std::int64_t> whole(const std::string& what);
  /// Passes a value of any kind.
  void pass();

  /// What has been read so far was not JSON; `finish` says so.
  [[nodiscard]] bool broken() const { return json_.failed(); }
  [[nodiscard]] SourcePosition position();
  [[nodiscard]] Problems& problems() { return problems_; }
  /// True when the text was JSON to its end.
  [[nodiscard]] bool finish();

 private:
  /// Of a place in the text, as JsonLine tells it.
  [[nodiscard]] SourcePosition positionOf(std::uint32_t column);
  /// Passes a value that is not what is `expected`, and says so.
  void wrongKind(const std::string& what, const std::string& expected);
  std::optional<std::int64_t> number(const std::string& what, bool negative);

  std::string_view text_;
  JsonLine json_;
  std::size_t counted_ = 0,
              lineStart_ = 0;  ///< the text in which lines were counted, and where the last begins
  std::uint32_t line_ = 1;
  Problems problems_;
};

}  // namespace taktwerk
