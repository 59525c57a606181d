// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include <sqlite3.h>

namespace taktwerk {

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
  const unsigned char* const bytes = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string()
                          : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Database::~Database() {
  sqlite3_close(handle_);
}

bool Database::fail(int code) {
  if (failure_) return false;
  const int extended = handle_ == nullptr ? code : sqlite3_extended_errcode(handle_);
  failure_ = {extended == SQLITE_OK ? code : extended,
              handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_)};
  return false;
}

bool Database::open(const std::string& path, Mode mode) {
  path_ = path;
  const int flags = mode == Mode::Read    ? SQLITE_OPEN_READONLY
                    : mode == Mode::Write ? SQLITE_OPEN_READWRITE
                                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  // SQLite takes names like ":memory:" and "file:…" for something else than files; no path begins so.
  const std::string name = path.rfind('/', 0) == 0 ? path : "./" + path;
  const int code = sqlite3_open_v2(name.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return fail(code);
  sqlite3_busy_timeout(handle_, 2000);  // another process may just be ending
  return true;
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
      return problem("S0305", "the store could not be written (" + failure_->message +
                                  "); what was written before is kept");
    case SQLITE_CANTOPEN:
      return problem("S0301",
                     "the store cannot be opened or made: is its folder there, and may you write to it?");
    default:
      return problem("S0302", "the store cannot be used (" + failure_->message + ')');
  }
}

}  // namespace taktwerk
