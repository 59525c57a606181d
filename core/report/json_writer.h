// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <string_view>
#include <vector>

namespace taktwerk {

/// Writes JSON piece by piece, so that a million entries never lie in memory together. Keys come out in
/// the order in which they are written; the caller closes what it opens.
///
///     JsonWriter json(out);
///     json.openObject().member("cycles", 12).openArray("layers").closeArray().closeObject();
///     // {"cycles": 12, "layers": []}
///
/// An object or array has its entries on one line, or on `Lines` of their own. Text that is not UTF-8 is
/// written with U+FFFD in place of the bytes that are wrong.
class JsonWriter {
 public:
  enum class Layout : bool { Inline, Lines };

  explicit JsonWriter(std::ostream& out) : out_(out) {}

  JsonWriter& openObject(std::string_view key = {}, Layout layout = Layout::Inline);
  JsonWriter& closeObject();
  JsonWriter& openArray(std::string_view key = {}, Layout layout = Layout::Inline);
  JsonWriter& closeArray();

  /// An entry of the innermost object (with a key) or array (without).
  JsonWriter& member(std::string_view key, std::string_view value);
  JsonWriter& member(std::string_view key, const char* text) { return member(key, std::string_view(text)); }
  JsonWriter& member(std::string_view key, bool value);
  JsonWriter& member(std::string_view key,
                     double value);  ///< always with a decimal point; null if not finite
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) JsonWriter& member(std::string_view key, Number value) {
    return whole(key, static_cast<std::int64_t>(value));
  }
  JsonWriter& item(std::string_view text) { return member({}, text); }

 private:
  struct Level {
    char closing;
    bool lines;
    bool empty;
  };

  JsonWriter& whole(std::string_view key, std::int64_t value);
  void begin(std::string_view key);
  void open(std::string_view key, char opening, char closing, Layout layout);
  void close();
  void text(std::string_view value);
  void newLine();

  std::ostream& out_;
  std::vector<Level> levels_;
};

}  // namespace taktwerk
