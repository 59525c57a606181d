// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "core/base/document_reader.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/name_scope.h"

namespace taktwerk {

/// Reads the `values` of a mapping, expressions and repetitions, into its document.
class ValueReader {
 public:
  ValueReader(DocumentReader& reader, NameScope& names, MappingDocument& document)
      : reader_(reader), names_(names), document_(document) {}

  void read(const YamlNode& values);

 private:
  using Slots = std::map<std::string, SlotIndex>;

  void readRepetition(const YamlNode::Entry& entry);
  /// Values that begin or help; their names are defined and told in `slots`.
  RepeatedValues::Values defined(const YamlNode& part, const std::string& prefix, Slots& slots);
  /// What follows for values that are there.
  RepeatedValues::Values changed(const YamlNode& part, const Slots& slots);
  std::optional<CompiledExpression> compiled(const YamlNode& node, const std::string& what);

  DocumentReader& reader_;
  NameScope& names_;
  MappingDocument& document_;
};

}  // namespace taktwerk
