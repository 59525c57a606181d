// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/yaml.h"
#include "core/base/yaml_edit.h"

namespace taktwerk {

/// Changes of an architecture's tree that remove an object of a template, with every connection that has an
/// end at it: in the template, and wherever instances of it, or of what contains them, are connected by their
/// parts ("pe[r][c].alu"). The template has the object.
[[nodiscard]] std::vector<YamlChange> removalOfPart(const YamlNode& root, const std::string& inTemplate,
                                                    const std::string& part);

/// The same that give it another name; connections, latencies of results and approvals follow.
[[nodiscard]] std::vector<YamlChange> renamingOfPart(const YamlNode& root, const std::string& inTemplate,
                                                     const std::string& part, const std::string& to);

}  // namespace taktwerk
