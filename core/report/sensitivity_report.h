// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>

#include "core/study/sensitivity.h"

namespace taktwerk {

class JsonWriter;

/// What stands behind a step's figure, or why there is none: "approximation", "at least: 1 layer missing: …",
/// "cannot be: …", and the step's note. Empty of an exact and complete one.
[[nodiscard]] std::string remarkInWords(const StepOutcome& outcome);

/// Writes what each step would do, the one that saves most first:
///
///     What to change: 8,400 cycles now, 5 steps
///
///     step                             cycles  change            remark
///     -------------------------------  ------  ----------------  ------------------------------------
///     arch.fetch_width 1 → 2            4,300  −4,100 (−48.8 %)
///     arch.mac_latency 1 → 2            8,400  0
///     mapping.tile_k 4 → 8 for conv1    8,500  +100 (+1.2 %)     approximation, chosen for this layer
///     network.batch 1 → 2              16,800                    another amount of work
///     arch.fetch_width 1 → 64                                    cannot be: fetch_width must be at …
///
/// Figures of other work, or of other layers than those counted now, come behind the comparable ones and have
/// no change.
void writeSensitivityText(std::ostream& out, const Sensitivity& sensitivity);

/// The same as a member "sensitivity" of the object that is open. `saved` and `relative` (of the present
/// cycles) are of comparable steps; a step that cannot be taken has `reason` instead of `cycles`:
///
///     "sensitivity": {"cycles": 8400, "exact": true, "complete": true, "steps": 2, "ranked": [
///       {"name": "arch.fetch_width", "from": 1, "to": 2, "cycles": 4300, "exact": true, "complete": true,
///        "comparable": true, "saved": 4100, "relative": 0.488, "note": "…"},
///       {"name": "arch.rows", "from": 4, "to": 2, "reason": "…"}
///     ]}
///
/// `layer` names the layer that a tunable was chosen for. Without a present figure there is a `reason`.
void writeSensitivity(JsonWriter& json, const Sensitivity& sensitivity);

}  // namespace taktwerk
