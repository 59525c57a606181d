// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// `base`, or `base2`, `base3`, … where that is taken.
[[nodiscard]] std::string freeName(const Architecture& architecture, std::string_view base,
                                   const std::vector<std::string>& alsoTaken = {});
/// What a new block of a class is called: "fetch", "stage", "alu", …
[[nodiscard]] std::string_view usualName(ObjectClass objectClass);
/// A new block as it is written: its class and a value for each attribute that must be there.
[[nodiscard]] YamlNode newObject(ObjectClass objectClass);
/// The same object as written, from its declaration.
[[nodiscard]] YamlNode objectNode(const ObjectDeclaration& object);

}  // namespace taktwerk
