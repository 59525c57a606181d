// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/json_line.h"

#include <charconv>

namespace taktwerk {

namespace {

constexpr int maximumDepth = 64;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

void appendUtf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (code >> 18));
    text += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// Bytes of the well-formed UTF-8 sequence of two or more at `text[at]`, or 0.
std::size_t utf8Length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const std::uint32_t lead = byte(at), second = byte(at + 1);
  if (lead >= 0xC2 && lead <= 0xDF) return continues(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!continues(at + 1) || !continues(at + 2)) return 0;
    if (lead == 0xE0 && second < 0xA0) return 0;
    if (lead == 0xED && second >= 0xA0) return 0;
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!continues(at + 1) || !continues(at + 2) || !continues(at + 3)) return 0;
    if (lead == 0xF0 && second < 0x90) return 0;
    if (lead == 0xF4 && second >= 0x90) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

void JsonLine::blanks() {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (at_ < text_.size() && isBlank(text_[at_])) ++at_;
}

bool JsonLine::fail(std::size_t at, std::string message) {
  if (error_.empty()) {
    error_ = std::move(message);
    errorColumn_ = static_cast<std::uint32_t>(at + 1);
  }
  return false;
}

bool JsonLine::expected(const std::string& what) {
  if (at_ >= text_.size()) return fail(at_, "expected " + what + ", found the end of the line");
  const auto byte = static_cast<unsigned char>(text_[at_]);
  if (byte >= 0x20 && byte < 0x7F) return fail(at_, "expected " + what + ", found '" + text_[at_] + "'");
  if (byte >= 0x80 && utf8Length(text_, at_) == 0) return fail(at_, "invalid UTF-8");
  return fail(at_, "expected " + what);
}

std::uint32_t JsonLine::column() {
  blanks();
  return static_cast<std::uint32_t>(at_ + 1);
}

bool JsonLine::begin(char open, char close, const char* what) {
  if (failed()) return false;
  blanks();
  if (peek() != open) return expected(what);
  ++at_;
  blanks();
  if (peek() != close) return true;
  ++at_;
  return false;
}

bool JsonLine::nextOf(char close) {
  if (failed()) return false;
  blanks();
  if (peek() == ',') {
    ++at_;
    return true;
  }
  if (peek() != close) return expected(std::string("',' or '") + close + '\'');
  ++at_;
  return false;
}

bool JsonLine::key(std::string& name) {
  if (failed()) return false;
  blanks();
  if (peek() != '"') return expected("a name in double quotes");
  if (!string(name)) return false;
  blanks();
  if (peek() != ':') return expected("':'");
  ++at_;
  return true;
}

bool JsonLine::string(std::string& value) {
  if (failed()) return false;
  blanks();
  if (peek() != '"') return expected("a text in double quotes");
  const std::size_t open = at_++;
  value.clear();
  while (at_ < text_.size()) {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte == '"') {
      ++at_;
      return true;
    }
    if (byte == '\\') {
      if (!escape(value)) return false;
    } else if (byte < 0x20) {
      return fail(at_, "control character in a text");
    } else {
      const std::size_t length = byte < 0x80 ? 1 : utf8Length(text_, at_);
      if (length == 0) return fail(at_, "invalid UTF-8");
      value.append(text_, at_, length);
      at_ += length;
    }
  }
  return fail(open, "text without a closing quote");
}

bool JsonLine::escape(std::string& value) {
  const std::size_t start = at_++;
  const char kind = peek();
  ++at_;
  switch (kind) {
    case '"':
    case '\\':
    case '/':
      value += kind;
      return true;
    case 'b':
      value += '\b';
      return true;
    case 'f':
      value += '\f';
      return true;
    case 'n':
      value += '\n';
      return true;
    case 'r':
      value += '\r';
      return true;
    case 't':
      value += '\t';
      return true;
    case 'u':
      break;
    default:
      return fail(start, "unknown escape in a text");
  }
  std::uint32_t code = 0;
  if (!hexQuad(code)) return fail(start, "\\u takes four hexadecimal digits");
  if (code >= 0xD800 && code < 0xDC00) {
    std::uint32_t low = 0;
    const bool pair = at_ + 1 < text_.size() && text_[at_] == '\\' && text_[at_ + 1] == 'u';
    if (pair) at_ += 2;
    if (!pair || !hexQuad(low) || low < 0xDC00 || low > 0xDFFF) return fail(start, "half a surrogate pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  } else if (code >= 0xDC00 && code < 0xE000) {
    return fail(start, "half a surrogate pair");
  }
  appendUtf8(value, code);
  return true;
}

bool JsonLine::hexQuad(std::uint32_t& code) {
  if (at_ + 4 > text_.size()) return false;
  const char* first = text_.data() + at_;
  const auto [last, problem] = std::from_chars(first, first + 4, code, 16);
  if (problem != std::errc{} || last != first + 4) return false;
  at_ += 4;
  return true;
}

bool JsonLine::integer(std::int64_t& value) {
  if (failed()) return false;
  blanks();
  const std::size_t start = at_;
  if (peek() == '-') ++at_;
  if (!isDigit(peek())) {
    at_ = start;
    return expected("a whole number");
  }
  const bool leadingZero = peek() == '0';
  const std::size_t digits = at_;
  while (isDigit(peek())) ++at_;
  if (leadingZero && at_ - digits > 1) return fail(start, "a number must not start with 0");
  if (peek() == '.' || peek() == 'e' || peek() == 'E') {
    return fail(start, "expected a whole number, written with digits only");
  }
  const auto result = std::from_chars(text_.data() + start, text_.data() + at_, value);
  if (result.ec != std::errc{}) return fail(start, "number does not fit 64 bits");
  return true;
}

bool JsonLine::bare(std::string_view& word) {
  if (failed()) return false;
  blanks();
  const auto isPart = [](char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.';
  };
  const std::size_t start = at_;
  while (isPart(peek())) ++at_;
  word = text_.substr(start, at_ - start);
  return !word.empty() || expected("a value");
}

char JsonLine::ahead() {
  blanks();
  return peek();
}

bool JsonLine::skip(int depth) {
  if (failed()) return false;
  blanks();
  if (depth == maximumDepth) return fail(at_, "nested deeper than 64 levels");
  std::string text;
  switch (peek()) {
    case '{':
      for (bool more = beginObject(); more; more = nextMember()) {
        if (!key(text) || !skip(depth + 1)) return false;
      }
      return !failed();
    case '[':
      for (bool more = beginArray(); more; more = nextElement()) {
        if (!skip(depth + 1)) return false;
      }
      return !failed();
    case '"':
      return string(text);
    default:
      break;
  }
  for (const std::string_view word : {"true", "false", "null"}) {
    if (text_.substr(at_, word.size()) == word) {
      at_ += word.size();
      return true;
    }
  }
  const std::size_t start = at_;
  while (isDigit(peek()) || peek() == '-' || peek() == '+' || peek() == '.' || peek() == 'e' ||
         peek() == 'E') {
    ++at_;
  }
  return at_ > start || expected("a value");
}

bool JsonLine::end() {
  if (failed()) return false;
  blanks();
  return at_ == text_.size() || expected("the end of the line");
}

std::string quotedJson(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20) {
      quoted += "\\u00";
      quoted += hex[byte >> 4];
      quoted += hex[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace taktwerk
