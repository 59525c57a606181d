// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/analysis/stored_result.h"
#include "core/base/line_diff.h"

namespace taktwerk {

/// A file that two results were made from, where it is not the same.
struct SourceDifference {
  StoredSource::Kind kind = StoredSource::Kind::Architecture;
  std::string before, now;  ///< paths
  bool inBefore = false, inNow = false;
  bool known = true;  ///< else the text of one side is not, so that nothing can be said of its lines
  LineDiff lines;     ///< of both texts, where both are there
};

/// The files that differ, architecture and network first. Mappings are matched by the names of their files.
/// Results that know nothing of their files give none.
[[nodiscard]] std::vector<SourceDifference> sourceDifferences(const StoredResult& before,
                                                              const StoredResult& now,
                                                              const LineDiffLimits& limits = {});

}  // namespace taktwerk
