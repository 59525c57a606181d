// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/problems.h"

namespace taktwerk {

/// Reads the sections of an architecture file, and of its templates, as written. Each takes texts out of the
/// tree, and returns false where it met something that it cannot keep.
bool readParameters(YamlNode& node, std::vector<Parameter>& parameters, Problems& problems);
bool readObjects(YamlNode& node, std::vector<DeclaredObject>& objects, Problems& problems);
/// `complete` becomes false where a connection could not be read.
bool readConnections(YamlNode& node, std::vector<ConnectionRule>& rules, Problems& problems, bool& complete);
bool readTemplates(YamlNode& node, std::vector<TemplateDeclaration>& templates, Problems& problems);

/// Whether blocks or connections are more than plain ones: of a template, arrays, over ranges.
[[nodiscard]] bool needExpanding(const std::vector<DeclaredObject>& objects,
                                 const std::vector<ConnectionRule>& rules);

}  // namespace taktwerk
