// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/line_diff.h"

#include <algorithm>
#include <optional>
#include <span>

namespace taktwerk {

namespace {

using Lines = std::vector<std::string_view>;
using Kind = DiffLine::Kind;

Lines linesOf(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The lines that two texts have in common, as steps: true a pair of equal ones, else one removed or added.
using Steps = std::vector<Kind>;

/// The way back through the furthest ends that were kept of each number of differences.
Steps stepsBack(const std::vector<std::vector<std::ptrdiff_t>>& ends, std::ptrdiff_t x, std::ptrdiff_t y) {
  Steps back;
  for (std::ptrdiff_t d = std::ssize(ends) - 1; d > 0; --d) {
    const auto& before = ends[static_cast<std::size_t>(d - 1)];
    const auto endOf = [&](std::ptrdiff_t k) {
      return k < -(d - 1) || k > d - 1 ? -1 : before[static_cast<std::size_t>(k + d - 1)];
    };
    const std::ptrdiff_t k = x - y;
    const bool down = k == -d || (k != d && endOf(k - 1) < endOf(k + 1));
    const std::ptrdiff_t from = down ? k + 1 : k - 1;
    const std::ptrdiff_t fromX = endOf(from), fromY = fromX - from;
    const std::ptrdiff_t startX = down ? fromX : fromX + 1;
    for (; x > startX; --x) back.push_back(Kind::Same);
    back.push_back(down ? Kind::Added : Kind::Removed);
    x = fromX;
    y = fromY;
  }
  for (; x > 0; --x) back.push_back(Kind::Same);
  std::reverse(back.begin(), back.end());
  return back;
}

/// Nothing when there are more than `most` differences.
std::optional<Steps> shortest(std::span<const std::string_view> a, std::span<const std::string_view> b,
                              std::size_t most) {
  const std::ptrdiff_t n = std::ssize(a), m = std::ssize(b);
  std::vector<std::vector<std::ptrdiff_t>> ends;  // by differences: the furthest x on diagonals -d to d
  for (std::ptrdiff_t d = 0; d <= static_cast<std::ptrdiff_t>(most); ++d) {
    std::vector<std::ptrdiff_t> now(static_cast<std::size_t>(2 * d + 1), -1);
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      const auto endOf = [&](std::ptrdiff_t diagonal) {
        return diagonal < -(d - 1) || diagonal > d - 1
                   ? -1
                   : ends.back()[static_cast<std::size_t>(diagonal + d - 1)];
      };
      std::ptrdiff_t x = 0;
      if (d > 0) {
        const bool down = k == -d || (k != d && endOf(k - 1) < endOf(k + 1));
        x = down ? endOf(k + 1) : endOf(k - 1) + 1;
      }
      std::ptrdiff_t y = x - k;
      while (x < n && y < m && x >= 0 && y >= 0 &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)]) {
        ++x, ++y;
      }
      now[static_cast<std::size_t>(k + d)] = x;
      if (k == n - m && x >= n) {
        ends.push_back(std::move(now));
        return stepsBack(ends, n, m);
      }
    }
    ends.push_back(std::move(now));
  }
  return std::nullopt;
}

std::string shown(std::string_view line) {
  constexpr std::size_t longest = 400;
  if (line.size() <= longest) return std::string(line);
  std::size_t size = longest;
  while (size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0U) == 0x80U) --size;  // whole characters
  return std::string(line.substr(0, size)) + "…";
}

/// Steps as lines; equal ones further from a difference than the context are skipped.
void addLines(LineDiff& diff, const Steps& steps, const Lines& before, const Lines& now,
              const LineDiffLimits& limits) {
  std::vector<bool> kept(steps.size(), false);
  const auto mark = [&](std::size_t i, std::size_t& distance) {
    distance = steps[i] == Kind::Same ? distance + 1 : 0;
    if (distance <= limits.context) kept[i] = true;
  };
  // At first there was no difference yet, from either end.
  std::size_t behind = limits.context, ahead = limits.context;
  for (std::size_t i = 0; i < steps.size(); ++i) mark(i, behind);
  for (std::size_t i = steps.size(); i-- > 0;) mark(i, ahead);
  std::size_t a = 0, b = 0, skipped = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    DiffLine line;
    line.kind = steps[i];
    if (line.kind != Kind::Added) line.before = static_cast<std::uint32_t>(++a);
    if (line.kind != Kind::Removed) line.now = static_cast<std::uint32_t>(++b);
    if (!kept[i]) {
      ++skipped;
      continue;
    }
    if (diff.lines.size() >= limits.lines) {
      ++diff.leftOut;
      continue;
    }
    if (skipped > 0) diff.lines.push_back({Kind::Skipped, 0, 0, {}, skipped});
    skipped = 0;
    line.text = shown(line.before > 0 ? before[a - 1] : now[b - 1]);
    diff.lines.push_back(std::move(line));
  }
  if (skipped > 0 && diff.leftOut == 0) diff.lines.push_back({Kind::Skipped, 0, 0, {}, skipped});
}

}  // namespace

LineDiff lineDiff(std::string_view before, std::string_view now, const LineDiffLimits& limits) {
  const Lines a = linesOf(before), b = linesOf(now);
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t head = 0, tail = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& lines) {
    return std::span<const std::string_view>(lines).subspan(head, lines.size() - head - tail);
  };
  LineDiff diff;
  std::optional<Steps> found = shortest(middle(a), middle(b), limits.differences);
  if (!found) {
    diff.coarse = true;
    found.emplace(middle(a).size(), Kind::Removed);
    found->insert(found->end(), middle(b).size(), Kind::Added);
  }
  Steps steps(head, Kind::Same);
  steps.insert(steps.end(), found->begin(), found->end());
  steps.insert(steps.end(), tail, Kind::Same);
  diff.removed = static_cast<std::size_t>(std::count(steps.begin(), steps.end(), Kind::Removed));
  diff.added = static_cast<std::size_t>(std::count(steps.begin(), steps.end(), Kind::Added));
  if (diff.differs()) addLines(diff, steps, a, b, limits);
  return diff;
}

}  // namespace taktwerk
