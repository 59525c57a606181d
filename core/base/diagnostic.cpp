// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/diagnostic.h"

#include <algorithm>
#include <numeric>

#include "core/base/quotes.h"

namespace taktwerk {

std::string toString(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.file.empty()) {
    text += diagnostic.file;
    if (diagnostic.position.line > 0) {
      text += ':' + std::to_string(diagnostic.position.line) + ':' +
              std::to_string(std::max<std::uint32_t>(diagnostic.position.column, 1));
    }
    text += ": ";
  }
  text += diagnostic.severity == Severity::Error ? "error: " : "warning: ";
  text += diagnostic.message;
  if (!diagnostic.code.empty()) text += " [" + diagnostic.code + ']';
  return text;
}

bool hasErrors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

namespace {

/// Letters to insert, remove, replace or swap with their neighbour to make `b` of `a`.
std::size_t editDistance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> beforeLast, last, row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    beforeLast = std::move(last);
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], beforeLast[j - 2] + 1);
      }
    }
  }
  return row.back();
}

}  // namespace

std::string didYouMean(const std::string& name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > 64) return {};
  const std::string* best = nullptr;
  std::size_t bestDistance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), name.size());
    if (candidate.size() > 64 || longer - std::min(candidate.size(), name.size()) >= bestDistance) continue;
    const std::size_t distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = &candidate;
    }
  }
  return best ? "; did you mean " + inQuotes(*best) + "?" : std::string{};
}

}  // namespace taktwerk
