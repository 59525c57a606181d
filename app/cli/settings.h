// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace taktwerk::cli {

/// What is wrong with an argument, in words for the user.
struct Misuse {
  std::string message;
};

/// One `--set NAME=VALUE`. Names are `arch.rows`, `network.batch` or `mapping.tile_k`; the part before the
/// dot may be left out where the rest is unique.
struct Setting {
  std::string name;
  std::int64_t value = 0;
};
[[nodiscard]] std::variant<Setting, Misuse> parseSetting(std::string_view text);

/// Names that can be set, by what they belong to.
struct SettableNames {
  std::vector<std::string> architecture;
  std::vector<std::string> network;
  std::vector<std::string> mapping;
};

/// Values by name, sorted out by what they belong to.
struct Overrides {
  using Values = std::map<std::string, std::int64_t, std::less<>>;
  Values architecture;
  Values network;
  std::map<std::string, std::int64_t> tunables;  ///< of mappings
};

/// Finds what each setting belongs to. Unknown names ("did you mean"), ambiguous ones and names that are set
/// twice are misuse.
[[nodiscard]] std::variant<Overrides, Misuse> resolveSettings(const std::vector<Setting>& settings,
                                                              const SettableNames& names);

}  // namespace taktwerk::cli
