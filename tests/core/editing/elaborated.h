// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "core/architecture/class_specification.h"
#include "core/architecture/parameters.h"
#include "core/base/expression.h"
#include "tests/core/architecture/documents.h"
#include "tests/support/places.h"

namespace taktwerk::test {

inline std::string shipped(const std::string& name) {
  std::ifstream file(taktwerk::sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml",
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The text of a result, or why there is none.
template <class T>
std::string said(const Result<T>& result) {
  if (!result) return "refused: " + result.diagnostics.front().message;
  if constexpr (std::is_same_v<T, std::string>) {
    return *result;
  } else {
    return result->text;
  }
}

/// A machine as the file describes it: blocks with attributes computed, connections in their order.
struct Elaborated {
  std::map<std::string, std::string> objects;
  std::vector<std::string> order;
  std::vector<std::string> connections;
  bool operator==(const Elaborated&) const = default;

  /// Connections of each block in their order; blocks in any.
  [[nodiscard]] std::map<std::string, std::vector<std::string>> bySubject() const {
    std::map<std::string, std::vector<std::string>> all;
    for (const std::string& c : connections) {
      const std::size_t end = c.rfind(' ');
      all[c.substr(0, end)].push_back(c.substr(end + 1));
    }
    return all;
  }
};

inline std::string computed(const YamlNode& node, const ParameterMap& values) {
  std::string text = node.scalar;
  const auto parsed = Expression::parse(node.scalar);
  if (const auto* expression = std::get_if<Expression>(&parsed)) {
    const auto value = expression->evaluate([&](std::string_view name) -> std::optional<Rational> {
      const auto found = values.find(name);
      return found != values.end() ? std::optional(Rational(found->second)) : std::nullopt;
    });
    if (const auto* number = std::get_if<Rational>(&value)) text = std::to_string(number->numerator);
  }
  for (const YamlNode& item : node.items) text += ' ' + computed(item, values);
  for (const YamlNode::Entry& entry : node.entries)
    text += ' ' + entry.key + '=' + computed(entry.value, values);
  return text;
}

inline Elaborated elaborated(const std::string& text,
                             const std::function<std::string(std::string)>& rename = {}) {
  const Result<Architecture> a = parseArchitecture(text, "f");
  EXPECT_TRUE(a && !hasErrors(a.diagnostics)) << problems(a.diagnostics) << '\n' << text;
  Elaborated result;
  if (!a) return result;
  const auto name = [&](const std::string& own) { return rename ? rename(own) : own; };
  Problems ignored({});
  const ParameterMap values = resolveParameters(*a, {}, ignored);
  for (const ObjectDeclaration& object : a->objects) {
    std::string all(toString(object.objectClass));
    all += ' ' + object.note + ' ' + object.colour;
    for (const Attribute& attribute : object.attributes) {
      YamlNode value = attribute.value;
      if (attribute.name == "result_latency") {
        for (YamlNode::Entry& entry : value.entries) entry.key = name(entry.key);
      }
      all += ' ' + attribute.name + '=' + computed(value, values);
    }
    result.objects[name(object.name)] = all;
    result.order.push_back(name(object.name));
  }
  for (const Connection& c : a->connections) {
    result.connections.push_back(name(a->objects[c.from.index()].name) + ' ' + std::string(toString(c.kind)) +
                                 ' ' + name(a->objects[c.to.index()].name));
  }
  return result;
}

}  // namespace taktwerk::test
