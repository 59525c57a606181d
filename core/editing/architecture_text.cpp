// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/architecture_text.h"

#include <utility>

#include "core/architecture/architecture_file.h"
#include "core/editing/edit.h"

namespace taktwerk {

using Kind = YamlChange::Kind;

ArchitectureText::ArchitectureText(std::string_view text) : before_(text), text_(text) {
  Result<YamlNode> tree = parseYaml(text, {});
  if (tree && tree->isMap()) {
    root_ = std::move(*tree);
    const YamlNode* objects = root_.find("objects");
    if (objects == nullptr) return;
    for (const YamlNode::Entry& entry : objects->entries) objects_.try_emplace(entry.key, &entry.value);
    return;
  }
  root_.kind = YamlNode::Kind::Map;
  if (tree) {
    refuse("the file is no architecture");
  } else {
    refusal_ = tree.diagnostics.front();
  }
}

const YamlNode* ArchitectureText::object(std::string_view name) const {
  const auto found = objects_.find(name);
  return found != objects_.end() ? found->second : nullptr;
}

std::string ArchitectureText::ownerOf(const std::string& end) const {
  if (object(end) != nullptr) return end;
  for (std::size_t at = end.find_first_of("[."); at != std::string::npos;
       at = end.find_first_of("[.", at + 1)) {
    const YamlNode* declared = object(end.substr(0, at));
    if (declared == nullptr || !declared->isMap()) continue;
    if (declared->find("template") != nullptr || declared->find("size") != nullptr) return end.substr(0, at);
  }
  return {};
}

const YamlNode::Entry* ArchitectureText::endsOf(const YamlNode& connection) {
  for (const YamlNode::Entry& entry : connection.entries) {
    if (entry.key != "for" && entry.key != "when" && entry.key != "via" && entry.value.items.size() == 2)
      return &entry;
  }
  return nullptr;
}

ArchitectureText::EndRest ArchitectureText::restOf(const std::string& end, const std::string& owner) {
  std::size_t at = owner.size();
  while (at < end.size() && end[at] == '[') {
    const std::size_t close = end.find(']', at);
    at = close == std::string::npos ? end.size() : close + 1;
  }
  EndRest rest{end.substr(owner.size(), at - owner.size()), {}};
  if (at < end.size()) rest.part = end.substr(at + 1);
  return rest;
}

std::size_t ArchitectureText::placeIn(const YamlNode& map, std::string_view key) {
  std::size_t place = 0;
  while (place < map.entries.size() && map.entries[place].key != key) ++place;
  return place;
}

void ArchitectureText::eraseKey(YamlNode& map, std::string_view key) {
  std::erase_if(map.entries, [&](const YamlNode::Entry& entry) { return entry.key == key; });
}

void ArchitectureText::erasePlace(YamlNode& map) {
  eraseKey(map, "at");
  eraseKey(map, "pinned");
}

const std::vector<YamlNode>& ArchitectureText::connections() const {
  static const std::vector<YamlNode> none;
  const YamlNode* all = root_.find("connections");
  return all != nullptr ? all->items : none;
}

void ArchitectureText::refuse(const std::string& reason) {
  if (!refusal_) refusal_ = Diagnostic{Severity::Error, {}, {1, 1}, "A0903", reason, {}};
}

void ArchitectureText::step(const std::vector<YamlChange>& changes) {
  if (refusal_ || changes.empty()) return;
  std::optional<std::string> next = changeYaml(text_, changes);
  if (!next) return refuse("the text is written in a way that this edit cannot follow; edit it as text");
  text_ = std::move(*next);
}

void ArchitectureText::renameLatencies(const Renamed& renamed,
                                       const std::function<bool(const std::string&)>& without) {
  std::vector<YamlChange> changes;
  for (const YamlNode::Entry& entry : root_.find("objects")->entries) {
    const YamlNode* latencies = without && without(entry.key) ? nullptr : entry.value.find("result_latency");
    if (latencies == nullptr) continue;
    for (const YamlNode::Entry& latency : latencies->entries) {
      const std::optional<std::string> name = renamed(latency.key);
      if (!name) continue;
      YamlChange change{Kind::RenameKey,
                        {std::string("objects"), entry.key, std::string("result_latency"), latency.key},
                        {}};
      change.key = *name;
      changes.push_back(std::move(change));
    }
  }
  step(changes);
}

void ArchitectureText::replaceObject(const std::string& name, const std::vector<YamlNode::Entry>& by,
                                     bool same) {
  const YamlNode& objects = *root().find("objects");
  std::vector<YamlChange> others;
  for (std::size_t i = 1; i < by.size(); ++i) {
    YamlChange insert{Kind::Insert, {std::string("objects"), by[i].key}, by[i].value};
    insert.at = placeIn(objects, name) + 1;
    others.push_back(std::move(insert));
  }
  // Renamed first: another of the new blocks may be called as the entry was.
  std::string first = name;
  if (!by.empty() && by[0].key != name) {
    YamlChange rename{Kind::RenameKey, {std::string("objects"), name}, {}};
    rename.key = first = by[0].key;
    step({rename});
  }
  step(others);
  if (by.empty()) return step({{Kind::Remove, {std::string("objects"), name}, {}}});
  if (!same) return step({{Kind::Set, {std::string("objects"), first}, by[0].value}});
  for (const char* key : {"size", "index", "at"}) {
    if (object(name)->find(key) != nullptr) {
      step({{Kind::Remove, {std::string("objects"), first, std::string(key)}, {}}});
    }
  }
}

std::vector<YamlChange> ArchitectureText::newEnds(std::size_t connection, const Renamed& renamed) const {
  std::vector<YamlChange> changes;
  const YamlNode::Entry* ends = endsOf(connections()[connection]);
  for (std::size_t k = 0; ends != nullptr && k < 2; ++k) {
    const std::optional<std::string> name = renamed(ends->value.items[k].scalar);
    if (!name) continue;
    changes.push_back({Kind::Set, {std::string("connections"), connection, ends->key, k}, yamlScalar(*name)});
  }
  return changes;
}

void ArchitectureText::renameEnds(const Renamed& renamed, const std::vector<bool>& gone) {
  std::vector<YamlChange> ends, removed;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    if (gone[i]) {
      removed.push_back({Kind::Remove, {std::string("connections"), i}, {}});
      continue;
    }
    for (YamlChange& change : newEnds(i, renamed)) ends.push_back(std::move(change));
  }
  step(ends);
  if (!removed.empty() && removed.size() == gone.size()) {
    removed = {{Kind::Set, {std::string("connections")}, yamlSequence({})}};
  }
  step(removed);
}

void ArchitectureText::addRules(const YamlNode& around, const YamlPath& path,
                                const std::vector<YamlNode>& rules) {
  if (rules.empty()) return;
  const YamlNode* all = around.find("connections");
  if (all == nullptr || all->items.empty()) {
    if (all != nullptr) step({{Kind::Remove, path, {}}});
    YamlChange section{Kind::Insert, path, yamlSequence(rules)};
    section.block = !around.flow;
    section.depth = 2;
    return step({section});
  }
  std::vector<YamlChange> changes;
  for (const YamlNode& rule : rules) {
    changes.push_back({Kind::Insert, path, rule});
    changes.back().path.emplace_back(all->items.size());
  }
  step(changes);
}

void ArchitectureText::renameEnds(const Renamed& renamed, const std::vector<YamlNode>& rules,
                                  const std::function<bool(const std::string&)>& begins) {
  if (connections().empty()) return addRules(root_, {std::string("connections")}, rules);
  std::vector<YamlChange> changes;
  bool placed = false;
  const auto place = [&](std::size_t at) {
    if (std::exchange(placed, true)) return;
    for (const YamlNode& rule : rules)
      changes.push_back({Kind::Insert, {std::string("connections"), at}, rule});
  };
  for (std::size_t i = 0; i < connections().size(); ++i) {
    const YamlNode::Entry* ends = endsOf(connections()[i]);
    if (ends != nullptr && begins(ends->value.items[0].scalar)) place(i);
    for (YamlChange& change : newEnds(i, renamed)) changes.push_back(std::move(change));
  }
  place(connections().size());
  step(changes);
}

Result<std::string> ArchitectureText::result() const {
  if (refusal_) return *refusal_;
  const Result<Architecture> after = parseArchitecture(text_, {});
  if (!hasErrors(after.diagnostics) || hasErrors(parseArchitecture(before_, {}).diagnostics)) return text_;
  for (const Diagnostic& diagnostic : after.diagnostics) {
    if (diagnostic.severity != Severity::Error) continue;
    return Diagnostic{Severity::Error, {}, {1, 1}, "A0903", diagnostic.message, {}};
  }
  return text_;
}

}  // namespace taktwerk
