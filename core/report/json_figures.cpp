// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_figures.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/quotes.h"
#include "core/report/estimate_reader.h"

namespace taktwerk {

namespace {

bool beginsNumber(char c) {
  return c == '-' || (c >= '0' && c <= '9');
}

/// A number or what other programs write in the place of one: NaN, Infinity, -Infinity, null.
bool standsForNumber(char c) {
  return beginsNumber(c) || c == 'N' || c == 'I' || c == 'n';
}

/// What a bare word is worth: a whole number, or why it is none.
struct Worth {
  std::optional<std::int64_t> value;
  std::string problem;
};

Worth worthOf(std::string_view word, bool negative) {
  const char* const end = word.data() + word.size();
  if (word == "null") return {std::nullopt, "is not given (null)"};
  if (!beginsNumber(word.front()) || word == "-Infinity") {
    return {std::nullopt, "is " + std::string(word) + ", which is no finite number"};
  }
  double value = 0;
  const auto [last, failure] = std::from_chars(word.data(), end, value);
  if (last != end || failure == std::errc::invalid_argument) {
    return {std::nullopt, "is " + inQuotes(word) + ", which is no number"};
  }
  const std::string found = "is " + std::string(word.substr(0, 40));
  if (failure == std::errc::result_out_of_range || std::abs(value) > 1.0 * largestResultFigure) {
    return {std::nullopt, found + "; it may be " + std::to_string(largestResultFigure) + " at most"};
  }
  if (value < 0 && !negative) return {std::nullopt, found + "; it has to be at least 0"};
  if (value != std::floor(value)) return {std::nullopt, found + "; it has to be a whole number"};
  return {static_cast<std::int64_t>(value), {}};
}

}  // namespace

JsonFigures::JsonFigures(std::string_view text, const std::string& file)
    : text_(text), json_(text), problems_(file, {.all = 1000, .warnings = 200}) {}

SourcePosition JsonFigures::positionOf(std::uint32_t column) {
  const std::size_t place = std::min<std::size_t>(column - 1, text_.size());
  if (place < counted_) counted_ = lineStart_ = 0, line_ = 1;
  for (; counted_ < place; ++counted_) {
    if (text_[counted_] != '\n') continue;
    lineStart_ = counted_ + 1;
    ++line_;
  }
  return {line_, static_cast<std::uint32_t>(place - lineStart_ + 1)};
}

SourcePosition JsonFigures::position() {
  return positionOf(json_.column());
}

void JsonFigures::wrongKind(const std::string& what, const std::string& expected) {
  if (json_.failed()) return;
  const char c = json_.ahead();
  const char* found = c == '{'               ? "an object"
                      : c == '['             ? "a list"
                      : c == '"'             ? "a text"
                      : beginsNumber(c)      ? "a number"
                      : c == 't' || c == 'f' ? "true or false"
                                             : nullptr;
  if (found != nullptr || c == 'n' || c == 'N' || c == 'I') {
    problems_.error(position(), "R0002",
                    what + " has to be " + expected + ", found " + (found != nullptr ? found : "nothing"));
  }
  pass();
}

void JsonFigures::object(const std::string& what, const std::function<void(const std::string& key)>& member) {
  if (json_.ahead() != '{') return wrongKind(what, "an object");
  std::string key;
  for (bool more = json_.beginObject(); more; more = json_.nextMember()) {
    if (!json_.key(key)) return;
    member(key);
  }
}

void JsonFigures::array(const std::string& what, const std::function<void()>& element) {
  if (json_.ahead() != '[') return wrongKind(what, "a list");
  for (bool more = json_.beginArray(); more; more = json_.nextElement()) element();
}

std::optional<std::string> JsonFigures::text(const std::string& what) {
  if (json_.ahead() != '"') {
    wrongKind(what, "a text");
    return std::nullopt;
  }
  std::string value;
  if (!json_.string(value)) return std::nullopt;
  return value;
}

std::optional<bool> JsonFigures::flag(const std::string& what) {
  const char c = json_.ahead();
  std::string_view word;
  if (c == 't' || c == 'f') {
    if (json_.bare(word) && (word == "true" || word == "false")) return word == "true";
    if (!json_.failed()) problems_.error(position(), "R0002", what + " has to be true or false");
    return std::nullopt;
  }
  wrongKind(what, "true or false");
  return std::nullopt;
}

std::optional<std::int64_t> JsonFigures::count(const std::string& what) {
  return number(what, false);
}

std::optional<std::int64_t> JsonFigures::whole(const std::string& what) {
  return number(what, true);
}

std::optional<std::int64_t> JsonFigures::number(const std::string& what, bool negative) {
  if (!standsForNumber(json_.ahead())) {
    wrongKind(what, "a whole number");
    return std::nullopt;
  }
  const SourcePosition place = position();
  std::string_view word;
  if (!json_.bare(word)) return std::nullopt;
  const Worth worth = worthOf(word, negative);
  if (!worth.value) {
    problems_.warning(place, "R0004", what + ' ' + worth.problem + "; it counts as missing");
  }
  return worth.value;
}

void JsonFigures::pass() {
  const char c = json_.ahead();
  std::string_view word;
  if (standsForNumber(c)) {
    json_.bare(word);
  } else {
    json_.skipValue();
  }
}

bool JsonFigures::finish() {
  if (json_.end()) return true;
  problems_.error(positionOf(json_.errorColumn()), "R0001",
                  "this is no JSON as taktwerk-cli estimate --json writes it: " + json_.error());
  return false;
}

}  // namespace taktwerk
