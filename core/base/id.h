// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace taktwerk {

/// An index into a table, typed by what the table holds, so that a unit's number cannot be passed
/// where a memory's is wanted. `Id{}` is "none".
///
///     UnitId alu{3};
///     machine.units[alu.value].name;
template <class Tag>
struct Id {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value = none;

  [[nodiscard]] constexpr bool valid() const { return value != none; }
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace taktwerk

template <class Tag>
struct std::hash<taktwerk::Id<Tag>> {
  std::size_t operator()(taktwerk::Id<Tag> id) const noexcept { return id.value; }
};
