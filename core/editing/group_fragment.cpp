// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/group_fragment.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/architecture/feasibility.h"
#include "core/architecture/names.h"
#include "core/base/yaml.h"
#include "core/editing/new_block.h"
#include "core/editing/substitution.h"

namespace taktwerk {

namespace {

/// The entry that an end like `pe[r][c].alu` belongs to, or an empty view.
std::string_view ownerOf(const std::vector<DeclaredObject>& declared, std::string_view end) {
  std::string_view found;
  for (const DeclaredObject& d : declared) {
    const std::string& name = d.object.name;
    if (end == name) return name;
    if (name.size() < end.size() && end.starts_with(name) &&
        (end[name.size()] == '[' || end[name.size()] == '.') && name.size() > found.size())
      found = name;
  }
  return found;
}

std::string baseOf(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '.' || c == '['; }, '_');
  std::erase(name, ']');
  const std::size_t digits = name.find_last_not_of("0123456789");
  if (digits != std::string::npos && digits + 1 < name.size()) name.resize(digits + 1);
  return name;
}

void addNames(const YamlNode& node, std::set<std::string>& names) {
  names.merge(namesIn(node.scalar));
  for (const YamlNode& item : node.items) addNames(item, names);
  for (const YamlNode::Entry& entry : node.entries) addNames(entry.value, names);
}

void addNames(const DeclaredObject& entry, std::set<std::string>& names) {
  for (const Attribute& attribute : entry.object.attributes) addNames(attribute.value, names);
  for (const ScalarText& size : entry.size) names.merge(namesIn(size.text));
}

void addNames(const ConnectionRule& rule, std::set<std::string>& names) {
  for (const ScalarText* text : {&rule.from, &rule.to, &rule.when}) names.merge(namesIn(text->text));
  for (const ConnectionRange& range : rule.ranges) {
    for (const ScalarText* text : {&range.from, &range.to, &range.step}) names.merge(namesIn(text->text));
  }
}

/// A template with those that its objects are instances of.
void addTemplate(const Architecture& from, const std::string& name, std::vector<TemplateDeclaration>& to) {
  const auto named = [&](const TemplateDeclaration& t) { return t.name == name; };
  if (name.empty() || std::any_of(to.begin(), to.end(), named)) return;
  const auto found = std::find_if(from.templates.begin(), from.templates.end(), named);
  if (found == from.templates.end()) return;
  to.push_back(*found);
  for (const DeclaredObject& object : found->objects) addTemplate(from, object.templateName.text, to);
}

}  // namespace

std::string fragmentOfEntries(const Architecture& architecture, const std::set<std::string>& entries,
                              const std::function<CanvasPoint(const std::string&)>& placeOf) {
  Architecture part;
  part.name = "fragment";
  std::set<std::string> names;
  for (DeclaredObject entry : architecture.declared) {
    if (!entries.contains(entry.object.name)) continue;
    entry.object.at = placeOf(entry.object.name);
    addNames(entry, names);
    addTemplate(architecture, entry.templateName.text, part.templates);
    part.declared.push_back(std::move(entry));
  }
  for (const TemplateDeclaration& t : part.templates) {
    for (const DeclaredObject& object : t.objects) addNames(object, names);
    for (const ConnectionRule& rule : t.connections) addNames(rule, names);
  }
  for (const ConnectionRule& rule : architecture.rules) {
    if (ownerOf(part.declared, rule.from.text).empty() && ownerOf(part.declared, rule.to.text).empty())
      continue;
    addNames(rule, names);
    part.rules.push_back(rule);
  }
  for (std::size_t before = 0; before != names.size();) {  // a default and bounds may use others
    before = names.size();
    for (const Parameter& parameter : architecture.parameters) {
      if (!names.contains(parameter.name)) continue;
      names.merge(namesIn(parameter.expression));
      forEachBound(parameter, [&](std::string_view, const ParameterBound& bound) {
        names.merge(namesIn(bound.expression));
      });
    }
  }
  for (const Parameter& parameter : architecture.parameters) {
    if (names.contains(parameter.name)) part.parameters.push_back(parameter);
  }
  return writeArchitecture(part);
}

bool hasTemplatesOf(const Architecture& into, const Architecture& part) {
  return std::all_of(part.declared.begin(), part.declared.end(), [&](const DeclaredObject& entry) {
    const std::string& name = entry.templateName.text;
    return name.empty() || std::any_of(into.templates.begin(), into.templates.end(),
                                       [&](const TemplateDeclaration& t) { return t.name == name; });
  });
}

std::string freeNameLike(const Architecture& into, const std::string& wanted,
                         const std::vector<std::string>& taken) {
  if (isIdentifier(wanted)) {
    std::string own = freeName(into, wanted, taken);
    if (own == wanted) return own;
  }
  return freeName(into, baseOf(wanted), taken);
}

void pasteEntries(const Architecture& into, const Architecture& part, std::string_view fragment,
                  CanvasPoint offset, Paste& paste) {
  const Result<YamlNode> root = parseYaml(fragment, "clipboard");
  const YamlNode* objects = root ? root->find("objects") : nullptr;
  if (!objects) return;
  for (const DeclaredObject& entry : part.declared) {
    paste.names.push_back(freeNameLike(into, entry.object.name, paste.names));
  }
  const auto placeOf = [&](std::string_view owner) {
    const auto found = std::find_if(part.declared.begin(), part.declared.end(),
                                    [&](const DeclaredObject& d) { return d.object.name == owner; });
    return static_cast<std::size_t>(found - part.declared.begin());
  };
  for (std::size_t i = 0; i < part.declared.size(); ++i) {
    const YamlNode* written = objects->find(part.declared[i].object.name);
    if (!written) continue;
    YamlNode node = *written;
    std::erase_if(node.entries, [](const YamlNode::Entry& entry) { return entry.key == "at"; });
    for (YamlNode::Entry& entry : node.entries) {
      if (entry.key != "result_latency") continue;
      for (YamlNode::Entry& latency : entry.value.entries) {
        if (const std::size_t at = placeOf(latency.key); at < paste.names.size())
          latency.key = paste.names[at];
      }
    }
    if (const auto& at = part.declared[i].object.at) {
      const auto whole = [](double value) { return yamlScalar(std::to_string(std::llround(value))); };
      node.entries.push_back({"at", {}, yamlSequence({whole(at->x + offset.x), whole(at->y + offset.y)})});
    }
    paste.edits.emplace_back(AddObject{paste.names[i], std::move(node)});
  }
  for (ConnectionRule rule : part.rules) {
    bool whole = true;
    for (ScalarText* end : {&rule.from, &rule.to}) {
      const std::string_view owner = ownerOf(part.declared, end->text);
      if (!owner.empty()) {
        end->text = paste.names[placeOf(owner)] + end->text.substr(owner.size());
      } else {  // a wire to what is around, where that is here too
        whole = whole && (into.find(end->text) != nullptr || !ownerOf(into.declared, end->text).empty());
      }
    }
    for (CanvasPoint& p : rule.via) p = {p.x + offset.x, p.y + offset.y};
    if (whole) paste.edits.emplace_back(AddRule{std::move(rule), {}, {}, {}});
  }
}

}  // namespace taktwerk
