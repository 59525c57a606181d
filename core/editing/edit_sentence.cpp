// SPDX-License-Identifier: GPL-3.0-or-later
// What edits are called in a list of steps.
#include "core/architecture/class_specification.h"
#include "core/base/yaml_text.h"
#include "core/editing/edit.h"

namespace taktwerk {
namespace {

struct Describer {
  static std::string saidBy(const ConnectionRule& rule) {
    return rule.from.text + ' ' + std::string(toString(rule.kind)) + ' ' + rule.to.text;
  }
  std::string operator()(const SetAttribute& e) const {
    return e.value ? "Set " + e.name + " of " + e.object + " to " + yamlText(*e.value)
                   : "Remove " + e.name + " of " + e.object;
  }
  std::string operator()(const AddObject& e) const { return "Add " + e.name; }
  static std::string ofTemplate(const std::string& name) {
    return name.empty() ? std::string() : " of template " + name;
  }
  std::string operator()(const RemoveObject& e) const {
    return "Remove " + e.name + ofTemplate(e.inTemplate);
  }
  std::string operator()(const RenameObject& e) const {
    return "Rename " + e.from + ofTemplate(e.inTemplate) + " to " + e.to;
  }
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

}  // namespace taktwerk
