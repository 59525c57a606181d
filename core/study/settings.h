// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace taktwerk {

/// What is wrong with a setting, in words for the user.
struct SettingProblem {
  std::string message;
};

/// One setting as given: `NAME=VALUE`. Names are `arch.rows`, `network.batch` or `mapping.tile_k`; the part
/// before the dot may be left out where the rest is unique.
struct Setting {
  std::string name;
  std::int64_t value = 0;
};
/// Problems: no `=`, no name, no whole number.
[[nodiscard]] std::variant<Setting, SettingProblem> parseSetting(std::string_view text);

/// Names that can be set, by what they belong to.
struct SettableNames {
  std::vector<std::string> architecture;
  std::vector<std::string> network;
  std::vector<std::string> mapping;
};

/// Values by name, sorted by what they belong to: parameters of the architecture and of the network, tunables
/// of mappings.
struct StudySettings {
  using Values = std::map<std::string, std::int64_t, std::less<>>;
  Values architecture;
  Values network;
  std::map<std::string, std::int64_t> tunables;
  friend bool operator==(const StudySettings&, const StudySettings&) = default;
};

/// Finds what each setting belongs to. Unknown names ("did you mean"), ambiguous ones and names that are set
/// twice are problems.
[[nodiscard]] std::variant<StudySettings, SettingProblem> sortSettings(const std::vector<Setting>& settings,
                                                                       const SettableNames& names);

/// StudySettings of a workspace, which are written with their owner: `arch.rows`, `network.batch`,
/// `mapping.tile_k`. Others are left out.
[[nodiscard]] StudySettings sortParameters(const std::map<std::string, std::int64_t>& parameters);

}  // namespace taktwerk
