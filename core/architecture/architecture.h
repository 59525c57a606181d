// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/architecture/declared_figure.h"
#include "core/architecture/declared_validation.h"
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
  std::string colour;   ///< "#rrggbb" or empty
  bool pinned = false;  ///< tidying up leaves it where it is

  [[nodiscard]] const Attribute* find(std::string_view attribute) const;
};

struct Connection {
  ConnectionKind kind = ConnectionKind::Forward;
  ObjectId from;
  ObjectId to;
  SourcePosition position;
  /// Bends of its line that the user made, in order from `from` to `to`; empty: the line is found.
  std::vector<CanvasPoint> via = {};
};

/// A scalar as written: a whole number or an expression over parameters, or a name.
struct ScalarText {
  std::string text;
  SourcePosition position;  ///< of its first character
};

/// A bound of a parameter: a whole number, or an expression over other parameters.
struct ParameterBound {
  std::int64_t value = 0;       ///< of an expression with every parameter at its default
  std::string expression = {};  ///< its text, or empty
  SourcePosition position = {};
};

/// A number that a sweep can vary; expressions of attributes use it by name.
struct Parameter {
  std::string name;
  std::int64_t defaultValue = 0;
  std::optional<ParameterBound> minimum;
  std::optional<ParameterBound> maximum;
  std::string description;
  SourcePosition position;
  /// Text of a default that depends on other parameters (`rows * columns`), else empty; `defaultValue` then
  /// is its value with every parameter at its default.
  std::string expression = {};
  SourcePosition valuePosition = {};  ///< of the default
  /// From one legal value to the next, from the minimum on, or from 0 where there is none.
  std::optional<ParameterBound> step = {};
  std::vector<ParameterBound> values = {};  ///< the legal values and no others; empty: a range
  std::string source = {};  ///< where the default is from, in the words of the author, or empty
};

/// Values that `Parameter::values` may list, and constraints that an architecture may have, at most.
inline constexpr std::size_t mostParameterValues = 1000;
inline constexpr std::size_t mostConstraints = 1000;

/// What must hold between parameters; where the condition is 0 a point is infeasible (feasibility.h).
struct ParameterConstraint {
  ScalarText condition;
  std::string reason;  ///< what the author says of it, or empty
};

/// Where costs are from: an entry of `costs:`. It changes no figure; it stands beside those of costs.
struct CostSource {
  std::string name;
  SourcePosition position;
  std::string source;      ///< where they can be looked up, in the words of the author
  std::string technology;  ///< "45 nm, 0.9 V", or empty
  bool relative = false;   ///< fit for comparing designs of this file, not for what a chip will have
  std::string note;        ///< or empty
};
/// Sources that an architecture may have, at most.
inline constexpr std::size_t mostCostSources = 100;

/// An entry of `objects:` as written: a block of a class or of a template, once or as an array.
struct DeclaredObject {
  ObjectDeclaration object;       ///< of a template: its arguments as attributes, no class
  ScalarText templateName;        ///< empty: of a class
  std::vector<ScalarText> size;   ///< none: once; one or two: an array `name[i]` or `name[r][c]`, row by row
  std::vector<ScalarText> index;  ///< names for the indices, which arguments and attributes may use
};

/// `r: rows` counts 0, 1, …, rows − 1; `r: {from: 1, to: rows, step: 2}` counts up to, not including, `to`.
struct ConnectionRange {
  std::string name;
  SourcePosition position;
  ScalarText from, to, step;  ///< empty: 0, −, 1
};

/// An entry of `connections:` as written: the ends may have expressions in brackets, as in `pe[r][c +
/// 1].alu`, over parameters and the variables of `for`; it stands for one connection each, in order, the last
/// variable first, but for those where `when` is 0.
struct ConnectionRule {
  ConnectionKind kind = ConnectionKind::Forward;
  ScalarText from, to;
  std::vector<ConnectionRange> ranges;
  ScalarText when;  ///< empty: always
  SourcePosition position;
  std::vector<CanvasPoint> via = {};  ///< of a connection without ranges; see `Connection`
};
/// Bends a connection may have at most.
inline constexpr std::size_t mostBends = 32;

/// A group of blocks described once, with parameters of its own. Its expressions see these and the
/// architecture's parameters, its connections only its own blocks.
struct TemplateDeclaration {
  std::string name;
  std::string description;
  SourcePosition position;
  std::vector<Parameter> parameters;
  std::vector<DeclaredObject> objects;
  std::vector<ConnectionRule> connections;
  /// Where it was copied from (template_library.h): "systolic-array", or empty. No meaning for timing.
  std::string from = {};
};

/// The document users edit: what an `*.arch.yaml` says, not yet computed. Plain data; invalid documents
/// are representable, so that they can be shown and mended.
struct Architecture {
  std::string file;  ///< path as given, or empty
  std::string name;
  std::string description;
  std::vector<DeclaredValidation> validation;  ///< none: nothing is said of how well it fits a machine
  std::vector<Parameter> parameters;
  std::vector<ParameterConstraint> constraints;
  std::vector<CostSource> costs;        ///< none: no object may have a cost
  std::vector<DeclaredFigure> figures;  ///< of the author's own
  ScalarText clock;  ///< frequency in MHz, a number or an expression over parameters; empty: none is declared
  std::vector<ObjectDeclaration> objects;
  std::vector<Connection> connections;
  /// How `objects` and `connections` came about where the file uses templates, arrays or ranges; else empty.
  /// They then are what `expand` makes of these.
  std::vector<TemplateDeclaration> templates;
  std::vector<DeclaredObject> declared;
  std::vector<ConnectionRule> rules;
  bool readOnly = false;  ///< holds something this version does not understand

  [[nodiscard]] const ObjectDeclaration* find(std::string_view objectName) const;
  /// Whether the file uses templates, arrays or ranges.
  [[nodiscard]] bool isGenerated() const { return !templates.empty() || !declared.empty() || !rules.empty(); }
};

}  // namespace taktwerk
