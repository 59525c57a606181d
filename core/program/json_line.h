// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace taktwerk {

/// Reads one line of JSON from left to right without building a document, so that a reader of long line
/// files knows the column of everything and keeps nothing. A text of several lines is read as one of which
/// line feeds are blanks; a column is a place in it then. The first thing that is not JSON, or not of the
/// asked kind, sets `error()`; everything after that returns false.
///
///     JsonLine json(line);
///     std::string key;
///     for (bool more = json.beginObject(); more; more = json.nextMember()) {
///       if (!json.key(key)) break;
///       …
///     }
///     if (json.failed() || !json.end()) report(json.errorColumn(), json.error());
class JsonLine {
 public:
  /// `text` must outlive this.
  explicit JsonLine(std::string_view text) : text_(text) {}
  // It takes std::string alone. NOLINTNEXTLINE(bugprone-forwarding-reference-overload)
  explicit JsonLine(std::same_as<std::string> auto&& temporary) = delete;

  /// Passes `{`; true if a member follows (an empty object is passed whole).
  bool beginObject() { return begin('{', '}', "an object"); }
  /// Passes `,` or the closing `}`; true if another member follows.
  bool nextMember() { return nextOf('}'); }
  /// A member's name and the colon behind it.
  bool key(std::string& name);
  bool beginArray() { return begin('[', ']', "an array"); }
  bool nextElement() { return nextOf(']'); }
  /// A string, with escapes resolved to UTF-8.
  bool string(std::string& value);
  /// A whole number of 64 bits; 1.5, 1e3 and numbers that do not fit are errors.
  bool integer(std::int64_t& value);
  /// A number or a word (`true`, `null`, also what JSON does not have, such as `NaN`) as it is written.
  bool bare(std::string_view& word);
  /// Passes any value of up to 64 levels.
  bool skipValue() { return skip(0); }
  /// True when nothing but blanks is left.
  bool end();

  /// The first character of the next thing that is not blank, which tells what it is; none at the end.
  [[nodiscard]] char ahead();
  /// Column, from 1, of the next thing that is not blank.
  [[nodiscard]] std::uint32_t column();
  [[nodiscard]] bool failed() const { return !error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::uint32_t errorColumn() const { return errorColumn_; }

 private:
  bool begin(char open, char close, const char* what);
  bool nextOf(char close);
  bool skip(int depth);
  bool escape(std::string& value);
  bool hexQuad(std::uint32_t& code);
  void blanks();
  bool fail(std::size_t at, std::string message);
  bool expected(const std::string& what);
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string error_;
  std::uint32_t errorColumn_ = 0;
};

/// `text` as a JSON string with its quotes.
[[nodiscard]] std::string quotedJson(std::string_view text);

}  // namespace taktwerk
