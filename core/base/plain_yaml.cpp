// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plain_yaml.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

namespace taktwerk {
namespace {

bool isNullWord(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

/// Sets of characters, looked up in a table.
class CharacterSet {
 public:
  explicit constexpr CharacterSet(std::string_view members) {
    for (const char c : members) holds_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool contains(char c) const { return holds_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> holds_{};
};

constexpr CharacterSet blanks(" \n");
constexpr CharacterSet notFirst("?:,[]{}#&*!|>'\"%@`\n ");  ///< of a text without quotes
constexpr CharacterSet flowPunctuation(",[]{}");
constexpr CharacterSet interesting("\n#:?[]{},");  ///< within a text without quotes

/// The keys of one map; hashed once there are many.
class KeySet {
 public:
  /// False if `key` is among `entries` already.
  bool insert(const std::vector<YamlNode::Entry>& entries, const std::string& key) {
    constexpr std::size_t few = 16;
    if (entries.size() < few) {
      for (const YamlNode::Entry& entry : entries) {
        if (entry.key == key) return false;
      }
      return true;
    }
    if (hashed_.empty()) {
      for (const YamlNode::Entry& entry : entries) hashed_.insert(entry.key);
    }
    return hashed_.insert(key).second;
  }

 private:
  std::unordered_set<std::string> hashed_;
};

/// Recursive descent over the text. Every function returns false to give up; `position_` then means nothing.
class PlainReader {
 public:
  PlainReader(std::string_view text, const YamlLimits& limits) : text_(text), limits_(limits) {}

  PlainYaml run() {
    YamlNode root;
    if (!goToContent() || atEnd()) return {};
    const bool good = peek() == '{' || peek() == '[' ? readFlow(root) && endLine() : readBlock(root);
    if (!good || !atEnd()) return {std::nullopt, tooDeep_};
    return {std::move(root), std::nullopt};
  }

 private:
  // ---- moving through the text

  [[nodiscard]] bool atEnd() const { return position_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\n';
  }
  [[nodiscard]] std::size_t column() const { return position_ - lineStart_; }
  [[nodiscard]] SourcePosition here() const { return {line_, static_cast<std::uint32_t>(column()) + 1}; }
  void skipSpaces() {
    while (!atEnd() && text_[position_] == ' ') ++position_;
  }
  void newLine() {
    ++position_;
    ++line_;
    lineStart_ = position_;
  }
  void skipComment() {
    const std::size_t end = text_.find('\n', position_);
    position_ = end == std::string_view::npos ? text_.size() : end;
  }
  /// From the start of a line, or from blanks, to the next thing that is neither blank nor comment.
  bool goToContent() {
    while (!atEnd()) {
      skipSpaces();
      if (atEnd()) break;
      if (text_[position_] == '\n') {
        newLine();
      } else if (text_[position_] == '#') {
        if (column() > 0 && text_[position_ - 1] != ' ') return false;
        skipComment();
      } else {
        break;
      }
    }
    return true;
  }
  /// Past the end of this line, which may hold a comment but nothing else, to the next content.
  bool endLine() {
    skipSpaces();
    if (!atEnd() && text_[position_] != '\n' && text_[position_] != '#') return false;
    return goToContent();
  }

  bool goDeeper() {
    if (depth_ >= limits_.depth) {
      tooDeep_ = here();
      return false;
    }
    ++depth_;
    return true;
  }

  bool count() { return ++nodes_ <= limits_.nodes; }

  // ---- scalars

  /// From an opening quote past the closing one, all on one line.
  bool readQuoted(std::string& value) {
    const char quote = text_[position_++];
    for (; !atEnd(); ++position_) {
      const char c = text_[position_];
      if (c == '\n') return false;
      if (c == quote) {
        if (quote == '\'' && peek(1) == '\'') {
          ++position_;
        } else {
          ++position_;
          return true;
        }
      }
      if (c == '\\' && quote == '"') {
        switch (peek(1)) {
          case '"':
            value += '"';
            break;
          case '\\':
            value += '\\';
            break;
          case 'n':
            value += '\n';
            break;
          case 't':
            value += '\t';
            break;
          default:
            return false;
        }
        ++position_;
      } else {
        value += c;
      }
    }
    return false;
  }

  enum class Place : std::uint8_t { Key, Value };

  /// A text without quotes, up to a comment, the end of the line, the colon of a key, or in a flow
  /// collection its next punctuation.
  bool readPlain(std::string& value, Place place, bool flow) {
    const char first = peek();
    if (notFirst.contains(first)) return false;
    if (first == '-' && (blanks.contains(peek(1)) || (flow && flowPunctuation.contains(peek(1)))))
      return false;
    const std::size_t start = position_;
    std::size_t end = start;
    for (; !atEnd(); ++position_) {
      const char c = text_[position_];
      if (interesting.contains(c)) {
        if (c == '\n' || (c == '#' && text_[position_ - 1] == ' ')) break;
        if (c == ':' && (blanks.contains(peek(1)) || (flow && flowPunctuation.contains(peek(1))))) {
          if (place == Place::Value) return false;
          break;
        }
        if (flow && (c == '?' || c == '[' || c == '{')) return false;
        if (flow && flowPunctuation.contains(c)) break;
      }
      if (c != ' ') end = position_ + 1;
    }
    value = text_.substr(start, end - start);
    return true;
  }

  bool readScalar(YamlNode& node, bool flow) {
    node.position = here();
    if (!count()) return false;
    if (peek() == '"' || peek() == '\'') {
      node.quoted = true;
      if (!readQuoted(node.scalar)) return false;
    } else if (!readPlain(node.scalar, Place::Value, flow)) {
      return false;
    }
    node.kind = YamlNode::Kind::Scalar;
    if (!node.quoted && isNullWord(node.scalar)) {
      node.kind = YamlNode::Kind::Null;
      node.scalar.clear();
    }
    return true;
  }

  /// A key and its colon; leaves the position behind the colon.
  bool readKey(YamlNode::Entry& entry, bool flow) {
    entry.position = here();
    const std::size_t start = position_;
    const bool quoted = peek() == '"' || peek() == '\'';
    if (quoted ? !readQuoted(entry.key) : !readPlain(entry.key, Place::Key, flow)) return false;
    const std::size_t end = position_;
    skipSpaces();
    // YAML looks ahead 1024 bytes for the colon.
    if (atEnd() || text_[position_] != ':' || position_ - start > 1000) return false;
    if (!quoted && isNullWord(entry.key)) return false;
    ++position_;
    // As in JSON, a colon directly behind a quoted key needs no blank.
    const bool json = flow && quoted && position_ == end + 1;
    return (json || blanks.contains(peek())) && count();
  }

  /// `|` and `>` texts (with or without `-`) whose lines all begin in the same column and are not blank.
  bool readBlockScalar(YamlNode& node, std::size_t parentIndent) {
    node.position = here();
    node.kind = YamlNode::Kind::Scalar;
    node.quoted = true;
    const char separator = text_[position_++] == '|' ? '\n' : ' ';
    const bool strip = peek() == '-';
    if (strip) ++position_;
    if (atEnd() || text_[position_] != '\n' || !count()) return false;
    std::size_t indent = 0;
    while (!atEnd()) {
      newLine();
      skipSpaces();
      if (atEnd()) break;
      if (peek() == '\n' || (indent == 0 && peek() == '#')) return false;
      if (column() <= parentIndent) break;
      if (indent == 0) indent = column();
      if (column() != indent) return false;
      if (!node.scalar.empty()) node.scalar += separator;
      const std::size_t end = std::min(text_.find('\n', position_), text_.size());
      node.scalar.append(text_, position_, end - position_);
      position_ = end;
    }
    if (node.scalar.empty()) return false;
    if (!strip && text_.back() != '\n') return false;
    if (!strip) node.scalar += '\n';
    return goToContent();
  }

  // ---- flow collections

  bool readFlowNode(YamlNode& node) {
    return peek() == '{' || peek() == '[' ? readFlow(node) : readScalar(node, true);
  }

  bool readFlow(YamlNode& node) {
    if (!goDeeper() || !count()) return false;
    const bool map = peek() == '{';
    const char closing = map ? '}' : ']';
    node.kind = map ? YamlNode::Kind::Map : YamlNode::Kind::Sequence;
    node.flow = true;
    node.position = here();
    ++position_;
    KeySet keys;
    if (!goToContent() || atEnd()) return false;
    if (peek() != closing) {
      while (true) {
        if (map ? !readFlowEntry(node, keys) : !readFlowNode(node.items.emplace_back())) return false;
        if (!goToContent() || atEnd()) return false;
        if (peek() == closing) break;
        if (peek() != ',') return false;
        ++position_;
        if (!goToContent() || atEnd()) return false;
      }
    }
    ++position_;
    --depth_;
    return true;
  }

  bool readFlowEntry(YamlNode& map, KeySet& keys) {
    YamlNode::Entry entry;
    if (!readKey(entry, true) || !keys.insert(map.entries, entry.key)) return false;
    if (!goToContent() || atEnd()) return false;
    map.entries.push_back(std::move(entry));
    YamlNode& value = map.entries.back().value;
    if (!readFlowNode(value)) return false;
    if (value.isNull()) value.position = map.entries.back().position;
    return true;
  }

  // ---- block collections

  [[nodiscard]] bool atDash() const { return peek() == '-' && blanks.contains(peek(1)); }

  /// Whether the line goes on with `key: …`; looks ahead only.
  [[nodiscard]] bool atKey() {
    const std::size_t start = position_;
    const std::uint32_t nodes = nodes_;
    YamlNode::Entry entry;
    const bool key = readKey(entry, false);
    position_ = start;
    nodes_ = nodes;
    return key;
  }

  /// A list or map that begins at the present column. Afterwards the position is at the next content.
  bool readBlock(YamlNode& node) { return atDash() ? readBlockSequence(node) : readBlockMap(node); }

  bool readBlockMap(YamlNode& node) {
    if (!goDeeper() || !count()) return false;
    node.kind = YamlNode::Kind::Map;
    node.position = here();
    const std::size_t indent = column();
    KeySet keys;
    while (true) {
      YamlNode::Entry entry;
      if (!readKey(entry, false) || !keys.insert(node.entries, entry.key)) return false;
      node.entries.push_back(std::move(entry));
      if (!readEntryValue(node.entries.back(), indent)) return false;
      if (atEnd() || column() < indent) break;
      if (column() > indent) return false;
    }
    --depth_;
    return true;
  }

  bool readEntryValue(YamlNode::Entry& entry, std::size_t indent) {
    const std::uint32_t line = line_;
    YamlNode& value = entry.value;
    if (!goToContent()) return false;
    if (line_ == line && !atEnd()) {
      if (peek() == '|' || peek() == '>') return readBlockScalar(value, indent);
      const bool good = peek() == '{' || peek() == '[' ? readFlow(value) : readScalar(value, false);
      if (value.isNull()) value.position = entry.position;
      return good && endLine();
    }
    if (!atEnd() && (column() > indent || (column() == indent && atDash()))) return readBlock(value);
    value.position = entry.position;
    return count();
  }

  bool readBlockSequence(YamlNode& node) {
    if (!goDeeper() || !count()) return false;
    node.kind = YamlNode::Kind::Sequence;
    node.position = here();
    const std::size_t indent = column();
    while (true) {
      ++position_;
      if (!readItem(node.items.emplace_back(), indent)) return false;
      if (atEnd() || column() < indent || (column() == indent && !atDash())) break;
      if (column() > indent) return false;
    }
    --depth_;
    return true;
  }

  bool readItem(YamlNode& item, std::size_t indent) {
    const std::uint32_t line = line_;
    if (!goToContent() || atEnd()) return false;
    if (line_ != line) return column() > indent && readBlock(item);
    if (peek() == '{' || peek() == '[') return readFlow(item) && endLine();
    if (atDash() || atKey()) return readBlock(item);
    return readScalar(item, false) && !item.isNull() && endLine();
  }

  std::string_view text_;
  const YamlLimits& limits_;
  std::size_t position_ = 0;
  std::size_t lineStart_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t depth_ = 0;
  std::uint32_t nodes_ = 0;
  std::optional<SourcePosition> tooDeep_;
};

/// Document markers, directives, tabs and carriage returns have rules of their own.
bool hasUnusualLines(std::string_view text) {
  if (text.find('\t') != std::string_view::npos || text.find('\r') != std::string_view::npos) return true;
  for (std::size_t start = 0; start < text.size();) {
    const std::string_view head = text.substr(start, 3);
    if (head == "---" || head == "..." || head.front() == '%') return true;
    const std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) break;
    start = end + 1;
  }
  return false;
}

}  // namespace

PlainYaml readPlainYaml(std::string_view text, const YamlLimits& limits) {
  if (hasUnusualLines(text)) return {};
  return PlainReader(text, limits).run();
}

}  // namespace taktwerk
