// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// Which elements of an array a rule is about.
enum class WiringRegion : std::uint8_t {
  One,  ///< no array: the block itself
  All,
  FirstRow,
  LastRow,
  FirstColumn,
  LastColumn,
  First,  ///< of one index
  Last,
};

/// Which of the object's elements each of the subject's is connected to.
enum class WiringRelation : std::uint8_t {
  Every,      ///< all in the object's region
  SameIndex,  ///< both have the same sizes
  Row,        ///< those of its row
  Column,     ///< those of its column
  Right,      ///< of the same array: the neighbour that comes next in the row …
  Left,
  Lower,  ///< … or the column
  Upper,
  Next,  ///< of an array of one index
  Previous,
};

/// What a rule over arrays says, apart from names: "each … writes … of its right neighbour".
struct WiringShape {
  WiringRelation relation = WiringRelation::Every;
  WiringRegion subject = WiringRegion::One;
  WiringRegion object = WiringRegion::One;
  bool ring = false;  ///< of neighbours: the last has the first as its next
  friend bool operator==(const WiringShape&, const WiringShape&) = default;
};

/// An end of a rule with the sizes of its array as written; none for a single block.
struct WiringEnd {
  std::string entry;  ///< of `objects:`
  std::vector<std::string> sizes;
  std::string part;  ///< block within the template, or empty

  [[nodiscard]] std::string name() const { return part.empty() ? entry : entry + '.' + part; }
};

/// All shapes that rules between such ends can have, the most likely first. What depends on sizes being
/// equal is among them where these are written alike.
[[nodiscard]] std::vector<WiringShape> wiringShapes(const WiringEnd& subject, const WiringEnd& object);

/// The rule as it is written, with the arrays' own sizes: `writes: [pe[r][c].alu, pe[r][c + 1].regs]` for
/// `{r: rows, c: columns - 1}`. Indices are called r and c, or i, unless `taken` says that this is a
/// parameter.
[[nodiscard]] ConnectionRule writtenRule(const WiringShape& shape, ConnectionKind kind,
                                         const WiringEnd& subject, const WiringEnd& object,
                                         const std::function<bool(const std::string&)>& taken);

/// "each pe.alu writes pe.regs of its right neighbour"
[[nodiscard]] std::string sentenceOf(const WiringShape& shape, ConnectionKind kind, const WiringEnd& subject,
                                     const WiringEnd& object);
/// "→ right neighbour", "each to dmem", "first column"
[[nodiscard]] std::string labelOf(const WiringShape& shape, ConnectionKind kind, const WiringEnd& subject,
                                  const WiringEnd& object);

}  // namespace taktwerk
