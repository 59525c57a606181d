// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/graph/graph.h"

namespace taktwerk {

/// A place in a recorded run at which iterations are missing. Instructions are numbers in that run.
struct PathGap {
  std::int64_t at = 0;      ///< instruction before which they are missing
  std::int64_t period = 0;  ///< instructions of the run: those before `at` are what each missing period is
  std::int64_t times = 0;   ///< periods missing
};

/// Follows the critical path of a graph back from its end as it runs in the program of which it is a
/// shortened run: through each gap as often as it is missing. Where the path enters a period as it entered
/// one before, those between are not followed again.
class SkippedPath {
 public:
  /// `gaps` by `at`, ascending.
  SkippedPath(const DependencyGraph& graph, std::vector<PathGap> gaps);

  /// Cycles by cause; nothing if a period has no counterpart of a node that the path comes by.
  [[nodiscard]] std::optional<Breakdown> follow();

 private:
  bool pass(std::uint32_t& at, std::int64_t upper, std::int64_t low);
  bool fill(const PathGap& gap, std::uint32_t& at);
  [[nodiscard]] std::optional<std::uint32_t> counterpart(std::uint32_t node, std::int64_t later) const;
  [[nodiscard]] std::int64_t instructionOf(std::uint32_t node) const {
    return graph_.nodes[node].instruction;
  }

  const DependencyGraph& graph_;
  std::vector<PathGap> gaps_;
  std::vector<std::uint32_t> bindingOf_;                               // by node
  std::vector<std::pair<std::int64_t, std::uint32_t>> byInstruction_;  // instruction and node, sorted
  Breakdown found_;
  bool ended_ = false;  // the path has come to its beginning
};

}  // namespace taktwerk
