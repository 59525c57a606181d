// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/analysis/filling.h"
#include "core/analysis/roofline_points.h"
#include "core/analysis/utilisation.h"
#include "core/report/bottleneck_sentence.h"
#include "core/study/sensitivity.h"

namespace taktwerk {

/// Why an estimate is what it is: all that a result says of itself, and what steps of parameters would
/// change.
struct Explanation {
  std::shared_ptr<const NetworkEstimate> estimate;
  std::string layer;  ///< the one that was asked for; empty: all
  Sentence sentence;  ///< empty without cycles
  NetworkBreakdown breakdown;
  UtilisationTable utilisation;
  std::vector<MovedWords> traffic;
  RooflinePlot roofline;
  std::vector<PartlyFilled> filling;
  std::optional<Sensitivity> sensitivity;  ///< none: it was not asked for
};

/// Of an estimate with usage. `remedies` are steps for the deciding object (remedy.h), where they are known.
[[nodiscard]] Explanation explain(const std::shared_ptr<const NetworkEstimate>& estimate,
                                  const Remedies* remedies = nullptr, const std::string& layer = {});

/// The sentence, then tables: causes, objects on the critical path, layers, utilisation of every block, words
/// moved, the roofline, what is partly filled, what to change.
///
///     Tiny running Small: 2,000 cycles
///     alu decides 85 % of Small: conv1 waits for a value that it still makes (RAW); mac_latency 4 → 2 would
///     save 40 %.
///
///     cause                                      cycles   share
///     …
///
///     block  places    uses   busy  waiting    idle
///     -----  ------  ------  -----  -------  ------
///     alu         1     500  25.0 %   5.0 %  70.0 %
void writeExplanationText(std::ostream& out, const Explanation& explanation);

/// The same as one JSON object: the members of `writeBreakdownJson`, then
///
///     "layer": "conv1", (where one was asked for) "exact": true, "complete": true, "standing": "proven to
///     repeat", "validation": ["No validation is …"], "sentence": "alu decides …", "utilisation": {"cycles":
///     2000, "left_out": [], "blocks": [
///       {"object": "alu", "places": 1, "uses": 500, "busy": 500, "waiting": 100, "idle": 1400,
///       "before_start": 90}]},
///     "traffic": [{"memory": "dmem", "slots": 1, "reads": 4, "writes": 1, "words_read": 4, "words_written":
///     1,
///                  "busy": 9}],
///     "roofline": {"peak": 1.0, "levels": [{"memory": "dmem", "words_per_cycle": 0.5, "points": [
///       {"layer": "conv1", "intensity": 4.0, "macs_per_cycle": 0.3, "bound": 1.0}]}], "without": ["relu1"]},
///     "partly_filled": [{"layer": "conv1", "array": "pe[ ][ ].alu", "dimension": "columns", "full": 16,
///                        "parts": [{"used": 1, "share": 0.125}, {"used": 16, "share": 0.875}]}],
///     "sensitivity": …
///
/// Cycles of `utilisation` are place-cycles. Of an immediate `operation` stands in the place of `array`.
void writeExplanationJson(std::ostream& out, const Explanation& explanation);

}  // namespace taktwerk
