// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/yaml_text.h"

#include <algorithm>

#include "core/base/escape.h"

namespace taktwerk {
namespace {

/// Whether a text means itself without quotes, between braces too: what begins with a letter or digit and
/// has no punctuation that YAML gives a meaning. Depends on nothing but the text.
bool isPlain(std::string_view text) {
  constexpr std::string_view inner = " _-+*/^%().<>=";
  const auto isWord = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (text.empty() || text.back() == ' ') return false;
  const bool number = text.size() > 1 && text.front() == '-' && text[1] >= '0' && text[1] <= '9';
  if (!isWord(text.front()) && !number) return false;
  if (text == "null" || text == "Null" || text == "NULL") return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return isWord(c) || inner.find(c) != std::string_view::npos; });
}

}  // namespace

std::string yamlText(std::string_view text) {
  if (isPlain(text)) return std::string(text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      (result += '\\') += c;
    } else {
      appendEscaped(result, c);
    }
  }
  return result + '"';
}

namespace {

/// Booleans must stay without quotes and texts that look like them must keep theirs.
std::string scalarText(const YamlNode& node) {
  if (node.quoted && (node.scalar == "true" || node.scalar == "false")) return '"' + node.scalar + '"';
  return yamlText(node.scalar);
}

}  // namespace

std::string yamlText(const YamlNode& node) {
  std::string text;
  switch (node.kind) {
    case YamlNode::Kind::Null:
      return "null";
    case YamlNode::Kind::Scalar:
      return scalarText(node);
    case YamlNode::Kind::Sequence:
      for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + yamlText(item);
      return '[' + text + ']';
    case YamlNode::Kind::Map:
      for (const YamlNode::Entry& entry : node.entries) {
        text += (text.empty() ? "" : ", ") + yamlText(entry.key) + ": " + yamlText(entry.value);
      }
      return '{' + text + '}';
  }
  return text;
}

}  // namespace taktwerk
