// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/fragment.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/architecture/feasibility.h"
#include "core/base/expression.h"
#include "core/editing/drawn_connection.h"
#include "core/editing/group_fragment.h"
#include "core/editing/new_block.h"

namespace taktwerk {

namespace {

/// The words of a text that may be names of parameters.
void addWords(const YamlNode& node, std::set<std::string>& words) {
  std::string word;
  for (const char c : node.scalar + ' ') {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (letter) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
  }
  for (const YamlNode& item : node.items) addWords(item, words);
  for (const YamlNode::Entry& entry : node.entries) addWords(entry.value, words);
}

YamlNode parameterNode(const Parameter& parameter) {
  YamlNode node;
  node.kind = YamlNode::Kind::Map;
  node.flow = true;
  const auto put = [&](const char* key, std::string text) {
    node.entries.push_back({key, {}, yamlScalar(std::move(text))});
  };
  put("default",
      parameter.expression.empty() ? std::to_string(parameter.defaultValue) : parameter.expression);
  if (parameter.minimum) put("minimum", boundText(*parameter.minimum));
  if (parameter.maximum) put("maximum", boundText(*parameter.maximum));
  if (parameter.step) put("step", boundText(*parameter.step));
  if (!parameter.values.empty()) {
    std::vector<YamlNode> values;
    values.reserve(parameter.values.size());
    for (const ParameterBound& each : parameter.values) values.push_back(yamlScalar(boundText(each)));
    node.entries.push_back({"values", {}, yamlSequence(std::move(values))});
  }
  if (!parameter.description.empty()) put("description", parameter.description);
  if (!parameter.source.empty()) put("source", parameter.source);
  return node;
}

YamlNode whole(double value) {
  return yamlScalar(std::to_string(std::llround(value)));
}

}  // namespace

std::string fragmentText(const Architecture& architecture, const std::vector<ObjectId>& objects,
                         const std::function<CanvasPoint(ObjectId)>& placeOf) {
  Architecture part;
  part.name = "fragment";
  std::map<ObjectId, ObjectId> ids;
  std::set<std::string> words;
  for (const ObjectId id : objects) {
    ObjectDeclaration object = architecture.objects[id.index()];
    object.id = ObjectId{static_cast<std::uint32_t>(part.objects.size())};
    ids.emplace(id, object.id);
    object.at = placeOf(id);
    for (const Attribute& attribute : object.attributes) addWords(attribute.value, words);
    part.objects.push_back(std::move(object));
  }
  for (const Connection& connection : architecture.connections) {
    const auto from = ids.find(connection.from);
    const auto to = ids.find(connection.to);
    if (from == ids.end() || to == ids.end()) continue;
    part.connections.push_back({connection.kind, from->second, to->second, {}, connection.via});
  }
  // A default and bounds may use other parameters, which come before or behind it.
  for (std::size_t before = 0; before != words.size();) {
    before = words.size();
    for (const Parameter& parameter : architecture.parameters) {
      if (!words.contains(parameter.name)) continue;
      addWords(yamlScalar(parameter.expression), words);
      forEachBound(parameter, [&](std::string_view, const ParameterBound& bound) {
        addWords(yamlScalar(bound.expression), words);
      });
    }
  }
  for (const Parameter& parameter : architecture.parameters) {
    if (words.contains(parameter.name)) part.parameters.push_back(parameter);
  }
  return writeArchitecture(part);
}

Result<Paste> pasteEdits(const Architecture& into, std::string_view fragment, CanvasPoint offset) {
  const Result<Architecture> part = parseArchitecture(fragment, "clipboard");
  if (!part) return part.diagnostics;
  if (part->objects.empty()) {
    return Diagnostic{Severity::Error, "clipboard", {1, 1}, "A0902", "there are no blocks to paste", {}};
  }
  Paste paste;
  for (const Parameter& parameter : part->parameters) {
    const bool there = std::any_of(into.parameters.begin(), into.parameters.end(),
                                   [&](const Parameter& p) { return p.name == parameter.name; });
    if (!there) paste.edits.emplace_back(AddParameter{parameter.name, parameterNode(parameter)});
  }
  if (part->isGenerated() && hasTemplatesOf(into, *part)) {
    pasteEntries(into, *part, fragment, offset, paste);
    return paste;
  }
  for (const ObjectDeclaration& object : part->objects) {
    paste.names.push_back(freeNameLike(into, object.name, paste.names));
  }
  for (const ObjectDeclaration& object : part->objects) {
    YamlNode node = objectNode(object);
    for (YamlNode::Entry& entry : node.entries) {
      if (entry.key != "result_latency") continue;
      for (YamlNode::Entry& latency : entry.value.entries) {
        const ObjectDeclaration* file = part->find(latency.key);
        if (file != nullptr) latency.key = paste.names[file->id.index()];
      }
    }
    if (object.at && containment(*part, object.id) == nullptr) {
      node.entries.push_back(
          {"at", {}, yamlSequence({whole(object.at->x + offset.x), whole(object.at->y + offset.y)})});
    }
    paste.edits.emplace_back(AddObject{paste.names[object.id.index()], std::move(node)});
  }
  for (const Connection& connection : part->connections) {
    AddConnection add{connection.kind, paste.names[connection.from.index()],
                      paste.names[connection.to.index()]};
    for (const CanvasPoint& p : connection.via) add.via.push_back({p.x + offset.x, p.y + offset.y});
    paste.edits.emplace_back(std::move(add));
  }
  return paste;
}

}  // namespace taktwerk
