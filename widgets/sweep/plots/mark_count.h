// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <atomic>
#include <cstdint>
#include <vector>

namespace taktwerk {

/// How many designs a plot shows, and as how many marks: designs in the same place are one mark. The job that
/// draws counts them.
struct MarkCount {
  std::int64_t marks = 0, most = 0;      ///< and of the designs most in one place
  std::atomic<std::int64_t> points{-1};  ///< below 0: not counted yet; written last
};

/// Counts rows by the way that their lines take.
void countWays(const std::vector<std::uint64_t>& ways, const std::vector<std::uint32_t>& rows,
               MarkCount& count);

/// Counts points by the pixel that they are at, as `y * width + x`.
void countPixels(const std::vector<std::uint32_t>& pixels, std::size_t pixelCount, MarkCount& count);

/// "12 345 points, 8 210 marks; up to 57 in one place", or "37 points" where each has its own; empty while it
/// is not counted. `points` and `marks` are the words for them.
[[nodiscard]] QString inWords(const MarkCount& count, const QString& points, const QString& marks);

}  // namespace taktwerk
