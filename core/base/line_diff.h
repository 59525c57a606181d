// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace taktwerk {

/// A line of two texts, or of one of them. Lines count from 1; 0 where it is not there.
struct DiffLine {
  enum class Kind : std::uint8_t { Same, Removed, Added, Skipped };
  Kind kind = Kind::Same;
  std::uint32_t before = 0, now = 0;
  std::string text;         ///< without its end, at most 400 bytes; of `Skipped` empty
  std::size_t skipped = 0;  ///< equal lines left out, of `Skipped`
  friend bool operator==(const DiffLine&, const DiffLine&) = default;
};

/// How two texts differ, line by line.
struct LineDiff {
  std::vector<DiffLine> lines;  ///< what differs with some equal lines around it
  std::size_t removed = 0, added = 0;
  /// The texts differ in more places than are looked for: what lies between the first and the last is shown
  /// as replaced altogether.
  bool coarse = false;
  std::size_t leftOut = 0;  ///< lines beyond the limit, which are only counted

  [[nodiscard]] bool differs() const { return removed + added > 0; }
};

struct LineDiffLimits {
  std::size_t context = 2;         ///< equal lines around what differs
  std::size_t differences = 1000;  ///< removed and added lines that are looked for one by one
  std::size_t lines = 2000;        ///< that are given
};

/// The fewest lines that lead from one text to the other (Myers: An O(ND) difference algorithm, 1986).
/// Needs memory in proportion to the square of `differences` at most, whatever the texts are. A line feed at
/// the end, and a carriage return before any, are no difference.
///
///     lineDiff("a\nb\nc\n", "a\nB\nc\n").lines   // same a, removed b, added B, same c
[[nodiscard]] LineDiff lineDiff(std::string_view before, std::string_view now,
                                const LineDiffLimits& limits = {});

}  // namespace taktwerk
