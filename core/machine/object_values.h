// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/architecture/attribute_values.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// What the values of all objects of an architecture are computed with.
struct ValueSource {
  ValueContext context;
  std::shared_ptr<const ParameterMap> parameters;  ///< kept by costs that depend on them
  std::size_t failedLists = 0;                     ///< lists of names with problems
};

/// The attributes of one object as numbers. Where one is not given, or is wrong (which is reported), the
/// default is the answer.
///
///     ObjectValues values(object, source);
///     stage.latency = values.whole("latency", 1);
class ObjectValues {
 public:
  ObjectValues(const ObjectDeclaration& object, ValueSource& source) : object_(object), source_(source) {}

  [[nodiscard]] std::int64_t whole(std::string_view name, std::int64_t byDefault) const;
  /// As `whole`, of attributes that are at most 2^31.
  [[nodiscard]] std::uint32_t small(std::string_view name, std::uint32_t byDefault) const;
  [[nodiscard]] std::optional<std::int64_t> optionalWhole(std::string_view name) const;
  [[nodiscard]] Cost cost(std::string_view name, Cycles byDefault) const;
  [[nodiscard]] std::optional<Cost> optionalCost(std::string_view name) const;
  /// Index into the attribute's choices.
  [[nodiscard]] std::size_t choice(std::string_view name) const;
  [[nodiscard]] bool boolean(std::string_view name, bool byDefault) const;
  [[nodiscard]] std::vector<std::string> names(std::string_view name) const;
  [[nodiscard]] std::vector<std::pair<Words, Words>> ranges(std::string_view name) const;
  [[nodiscard]] std::vector<std::pair<std::string_view, Cost>> latencies(std::string_view name) const;

  /// Of the value, or of the object where the attribute is not given.
  [[nodiscard]] SourcePosition positionOf(std::string_view name) const;

 private:
  struct Given {
    const AttributeSpecification* specification;
    const YamlNode* value;
  };
  /// Nothing where the attribute is not given.
  [[nodiscard]] std::optional<Given> given(std::string_view name) const;
  [[nodiscard]] std::optional<NumberValue> number(std::string_view name) const;
  [[nodiscard]] Cost toCost(NumberValue value) const;

  const ObjectDeclaration& object_;
  ValueSource& source_;
};

}  // namespace taktwerk
