// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/machine/machine.h"
#include "core/mapping/mapping_document.h"

namespace taktwerk {

/// Finds registers, units and memories of a machine by names with computed parts, fast on repetition:
/// `pe[r][c].regs.a` with r = 1, c = 2 is looked up by text once, then by (1, 2).
class NameResolver {
 public:
  NameResolver(const Machine& machine, std::uint32_t patterns);

  [[nodiscard]] RegisterId registerNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes);
  [[nodiscard]] UnitId unitNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes);
  [[nodiscard]] MemoryId memoryNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes);

  /// The name with its holes filled.
  [[nodiscard]] static std::string text(const NamePattern& pattern, const std::vector<std::int64_t>& holes);
  /// "; did you mean …" for a name that is not found.
  [[nodiscard]] std::string registerHint(const std::string& name) const;
  [[nodiscard]] std::string unitHint(const std::string& name) const;
  [[nodiscard]] std::string memoryHint(const std::string& name) const;

 private:
  using Table = std::unordered_map<std::string_view, std::uint32_t>;
  using Known = std::unordered_map<std::uint64_t, std::uint32_t>;

  template <class Objects>
  static std::uint32_t find(Table& table, const Objects& objects, std::string_view name);
  template <class Search>
  std::uint32_t lookUp(const NamePattern& pattern, const std::vector<std::int64_t>& holes, Search search);

  const Machine& machine_;
  Table files_, units_, memories_;
  std::vector<Known> known_;  ///< by NamePattern::index
};

}  // namespace taktwerk
