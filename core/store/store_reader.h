// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/store/database.h"
#include "core/store/row_code.h"
#include "core/store/store_inputs.h"
#include "core/store/store_texts.h"

namespace taktwerk {

/// Checks of inputs and studies, kept beside them.
[[nodiscard]] std::int64_t hashOfInput(std::int64_t id, const StoredInput& input);
[[nodiscard]] std::int64_t hashOfStudy(std::int64_t id, std::string_view how, std::string_view inputs,
                                       std::string_view words);

/// A study as a store holds it.
struct NumberedStudy {
  std::vector<std::int64_t> inputs;  ///< their numbers
  std::string how;
  std::vector<std::pair<std::string, std::string>> words;
};
/// What is damaged or missing makes the database fail.
[[nodiscard]] std::map<std::int64_t, NumberedStudy> studiesIn(Database& database);
/// Inputs by number, with their texts or, faster, without.
[[nodiscard]] std::map<std::int64_t, StoredInput> inputsIn(Database& database, bool texts);
/// Their texts alone, where those that are damaged keep nobody from the others.
[[nodiscard]] std::map<std::int64_t, Result<std::string>> inputTextsIn(Database& database,
                                                                       const std::string& path);

/// A row but for its point and its layers.
[[nodiscard]] SweepRow rowFrom(const RowCode& code, StoreTexts& texts);

/// Walks through the rows of a store behind one, in the order in which they came.
class RowWalk {
 public:
  RowWalk(Database& database, std::int64_t after);
  /// Takes the next row; false at the end, and when the database failed.
  [[nodiscard]] bool next();
  [[nodiscard]] const RowPlace& place() const { return place_; }
  [[nodiscard]] const RowCode& row() const { return row_; }

 private:
  Database& database_;
  Statement rows_;
  std::int64_t last_;  ///< id of the row before
  RowPlace place_;
  RowCode row_;
};

/// The layers of a row that has some.
[[nodiscard]] std::vector<SweepLayer> layersIn(Database& database, StoreTexts& texts, std::int64_t id);

}  // namespace taktwerk
