// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/store/store_inputs.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// What a store holds.
struct StoreSummary {
  std::int64_t studies = 0;
  std::int64_t rows = 0;
  std::vector<std::pair<std::string, std::string>> inputs;  ///< kind and path
};

/// Results of points in an SQLite file, known by the content of what went into them: the texts of the files,
/// the way of timing and the values of the point. A process that is killed loses what it found in the last
/// moment (`commit`), never what was there, and the file stays whole (write-ahead log). One process writes a
/// store at a time (StoreLock); others may read it meanwhile (stored_table.h). Not for two threads. Tables:
/// see store_schema.h.
class ResultStore {
 public:
  enum class Existing : std::uint8_t { Refuse, Continue };
  /// Opens a store to go on with it, or makes a new one. `figures` are those that rows are put in with, and
  /// that are wanted of rows that are there. Errors: it cannot be opened or made (S0301), it is something
  /// else or damaged (S0302), of a newer version (S0303), written by another process (S0304), it holds
  /// results and these are to be refused (S0306).
  [[nodiscard]] static Result<std::shared_ptr<ResultStore>> open(
      const std::string& path, Existing existing, std::vector<Figure> figures = standardFigures());
  ~ResultStore();
  ResultStore(const ResultStore&) = delete;
  ResultStore& operator=(const ResultStore&) = delete;

  /// Numbers that the studies have in the store; new ones are written into it, and where files lie now that
  /// it knows from another place. Empty: see `problems`.
  [[nodiscard]] std::vector<std::int64_t> studies(const std::vector<StoredStudy>& studies);
  /// The result of a point, if it is there with all figures: all of a row but its point and its layers.
  [[nodiscard]] std::optional<SweepRow> find(std::int64_t study, const StudySettings& settings);
  /// Puts a result in, with its layers, in the place of one of the same point. It is safe once `commit` is
  /// done, which happens by itself after a moment or a number of rows. False: see `problems`.
  bool add(std::int64_t study, const SweepRow& row);
  bool commit();
  /// What went wrong; empty: nothing. Of the database, and that the file was removed or replaced (S0308):
  /// then what was written since is lost, and nothing is left beside the file that has taken its place.
  [[nodiscard]] Diagnostics problems() const;

 private:
  struct State;
  explicit ResultStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads what a store holds without changing it. Errors: there is none (S0301), and those of `open`.
[[nodiscard]] Result<StoreSummary> readStoreSummary(const std::string& path);

}  // namespace taktwerk
