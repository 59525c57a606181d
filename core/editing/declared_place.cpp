// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/declared_place.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/yaml.h"

namespace taktwerk {

bool isDeclared(const Architecture& architecture, std::string_view object) {
  if (architecture.declared.empty()) return architecture.find(object) != nullptr;
  return std::any_of(architecture.declared.begin(), architecture.declared.end(),
                     [&](const DeclaredObject& d) { return d.object.name == object; });
}

std::optional<Origin> originOf(const Architecture& architecture, std::string_view object) {
  if (architecture.declared.empty()) {
    const ObjectDeclaration* found = architecture.find(object);
    return found != nullptr ? std::optional(Origin{{}, found->name, found}) : std::nullopt;
  }
  const std::vector<DeclaredObject>* among = &architecture.declared;
  std::string inTemplate;
  // Down the parts of a name, "pe[0][1].alu", from instance to template; templates do not contain themselves.
  while (true) {
    const DeclaredObject* best = nullptr;
    for (const DeclaredObject& d : *among) {
      const std::string& name = d.object.name;
      if (!object.starts_with(name) || (best != nullptr && best->object.name.size() >= name.size())) continue;
      const std::string_view rest = object.substr(name.size());
      if (rest.empty() || rest.front() == '[' || rest.front() == '.') best = &d;
    }
    if (best == nullptr) return std::nullopt;
    const std::size_t dot = object.find('.', best->object.name.size());
    if (best->templateName.text.empty() || dot == std::string_view::npos) {
      return Origin{inTemplate, best->object.name, &best->object};
    }
    const auto next =
        std::find_if(architecture.templates.begin(), architecture.templates.end(),
                     [&](const TemplateDeclaration& t) { return t.name == best->templateName.text; });
    if (next == architecture.templates.end()) return std::nullopt;
    inTemplate = next->name;
    among = &next->objects;
    object.remove_prefix(dot + 1);
  }
}

std::vector<std::optional<std::size_t>> connectionPlaces(std::string_view text,
                                                         const std::vector<const Connection*>& connections) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> places;
  const Result<YamlNode> tree = parseYaml(text, {});
  const YamlNode* all = tree ? tree->find("connections") : nullptr;
  for (std::size_t i = 0; all != nullptr && i < all->items.size(); ++i) {
    for (const YamlNode::Entry& entry : all->items[i].entries) {
      places.try_emplace({entry.position.line, entry.position.column}, i);
    }
  }
  std::vector<std::optional<std::size_t>> result;
  for (const Connection* c : connections) {
    const auto found = places.find({c->position.line, c->position.column});
    result.push_back(found == places.end() ? std::nullopt : std::optional(found->second));
  }
  return result;
}

std::optional<std::size_t> connectionPlace(std::string_view text, const Connection& connection) {
  return connectionPlaces(text, {&connection}).front();
}

}  // namespace taktwerk
