// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"

struct sqlite3;
struct sqlite3_stmt;

namespace taktwerk {

/// What SQLite refused, as a problem of the file.
struct DatabaseFailure {
  int code = 0;         ///< SQLite's extended result
  std::string message;  ///< SQLite's own words
};

/// One statement, prepared once and run again and again. Parameters and columns count from 0.
class Statement {
 public:
  Statement() = default;
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view text);
  /// Takes the next row. False at the end (it can then be run again), and when it failed: see
  /// Database::failure.
  [[nodiscard]] bool step();
  /// Runs a statement without rows to its end; false when it failed.
  bool run();
  void reset();
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string text(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  class Database* owner_ = nullptr;
};

/// An SQLite file that one process uses at a time. Its first failure stays; whatever is done after it does
/// nothing.
class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  enum class Mode : std::uint8_t { Read, Write, Create };
  /// False: see `failure`.
  bool open(const std::string& path, Mode mode);
  /// Runs statements without rows; false when one failed.
  bool execute(const char* statements);
  [[nodiscard]] Statement prepare(const char* text);
  /// The first value of a statement's first row, 0 without rows.
  [[nodiscard]] std::int64_t number(const char* text);
  [[nodiscard]] std::int64_t lastRow() const;
  [[nodiscard]] const std::optional<DatabaseFailure>& failure() const { return failure_; }
  /// The failure as a problem of the file that was opened, in words for the user: S0301 to S0305.
  [[nodiscard]] Diagnostics problems() const;

 private:
  friend class Statement;
  bool fail(int code);

  std::string path_;
  sqlite3* handle_ = nullptr;
  std::optional<DatabaseFailure> failure_;
};

}  // namespace taktwerk
