// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/yaml_reading.h"

#include "core/base/quotes.h"

namespace taktwerk {

std::string describe(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::Null:
      return "nothing";
    case YamlNode::Kind::Scalar:
      return "a value";
    case YamlNode::Kind::Sequence:
      return "a list";
    case YamlNode::Kind::Map:
      return "a map";
  }
  return {};
}

std::string describe(const YamlNode& node) {
  return node.isScalar() ? inQuotes(node.scalar) : describe(node.kind);
}

bool refuse(const YamlNode& node, Problems& problems, std::string_view code, const std::string& rule,
            const std::string& object) {
  problems.error(node.position, code, rule + ", found " + describe(node), object);
  return false;
}

SourcePosition textPosition(const YamlNode& scalar) {
  return {scalar.position.line, scalar.position.column + (scalar.quoted ? 1 : 0)};
}

SourcePosition positionWithin(const YamlNode& scalar, std::uint32_t column) {
  // Of block scalars and texts over several lines only the beginning is known.
  if (scalar.scalar.find('\n') != std::string::npos) return scalar.position;
  const SourcePosition text = textPosition(scalar);
  return {text.line, text.column + column - 1};
}

}  // namespace taktwerk
