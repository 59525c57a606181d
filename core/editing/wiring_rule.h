// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/editing/wiring_shape.h"

namespace taktwerk {

/// One end of a wire that is drawn: a block, as a whole or inside of an instance, of an array all elements.
struct WireEnd {
  std::string entry;                     ///< of `objects:`
  std::vector<std::int64_t> index = {};  ///< of the element drawn; none: it stands for all
  /// Block within the template, "alu". Empty: the entry itself, or of an instance whichever block fits.
  std::string part = {};
};

/// "pe[0][1].alu" is {"pe", {0, 1}, "alu"}; nothing for objects that are not there.
[[nodiscard]] std::optional<WireEnd> wireEndOf(const Architecture& architecture, std::string_view object);

/// One thing that a wire between arrays, instances and blocks can mean.
struct WiringRule {
  ConnectionRule rule;
  std::string inTemplate = {};  ///< whose connections it belongs to; empty: the architecture's
  std::string sentence;         ///< "each pe.alu writes pe.regs of its right neighbour"
  std::string label;            ///< "→ right neighbour"
  WiringShape shape = {};
  WiringEnd subject, object;
};

struct WiringRules {
  std::vector<WiringRule> possible;  ///< legal and not there yet, the most likely first
  std::string reason;                ///< why there are none
};

/// The rules that a wire in the direction of its arrow can mean (forward from stage to stage, contains from
/// stage to unit, reads from storage to unit, writes from unit to storage), by classes and shapes:
///
///     wiringRules(a, {"pe", {}, "alu"}, {"pe", {}, "regs"})
///       each pe.alu writes pe.regs of its right neighbour
///         {writes: ["pe[r][c].alu", "pe[r][c + 1].regs"], for: {r: rows, c: columns - 1}}
///       … left, lower, upper neighbour, in rings; in each pe: alu writes regs (a rule of the template)
///
/// Where none is left in its direction, those of the other. Rows and columns of loaders fit an array where
/// the sizes are written alike; a unit is never put into a second stage.
[[nodiscard]] WiringRules wiringRules(const Architecture& architecture, const WireEnd& from,
                                      const WireEnd& to);

/// What an existing rule says in a few words, as `WiringRule::label`, however its ranges are written; its
/// text where it is of no known shape ("pe[r][c] → pe[c][r], r < rows, …"). `inTemplate`: whose rule it is.
[[nodiscard]] std::string describeRule(const Architecture& architecture, const ConnectionRule& rule,
                                       std::string_view inTemplate = {});

/// A rule in the file: its place in the list of connections of the architecture or a template.
struct RulePlace {
  std::string inTemplate;
  std::size_t place = 0;
  const ConnectionRule* rule = nullptr;  ///< of the architecture given
};
/// The rule that a connection comes from; nothing in files without templates, arrays and ranges, where each
/// entry is one connection.
[[nodiscard]] std::optional<RulePlace> ruleOf(const Architecture& architecture, const Connection& connection);

}  // namespace taktwerk
