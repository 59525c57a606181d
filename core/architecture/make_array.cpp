// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "core/architecture/edit.h"
#include "core/architecture/make_template.h"
#include "core/architecture/regroup.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

/// A name for an index that means nothing else where it is used.
std::string freeName(const std::string& wanted, std::set<std::string>& taken) {
  std::string name = wanted;
  for (int i = 2; !taken.insert(name).second; ++i) name = wanted + std::to_string(i);
  return name;
}

/// A connection of the instance to the outside, for each element; nothing when it has no part in it.
std::optional<YamlNode> forEach(const Regrouping& grouping, const MakeArray& edit, YamlNode item) {
  const YamlNode::Entry* ends = Regrouping::endsOf(item);
  if (ends == nullptr) return std::nullopt;
  std::set<std::string> taken;
  if (const YamlNode* parameters = grouping.root().find("parameters")) {
    for (const YamlNode::Entry& parameter : parameters->entries) taken.insert(parameter.key);
  }
  YamlNode ranges;
  ranges.kind = YamlNode::Kind::Map;
  ranges.flow = true;
  if (const YamlNode* known = item.find("for")) ranges = *known;
  for (const YamlNode::Entry& range : ranges.entries) taken.insert(range.key);
  std::string index;
  for (const auto& [wanted, size] :
       {std::pair(edit.columns.empty() ? "i" : "r", edit.rows), std::pair("c", edit.columns)}) {
    if (size.empty()) continue;
    const std::string name = freeName(wanted, taken);
    index += '[' + name + ']';
    ranges.entries.push_back({name, {}, yamlScalar(size)});
  }
  bool concerned = false;
  for (YamlNode::Entry& entry : item.entries) {
    if (&entry != ends) continue;
    for (YamlNode& end : entry.value.items) {
      if (grouping.ownerOf(end.scalar) != edit.object) continue;
      end = yamlScalar(edit.object + index + end.scalar.substr(edit.object.size()));
      concerned = true;
    }
  }
  if (!concerned) return std::nullopt;
  for (YamlNode::Entry& entry : item.entries) {
    if (entry.key != "for") continue;
    entry.value = std::move(ranges);
    return item;
  }
  item.entries.push_back({"for", {}, std::move(ranges)});
  return item;
}

/// The ranges that count an array's elements, `pe[r][c]` with `for: {r: rows, c: columns}`, follow its sizes.
std::vector<YamlChange> followSizes(const Regrouping& grouping, const MakeArray& edit,
                                    const YamlNode& before) {
  std::vector<YamlChange> changes;
  for (std::size_t i = 0; i < grouping.connections().size(); ++i) {
    const YamlNode& item = grouping.connections()[i];
    const YamlNode::Entry* ends = Regrouping::endsOf(item);
    const YamlNode* ranges = item.find("for");
    if (ends == nullptr || ranges == nullptr) continue;
    std::set<std::string> counting[2];  // which variables count rows and columns
    for (const YamlNode& end : ends->value.items) {
      if (grouping.ownerOf(end.scalar) != edit.object) continue;
      std::size_t at = edit.object.size();
      for (std::set<std::string>& variables : counting) {
        const std::size_t close = end.scalar.find(']', at);
        if (at >= end.scalar.size() || end.scalar[at] != '[' || close == std::string::npos) break;
        variables.insert(end.scalar.substr(at + 1, close - at - 1));
        at = close + 1;
      }
    }
    for (const YamlNode::Entry& range : ranges->entries) {
      for (std::size_t k = 0; k < 2; ++k) {
        const YamlNode* old = !before.isSequence()      ? (k == 0 ? &before : nullptr)
                              : k < before.items.size() ? &before.items[k]
                                                        : nullptr;
        if (old == nullptr || !counting[k].contains(range.key) || !range.value.isScalar()) continue;
        if (range.value.scalar != old->scalar) continue;
        changes.push_back({Kind::Set,
                           {std::string("connections"), i, std::string("for"), range.key},
                           yamlScalar(k == 0 ? edit.rows : edit.columns)});
        break;
      }
    }
  }
  return changes;
}

}  // namespace

Result<std::string> makeArray(std::string_view text, const MakeArray& edit) {
  Regrouping grouping(text);
  if (grouping.refused()) return grouping.result();
  const YamlNode* object = grouping.object(edit.object);
  if (object == nullptr || !object->isMap() || object->find("template") == nullptr) {
    grouping.refuse('"' + edit.object + "\" is no instance of a template");
    return grouping.result();
  }
  if (edit.rows.empty()) grouping.refuse("the array has no size");
  YamlNode size = edit.columns.empty() ? yamlScalar(edit.rows)
                                       : yamlSequence({yamlScalar(edit.rows), yamlScalar(edit.columns)});
  const YamlNode* before = object->find("size");
  if (before != nullptr) {
    const std::size_t indices = before->isSequence() ? before->items.size() : 1;
    if (indices != (edit.columns.empty() ? 1U : 2U)) {
      grouping.refuse("elements of \"" + edit.object + "\" have " + std::to_string(indices) +
                      (indices == 1 ? " index" : " indices") + "; give as many sizes");
    }
    grouping.step(followSizes(grouping, edit, *before));
    grouping.step({{Kind::Set, {std::string("objects"), edit.object, std::string("size")}, std::move(size)}});
    return grouping.result();
  }
  for (const YamlNode::Entry& other : grouping.root().find("objects")->entries) {
    const YamlNode* latencies = other.value.isMap() ? other.value.find("result_latency") : nullptr;
    if (latencies == nullptr) continue;
    for (const YamlNode::Entry& latency : latencies->entries) {
      if (grouping.ownerOf(latency.key) != edit.object) continue;
      grouping.refuse("result_latency of \"" + other.key + "\" names \"" + latency.key +
                      "\", which cannot name all elements of an array");
    }
  }
  std::vector<YamlChange> changes;
  for (std::size_t i = 0; i < grouping.connections().size(); ++i) {
    std::optional<YamlNode> each = forEach(grouping, edit, grouping.connections()[i]);
    if (each) changes.push_back({Kind::Set, {std::string("connections"), i}, std::move(*each)});
  }
  grouping.step(changes);
  YamlChange sized{Kind::Insert, {std::string("objects"), edit.object, std::string("size")}, std::move(size)};
  sized.at = 1;
  grouping.step({sized});
  return grouping.result();
}

}  // namespace taktwerk
