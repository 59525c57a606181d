// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// A node of a YAML (or JSON, which is YAML) document with its position. Scalars stay text: what is a
/// number is decided by who reads the node, so that `010` is never octal and `no` never false.
struct YamlNode {
  enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map };
  struct Entry;

  Kind kind = Kind::Null;
  SourcePosition position;
  bool quoted = false;  ///< of a scalar: written in quotes or as a block
  bool flow = false;    ///< of a sequence or map: written with brackets
  std::string scalar;
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<Entry> entries;   ///< of a map, in the order of the file, keys distinct

  [[nodiscard]] bool isNull() const { return kind == Kind::Null; }
  [[nodiscard]] bool isScalar() const { return kind == Kind::Scalar; }
  [[nodiscard]] bool isSequence() const { return kind == Kind::Sequence; }
  [[nodiscard]] bool isMap() const { return kind == Kind::Map; }
  /// The value of a key, or null pointer.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlNode::Entry {
  std::string key;
  SourcePosition position;  ///< of the key
  YamlNode value;
};

/// Limits that keep hostile files cheap.
struct YamlLimits {
  std::uint32_t depth = 64;
  std::uint32_t nodes = 500'000;
  /// Repeated keys are reported all the same, but the value is returned too, with the first of each.
  /// The caller then must look at the diagnostics.
  bool keepRepeatedKeys = false;
  /// Leaves everything to yaml-cpp, whose answer the faster reader of plain files must equal (for tests).
  bool referenceParser = false;
};

/// Parses exactly one document with yaml-cpp's event interface behind a guard: invalid UTF-8, aliases and
/// anchors, tags, duplicate keys, keys that are not scalars, a second document, an empty file and nesting
/// beyond the limits are errors with their position. Diagnostics name `file`.
[[nodiscard]] Result<YamlNode> parseYaml(std::string_view text, const std::string& file,
                                         const YamlLimits& limits = {});

}  // namespace taktwerk
