// SPDX-License-Identifier: GPL-3.0-or-later
// What edits are called and how they are taken back.
#include <algorithm>

#include "core/architecture/class_specification.h"
#include "core/architecture/declaration_reader.h"
#include "core/architecture/object_reader.h"
#include "core/base/yaml_text.h"
#include "core/editing/edit.h"

namespace taktwerk {
namespace {

std::optional<std::size_t> placeIn(const YamlNode& root, const std::string& section,
                                   const std::string& name) {
  const YamlNode* all = root.find(section);
  for (std::size_t i = 0; all != nullptr && i < all->entries.size(); ++i) {
    if (all->entries[i].key == name) return i;
  }
  return std::nullopt;
}

/// Undoes edits, given what the file says before.
class Inverter {
 public:
  explicit Inverter(const YamlNode& root) : root_(root) {}
  using Edits = std::vector<ArchitectureEdit>;

  Edits operator()(const SetAttribute& e) {
    if (e.inTemplate.empty()) return {SetAttribute{e.object, e.name, old("objects", e.object, e.name)}};
    const YamlNode* value =
        root_.find("templates")->find(e.inTemplate)->find("objects")->find(e.object)->find(e.name);
    return {SetAttribute{e.object, e.name, value != nullptr ? std::optional(*value) : std::nullopt,
                         e.inTemplate}};
  }
  Edits operator()(const AddObject& e) { return {RemoveObject{e.name}}; }
  Edits operator()(const RenameObject& e) { return {RenameObject{e.to, e.from}}; }
  Edits operator()(const RemoveObject& e) {
    Edits edits{AddObject{e.name, *root_.find("objects")->find(e.name), placeIn(root_, "objects", e.name)}};
    const YamlNode* connections = root_.find("connections");
    for (std::size_t i = 0; connections != nullptr && i < connections->items.size(); ++i) {
      const auto edit = connectionAt(i);
      if (edit && (edit->from == e.name || edit->to == e.name)) edits.emplace_back(*edit);
    }
    return edits;
  }
  Edits operator()(const AddConnection& e) {
    const YamlNode* connections = root_.find("connections");
    const std::size_t count = connections != nullptr ? connections->items.size() : 0;
    return {RemoveConnection{std::min(e.at.value_or(count), count)}};
  }
  Edits operator()(const AddRule& e) {
    const YamlNode* connections = connectionsOf(e.inTemplate);
    const std::size_t count = connections != nullptr ? connections->items.size() : 0;
    return {RemoveConnection{std::min(e.at.value_or(count), count), e.inTemplate}};
  }
  Edits operator()(const RemoveConnection& e) {
    if (e.inTemplate.empty()) {
      if (const auto edit = connectionAt(e.place)) return {*edit};
    }
    const auto rule = ruleAt(e.place, e.inTemplate);
    return rule ? Edits{AddRule{*rule, e.inTemplate, {}, e.place}} : Edits{};
  }
  Edits operator()(const SetRule& e) {
    const auto rule = ruleAt(e.place, e.inTemplate);
    return rule ? Edits{SetRule{e.place, *rule, e.inTemplate, {}}} : Edits{};
  }
  Edits operator()(const SetBends& e) {
    return {SetBends{e.place, viaOf(root_.find("connections")->items[e.place])}};
  }
  Edits operator()(const SetParameter& e) {
    return {SetParameter{e.parameter, e.field, old("parameters", e.parameter, e.field)}};
  }
  Edits operator()(const AddParameter& e) { return {RemoveParameter{e.name}}; }
  Edits operator()(const RemoveParameter& e) {
    return {
        AddParameter{e.name, *root_.find("parameters")->find(e.name), placeIn(root_, "parameters", e.name)}};
  }
  Edits operator()(const SetText& e) {
    const YamlNode* before = root_.find(e.key);
    return {SetText{e.key, before != nullptr ? before->scalar : std::string()}};
  }

 private:
  [[nodiscard]] std::optional<YamlNode> old(const std::string& section, const std::string& name,
                                            const std::string& field) const {
    const YamlNode* value = root_.find(section)->find(name)->find(field);
    return value != nullptr ? std::optional(*value) : std::nullopt;
  }

  [[nodiscard]] const YamlNode* connectionsOf(const std::string& inTemplate) const {
    if (inTemplate.empty()) return root_.find("connections");
    return root_.find("templates")->find(inTemplate)->find("connections");
  }

  [[nodiscard]] std::optional<ConnectionRule> ruleAt(std::size_t place, const std::string& inTemplate) const {
    YamlNode list = yamlSequence({connectionsOf(inTemplate)->items[place]});
    std::vector<ConnectionRule> rules;
    Problems problems({});
    bool complete = true;
    if (!readConnections(list, rules, problems, complete) || rules.size() != 1) return std::nullopt;
    return rules.front();
  }

  [[nodiscard]] std::optional<AddConnection> connectionAt(std::size_t place) const {
    const YamlNode& item = root_.find("connections")->items[place];
    if (item.entries.size() != (item.find("via") != nullptr ? 2U : 1U)) return std::nullopt;
    for (const ConnectionKind kind :
         {ConnectionKind::Contains, ConnectionKind::Forward, ConnectionKind::Reads, ConnectionKind::Writes}) {
      const YamlNode* ends = item.find(toString(kind));
      if (ends == nullptr || ends->items.size() != 2) continue;
      return AddConnection{kind, ends->items[0].scalar, ends->items[1].scalar, place, viaOf(item)};
    }
    return std::nullopt;
  }

  static std::vector<CanvasPoint> viaOf(const YamlNode& item) {
    std::vector<CanvasPoint> via;
    const YamlNode* points = item.find("via");
    for (std::size_t i = 0; points != nullptr && i < points->items.size(); ++i) {
      if (const std::optional<CanvasPoint> p = pointOf(points->items[i])) via.push_back(*p);
    }
    return via;
  }

  const YamlNode& root_;
};

struct Describer {
  static std::string saidBy(const ConnectionRule& rule) {
    return rule.from.text + ' ' + std::string(toString(rule.kind)) + ' ' + rule.to.text;
  }
  std::string operator()(const SetAttribute& e) const {
    return e.value ? "Set " + e.name + " of " + e.object + " to " + yamlText(*e.value)
                   : "Remove " + e.name + " of " + e.object;
  }
  std::string operator()(const AddObject& e) const { return "Add " + e.name; }
  std::string operator()(const RemoveObject& e) const { return "Remove " + e.name; }
  std::string operator()(const RenameObject& e) const { return "Rename " + e.from + " to " + e.to; }
  std::string operator()(const AddConnection& e) const {
    return "Connect: " + e.from + ' ' + std::string(toString(e.kind)) + ' ' + e.to;
  }
  std::string operator()(const RemoveConnection& e) const {
    return "Remove connection " + std::to_string(e.place + 1);
  }
  std::string operator()(const AddRule& e) const {
    return "Connect: " + (e.sentence.empty() ? saidBy(e.rule) : e.sentence);
  }
  std::string operator()(const SetRule& e) const {
    return "Change connection " + std::to_string(e.place + 1) + " to " +
           (e.sentence.empty() ? saidBy(e.rule) : e.sentence);
  }
  std::string operator()(const SetBends& e) const {
    return (e.via.empty() ? "Remove bends of connection " : "Bend connection ") + std::to_string(e.place + 1);
  }
  std::string operator()(const SetParameter& e) const {
    return e.value ? "Set " + e.field + " of parameter " + e.parameter + " to " + yamlText(*e.value)
                   : "Remove " + e.field + " of parameter " + e.parameter;
  }
  std::string operator()(const AddParameter& e) const { return "Add parameter " + e.name; }
  std::string operator()(const RemoveParameter& e) const { return "Remove parameter " + e.name; }
  std::string operator()(const SetText& e) const { return "Set the " + e.key; }
};

}  // namespace

std::string describe(const ArchitectureEdit& edit) {
  return std::visit(Describer{}, edit);
}

Result<std::vector<ArchitectureEdit>> inverse(std::string_view text, const ArchitectureEdit& edit) {
  const Result<std::string> after = applyEdit(text, edit);
  if (!after) return after.diagnostics;  // what cannot be done has no inverse
  const Result<YamlNode> tree = parseYaml(text, {});
  return std::visit(Inverter(*tree), edit);
}

}  // namespace taktwerk
