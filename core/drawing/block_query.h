// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/folding/folded_view.h"

namespace taktwerk {

/// What a block must have: `latency >= 2`, `operations = mac`, or that the file gives the attribute at all.
struct BlockCondition {
  enum class Operator : std::uint8_t { IsSet, Equal, Unequal, Less, LessOrEqual, Greater, GreaterOrEqual };
  /// Attributes of classes, any of which may meet it: the one of that name, or those that end in `_name`.
  std::vector<std::string> attributes;
  Operator is = Operator::IsSet;
  std::string value;
};

/// Which blocks are meant.
struct BlockQuery {
  std::string what;                        ///< a class, or a part or pattern of a name; empty: any block
  std::vector<BlockCondition> conditions;  ///< all of them hold
};

/// Reads "SRAM with ports < 2", "pe* with latency >= 2 and operations = mac", "latency > 4", "DRAM". `where`
/// means `with`; `*` in a name stands for anything; small and large letters are the same. The text tells what
/// is wrong with it, and what would be right.
[[nodiscard]] std::variant<BlockQuery, std::string> parseBlockQuery(const std::string& text);

/// The blocks that are shown and meant, with every parameter at its default. Of an attribute that the file
/// does not give the class's default counts; "no limit" is more than any number. Blocks of an array of a
/// class are asked as one.
[[nodiscard]] std::vector<ShownId> blocksMeant(const FoldedView& shown, const BlockQuery& query);

}  // namespace taktwerk
