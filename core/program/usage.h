// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>

#include "core/machine/machine.h"

namespace taktwerk {

/// What one object did while a program ran, in place-cycles: cycles of each of its places, added up. Of
/// `cycles` times `places` it was `busy` and `waiting`, and idle the rest.
///
/// | object | places | busy | waiting |
/// |---|---|---|---|
/// | fetch stage, its access unit, instruction memory | 1 | a group was being fetched | the buffer had no
/// room | | pipeline stage | its capacity | its latency for each instruction | full time of the instructions
/// in it, less that | | execute stage | 1 | those of its units | those of its units | | unit | 1 | the
/// initiation interval of each instruction | the rest of the time that it held its stage | | memory | its
/// slots, of all banks | from the grant of a request until it was ready | – |
struct BlockUsage {
  std::int64_t uses = 0;  ///< groups fetched, instructions that came, requests granted
  std::int64_t places = 1;
  Cycles busy = 0;
  Cycles waiting = 0;
  Cycles beforeStart = 0;  ///< of `waiting`, at a unit: what was spent before its instructions could start
  friend bool operator==(const BlockUsage&, const BlockUsage&) = default;
};

/// By object; those that did nothing are not in it.
using Usage = std::map<MachineObjectId, BlockUsage>;

}  // namespace taktwerk
