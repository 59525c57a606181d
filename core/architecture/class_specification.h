// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// What kind of value an attribute takes.
enum class AttributeType : std::uint8_t {
  Duration,       ///< whole number of cycles or expression
  Count,          ///< whole number or expression: capacities, widths, sizes in words
  Boolean,        ///< true or false
  Choice,         ///< one of `choices`
  Names,          ///< list of identifiers: operations, registers
  AddressRanges,  ///< list of [first, end) pairs
  LatencyMap,     ///< map from register file names to cycles
  Quantity,       ///< a cost: a number of at least 0 that need not be whole, or an expression
  Energy,         ///< a Quantity, or a map of them by operation, or `read` and `write`
  Source,         ///< names of entries of `costs:`
  Figures         ///< a map from names of `figures:` to Quantities
};

/// Which names besides the architecture's parameters an attribute's expression may use.
enum class ExpressionScope : std::uint8_t {
  Parameters,  ///< parameters only
  Immediates,  ///< also the instruction's immediates
  Access       ///< also `words` and `beats` of the access
};

/// One attribute of a class: what readers accept, checkers enforce and the inspector shows.
struct AttributeSpecification {
  std::string_view name;
  AttributeType type;
  ExpressionScope scope;
  bool required;
  std::string_view defaultText;  ///< as shown to users: "1", "= latency", "no limit"
  std::int64_t minimum;          ///< of numbers
  std::int64_t maximum;          ///< of numbers; keeps sums within 64 bits and memory within reason
  std::span<const std::string_view> choices;
  std::string_view unit;         ///< "cycles", "words", "words a beat", "bit", or ""
  std::string_view description;  ///< one sentence
};

/// Whether an attribute says what an object costs: it changes no timing.
[[nodiscard]] constexpr bool isCost(AttributeType type) {
  return type == AttributeType::Quantity || type == AttributeType::Energy || type == AttributeType::Source ||
         type == AttributeType::Figures;
}

/// Whether objects of a class are read and written by addresses.
[[nodiscard]] constexpr bool isMemory(ObjectClass objectClass) {
  return objectClass == ObjectClass::Sram || objectClass == ObjectClass::Memory ||
         objectClass == ObjectClass::Dram || objectClass == ObjectClass::SetAssociativeCache;
}

/// One class: its name in files, its attributes, what it is for.
struct ClassSpecification {
  ObjectClass objectClass;
  std::string_view name;
  std::string_view description;
  std::span<const AttributeSpecification> attributes;

  [[nodiscard]] const AttributeSpecification* find(std::string_view attribute) const;
};

/// Every class but `Unknown`, in the order of `ObjectClass`.
[[nodiscard]] std::span<const ClassSpecification> classSpecifications();
[[nodiscard]] const ClassSpecification* specificationOf(ObjectClass objectClass);
[[nodiscard]] ObjectClass classFromName(std::string_view name);
[[nodiscard]] std::string_view toString(ObjectClass objectClass);
[[nodiscard]] std::string_view toString(ConnectionKind kind);

/// Nothing when a connection of these classes is legal, else the reason: "a register file cannot be read
/// by a pipeline stage; functional units and memory access units read register files". The one table used
/// by reader, checker and editor.
[[nodiscard]] std::optional<std::string> whyIllegal(ConnectionKind kind, ObjectClass from, ObjectClass to);

}  // namespace taktwerk
