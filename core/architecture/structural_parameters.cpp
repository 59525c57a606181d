// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/structural_parameters.h"

#include <string_view>

#include "core/architecture/expression_text.h"
#include "core/architecture/feasibility.h"

namespace taktwerk {
namespace {

using Names = std::set<std::string, std::less<>>;

void addText(std::string_view text, Names& names) {
  static_cast<void>(mapNamesAndNumbers(text, [&](std::string_view word, bool) {
    names.emplace(word);
    return std::string();
  }));
}

void addValue(const YamlNode& node, Names& names) {
  addText(node.scalar, names);
  for (const YamlNode& item : node.items) addValue(item, names);
  for (const YamlNode::Entry& entry : node.entries) addValue(entry.value, names);
}

void addDeclared(const std::vector<DeclaredObject>& declared, Names& names) {
  for (const DeclaredObject& d : declared) {
    for (const ScalarText& size : d.size) addText(size.text, names);
    for (const ScalarText& index : d.index) addText(index.text, names);
    if (d.templateName.text.empty()) continue;
    for (const Attribute& argument : d.object.attributes) addValue(argument.value, names);
  }
}

void addRules(const std::vector<ConnectionRule>& rules, Names& names) {
  for (const ConnectionRule& rule : rules) {
    for (const ScalarText* text : {&rule.from, &rule.to, &rule.when}) addText(text->text, names);
    for (const ConnectionRange& range : rule.ranges) {
      names.insert(range.name);
      for (const ScalarText* text : {&range.from, &range.to, &range.step}) addText(text->text, names);
    }
  }
}

}  // namespace

Names structuralParameters(const Architecture& architecture) {
  Names mentioned;
  addDeclared(architecture.declared, mentioned);
  addRules(architecture.rules, mentioned);
  for (const TemplateDeclaration& t : architecture.templates) {
    for (const Parameter& p : t.parameters) {
      mentioned.insert(p.name);
      addText(p.expression, mentioned);
      // Bounds decide which values are refused.
      forEachBound(
          p, [&](std::string_view, const ParameterBound& bound) { addText(bound.expression, mentioned); });
    }
    addDeclared(t.objects, mentioned);
    addRules(t.connections, mentioned);
  }
  Names structural;
  for (const Parameter& p : architecture.parameters) {
    if (mentioned.contains(p.name)) structural.insert(p.name);
  }
  return structural;
}

}  // namespace taktwerk
