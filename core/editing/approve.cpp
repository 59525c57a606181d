// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/approve.h"

#include "core/base/yaml_edit.h"
#include "core/editing/edit.h"

namespace taktwerk {

namespace {

Diagnostic refused(const std::string& reason) {
  return {Severity::Error, {}, {1, 1}, "A0901", reason, {}};
}

Result<std::string> changedText(std::string_view text, const YamlChange& change) {
  std::optional<std::string> result = changeYaml(text, {change});
  if (result) return std::move(*result);
  return refused("the text is written in a way that this edit cannot follow; edit it as text");
}

}  // namespace

Result<std::string> approve(std::string_view text, const Approval& approval) {
  const Result<YamlNode> tree = parseYaml(text, {});
  if (!tree || !tree->isMap()) return refused("the file is no architecture");
  YamlNode entry;
  entry.kind = YamlNode::Kind::Map;
  entry.flow = true;
  entry.entries.push_back({"code", {}, yamlScalar(approval.code)});
  if (!approval.object.empty()) entry.entries.push_back({"object", {}, yamlScalar(approval.object)});
  entry.entries.push_back({"note", {}, yamlScalar(approval.note)});
  YamlChange change{YamlChange::Kind::Insert, {std::string("approved")}, {}};
  const YamlNode* list = tree->find("approved");
  if (list == nullptr) {
    change.value = yamlSequence({std::move(entry)});
    change.block = true;
  } else if (!list->isSequence()) {
    return refused("approved is no list");
  } else {
    change.path.emplace_back(list->items.size());
    change.value = std::move(entry);
  }
  return changedText(text, change);
}

Result<std::string> withdrawApproval(std::string_view text, std::size_t place) {
  const Result<YamlNode> tree = parseYaml(text, {});
  const YamlNode* list = tree && tree->isMap() ? tree->find("approved") : nullptr;
  if (list == nullptr || place >= list->items.size()) return refused("there is no such approval");
  YamlChange change{YamlChange::Kind::Remove, {std::string("approved")}, {}};
  if (list->items.size() > 1) change.path.emplace_back(place);
  return changedText(text, change);
}

}  // namespace taktwerk
