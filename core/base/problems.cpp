// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/problems.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace taktwerk {

void Problems::append(Diagnostics diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) add(std::move(diagnostic));
}

std::string Problems::suggestion(const std::string& name, const std::vector<std::string>& candidates) {
  constexpr std::size_t most = 20;
  constexpr std::size_t mostCandidates = 5000;
  if (++suggestions_ > most || candidates.size() > mostCandidates) return {};
  return didYouMean(name, candidates);
}

void Problems::add(Diagnostic diagnostic) {
  const std::size_t kind = place(diagnostic.severity);
  ++counts_[kind];
  if (merge_ && !diagnostic.object.empty()) {
    const auto [known, isNew] = places_.try_emplace(
        {diagnostic.position.line, diagnostic.position.column, diagnostic.code}, diagnostics_.size(), 0);
    if (!isNew) {
      ++known->second.second;
      return;
    }
  }
  const std::size_t limit = diagnostic.severity == Severity::Error ? limits_.errors : limits_.warnings;
  if (full() || kept_[kind] >= limit) {
    ++omitted_;
    return;
  }
  ++kept_[kind];
  diagnostics_.push_back(std::move(diagnostic));
}

Diagnostics Problems::takeAsFound() && {
  for (const auto& [place, repeated] : places_) {
    if (repeated.second == 0 || repeated.first >= diagnostics_.size()) continue;
    diagnostics_[repeated.first].message += " (and the same of " + std::to_string(repeated.second) + " more)";
  }
  return std::move(diagnostics_);
}

Diagnostics Problems::take(std::string_view ofOmitted) && {
  Diagnostics all = std::move(*this).takeAsFound();
  std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.position.line, a.position.column) < std::tie(b.position.line, b.position.column);
  });
  if (omitted_ > 0 && !ofOmitted.empty()) {
    const bool known = taktwerk::hasErrors(all);
    all.push_back({hasErrors() && !known ? Severity::Error : Severity::Warning,
                   file_,
                   {1, 1},
                   std::string(ofOmitted),
                   std::to_string(omitted_) + " more problems are not shown",
                   {}});
  }
  return all;
}

}  // namespace taktwerk
