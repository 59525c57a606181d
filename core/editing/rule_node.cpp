// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/rule_node.h"

#include "core/architecture/class_specification.h"
#include "core/architecture/object_reader.h"
#include "core/editing/edit.h"

namespace taktwerk {
namespace {

YamlNode map(bool flow) {
  YamlNode node;
  node.kind = YamlNode::Kind::Map;
  node.flow = flow;
  return node;
}

}  // namespace

YamlNode viaNode(const std::vector<CanvasPoint>& via) {
  YamlNode node = yamlSequence({});
  for (const CanvasPoint& p : via) {
    node.items.push_back(yamlSequence({yamlScalar(coordinateText(p.x)), yamlScalar(coordinateText(p.y))}));
  }
  return node;
}

YamlNode ruleNode(const ConnectionRule& rule) {
  YamlNode node = map(!rule.ranges.empty() || !rule.when.text.empty() || !rule.via.empty());
  node.entries.push_back({std::string(toString(rule.kind)),
                          {},
                          yamlSequence({yamlScalar(rule.from.text), yamlScalar(rule.to.text)})});
  YamlNode ranges = map(true);
  for (const ConnectionRange& range : rule.ranges) {
    YamlNode value = yamlScalar(range.to.text);
    if (!range.from.text.empty() || !range.step.text.empty()) {
      value = map(true);
      if (!range.from.text.empty()) value.entries.push_back({"from", {}, yamlScalar(range.from.text)});
      value.entries.push_back({"to", {}, yamlScalar(range.to.text)});
      if (!range.step.text.empty()) value.entries.push_back({"step", {}, yamlScalar(range.step.text)});
    }
    ranges.entries.push_back({range.name, {}, std::move(value)});
  }
  if (!rule.ranges.empty()) node.entries.push_back({"for", {}, std::move(ranges)});
  if (!rule.when.text.empty()) node.entries.push_back({"when", {}, yamlScalar(rule.when.text)});
  if (!rule.via.empty()) node.entries.push_back({"via", {}, viaNode(rule.via)});
  return node;
}

}  // namespace taktwerk
