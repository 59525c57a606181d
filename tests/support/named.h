// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/machine/machine.h"

namespace taktwerk::test {

/// Units and registers of a machine as tests call them; invalid where there is none of that name.
inline UnitId unitNamed(const Machine& machine, std::string_view name) {
  for (std::uint32_t i = 0; i < machine.units.size(); ++i) {
    if (machine.units[i].name == name) return {i};
  }
  return {};
}

/// "regs.r0"
inline RegisterId registerNamed(const Machine& machine, std::string_view name) {
  for (std::uint32_t i = 0; i < machine.registerCount(); ++i) {
    if (machine.registerName({i}) == name) return {i};
  }
  return {};
}

}  // namespace taktwerk::test
