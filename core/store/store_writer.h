// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/database.h"
#include "core/store/row_code.h"
#include "core/store/store_inputs.h"
#include "core/store/store_texts.h"

namespace taktwerk {

/// A row of a store.
struct FoundRow {
  std::int64_t id = 0;
  SweepRow row;  ///< all but its point; no layers
  std::vector<Figure> figures;
};

/// Puts studies and rows into the tables of a store, within the transactions of whoever calls. What fails is
/// told by the database.
class StoreWriter {
 public:
  /// What becomes of the path of a file whose text is there, from another place.
  enum class Paths : std::uint8_t { Keep, Update };

  explicit StoreWriter(Database& database);
  /// The number of a study; a new one is written. 0: it failed.
  [[nodiscard]] std::int64_t study(const StoredStudy& study, Paths paths);
  /// The row of a point, if there is one.
  [[nodiscard]] std::optional<FoundRow> find(std::int64_t study, const StudySettings& settings);
  /// Puts a row in, in the place of one of the same point.
  bool add(std::int64_t study, const SweepRow& row, const std::vector<Figure>& figures);
  /// Writes down how many rows there are now: before the end of a transaction.
  bool writeCount();

 private:
  /// The number of a file that went in.
  [[nodiscard]] std::int64_t input(const StoredInput& input, Paths paths);
  [[nodiscard]] bool addLayers(std::int64_t id, const std::vector<SweepLayer>& layers);
  [[nodiscard]] bool takeAway(std::int64_t study, const std::string& point);
  [[nodiscard]] std::int64_t numberOf(const std::vector<Figure>& figures);

  Database& database_;
  StoreTexts texts_;
  Statement findInput_, addInput_, moveInput_, findStudy_, addStudy_, findRow_, addRow_, addLayers_,
      removeRow_, removeLayers_;
  std::set<std::int64_t> placed_;  ///< files that went in whose paths are those of now
  std::int64_t lastId_ = 0;
  std::int64_t points_ = 0;
  std::vector<Figure> figures_;                        ///< of the last row
  std::int64_t figureNames_ = 0;                       ///< their number
  std::map<std::int64_t, std::vector<Figure>> known_;  ///< figures by their number
};

}  // namespace taktwerk
