// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/problems.h"

namespace taktwerk {

/// The most blocks and connections an architecture may have once its arrays are written out.
inline constexpr std::size_t mostObjects = 1'000'000;
inline constexpr std::size_t mostConnections = 4'000'000;

/// Writes out templates, arrays and ranges: fills `objects` and `connections` from `templates`, `declared`
/// and `rules` with the given values of the architecture's parameters. Elements are called `pe[0][1]`, the
/// blocks of a template's instance `pe[0][1].alu`; they come in the order of the file, arrays row by row.
///
///     templates:
///       element:
///         parameters: {mac_latency: {default: 1}}
///         objects:
///           stage: {class: ExecuteStage}
///           alu: {class: FunctionalUnit, operations: [mac], latency: mac_latency}
///         connections:
///           - contains: [stage, alu]
///     objects:
///       pe: {template: element, size: [rows, columns], mac_latency: 2}
///     connections:
///       - forward: ["pe[r][c].stage", "pe[r][c + 1].stage"]
///         for: {r: rows, c: columns - 1}
///
/// Problems stand at the line of the template or the rule and name the first element that has them: unknown
/// templates and arguments, templates that contain themselves, sizes that are no whole number of at least 0,
/// ends that are not there, more than `mostObjects` or `mostConnections`. What has a problem is left out, and
/// `false` returned if that was a connection.
bool expand(Architecture& architecture, const ParameterMap& parameters, Problems& problems);

}  // namespace taktwerk
