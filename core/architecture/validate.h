// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/problems.h"

namespace taktwerk {

/// The rules over a whole document in three parts: names and ranges of parameters and names of objects,
void validateDeclarations(const Architecture& architecture, Problems& problems);
/// attributes of every object, computed with the given parameters,
void validateAttributes(const Architecture& architecture, const ParameterMap& parameters, Problems& problems);
/// and the rules over connections: legality, containment, reachability, cycles, instruction memory, caches.
/// Where some connections could not be read (`complete` false), nothing is said to be missing.
void validateStructure(const Architecture& architecture, Problems& problems, bool complete = true);
/// All of them, and the clock.
void validate(const Architecture& architecture, Problems& problems, bool complete);

}  // namespace taktwerk
