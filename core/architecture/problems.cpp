// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/problems.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace taktwerk {

void Problems::append(Diagnostics diagnostics) {
  for (Diagnostic& d : diagnostics) {
    add(d.severity, d.position, std::move(d.code), std::move(d.message), std::move(d.object));
  }
}

std::string Problems::suggestion(const std::string& name, const std::vector<std::string>& candidates) {
  constexpr std::size_t most = 20;
  constexpr std::size_t mostCandidates = 5000;
  if (++suggestions_ > most || candidates.size() > mostCandidates) return {};
  return didYouMean(name, candidates);
}

void Problems::add(Severity severity, SourcePosition position, std::string code, std::string message,
                   std::string object) {
  if (severity == Severity::Error) ++errors_;
  if (merge_ && !object.empty()) {
    const auto [known, isNew] =
        places_.try_emplace({position.line, position.column, code}, diagnostics_.size(), 0);
    if (!isNew) {
      ++known->second.second;
      return;
    }
  }
  if (diagnostics_.size() >= limit) {
    ++omitted_;
    return;
  }
  diagnostics_.push_back({severity, file_, position, std::move(code), std::move(message), std::move(object)});
}

Diagnostics Problems::take() && {
  for (const auto& [place, repeated] : places_) {
    if (repeated.second == 0 || repeated.first >= diagnostics_.size()) continue;
    diagnostics_[repeated.first].message += " (and the same of " + std::to_string(repeated.second) + " more)";
  }
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.position.line, a.position.column) < std::tie(b.position.line, b.position.column);
  });
  if (omitted_ > 0) {
    const bool known = taktwerk::hasErrors(diagnostics_);
    diagnostics_.push_back({errors_ > 0 && !known ? Severity::Error : Severity::Warning,
                            file_,
                            {1, 1},
                            "A0000",
                            std::to_string(omitted_) + " more problems are not shown",
                            {}});
  }
  return std::move(diagnostics_);
}

}  // namespace taktwerk
