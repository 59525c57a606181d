// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"

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
  Statement& bindBytes(int parameter, std::string_view bytes);
  /// Takes the next row. False at the end (it can then be run again), and when it failed: see
  /// Database::failure.
  [[nodiscard]] bool step();
  /// Runs a statement without rows to its end; false when it failed.
  bool run();
  void reset();
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string text(int column) const;
  /// The bytes of a blob or a text, until the next step.
  [[nodiscard]] std::string_view bytes(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  class Database* owner_ = nullptr;
};

/// An SQLite file. Its first failure stays; whatever is done after it does nothing.
class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// False: see `failure`. A file that is not there is made.
  bool open(const std::string& path);
  /// Opens a file to read it while another process may be writing it, also where nothing can be written.
  bool openToRead(const std::string& path);
  /// A database without a file. `path` is what problems name.
  bool openInMemory(const std::string& path);
  /// Runs statements without rows; false when one failed.
  bool execute(const char* statements);
  /// Takes back what a transaction did, also after a failure.
  void rollBack();
  /// The file is damaged, as SQLite itself does not see.
  void failAsDamaged(std::string why);
  [[nodiscard]] Statement prepare(const char* text);
  /// The first value of a statement's first row, 0 without rows.
  [[nodiscard]] std::int64_t number(const char* text);
  [[nodiscard]] std::int64_t lastRow() const;
  /// Rows that the last statement changed.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] const std::optional<DatabaseFailure>& failure() const { return failure_; }
  /// The failure as a problem of the file that was opened, in words for the user: S0301 to S0305.
  [[nodiscard]] Diagnostics problems() const;

 private:
  friend class Statement;
  friend class Interruption;
  bool fail(int code);
  bool openAs(const std::string& name, int flags);

  std::string path_;
  bool reading_ = false;
  sqlite3* handle_ = nullptr;
  std::optional<DatabaseFailure> failure_;
};

/// Ends what a database is at as soon as a computation is cancelled, which is then its failure. SQLite asks
/// nobody while it looks at pages, so that somebody has to tell it.
class Interruption {
 public:
  /// Both outlive this.
  Interruption(Database& database, const Progress& progress);
  /// From then on nothing is ended.
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::jthread watch_;  // last: it uses the others
};

}  // namespace taktwerk
