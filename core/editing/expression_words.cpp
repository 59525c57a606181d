// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/expression_words.h"

#include <algorithm>
#include <array>

#include "core/architecture/class_specification.h"
#include "core/architecture/words.h"
#include "core/editing/index_term.h"

namespace taktwerk {
namespace {

/// Calls `visit` for the names of a text that are no part of a dotted name, and puts together what it gives.
template <class Visit>
std::string mapNames(std::string_view text, const Visit& visit) {
  return mapWords(text, [&](std::string_view word, bool dotted) {
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

std::set<std::string> wordsOf(std::string_view text) {
  std::set<std::string> words;
  static_cast<void>(mapNames(text, [&](std::string_view word) {
    words.emplace(word);
    return std::string();
  }));
  return words;
}

std::string withWords(std::string_view text, const ExpressionWords& words) {
  const auto own = words.find(text);
  if (own != words.end()) return own->second;
  return mapNames(text, [&](std::string_view word) {
    const auto found = words.find(word);
    return found != words.end() ? inBrackets(found->second) : std::string(word);
  });
}

std::string withWordsInBrackets(std::string_view text, const ExpressionWords& words) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t close = open == std::string_view::npos ? open : text.find(']', open);
    if (close == std::string_view::npos) break;
    result += std::string(text.substr(0, open + 1)) +
              withWords(text.substr(open + 1, close - open - 1), words) + ']';
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
        attribute->type == AttributeType::Choice) {
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

ExpressionWords argumentsOf(const YamlNode& entry, const TemplateDeclaration& declaration) {
  ExpressionWords arguments;
  for (const Parameter& parameter : declaration.parameters) {
    const YamlNode* given = entry.find(parameter.name);
    std::string text = given != nullptr               ? given->scalar
                       : parameter.expression.empty() ? std::to_string(parameter.defaultValue)
                                                      : withWords(parameter.expression, arguments);
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

void replaceWords(YamlNode& entry, const ExpressionWords& words) {
  ExpressionWords open = words;
  for (const std::string& name : indexNames(entry)) open.erase(name);
  if (!open.empty()) forEachExpression(entry, [&](std::string& text) { text = withWords(text, open); });
}

void replaceWords(ConnectionRule& rule, const ExpressionWords& words) {
  ExpressionWords open = words;
  for (ConnectionRange& range : rule.ranges) {
    for (ScalarText* text : {&range.from, &range.to, &range.step}) text->text = withWords(text->text, open);
    open.erase(range.name);
  }
  rule.from.text = withWordsInBrackets(rule.from.text, open);
  rule.to.text = withWordsInBrackets(rule.to.text, open);
  rule.when.text = withWords(rule.when.text, open);
}

}  // namespace taktwerk
