// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ostream>
#include <string>

#include <nlohmann/json.hpp>

namespace taktwerk {

JsonWriter& JsonWriter::openObject(std::string_view key, Layout layout) {
  open(key, '{', '}', layout);
  return *this;
}

JsonWriter& JsonWriter::closeObject() {
  close();
  return *this;
}

JsonWriter& JsonWriter::openArray(std::string_view key, Layout layout) {
  open(key, '[', ']', layout);
  return *this;
}

JsonWriter& JsonWriter::closeArray() {
  close();
  return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, std::string_view value) {
  begin(key);
  text(value);
  return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, bool value) {
  begin(key);
  out_ << (value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, double value) {
  begin(key);
  if (!std::isfinite(value)) {
    out_ << "null";
    return *this;
  }
  // The shortest digits that read back as the same number, whatever the locale.
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const std::string_view shortest(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out_ << shortest;
  if (shortest.find_first_of(".e") == std::string_view::npos) out_ << ".0";
  return *this;
}

JsonWriter& JsonWriter::whole(std::string_view key, std::int64_t value) {
  begin(key);
  out_ << value;
  return *this;
}

void JsonWriter::begin(std::string_view key) {
  if (!levels_.empty()) {
    Level& level = levels_.back();
    if (!level.empty) out_ << (level.lines ? "," : ", ");
    if (level.lines) newLine();
    level.empty = false;
  }
  if (!levels_.empty() && levels_.back().closing == '}') {
    text(key);
    out_ << ": ";
  }
}

void JsonWriter::open(std::string_view key, char opening, char closing, Layout layout) {
  begin(key);
  out_ << opening;
  levels_.push_back({closing, layout == Layout::Lines, true});
}

void JsonWriter::close() {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.lines && !level.empty) newLine();
  out_ << level.closing;
}

void JsonWriter::text(std::string_view value) {
  using Json = nlohmann::json;
  out_ << Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void JsonWriter::newLine() {
  out_ << '\n' << std::string(2 * levels_.size(), ' ');
}

}  // namespace taktwerk
