// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

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

}  // namespace taktwerk
