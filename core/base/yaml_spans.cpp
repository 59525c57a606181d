// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/yaml_spans.h"

#include <algorithm>
#include <string>

namespace taktwerk {

namespace {

bool isBlank(char c) {
  return c == ' ' || c == '\t';
}
bool isBreak(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

YamlSpans::YamlSpans(std::string_view text) : text_(text), lines_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') lines_.push_back(i + 1);
  }
}

std::size_t YamlSpans::offsetOf(SourcePosition position) const {
  if (position.line == 0 || position.line > lines_.size()) return text_.size();
  return std::min(text_.size(), lines_[position.line - 1] + std::max(1U, position.column) - 1);
}

std::size_t YamlSpans::lineBegin(std::size_t offset) const {
  return *(std::upper_bound(lines_.begin(), lines_.end(), offset) - 1);
}

std::size_t YamlSpans::nextLine(std::size_t offset) const {
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  return next == lines_.end() ? text_.size() : *next;
}

std::optional<std::size_t> YamlSpans::quotedEnd(std::size_t begin) const {
  const char quote = text_[begin];
  for (std::size_t i = begin + 1; i < text_.size(); ++i) {
    if (quote == '"' && text_[i] == '\\') {
      ++i;
    } else if (text_[i] == quote) {
      if (quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> YamlSpans::bracketEnd(std::size_t begin) const {
  std::size_t open = 0;
  bool mayQuote = true;  // a quote within a plain text is a letter like others
  for (std::size_t i = begin; i < text_.size(); ++i) {
    const char c = text_[i];
    if ((c == '"' || c == '\'') && mayQuote) {
      const auto end = quotedEnd(i);
      if (!end) return std::nullopt;
      i = *end - 1;
      mayQuote = false;
    } else if (c == '#' && i > begin && (isBlank(text_[i - 1]) || isBreak(text_[i - 1]))) {
      i = nextLine(i) - 1;
    } else if (c == '[' || c == '{') {
      ++open;
      mayQuote = true;
    } else if (c == ']' || c == '}') {
      if (--open == 0) return i + 1;
      mayQuote = false;
    } else if (c == ',' || c == ':') {
      mayQuote = true;
    } else if (!isBlank(c) && !isBreak(c)) {
      mayQuote = false;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> YamlSpans::plainEnd(std::size_t begin, const YamlNode& node, bool inFlow) const {
  std::string folded;
  std::size_t line = begin;
  while (line < text_.size()) {
    std::size_t end = line;
    for (; end < text_.size() && !isBreak(text_[end]); ++end) {
      const char c = text_[end];
      if (inFlow && (c == ',' || c == '[' || c == ']' || c == '{' || c == '}')) break;
      if (c == '#' && end > line && isBlank(text_[end - 1])) break;
    }
    std::size_t trimmed = end;
    while (trimmed > line && isBlank(text_[trimmed - 1])) --trimmed;
    if (!folded.empty() && folded.back() != '\n') folded += ' ';
    folded += text_.substr(line, trimmed - line);
    if (folded == node.scalar || node.isNull()) return trimmed;
    if (folded.size() >= node.scalar.size()) return std::nullopt;
    line = nextLine(end);
    for (;;) {  // empty lines are line ends
      std::size_t next = line;
      while (next < text_.size() && isBlank(text_[next])) ++next;
      if (next >= text_.size() || !isBreak(text_[next])) {
        line = next;
        break;
      }
      folded += '\n';
      line = nextLine(next);
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> YamlSpans::blockScalarEnd(std::size_t begin) const {
  const std::size_t first = lineBegin(begin);
  const auto indentOf = [&](std::size_t line) {
    std::size_t i = line;
    while (i < text_.size() && text_[i] == ' ') ++i;
    return i - line;
  };
  const std::size_t indent = indentOf(first);
  std::size_t end = begin;
  while (end < text_.size() && !isBreak(text_[end])) ++end;
  for (std::size_t line = nextLine(begin); line < text_.size(); line = nextLine(line)) {
    const std::size_t i = line + indentOf(line);
    if (i >= text_.size()) break;
    if (isBreak(text_[i])) continue;  // empty, and perhaps behind the text
    if (i - line <= indent) break;
    end = i;
    while (end < text_.size() && !isBreak(text_[end])) ++end;
  }
  return end;
}

std::optional<ByteSpan> YamlSpans::value(const YamlNode& node, bool inFlow) const {
  const std::size_t begin = offsetOf(node.position);
  if (begin >= text_.size()) return std::nullopt;
  const char c = text_[begin];
  const auto spanTo = [&](std::optional<std::size_t> end) -> std::optional<ByteSpan> {
    if (!end) return std::nullopt;
    return ByteSpan{begin, *end};
  };
  switch (node.kind) {
    case YamlNode::Kind::Null:
      // Written (`null`, `~`) or left out: then its position is that of something else.
      for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
        if (text_.substr(begin, word.size()) == word) return ByteSpan{begin, begin + word.size()};
      }
      return std::nullopt;
    case YamlNode::Kind::Scalar:
      if (node.quoted && (c == '"' || c == '\'')) return spanTo(quotedEnd(begin));
      if (node.quoted && (c == '|' || c == '>')) return spanTo(blockScalarEnd(begin));
      if (node.quoted) return std::nullopt;
      return spanTo(plainEnd(begin, node, inFlow));
    case YamlNode::Kind::Sequence:
    case YamlNode::Kind::Map:
      break;
  }
  if (node.flow) return c == '[' || c == '{' ? spanTo(bracketEnd(begin)) : std::nullopt;
  if (node.isMap()) {
    const auto last = entry(node.entries.back(), false);
    return last ? spanTo(last->end) : std::nullopt;
  }
  const auto last = value(node.items.back(), false);
  return last ? spanTo(last->end) : std::nullopt;
}

std::optional<ByteSpan> YamlSpans::key(const YamlNode::Entry& entry, bool inFlow) const {
  const std::size_t begin = offsetOf(entry.position);
  if (begin >= text_.size()) return std::nullopt;
  if (text_[begin] == '"' || text_[begin] == '\'') {
    const auto end = quotedEnd(begin);
    if (!end) return std::nullopt;
    return ByteSpan{begin, *end};
  }
  if (text_.substr(begin, entry.key.size()) != entry.key) return std::nullopt;
  static_cast<void>(inFlow);
  return ByteSpan{begin, begin + entry.key.size()};
}

std::optional<ByteSpan> YamlSpans::entry(const YamlNode::Entry& entry, bool inFlow) const {
  const auto name = key(entry, inFlow);
  if (!name) return std::nullopt;
  if (const auto held = value(entry.value, inFlow)) return ByteSpan{name->begin, held->end};
  if (!entry.value.isNull()) return std::nullopt;
  std::size_t colon = name->end;
  while (colon < text_.size() && isBlank(text_[colon])) ++colon;
  if (colon >= text_.size() || text_[colon] != ':') {
    // `{a, b}` and the like: a key without a colon.
    return inFlow ? std::optional(*name) : std::nullopt;
  }
  return ByteSpan{name->begin, colon + 1};
}

}  // namespace taktwerk
