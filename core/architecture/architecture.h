// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/id.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// The classes of ACADL (arXiv 2402.00069) an architecture is assembled from.
enum class ObjectClass : std::uint8_t {
  InstructionFetchStage,
  InstructionMemoryAccessUnit,
  PipelineStage,
  ExecuteStage,
  FunctionalUnit,
  MemoryAccessUnit,
  RegisterFile,
  Sram,  // "SRAM"
  Memory,
  Dram,  // "DRAM"
  SetAssociativeCache,
  Unknown  ///< a class this version does not know: kept with its text, drawn as a placeholder, not estimated
};

/// How two objects are connected; always [subject, object] as in "fetch contains imau".
enum class ConnectionKind : std::uint8_t { Contains, Forward, Reads, Writes };

using ObjectId = Id<struct ObjectTag>;
using ConnectionId = Id<struct ConnectionTag>;

/// One attribute as the user wrote it: a number, an expression, a word, a list or a map.
struct Attribute {
  std::string name;
  SourcePosition position;  ///< of the name; the value has its own
  YamlNode value;
};

/// A block's place on the canvas, in grid units of one pixel at 100 %, of its top left corner.
struct CanvasPoint {
  double x = 0;
  double y = 0;
  friend bool operator==(const CanvasPoint&, const CanvasPoint&) = default;
};

/// A block of the diagram.
struct ObjectDeclaration {
  ObjectId id;  ///< index into `Architecture::objects`
  std::string name;
  ObjectClass objectClass = ObjectClass::Unknown;
  std::string className;              ///< as written; tells what an `Unknown` was
  SourcePosition position;            ///< of the name
  std::vector<Attribute> attributes;  ///< in the order of the file, without class, at, note and colour
  std::optional<CanvasPoint> at;
  std::string note;
  std::string colour;  ///< "#rrggbb" or empty

  [[nodiscard]] const Attribute* find(std::string_view attribute) const;
};

struct Connection {
  ConnectionKind kind = ConnectionKind::Forward;
  ObjectId from;
  ObjectId to;
  SourcePosition position;
};

/// A number that a sweep can vary; expressions of attributes use it by name.
struct Parameter {
  std::string name;
  std::int64_t defaultValue = 0;
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::string description;
  SourcePosition position;
  /// Text of a default that depends on other parameters (`rows * columns`), else empty; `defaultValue` then
  /// is its value with every parameter at its default.
  std::string expression = {};
  SourcePosition valuePosition = {};  ///< of the default
};

/// The document users edit: what an `*.arch.yaml` says, not yet computed. Plain data; invalid documents
/// are representable, so that they can be shown and mended.
struct Architecture {
  std::string file;  ///< path as given, or empty
  std::string name;
  std::string description;
  std::vector<Parameter> parameters;
  std::vector<ObjectDeclaration> objects;
  std::vector<Connection> connections;
  bool readOnly = false;  ///< holds something this version does not understand

  [[nodiscard]] const ObjectDeclaration* find(std::string_view objectName) const;
};

}  // namespace taktwerk
