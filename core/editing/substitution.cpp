// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/substitution.h"

#include <algorithm>
#include <array>

#include "core/architecture/class_specification.h"
#include "core/architecture/expression_text.h"
#include "core/editing/index_term.h"

namespace taktwerk {
namespace {

/// Calls `visit` for the names of a text that are no part of a dotted name, and puts together what it gives.
template <class Visit>
std::string mapNames(std::string_view text, const Visit& visit) {
  return mapNamesAndNumbers(text, [&](std::string_view word, bool dotted) {
    const bool number = word[0] >= '0' && word[0] <= '9';
    return dotted || number ? std::string(word) : visit(word);
  });
}

void visitAll(YamlNode& node, const std::function<void(std::string&)>& visit) {
  if (node.isScalar()) visit(node.scalar);
  for (YamlNode& item : node.items) visitAll(item, visit);
  for (YamlNode::Entry& entry : node.entries) visitAll(entry.value, visit);
}

}  // namespace

std::set<std::string> namesIn(std::string_view text) {
  std::set<std::string> names;
  static_cast<void>(mapNames(text, [&](std::string_view name) {
    names.emplace(name);
    return std::string();
  }));
  return names;
}

std::string substituted(std::string_view text, const Substitution& substitution) {
  const auto own = substitution.find(text);
  if (own != substitution.end()) return own->second;
  return mapNames(text, [&](std::string_view name) {
    const auto found = substitution.find(name);
    return found != substitution.end() ? inBrackets(found->second) : std::string(name);
  });
}

std::string substitutedInBrackets(std::string_view text, const Substitution& substitution) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t close = open == std::string_view::npos ? open : text.find(']', open);
    if (close == std::string_view::npos) break;
    result += std::string(text.substr(0, open + 1)) +
              substituted(text.substr(open + 1, close - open - 1), substitution) + ']';
    text.remove_prefix(close + 1);
  }
  return result += text;
}

bool isAttributeKey(std::string_view key) {
  constexpr std::array<std::string_view, 8> others{"class", "template", "size",   "index",
                                                   "at",    "note",     "colour", "pinned"};
  return std::find(others.begin(), others.end(), key) == others.end();
}

void forEachExpression(YamlNode& entry, const std::function<void(std::string&)>& visit) {
  const YamlNode* className = entry.find("class");
  const ClassSpecification* specification =
      className != nullptr ? specificationOf(classFromName(className->scalar)) : nullptr;
  for (YamlNode::Entry& field : entry.entries) {
    if (field.key == "size") visitAll(field.value, visit);
    if (!isAttributeKey(field.key)) continue;
    if (className == nullptr) {
      visitAll(field.value, visit);
      continue;
    }
    const AttributeSpecification* attribute =
        specification != nullptr ? specification->find(field.key) : nullptr;
    if (attribute == nullptr || attribute->type == AttributeType::Boolean ||
        attribute->type == AttributeType::Choice || attribute->type == AttributeType::Source) {
      continue;
    }
    if (attribute->type != AttributeType::Names) {
      visitAll(field.value, visit);
      continue;
    }
    for (YamlNode& item : field.value.items) {
      const std::size_t open = item.scalar.find('['), close = item.scalar.rfind(']');
      if (open == std::string::npos || close == std::string::npos || close < open) continue;
      std::string inner = item.scalar.substr(open + 1, close - open - 1);
      visit(inner);
      item.scalar = item.scalar.substr(0, open + 1) + inner + item.scalar.substr(close);
    }
  }
}

Substitution argumentsOf(const YamlNode& entry, const TemplateDeclaration& declaration) {
  Substitution arguments;
  for (const Parameter& parameter : declaration.parameters) {
    const YamlNode* given = entry.find(parameter.name);
    std::string text = given != nullptr               ? given->scalar
                       : parameter.expression.empty() ? std::to_string(parameter.defaultValue)
                                                      : substituted(parameter.expression, arguments);
    arguments.insert_or_assign(parameter.name, std::move(text));
  }
  return arguments;
}

std::set<std::string> indexNames(const YamlNode& entry) {
  std::set<std::string> names;
  const YamlNode* index = entry.find("index");
  if (index == nullptr) return names;
  if (index->isScalar()) names.insert(index->scalar);
  for (const YamlNode& item : index->items) names.insert(item.scalar);
  return names;
}

void substitute(YamlNode& entry, const Substitution& substitution) {
  Substitution open = substitution;
  for (const std::string& name : indexNames(entry)) open.erase(name);
  if (!open.empty()) forEachExpression(entry, [&](std::string& text) { text = substituted(text, open); });
}

void substitute(ConnectionRule& rule, const Substitution& substitution) {
  Substitution open = substitution;
  for (ConnectionRange& range : rule.ranges) {
    for (ScalarText* text : {&range.from, &range.to, &range.step}) text->text = substituted(text->text, open);
    open.erase(range.name);
  }
  rule.from.text = substitutedInBrackets(rule.from.text, open);
  rule.to.text = substitutedInBrackets(rule.to.text, open);
  rule.when.text = substituted(rule.when.text, open);
}

}  // namespace taktwerk
