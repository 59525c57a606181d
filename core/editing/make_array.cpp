// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <set>

#include "core/base/quotes.h"
#include "core/editing/architecture_text.h"
#include "core/editing/edit.h"
#include "core/editing/index_term.h"
#include "core/editing/make_template.h"
#include "core/editing/substitution.h"

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
std::optional<YamlNode> forEach(const ArchitectureText& edited, const MakeArray& edit, YamlNode item) {
  const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
  if (ends == nullptr) return std::nullopt;
  std::set<std::string> taken;
  if (const YamlNode* parameters = edited.root().find("parameters")) {
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
      if (edited.ownerOf(end.scalar) != edit.object) continue;
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

/// Where the text of an index in brackets begins and ends; nothing when the end has fewer.
std::optional<std::pair<std::size_t, std::size_t>> indexAt(const std::string& end, std::size_t from,
                                                           std::size_t k) {
  while (from < end.size() && end[from] == '[') {
    const std::size_t close = end.find(']', from);
    if (close == std::string::npos) break;
    if (k-- == 0) return std::pair(from + 1, close);
    from = close + 1;
  }
  return std::nullopt;
}

/// What a count or an index says of an array's size, `columns - 1`, for another size; nothing when it says
/// nothing of it. Of numbers 4 and 3 are taken for the size and the last index of four, where `counts`.
std::optional<std::string> followed(const std::string& text, const std::string& before,
                                    const std::string& now, bool counts) {
  const IndexTerm term = indexTerm(text), old = indexTerm(before);
  if (term.base != old.base) return std::nullopt;
  const std::int64_t difference = term.plus - old.plus;
  if (old.base.empty() && (!counts || difference > 0 || difference < -1)) return std::nullopt;
  return difference == 0 ? now : toString(indexTerm(now) + difference);
}

/// The ranges that count an array's elements and the indices of its last row or column follow its sizes.
std::vector<YamlChange> followSizes(const ArchitectureText& edited, const MakeArray& edit,
                                    const std::vector<std::string>& before,
                                    const std::vector<std::string>& now) {
  std::vector<YamlChange> changes;
  for (std::size_t i = 0; i < edited.connections().size(); ++i) {
    const YamlNode& item = edited.connections()[i];
    const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
    if (ends == nullptr) continue;
    const YamlNode* ranges = item.find("for");
    std::map<std::string, std::string> counts;  // by variable: what its range becomes
    for (std::size_t e = 0; e < 2; ++e) {
      std::string end = ends->value.items[e].scalar;
      if (edited.ownerOf(end) != edit.object) continue;
      for (std::size_t k = 0; k < before.size(); ++k) {
        const auto place = indexAt(end, edit.object.size(), k);
        if (!place || before[k] == now[k]) continue;
        std::string index = withoutBlanks(end.substr(place->first, place->second - place->first));
        const std::string ring = '%' + inBrackets(withoutBlanks(before[k]));
        std::optional<std::string> changed;
        if (index.ends_with(ring)) {
          changed = end.substr(place->first, end.find('%', place->first) - place->first) + "% " +
                    inBrackets(now[k]);
          index = index.substr(0, index.size() - ring.size());
          if (index.starts_with('(') && index.ends_with(')')) index = index.substr(1, index.size() - 2);
        } else {
          changed = followed(index, before[k], now[k], false);
        }
        if (changed) end.replace(place->first, place->second - place->first, *changed);
        const std::string variable = indexTerm(index).base;
        const YamlNode* range = ranges != nullptr ? ranges->find(variable) : nullptr;
        if (range != nullptr && range->isMap()) range = range->find("to");
        if (range == nullptr || !range->isScalar()) continue;
        if (auto count = followed(range->scalar, before[k], now[k], true)) {
          counts.insert_or_assign(variable, *count);
        }
      }
      if (end == ends->value.items[e].scalar) continue;
      changes.push_back({Kind::Set, {std::string("connections"), i, ends->key, e}, yamlScalar(end)});
    }
    for (const auto& [variable, count] : counts) {
      YamlPath path{std::string("connections"), i, std::string("for"), variable};
      if (ranges->find(variable)->isMap()) path.emplace_back(std::string("to"));
      changes.push_back({Kind::Set, std::move(path), yamlScalar(count)});
    }
  }
  return changes;
}

std::set<std::string> parameterNames(const ArchitectureText& edited) {
  std::set<std::string> names;
  if (const YamlNode* parameters = edited.root().find("parameters")) {
    for (const YamlNode::Entry& parameter : parameters->entries) names.insert(parameter.key);
  }
  return names;
}

/// Each element of one index becomes a row: its wires go to all of the row's elements, and of two that were
/// wired, to those of the same column.
void grow(ArchitectureText& edited, const MakeArray& edit) {
  std::vector<YamlChange> changes;
  for (std::size_t i = 0; i < edited.connections().size(); ++i) {
    YamlNode item = edited.connections()[i];
    const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
    if (ends == nullptr) continue;
    std::set<std::string> taken = parameterNames(edited);
    YamlNode ranges;
    ranges.kind = YamlNode::Kind::Map;
    ranges.flow = true;
    if (const YamlNode* known = item.find("for")) ranges = *known;
    for (const YamlNode::Entry& range : ranges.entries) taken.insert(range.key);
    const std::string column = freeName("c", taken);
    bool concerned = false;
    for (YamlNode::Entry& entry : item.entries) {
      if (&entry != ends) continue;
      for (YamlNode& end : entry.value.items) {
        if (edited.ownerOf(end.scalar) != edit.object) continue;
        const auto row = indexAt(end.scalar, edit.object.size(), 0);
        if (!row) continue;
        end = yamlScalar(end.scalar.substr(0, row->second + 1) + '[' + column + ']' +
                         end.scalar.substr(row->second + 1));
        concerned = true;
      }
    }
    if (!concerned) continue;
    ranges.entries.push_back({column, {}, yamlScalar(edit.columns)});
    bool there = false;
    for (YamlNode::Entry& entry : item.entries) {
      if (entry.key != "for") continue;
      entry.value = ranges;
      there = true;
    }
    if (!there) item.entries.push_back({"for", {}, std::move(ranges)});
    changes.push_back({Kind::Set, {std::string("connections"), i}, std::move(item)});
  }
  edited.step(changes);
}

/// What a rule with a column index says when there is one column: without it. Refuses rules to which it
/// matters which column they mean.
void shrink(ArchitectureText& edited, const MakeArray& edit, const YamlNode& before) {
  const std::string& columns = before.items[1].scalar;
  const IndexTerm last = indexTerm(columns) + -1;
  std::vector<YamlChange> changes;
  for (std::size_t i = 0; i < edited.connections().size(); ++i) {
    YamlNode item = edited.connections()[i];
    const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
    if (ends == nullptr) continue;
    const YamlNode* ranges = item.find("for");
    std::set<std::string> dropped;
    bool concerned = false;
    std::string original;
    for (YamlNode::Entry& entry : item.entries) {
      if (&entry != ends) continue;
      for (YamlNode& end : entry.value.items) {
        if (edited.ownerOf(end.scalar) != edit.object) continue;
        const auto column = indexAt(end.scalar, edit.object.size(), 1);
        if (!column) continue;
        const std::string index =
            withoutBlanks(end.scalar.substr(column->first, column->second - column->first));
        const YamlNode* range = ranges != nullptr ? ranges->find(index) : nullptr;
        const bool all =
            range != nullptr && range->isScalar() && indexTerm(range->scalar) == indexTerm(columns);
        if (!all && index != "0" && indexTerm(index) != last) {
          return edited.refuse("connection " + std::to_string(i + 1) + " tells the columns of " +
                               inQuotes(edit.object) + " apart (" + end.scalar +
                               "); remove or change it first");
        }
        if (all) dropped.insert(index);
        original = end.scalar;
        end = yamlScalar(end.scalar.substr(0, column->first - 1) + end.scalar.substr(column->second + 1));
        concerned = true;
      }
    }
    if (!concerned) continue;
    YamlNode left = ranges != nullptr ? *ranges : YamlNode{};
    std::erase_if(left.entries, [&](const YamlNode::Entry& range) { return dropped.contains(range.key); });
    // What else counts columns along would be left without a number.
    std::set<std::string> used;
    const auto use = [&](const std::string& text) { used.merge(namesIn(text)); };
    for (const YamlNode::Entry& range : left.entries) {
      use(range.value.scalar);
      for (const YamlNode::Entry& bound : range.value.entries) use(bound.value.scalar);
    }
    if (const YamlNode* when = item.find("when")) use(when->scalar);
    for (const YamlNode& end : ends->value.items) {
      for (std::size_t open = end.scalar.find('['); open != std::string::npos;
           open = end.scalar.find('[', open + 1)) {
        use(end.scalar.substr(open + 1, end.scalar.find(']', open) - open - 1));
      }
    }
    for (const std::string& name : dropped) {
      if (!used.contains(name)) continue;
      return edited.refuse("connection " + std::to_string(i + 1) + " goes along the columns of " +
                           inQuotes(edit.object) + " (" + original + "); remove or change it first");
    }
    if (left.entries.empty())
      std::erase_if(item.entries, [](const YamlNode::Entry& e) { return e.key == "for"; });
    for (YamlNode::Entry& entry : item.entries) {
      if (entry.key == "for") entry.value = left;
    }
    changes.push_back({Kind::Set, {std::string("connections"), i}, std::move(item)});
  }
  const YamlNode* index = edited.object(edit.object)->find("index");
  if (index != nullptr && index->items.size() > 1) {
    return edited.refuse("attributes of " + inQuotes(edit.object) + " may use its index " +
                         inQuotes(index->items[1].scalar) + "; remove it first");
  }
  edited.step(changes);
}

/// Another number of indices, with the sizes that are there.
Result<std::string> withIndices(ArchitectureText& edited, const MakeArray& edit, const YamlNode& before) {
  if (before.isSequence() && before.items.size() == 2) {
    shrink(edited, edit, before);
    edited.step({{Kind::Set,
                  {std::string("objects"), edit.object, std::string("size")},
                  yamlScalar(before.items[0].scalar)}});
  } else {
    grow(edited, edit);
    const std::string rows = before.isSequence() ? before.items[0].scalar : before.scalar;
    edited.step({{Kind::Set,
                  {std::string("objects"), edit.object, std::string("size")},
                  yamlSequence({yamlScalar(rows), yamlScalar(edit.columns)})}});
  }
  return edited.result();
}

}  // namespace

Result<std::string> makeArray(std::string_view text, const MakeArray& edit) {
  ArchitectureText edited(text);
  if (edited.refused()) return edited.result();
  const YamlNode* object = edited.object(edit.object);
  if (object == nullptr || !object->isMap()) {
    const std::string owner = edited.ownerOf(edit.object);
    edited.refuse(owner.empty() ? "there is no object " + inQuotes(edit.object)
                                : inQuotes(edit.object) + " is a part of " + inQuotes(owner));
    return edited.result();
  }
  if (edit.rows.empty()) edited.refuse("the array has no size");
  if (edited.refused()) return edited.result();
  YamlNode size = edit.columns.empty() ? yamlScalar(edit.rows)
                                       : yamlSequence({yamlScalar(edit.rows), yamlScalar(edit.columns)});
  if (const YamlNode* before = object->find("size")) {
    std::vector<std::string> old, now{edit.rows};
    if (before->isScalar()) old.push_back(before->scalar);
    for (const YamlNode& item : before->items) old.push_back(item.scalar);
    if (!edit.columns.empty()) now.push_back(edit.columns);
    if (old.size() != now.size()) {
      const Result<std::string> other = withIndices(edited, edit, *before);
      return other ? makeArray(*other, edit) : other;
    }
    if (old == now) return std::string(text);
    edited.step(followSizes(edited, edit, old, now));
    edited.step({{Kind::Set, {std::string("objects"), edit.object, std::string("size")}, std::move(size)}});
    return edited.result();
  }
  for (const YamlNode::Entry& other : edited.root().find("objects")->entries) {
    const YamlNode* latencies = other.value.isMap() ? other.value.find("result_latency") : nullptr;
    if (latencies == nullptr) continue;
    for (const YamlNode::Entry& latency : latencies->entries) {
      if (edited.ownerOf(latency.key) != edit.object) continue;
      edited.refuse("result_latency of " + inQuotes(other.key) + " names " + inQuotes(latency.key) +
                    ", which cannot name all elements of an array");
    }
  }
  std::vector<YamlChange> changes;
  for (std::size_t i = 0; i < edited.connections().size(); ++i) {
    std::optional<YamlNode> each = forEach(edited, edit, edited.connections()[i]);
    if (each) changes.push_back({Kind::Set, {std::string("connections"), i}, std::move(*each)});
  }
  edited.step(changes);
  YamlChange sized{Kind::Insert, {std::string("objects"), edit.object, std::string("size")}, std::move(size)};
  sized.at = 1;
  edited.step({sized});
  return edited.result();
}

}  // namespace taktwerk
