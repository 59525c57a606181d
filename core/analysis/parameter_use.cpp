// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/parameter_use.h"

#include <algorithm>
#include <string_view>

#include "core/architecture/class_specification.h"
#include "core/architecture/expression_text.h"
#include "core/architecture/names.h"

namespace taktwerk {
namespace {

using Names = std::set<std::string>;
/// What a name stands for where it is used: parameters of the architecture.
using Scope = std::map<std::string, Names, std::less<>>;

constexpr int deepest = 32;  // templates within templates
/// Blocks of templates that are looked at: more are written by no hand, and a template may contain itself.
constexpr std::size_t mostVisited = 100'000;

void addText(std::string_view text, const Scope& scope, Names& names) {
  static_cast<void>(mapNamesAndNumbers(text, [&](std::string_view word, bool) {
    const auto found = scope.find(word);
    if (found != scope.end()) names.insert(found->second.begin(), found->second.end());
    return std::string();
  }));
}

void addValue(const YamlNode& node, const Scope& scope, Names& names) {
  addText(node.scalar, scope, names);
  for (const YamlNode& item : node.items) addValue(item, scope, names);
  for (const YamlNode::Entry& entry : node.entries) addValue(entry.value, scope, names);
}

/// Of what times it: what it costs makes nothing faster.
Names namesIn(const ObjectDeclaration& object, const Scope& scope) {
  const ClassSpecification* specification = specificationOf(object.objectClass);
  Names names;
  for (const Attribute& attribute : object.attributes) {
    const auto* known = specification != nullptr ? specification->find(attribute.name) : nullptr;
    if (known == nullptr || !isCost(known->type)) addValue(attribute.value, scope, names);
  }
  return names;
}

/// Each parameter with those its default follows, through whatever is between.
Scope scopeOf(const std::vector<Parameter>& parameters) {
  Scope scope;
  for (const Parameter& p : parameters) scope[p.name] = {p.name};
  for (bool grown = true; grown;) {
    grown = false;
    for (const Parameter& p : parameters) {
      Names& names = scope[p.name];
      const std::size_t before = names.size();
      addText(p.expression, scope, names);
      grown = grown || names.size() > before;
    }
  }
  return scope;
}

/// By name without indices the parameters of all blocks that are written in templates and arrays.
class Declarations {
 public:
  explicit Declarations(const Architecture& architecture) : architecture_(architecture) {
    visit(architecture.declared, scopeOf(architecture.parameters), {}, {}, 0);
  }
  [[nodiscard]] const std::map<std::string, Names, std::less<>>& byName() const { return byName_; }

 private:
  void visit(const std::vector<DeclaredObject>& declared, const Scope& scope, const std::string& prefix,
             const Names& around, int depth) {
    for (const DeclaredObject& each : declared) {
      if (++visited_ > mostVisited) return;
      Names sizes = around;
      for (const ScalarText& size : each.size) addText(size.text, scope, sizes);
      Scope inner = scope;
      for (const ScalarText& index : each.index) inner.erase(index.text);
      const std::string name = prefix + each.object.name;
      if (each.templateName.text.empty()) {
        Names names = namesIn(each.object, inner);
        names.insert(sizes.begin(), sizes.end());
        byName_[name] = std::move(names);
      } else {
        enter(each, inner, name, sizes, depth);
      }
    }
  }

  void enter(const DeclaredObject& instance, const Scope& scope, const std::string& name, const Names& around,
             int depth) {
    const auto& templates = architecture_.templates;
    const auto found = std::find_if(templates.begin(), templates.end(), [&](const TemplateDeclaration& t) {
      return t.name == instance.templateName.text;
    });
    if (found == templates.end() || depth >= deepest) return;
    Scope inner = scopeOf(architecture_.parameters);
    for (const Parameter& p : found->parameters) {
      Names names;
      if (const Attribute* argument = instance.object.find(p.name)) {
        addValue(argument->value, scope, names);
      } else {
        addText(p.expression, inner, names);
      }
      inner[p.name] = std::move(names);
    }
    visit(found->objects, inner, name + '.', around, depth + 1);
  }

  const Architecture& architecture_;
  std::size_t visited_ = 0;
  std::map<std::string, Names, std::less<>> byName_;
};

}  // namespace

ParameterUse::ParameterUse(const Architecture& architecture) : parameters_(architecture.objects.size()) {
  const Scope scope = scopeOf(architecture.parameters);
  const Declarations declarations(architecture);
  for (const ObjectDeclaration& object : architecture.objects) {
    Names& names = parameters_[object.id.index()];
    if (architecture.declared.empty()) {
      names = namesIn(object, scope);
    } else if (const auto found = declarations.byName().find(withoutIndices(object.name));
               found != declarations.byName().end()) {
      names = found->second;
    }
    for (const std::string& name : names) objects_[name].push_back(object.id);
  }
}

const std::vector<ObjectId>& ParameterUse::objectsOf(const std::string& parameter) const {
  static const std::vector<ObjectId> none;
  const auto found = objects_.find(parameter);
  return found == objects_.end() ? none : found->second;
}

const std::set<std::string>& ParameterUse::parametersOf(ObjectId object) const {
  static const std::set<std::string> none;
  return object.index() < parameters_.size() ? parameters_[object.index()] : none;
}

}  // namespace taktwerk
