// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/document_reader.h"
#include "core/mapping/mapping_document.h"
#include "core/network/operators.h"

namespace taktwerk {

/// Which slot a name of a mapping means at the place being read. What no tunable, value, loop or `let`
/// around it defines is an external name: a dimension, a tensor's property, an architecture parameter.
class NameScope {
 public:
  NameScope(DocumentReader& reader, MappingDocument& document) : reader_(reader), document_(document) {}

  /// Defines a name from here on; one already in use is reported.
  SlotIndex define(const std::string& name, SourcePosition position);
  SlotIndex slotOf(const std::string& name);

  /// Where a scope begins, and its end: names defined since are forgotten.
  [[nodiscard]] std::size_t mark() const { return order_.size(); }
  void leave(std::size_t mark);
  /// Makes a storage known by name; false if the name is taken.
  bool declareStorage(const std::string& name, std::uint32_t index) {
    return storages_.emplace(name, index).second;
  }

  [[nodiscard]] CompiledExpression compiled(const PlacedExpression& source) {
    return compile(source, [this](const std::string& name) { return slotOf(name); });
  }

  /// "weight", "conv.input", "sum.other": an operand of the chain, or nothing.
  [[nodiscard]] std::optional<OperandName> operandNamed(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> operandNames() const;
  [[nodiscard]] std::optional<std::uint32_t> storageNamed(const std::string& name) const;

 private:
  ExternalName classify(const std::string& name) const;
  std::optional<std::uint32_t> stepNamed(const std::string& alias) const;
  [[nodiscard]] bool hasOperand(std::uint32_t step, const std::string& operand) const;
  [[nodiscard]] bool hasDimension(std::uint32_t step, const std::string& dimension) const;

  DocumentReader& reader_;
  MappingDocument& document_;
  std::unordered_map<std::string, SlotIndex> defined_;
  std::vector<std::string> order_;  ///< of definition
  std::unordered_map<std::string, std::uint32_t> storages_;
  std::unordered_map<std::string, SlotIndex> externals_;
};

}  // namespace taktwerk
