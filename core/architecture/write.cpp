// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"

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

std::string scalar(std::string_view text) {
  if (isPlain(text)) return std::string(text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      (result += '\\') += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      constexpr std::string_view hex = "0123456789abcdef";
      result += "\\x";
      result += hex[static_cast<unsigned char>(c) >> 4U];
      result += hex[static_cast<unsigned char>(c) & 15U];
    } else {
      result += c;
    }
  }
  return result + '"';
}

/// Booleans must stay without quotes and texts that look like them must keep theirs.
std::string scalar(const YamlNode& node) {
  if (node.quoted && (node.scalar == "true" || node.scalar == "false")) return '"' + node.scalar + '"';
  return scalar(node.scalar);
}

std::string flow(const YamlNode& node) {
  std::string text;
  switch (node.kind) {
    case YamlNode::Kind::Null:
      return "null";
    case YamlNode::Kind::Scalar:
      return scalar(node);
    case YamlNode::Kind::Sequence:
      for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + flow(item);
      return '[' + text + ']';
    case YamlNode::Kind::Map:
      for (const YamlNode::Entry& entry : node.entries) {
        text += (text.empty() ? "" : ", ") + scalar(entry.key) + ": " + flow(entry.value);
      }
      return '{' + text + '}';
  }
  return text;
}

/// The shortest text that reads back as the same number.
std::string number(double value) {
  std::array<char, 400> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), result.ptr};
}

std::string line(const Parameter& parameter) {
  std::string text = "  " + scalar(parameter.name) + ": {default: ";
  text +=
      parameter.expression.empty() ? std::to_string(parameter.defaultValue) : scalar(parameter.expression);
  if (parameter.minimum) text += ", minimum: " + std::to_string(*parameter.minimum);
  if (parameter.maximum) text += ", maximum: " + std::to_string(*parameter.maximum);
  if (!parameter.description.empty()) text += ", description: " + scalar(parameter.description);
  return text + "}\n";
}

std::string line(const ObjectDeclaration& object) {
  std::string text = "  " + scalar(object.name) + ": {class: ";
  text += object.objectClass == ObjectClass::Unknown ? scalar(object.className)
                                                     : std::string(toString(object.objectClass));
  for (const Attribute& attribute : object.attributes) {
    text += ", " + scalar(attribute.name) + ": " + flow(attribute.value);
  }
  if (object.at) text += ", at: [" + number(object.at->x) + ", " + number(object.at->y) + ']';
  if (!object.note.empty()) text += ", note: " + scalar(object.note);
  if (!object.colour.empty()) text += ", colour: " + scalar(object.colour);
  return text + "}\n";
}

}  // namespace

std::string writeArchitecture(const Architecture& architecture) {
  std::string text = "format: taktwerk-architecture/1\n";
  if (!architecture.name.empty()) text += "name: " + scalar(architecture.name) + '\n';
  if (!architecture.description.empty()) text += "description: " + scalar(architecture.description) + '\n';
  if (!architecture.parameters.empty()) text += "parameters:\n";
  for (const Parameter& parameter : architecture.parameters) text += line(parameter);
  text += architecture.objects.empty() ? "objects: {}\n" : "objects:\n";
  for (const ObjectDeclaration& object : architecture.objects) text += line(object);
  text += architecture.connections.empty() ? "connections: []\n" : "connections:\n";
  for (const Connection& connection : architecture.connections) {
    if (connection.from.index() >= architecture.objects.size()) continue;
    if (connection.to.index() >= architecture.objects.size()) continue;
    text += "  - " + std::string(toString(connection.kind)) + ": [" +
            scalar(architecture.objects[connection.from.index()].name) + ", " +
            scalar(architecture.objects[connection.to.index()].name) + "]\n";
  }
  return text;
}

}  // namespace taktwerk
