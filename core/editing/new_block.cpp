// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/new_block.h"

#include <algorithm>

#include "core/architecture/class_specification.h"
#include "core/editing/edit.h"

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

}  // namespace taktwerk
