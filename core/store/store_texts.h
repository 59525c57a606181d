// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/store/database.h"

namespace taktwerk {

/// Texts that many rows of a store have in common: each is there once and has a number, from 1. Some are
/// texts, others bytes of an Encoder.
class StoreTexts {
 public:
  explicit StoreTexts(Database& database);
  /// The number of a text that is there; 0 if it is not.
  [[nodiscard]] std::int64_t find(std::string_view text);
  /// The same; a new text is written. 0: the database failed.
  [[nodiscard]] std::int64_t put(std::string_view text);
  /// The text of a number; a missing or damaged one makes the database fail and is empty.
  [[nodiscard]] std::string text(std::int64_t number);

 private:
  Database& database_;
  Statement find_, add_, text_;
  std::unordered_map<std::string, std::int64_t> known_;  ///< some of them
};

}  // namespace taktwerk
