// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace taktwerk {

/// The one stretch in which two texts differ: everything before and behind it is common to both. Keeps both
/// sides, so it leads from either text to the other byte for byte.
///
///     TextDelta d = textDelta("ab: 1\n", "ab: 12\n");   // offset 5, removed "", inserted "2"
///     applyDelta("ab: 1\n", d) == "ab: 12\n" && revertDelta("ab: 12\n", d) == "ab: 1\n"
struct TextDelta {
  std::size_t offset = 0;
  std::string removed;
  std::string inserted;

  [[nodiscard]] bool empty() const { return removed.empty() && inserted.empty(); }
  friend bool operator==(const TextDelta&, const TextDelta&) = default;
};

[[nodiscard]] TextDelta textDelta(std::string_view before, std::string_view after);
/// The text after, given the text before; and the other way round. Throws std::logic_error when the text is
/// not the one the delta was made of.
[[nodiscard]] std::string applyDelta(std::string_view before, const TextDelta& delta);
[[nodiscard]] std::string revertDelta(std::string_view after, const TextDelta& delta);

}  // namespace taktwerk
