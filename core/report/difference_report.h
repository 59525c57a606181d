// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/analysis/difference.h"
#include "core/analysis/source_difference.h"

namespace taktwerk {

/// "−200 (−10.0 %)", "+5" where there were none before, "0" without a difference; nothing unless both are
/// there.
[[nodiscard]] std::string changeInWords(const CycleChange& change);

struct DifferenceTextOptions {
  bool all = false;  ///< layers and causes that are the same too
};

/// What is different in one result from another, and nothing of what is the same but how much of it there is:
///
///     before: Tiny running Small, 2,000 cycles (approximation)
///     now:    Tiny running Small, 2,100 cycles
///     change: +100 (+5.0 %)
///
///     parameter  before  now
///     ---------  ------  ---
///     arch.rows       4    8
///
///     layer  before    now  change          what changed            cycles by cause
///     -----  ------  -----  --------------  ----------------------  -----------------------------
///     conv1   2,000  1,800  −200 (−10.0 %)  mapping direct → tiled  busy:alu −150, wait:fetch −50
///     fc               300                  only now
///
///     the same: 12 layers
///
///     cause       before  now  change
///     ----------  ------  ---  --------------
///     busy:alu       500  350  −150 (−30.0 %)
///
/// An empty cell is of a result that has no such parameter, or in which the layer has no cycles of its own;
/// figures that the file of a result does not tell are "missing".
void writeDifferenceText(std::ostream& out, const ResultDifference& difference,
                         const DifferenceTextOptions& options = {});

/// The files that differ, with their lines:
///
///     architecture small.arch.yaml: 1 line removed, 1 added
///       12   - latency: 4
///          12+ latency: 8
void writeSourcesText(std::ostream& out, const std::vector<SourceDifference>& sources);
/// "architecture a.arch.yaml → b.arch.yaml: 3 lines removed, 1 added", "mapping new.mapping.yaml: only now".
[[nodiscard]] std::string sourceInWords(const SourceDifference& source);
/// What is not shown of the lines and why, in sentences; nothing where all is.
[[nodiscard]] std::string limitsInWords(const LineDiff& lines);

/// "mapping direct → tiled; exact → not exact", or in which result the layer is alone.
[[nodiscard]] std::string changesInWords(const LayerChange& layer);
/// Whether the cycles of a layer have to be in a result and are not.
[[nodiscard]] bool isMissing(const std::optional<LayerSide>& side, const std::optional<Cycles>& cycles);

/// All layers and causes, the same ones too, as one JSON object and a line's end; cycles, and `relative` as
/// part of those before. What a result does not have is not there: `before` and `now` of a layer that is only
/// in one, `cycles` of a void result, `relative` where there were none before.
///
///     {
///       "differs": true,
///       "before": {"architecture": "Tiny", "network": "Small", "exact": false, "complete": true,
///                  "cycles": 2000},
///       "now": {"architecture": "Tiny", "network": "Small", "exact": true, "complete": true,
///               "cycles": 1800},
///       "absolute": -200,
///       "relative": -0.1,
///       "files": [{"kind": "mapping", "before": "a.mapping.yaml", "now": "a.mapping.yaml", "known": true,
///                  "removed": 1, "added": 0, "coarse": false, "left_out": 0,
///                  "lines": [{"kind": "removed", "before": 4, "text": "x: 1"}]}],
///       "parameters": [{"name": "arch.rows", "before": 4, "now": 8}],
///       "causes": [{"cause": "busy:alu", "before": 500, "now": 350}],
///       "layers": [
///         {"name": "conv1", "differs": true,
///          "before": {"standing": "timed", "operator": "conv2d", "mapping": "direct", "tunables": {},
///                     "method": "approximation", "exact": false, "cycles": 2000},
///          "now": {…}, "absolute": -200, "relative": -0.1, "changed": ["mapping", "method", "exact"],
///          "causes": […], "words": [{"memory": "dmem", "before": 10, "now": 12}]}
///       ]
///     }
///
/// `files` are those that both results were made from, with the lines that differ.
void writeDifferenceJson(std::ostream& out, const ResultDifference& difference,
                         const std::vector<SourceDifference>& sources = {});

}  // namespace taktwerk
