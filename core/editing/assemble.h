// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/editing/edit.h"

namespace taktwerk {

/// What an editor needs to put architectures together; values and edits only, nothing is changed here.

/// `base`, or `base2`, `base3`, … where that is taken.
[[nodiscard]] std::string freeName(const Architecture& architecture, std::string_view base,
                                   const std::vector<std::string>& alsoTaken = {});
/// What a new block of a class is called: "fetch", "stage", "alu", …
[[nodiscard]] std::string_view usualName(ObjectClass objectClass);
/// A new block as it is written: its class and a value for each attribute that must be there.
[[nodiscard]] YamlNode newObject(ObjectClass objectClass);
/// The same object as written, from its declaration.
[[nodiscard]] YamlNode objectNode(const ObjectDeclaration& object);

/// A line drawn from one block to another, in the direction of the arrow: forward from stage to stage,
/// contains from stage to unit, reads from storage to unit, writes from unit to storage.
struct DrawnConnections {
  std::vector<AddConnection> possible;  ///< legal and not there yet; seldom more than one
  std::string reason;                   ///< why none is possible
};
/// The connections such a line can mean. Where none is left in its direction, those of the other.
[[nodiscard]] DrawnConnections drawnConnections(const Architecture& architecture, ObjectId from, ObjectId to);

/// Whether a block, an instance or an array stands in the file by its own name, not as an element of an array
/// or a part of an instance.
[[nodiscard]] bool isDeclared(const Architecture& architecture, std::string_view object);
/// Where an object's attributes are written: its own entry, that of its array, or an object of a template.
struct Origin {
  std::string inTemplate;  ///< or empty
  std::string object;
  const ObjectDeclaration* declaration = nullptr;  ///< of the architecture given
};
/// Nothing for objects that are not there.
[[nodiscard]] std::optional<Origin> originOf(const Architecture& architecture, std::string_view object);
/// The place of a connection's entry in the file's list, by its position in the text.
[[nodiscard]] std::optional<std::size_t> connectionPlace(std::string_view text, const Connection& connection);
/// The same of several, in their order.
[[nodiscard]] std::vector<std::optional<std::size_t>> connectionPlaces(
    std::string_view text, const std::vector<const Connection*>& connections);
/// The connection by which a stage contains the object, or nothing.
[[nodiscard]] const Connection* containment(const Architecture& architecture, ObjectId object);

}  // namespace taktwerk
