// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/source_difference.h"

#include <optional>

namespace taktwerk {

namespace {

std::string fileName(const std::string& path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

/// The counterpart of a file: the one of its kind, and of mappings the one of its name.
const StoredSource* counterpart(const StoredSource& source, const std::vector<StoredSource>& others) {
  for (const StoredSource& other : others) {
    if (other.kind != source.kind) continue;
    if (source.kind != StoredSource::Kind::Mapping || fileName(other.path) == fileName(source.path)) {
      return &other;
    }
  }
  return nullptr;
}

std::optional<SourceDifference> differenceOf(const StoredSource* before, const StoredSource* now,
                                             const LineDiffLimits& limits) {
  SourceDifference difference;
  difference.kind = before != nullptr ? before->kind : now->kind;
  difference.inBefore = before != nullptr;
  difference.inNow = now != nullptr;
  if (before != nullptr) difference.before = before->path;
  if (now != nullptr) difference.now = now->path;
  if (before == nullptr || now == nullptr) return difference;
  difference.known = before->text && now->text;
  if (!difference.known) {
    if (before->path == now->path && !before->text && !now->text) return std::nullopt;
    return difference;
  }
  if (*before->text == *now->text) return std::nullopt;
  difference.lines = lineDiff(*before->text, *now->text, limits);
  if (!difference.lines.differs()) return std::nullopt;
  return difference;
}

}  // namespace

std::vector<SourceDifference> sourceDifferences(const StoredResult& before, const StoredResult& now,
                                                const LineDiffLimits& limits) {
  std::vector<SourceDifference> differences;
  if (before.sources.empty() || now.sources.empty()) return differences;
  using Kind = StoredSource::Kind;
  for (const Kind kind : {Kind::Architecture, Kind::Network, Kind::Mapping}) {
    for (const StoredSource& source : before.sources) {
      if (source.kind != kind) continue;
      if (auto found = differenceOf(&source, counterpart(source, now.sources), limits)) {
        differences.push_back(std::move(*found));
      }
    }
    for (const StoredSource& source : now.sources) {
      if (source.kind != kind || counterpart(source, before.sources) != nullptr) continue;
      differences.push_back(*differenceOf(nullptr, &source, limits));
    }
  }
  return differences;
}

}  // namespace taktwerk
