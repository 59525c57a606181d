// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/yaml.h"

namespace taktwerk {

/// Bytes [begin, end) of a text.
struct ByteSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Finds what of a text belongs to a node that was read from it. The reader keeps where things begin; here
/// it is found where they end, when someone asks: nearly nobody does.
class YamlSpans {
 public:
  /// `text` is what the nodes were read from, without byte order mark, and must outlive this.
  explicit YamlSpans(std::string_view text);
  // It takes std::string alone. NOLINTNEXTLINE(bugprone-forwarding-reference-overload)
  explicit YamlSpans(std::same_as<std::string> auto&& temporary) = delete;

  [[nodiscard]] std::size_t offsetOf(SourcePosition position) const;
  /// From the key to behind the last character of its value (to behind the colon without one).
  [[nodiscard]] std::optional<ByteSpan> entry(const YamlNode::Entry& entry, bool inFlow) const;
  [[nodiscard]] std::optional<ByteSpan> key(const YamlNode::Entry& entry, bool inFlow) const;
  /// Of a null without text nothing.
  [[nodiscard]] std::optional<ByteSpan> value(const YamlNode& node, bool inFlow) const;

  [[nodiscard]] std::size_t lineBegin(std::size_t offset) const;
  /// Behind the line end of the line, or the end of the text.
  [[nodiscard]] std::size_t nextLine(std::size_t offset) const;

 private:
  [[nodiscard]] std::optional<std::size_t> quotedEnd(std::size_t begin) const;
  [[nodiscard]] std::optional<std::size_t> bracketEnd(std::size_t begin) const;
  [[nodiscard]] std::optional<std::size_t> plainEnd(std::size_t begin, const YamlNode& node,
                                                    bool inFlow) const;
  [[nodiscard]] std::optional<std::size_t> blockScalarEnd(std::size_t begin) const;

  std::string_view text_;
  std::vector<std::size_t> lines_;  ///< where they begin
};

}  // namespace taktwerk
