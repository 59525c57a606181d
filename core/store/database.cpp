// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include <chrono>
#include <filesystem>
#include <utility>

#include <sqlite3.h>

namespace taktwerk {
namespace {

constexpr int patience = 2000;  // milliseconds

/// SQLite takes names like ":memory:" and "file:…" for something else than files; no path begins so.
std::string fileName(const std::string& path) {
  return path.rfind('/', 0) == 0 ? path : "./" + path;
}

std::string asUri(const std::string& name) {
  std::string uri = "file:";
  for (const char c : name) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr std::string_view digits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 0xFU];
    } else {
      uri += c;
    }
  }
  return uri;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  if (statement_) sqlite3_bind_int64(statement_.get(), parameter + 1, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  if (statement_) {
    sqlite3_bind_text64(statement_.get(), parameter + 1, text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
  }
  return *this;
}

Statement& Statement::bindBytes(int parameter, std::string_view bytes) {
  if (statement_) {
    sqlite3_bind_blob64(statement_.get(), parameter + 1, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  }
  return *this;
}

bool Statement::step() {
  if (!statement_ || owner_->failure_) return false;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) owner_->fail(code);
  sqlite3_reset(statement_.get());
  return false;
}

bool Statement::run() {
  while (step()) {
  }
  return owner_ != nullptr && !owner_->failure_;
}

void Statement::reset() {
  if (statement_) sqlite3_reset(statement_.get());
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  return std::string(bytes(column));
}

std::string_view Statement::bytes(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

bool Database::fail(int code) {
  if (failure_) return false;
  const int extended = handle_ == nullptr ? code : sqlite3_extended_errcode(handle_);
  failure_ = {extended == SQLITE_OK ? code : extended,
              handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_)};
  return false;
}

bool Database::openAs(const std::string& name, int flags) {
  const int code = sqlite3_open_v2(name.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return fail(code);
  sqlite3_busy_timeout(handle_, patience);  // another process may just be ending
  return true;
}

bool Database::open(const std::string& path) {
  path_ = path;
  return openAs(fileName(path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

bool Database::openToRead(const std::string& path) {
  path_ = path;
  reading_ = true;
  // Who may write puts the log of a killed process back into the file, and takes the log away with itself.
  if (openAs(fileName(path), SQLITE_OPEN_READWRITE) && execute("PRAGMA query_only = 1")) {
    (void)number("PRAGMA schema_version");
    if (!failure_) return true;
  }
  const int why = failure_->code & 0xFF;
  std::error_code none;
  const bool hasLog = std::filesystem::file_size(path + "-wal", none) > 0 && !none;
  if ((why != SQLITE_CANTOPEN && why != SQLITE_READONLY) || hasLog) return false;
  // Where nothing can be written nobody writes: it may be read without the files beside it that SQLite wants.
  sqlite3_close_v2(std::exchange(handle_, nullptr));
  failure_.reset();
  return openAs(asUri(fileName(path)) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

bool Database::openInMemory(const std::string& path) {
  path_ = path;
  return openAs(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

void Database::rollBack() {
  if (handle_ != nullptr) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::failAsDamaged(std::string why) {
  if (!failure_) failure_ = {SQLITE_CORRUPT, std::move(why)};
}

bool Database::execute(const char* statements) {
  if (failure_) return false;
  const int code = sqlite3_exec(handle_, statements, nullptr, nullptr, nullptr);
  return code == SQLITE_OK || fail(code);
}

Statement Database::prepare(const char* text) {
  Statement statement;
  statement.owner_ = this;
  if (failure_) return statement;
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v3(handle_, text, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  statement.statement_.reset(made);
  if (code != SQLITE_OK) fail(code);
  return statement;
}

std::int64_t Database::number(const char* text) {
  Statement statement = prepare(text);
  return statement.step() ? statement.number(0) : 0;
}

std::int64_t Database::lastRow() const {
  return sqlite3_last_insert_rowid(handle_);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

Diagnostics Database::problems() const {
  if (!failure_) return {};
  const auto problem = [&](const char* code, std::string message) {
    return Diagnostics{{Severity::Error, path_, {1, 1}, code, std::move(message), {}}};
  };
  switch (failure_->code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return problem("S0304",
                     "another process uses this store; wait until it has ended, or name another file");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_SCHEMA:
      return problem("S0302", "this is no store of results, or it is damaged (" + failure_->message +
                                  "); name another file, or a copy of it");
    case SQLITE_FULL:
      return problem("S0305",
                     "the store could not be written: the disk is full; what was written before is kept");
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_PERM:
      if (reading_) return problem("S0301", "the store cannot be read (" + failure_->message + ')');
      return problem("S0305", "the store could not be written (" + failure_->message +
                                  "); what was written before is kept");
    case SQLITE_CANTOPEN:
      if (reading_) {
        return problem(
            "S0301",
            "the store cannot be opened: may you read it? One that a killed process left needs a "
            "folder that you may write to: copy it with the files whose names begin with its name");
      }
      return problem("S0301",
                     "the store cannot be opened or made: is its folder there, and may you write to it?");
    default:
      return problem("S0302", "the store cannot be used (" + failure_->message + ')');
  }
}

Interruption::Interruption(Database& database, const Progress& progress)
    : watch_([this, &database, &progress] {
        using namespace std::chrono_literals;
        std::unique_lock lock(mutex_);
        // Again and again: it counts for what is under way, and the next statement may not have begun.
        while (!ended_.wait_for(lock, 20ms, [this] { return over_; }))
          if (progress.cancelled()) sqlite3_interrupt(database.handle_);
      }) {}

Interruption::~Interruption() {
  const std::scoped_lock lock(mutex_);
  over_ = true;
  ended_.notify_all();
}

}  // namespace taktwerk
