// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/assemble.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/architecture/class_specification.h"

namespace taktwerk {

namespace {

void put(YamlNode& map, std::string_view key, YamlNode value) {
  map.entries.push_back({std::string(key), {}, std::move(value)});
}

YamlNode emptyMap() {
  YamlNode map;
  map.kind = YamlNode::Kind::Map;
  map.flow = true;
  return map;
}

YamlNode usualValue(const AttributeSpecification& attribute) {
  if (attribute.name == "registers") return yamlSequence({yamlScalar("r[8]", true)});
  if (attribute.name == "operations") return yamlSequence({yamlScalar("mac")});
  if (attribute.name == "sets") return yamlScalar("64");
  if (attribute.name == "ways") return yamlScalar("4");
  if (attribute.name == "line_words") return yamlScalar("8");
  return yamlScalar(std::to_string(attribute.minimum));
}

bool exists(const Architecture& architecture, ConnectionKind kind, ObjectId from, ObjectId to) {
  return std::any_of(architecture.connections.begin(), architecture.connections.end(),
                     [&](const Connection& c) { return c.kind == kind && c.from == from && c.to == to; });
}

void collect(const Architecture& architecture, ObjectId from, ObjectId to, DrawnConnections& result,
             bool& there) {
  const auto add = [&](ConnectionKind kind, ObjectId subject, ObjectId object) {
    const ObjectDeclaration& s = architecture.objects[subject.index()];
    const ObjectDeclaration& o = architecture.objects[object.index()];
    std::optional<std::string> illegal = whyIllegal(kind, s.objectClass, o.objectClass);
    if (illegal) {
      if (result.reason.empty()) result.reason = std::move(*illegal);
      return;
    }
    if (exists(architecture, kind, subject, object)) {
      there = true;
      return;
    }
    if (kind == ConnectionKind::Contains && containment(architecture, object) != nullptr) {
      result.reason = o.name + " is in a stage already";
      return;
    }
    result.possible.push_back({kind, s.name, o.name});
  };
  add(ConnectionKind::Contains, from, to);
  add(ConnectionKind::Forward, from, to);
  add(ConnectionKind::Writes, from, to);
  add(ConnectionKind::Reads, to, from);
}

/// Of the kind that is most likely meant, for the reason shown.
ConnectionKind likelyKind(ObjectClass from, ObjectClass to) {
  const auto stage = [](ObjectClass c) {
    return c == ObjectClass::InstructionFetchStage || c == ObjectClass::PipelineStage ||
           c == ObjectClass::ExecuteStage;
  };
  const auto unit = [](ObjectClass c) {
    return c == ObjectClass::FunctionalUnit || c == ObjectClass::MemoryAccessUnit ||
           c == ObjectClass::InstructionMemoryAccessUnit;
  };
  if (stage(from) && unit(to)) return ConnectionKind::Contains;
  if (stage(from)) return ConnectionKind::Forward;
  return unit(to) ? ConnectionKind::Reads : ConnectionKind::Writes;
}

}  // namespace

std::string freeName(const Architecture& architecture, std::string_view base,
                     const std::vector<std::string>& alsoTaken) {
  const auto taken = [&](const std::string& name) {
    return architecture.find(name) != nullptr ||
           std::any_of(architecture.declared.begin(), architecture.declared.end(),
                       [&](const DeclaredObject& d) { return d.object.name == name; }) ||
           std::find(alsoTaken.begin(), alsoTaken.end(), name) != alsoTaken.end();
  };
  std::string name(base);
  for (std::size_t n = 2; taken(name); ++n) name = std::string(base) + std::to_string(n);
  return name;
}

std::string_view usualName(ObjectClass objectClass) {
  switch (objectClass) {
    case ObjectClass::InstructionFetchStage:
      return "fetch";
    case ObjectClass::InstructionMemoryAccessUnit:
      return "imau";
    case ObjectClass::PipelineStage:
      return "stage";
    case ObjectClass::ExecuteStage:
      return "execute";
    case ObjectClass::FunctionalUnit:
      return "alu";
    case ObjectClass::MemoryAccessUnit:
      return "lsu";
    case ObjectClass::RegisterFile:
      return "regs";
    case ObjectClass::Sram:
      return "sram";
    case ObjectClass::Memory:
      return "memory";
    case ObjectClass::Dram:
      return "dram";
    case ObjectClass::SetAssociativeCache:
      return "cache";
    case ObjectClass::Unknown:
      break;
  }
  return "block";
}

YamlNode newObject(ObjectClass objectClass) {
  YamlNode node = emptyMap();
  put(node, "class", yamlScalar(std::string(toString(objectClass))));
  if (const ClassSpecification* specification = specificationOf(objectClass)) {
    for (const AttributeSpecification& attribute : specification->attributes) {
      if (attribute.required) put(node, attribute.name, usualValue(attribute));
    }
  }
  return node;
}

YamlNode objectNode(const ObjectDeclaration& object) {
  YamlNode node = emptyMap();
  put(node, "class", yamlScalar(object.className));
  for (const Attribute& attribute : object.attributes) put(node, attribute.name, attribute.value);
  if (!object.note.empty()) put(node, "note", yamlScalar(object.note, true));
  if (!object.colour.empty()) put(node, "colour", yamlScalar(object.colour, true));
  return node;
}

DrawnConnections drawnConnections(const Architecture& architecture, ObjectId from, ObjectId to) {
  DrawnConnections result;
  if (from == to) return {{}, "a block cannot be connected to itself"};
  const ObjectClass fromClass = architecture.objects[from.index()].objectClass;
  const ObjectClass toClass = architecture.objects[to.index()].objectClass;
  if (fromClass == ObjectClass::Unknown || toClass == ObjectClass::Unknown) {
    return {{}, "the class of this block is not known"};
  }
  bool there = false;
  collect(architecture, from, to, result, there);
  if (result.possible.empty()) collect(architecture, to, from, result, there);
  if (!result.possible.empty()) {
    result.reason.clear();
    return result;
  }
  if (there) {
    result.reason = "they are connected already";
    return result;
  }
  const ConnectionKind kind = likelyKind(fromClass, toClass);
  const bool turned = kind == ConnectionKind::Reads;
  if (auto why = whyIllegal(kind, turned ? toClass : fromClass, turned ? fromClass : toClass)) {
    result.reason = std::move(*why);
  }
  return result;
}

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

const Connection* containment(const Architecture& architecture, ObjectId object) {
  for (const Connection& c : architecture.connections) {
    if (c.kind == ConnectionKind::Contains && c.to == object) return &c;
  }
  return nullptr;
}

}  // namespace taktwerk
