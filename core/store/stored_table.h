// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/study/settings.h"
#include "core/sweep/figures.h"
#include "core/sweep/sweep_layers.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

class Database;

/// What the rows of a store have under one parameter, or as one alternative of files.
struct StoredColumn {
  std::string name;                  ///< "arch.rows", "network.batch", "mapping.tile_k", "architecture"
  std::vector<std::string> words;    ///< of alternatives: what their places are called; else empty
  std::vector<std::int64_t> values;  ///< by row: the value, or the place of a word; 0 where there is none
  /// By row: 1 where it has no value. Empty: every row has one.
  std::vector<std::uint8_t> missing;

  [[nodiscard]] std::optional<std::int64_t> at(std::size_t row) const {
    return !missing.empty() && missing[row] != 0 ? std::nullopt : std::optional(values[row]);
  }
};

/// A figure of the rows of a store.
struct StoredFigure {
  Figure figure;
  std::vector<double> values;  ///< by row; NaN where it has none
};

/// A file that went into a study.
struct StoredFile {
  std::int64_t id = 0;  ///< in the store
  std::string kind;     ///< "architecture", "network", "mapping"
  std::string path;     ///< where it was
};

/// What rows have in common: files, and how they were timed.
struct StoredStudyFiles {
  std::int64_t id = 0;  ///< in the store
  std::string how;
  std::vector<StoredFile> files;
  /// What tables call it: "architecture", "network", "mappings", "how" and a word each (store_inputs.h).
  std::vector<std::pair<std::string, std::string>> words;
};

/// The rows of a store column by column, in the order in which they came: a million of eight parameters and
/// four figures take about 200 MB. Plain data that a thread may have read by another and then keep; further
/// rows are read with `readMore`.
struct StoredTable {
  std::string path;
  std::vector<StoredStudyFiles> studies;
  /// What studies differ in, then parameters as they come. Columns that come later are behind the others.
  std::vector<StoredColumn> columns;
  std::vector<StoredFigure> figures;  ///< by `Figure::name` and unit; `cycles` first

  // By row.
  std::vector<std::int64_t> ids;      ///< in the store: ascending but for rows that took another's place
  std::vector<std::int64_t> numbers;  ///< of the point, in the sweep that found it
  std::vector<std::uint32_t> study;   ///< place in `studies`
  std::vector<PointState> states;
  std::vector<std::uint8_t> exact, complete;
  std::vector<std::uint32_t> reason;  ///< place in `reasons`
  std::vector<std::int64_t> cycles, instructions, macs, missingLayers;

  std::vector<std::string> reasons;  ///< each once; the first is empty

  /// Where `readMore` goes on; readers have to do with `store` alone.
  struct Place {
    std::int64_t store = 0;  ///< drawn when the file was made: another one is another file
    std::int64_t last = 0;   ///< id
    std::unordered_map<std::int64_t, std::uint32_t> reasons;  ///< by number in the store
    std::unordered_map<std::string, std::size_t> failed;      ///< rows by point: they may be tried again
  };
  Place place;

  [[nodiscard]] std::size_t size() const { return ids.size(); }
  [[nodiscard]] const std::string& reasonOf(std::size_t row) const { return reasons[reason[row]]; }
};

/// Reads all rows of a store; a process that writes it meanwhile is not disturbed. Cancelled: what was read
/// until then. Errors: there is none or it cannot be opened (S0301), it is something else or damaged (S0302),
/// of a newer version (S0303).
[[nodiscard]] Result<StoredTable> readStoredTable(const std::string& path, const Progress& progress);

/// The same of a store that is open, by the name `path`.
[[nodiscard]] Result<StoredTable> readStoredTable(Database& database, const std::string& path,
                                                  const Progress& progress);

/// What `readMore` changed.
struct StoredNews {
  /// Everything was read anew, and rows have other places: the file is another one, or points that were done
  /// were estimated again.
  bool anew = false;
  std::size_t firstNew = 0;           ///< rows from here on are new
  std::vector<std::size_t> replaced;  ///< rows before, which failed once and were tried again
};
/// Reads what came since. Errors: as of `readStoredTable`; what was read until then is there.
[[nodiscard]] Result<StoredNews> readMore(StoredTable& table, const Progress& progress);

/// What a row was estimated with, to open it in the editor.
[[nodiscard]] StudySettings settingsOf(const StoredTable& table, std::size_t row);

/// The layers of a row, by `StoredTable::ids`; empty where the store does not have them. `store` is that of
/// `StoredTable::place`: in another file the number is another row's. Takes milliseconds. Errors: as of
/// `readStoredTable`, and another file (S0308).
[[nodiscard]] Result<std::vector<SweepLayer>> readStoredLayers(const std::string& path, std::int64_t store,
                                                               std::int64_t id);

/// The rows of a store, and of the same moment the texts of the files that went in.
struct StoredResults {
  StoredTable table;
  /// By `StoredFile::id`. One that is damaged says so (S0302) and keeps nobody from the others.
  std::map<std::int64_t, Result<std::string>> texts;
};
/// Errors: as of `readStoredTable`.
[[nodiscard]] Result<StoredResults> readStoredResults(const std::string& path, const Progress& progress);

}  // namespace taktwerk
