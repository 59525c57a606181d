// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/class_specification.h"
#include "core/base/diagnostic.h"
#include "widgets/document/document.h"

namespace taktwerk {

/// One line of the inspector.
struct InspectorRow {
  QString name;
  QString value;
  QString unit;
  QString description;     ///< with the default, for the box below and the tooltip
  bool isDefault = false;  ///< the file does not say; the value is the class's default
  bool wrong = false;      ///< not an attribute of the class, or missing though required
  ShownId object;          ///< what the row leads to, if anything
  /// What a change of the value changes, if anything: an attribute of the objects, or a parameter's default.
  enum class Field { None, Attribute, Parameter } field = Field::None;
  QString source = {};       ///< the value as it is written, for editing; empty where the file does not say
  QStringList choices = {};  ///< of a word
  bool several = false;      ///< the selected objects differ
};

struct InspectorSection {
  QString title;
  std::vector<InspectorRow> rows;
};

/// What the inspector shows: plain data made from the document, without widgets.
struct InspectorContent {
  QString title;
  QString subtitle;  ///< class, or kind of connection
  QString description;
  QString note;
  std::vector<Diagnostic> problems;
  std::vector<InspectorSection> sections;
};

/// `parameters` are those of the architecture: expressions have values with their defaults.
[[nodiscard]] InspectorSection attributesOf(const std::vector<Parameter>& parameters,
                                            const ObjectDeclaration& object);
[[nodiscard]] InspectorSection connectionsOf(const FoldedView& shown, ShownId object);
/// Note and colour.
[[nodiscard]] InspectorSection appearanceOf(const ObjectDeclaration& object);

/// Values that parameters have instead of their defaults, and what says so ("study.taktwerk").
struct ParameterOverrides {
  std::map<std::string, std::int64_t, std::less<>> values;
  QString from;
  friend bool operator==(const ParameterOverrides&, const ParameterOverrides&) = default;
};

/// Why a parameter cannot be `value` while others are as `overrides` say or at their defaults, or nothing:
/// its own bounds first, then what else of the architecture that breaks.
struct WhyInfeasible {
  QString ofItself, ofOthers;
};
[[nodiscard]] WhyInfeasible whyInfeasible(const Architecture& architecture,
                                          const ParameterOverrides& overrides, const std::string& parameter,
                                          std::int64_t value);

[[nodiscard]] InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems,
                                         const ParameterOverrides& overrides = {});
[[nodiscard]] InspectorContent contentOf(const Document& document, ShownId id);
[[nodiscard]] InspectorContent contentOf(const Document& document, ShownConnectionId id);
/// What several objects have in common.
[[nodiscard]] InspectorContent contentOf(const Document& document, const std::set<ShownId>& objects);

/// A value that a user typed, as it goes into the file: lists without brackets, names as they are.
[[nodiscard]] YamlNode typedValue(const AttributeSpecification* specification, const QString& text);
/// What is wrong with a typed value of an object's attribute, or nothing; `value` then tells what an
/// expression is with every parameter at its default, "= 16".
[[nodiscard]] QString problemOf(const Architecture& architecture, const ObjectDeclaration& object,
                                const AttributeSpecification& specification, const QString& text,
                                QString* value = nullptr);

/// An attribute's value as written; of an expression over parameters first its value with their defaults:
/// "16 = 2 * rows".
[[nodiscard]] QString attributeText(const std::vector<Parameter>& parameters, const Attribute& attribute);

}  // namespace taktwerk
