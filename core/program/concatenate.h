// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/program/program.h"

namespace taktwerk {

/// One program that does what the given ones do, one after the other: their loops stand side by side. It
/// has the given name and the file of the last program; lines of steps are those of the programs they come
/// from. All programs are for the same machine.
[[nodiscard]] Program concatenate(std::span<const Program* const> programs, std::string name);

}  // namespace taktwerk
