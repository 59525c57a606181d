// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/edit.h"

#include <algorithm>
#include <utility>

#include "core/architecture/class_specification.h"
#include "core/base/quotes.h"
#include "core/base/yaml_edit.h"
#include "core/base/yaml_text.h"
#include "core/editing/part_changes.h"
#include "core/editing/rule_node.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;
using Changes = std::vector<YamlChange>;

/// Why an edit does not fit.
struct Refusal {
  std::string reason;
};

YamlNode connectionNode(const AddConnection& connection) {
  YamlNode node;
  node.kind = YamlNode::Kind::Map;
  node.entries.push_back({std::string(toString(connection.kind)),
                          {},
                          yamlSequence({yamlScalar(connection.from), yamlScalar(connection.to)})});
  if (!connection.via.empty()) {
    node.flow = true;
    node.entries.push_back({"via", {}, viaNode(connection.via)});
  }
  return node;
}

/// Turns edits into changes of the YAML text.
class Planner {
 public:
  explicit Planner(const YamlNode& root) : root_(root) {}

  Changes operator()(const SetAttribute& edit) {
    if (!edit.inTemplate.empty()) {
      const YamlNode& part = partOf(edit.inTemplate, edit.object);
      return {setEntry(part, {"templates", edit.inTemplate, "objects", edit.object}, edit.name, edit.value)};
    }
    const YamlNode& object = member("objects", edit.object, "object");
    if (!object.isMap()) throw Refusal{"object " + inQuotes(edit.object) + " is no map"};
    return {setEntry(object, {"objects", edit.object}, edit.name, edit.value)};
  }

  Changes operator()(const AddObject& edit) { return {addTo("objects", edit.name, edit.value, edit.at)}; }

  Changes operator()(const RemoveObject& edit) {
    if (!edit.inTemplate.empty()) {
      static_cast<void>(partOf(edit.inTemplate, edit.name));
      return removalOfPart(root_, edit.inTemplate, edit.name);
    }
    static_cast<void>(member("objects", edit.name, "object"));
    Changes changes{{Kind::Remove, {std::string("objects"), edit.name}, {}}};
    const YamlNode* connections = root_.find("connections");
    if (connections == nullptr || !connections->isSequence()) return changes;
    for (std::size_t i = 0; i < connections->items.size(); ++i) {
      if (names(connections->items[i], edit.name)) {
        changes.push_back({Kind::Remove, {std::string("connections"), i}, {}});
      }
    }
    if (changes.size() - 1 == connections->items.size() && changes.size() > 1) {
      changes.resize(1);
      YamlChange all{Kind::Set, {std::string("connections")}, yamlSequence({})};
      changes.push_back(std::move(all));
    }
    return changes;
  }

  Changes operator()(const RenameObject& edit) {
    if (!edit.inTemplate.empty()) return renamePart(edit);
    static_cast<void>(member("objects", edit.from, "object"));
    if (edit.from == edit.to) return {};
    refuseTaken("objects", edit.to);
    Changes changes;
    const YamlNode& objects = *root_.find("objects");
    for (const YamlNode::Entry& object : objects.entries) {
      if (object.key == edit.from) renameKey(changes, {std::string("objects"), edit.from}, edit.to);
      const YamlNode* latencies = object.value.isMap() ? object.value.find("result_latency") : nullptr;
      if (latencies == nullptr || !latencies->isMap() || latencies->find(edit.from) == nullptr) continue;
      if (latencies->find(edit.to) != nullptr) {
        throw Refusal{"result_latency of " + inQuotes(object.key) + " has " + inQuotes(edit.to) + " already"};
      }
      // Below the object's own key, which may be the one that is renamed: the path is that of the old text.
      renameKey(changes, {std::string("objects"), object.key, std::string("result_latency"), edit.from},
                edit.to);
    }
    const YamlNode* approved = root_.find("approved");
    for (std::size_t i = 0; approved != nullptr && i < approved->items.size(); ++i) {
      const YamlNode* object = approved->items[i].find("object");
      if (object == nullptr || !refersTo(object->scalar, edit.from)) continue;
      changes.push_back({Kind::Set,
                         {std::string("approved"), i, std::string("object")},
                         yamlScalar(edit.to + object->scalar.substr(edit.from.size()))});
    }
    const YamlNode* connections = root_.find("connections");
    for (std::size_t i = 0; connections != nullptr && i < connections->items.size(); ++i) {
      const YamlNode& item = connections->items[i];
      for (const YamlNode::Entry& entry : item.entries) {
        for (std::size_t end = 0; end < entry.value.items.size(); ++end) {
          const std::string& name = entry.value.items[end].scalar;
          if (!refersTo(name, edit.from)) continue;
          changes.push_back({Kind::Set,
                             {std::string("connections"), i, entry.key, end},
                             yamlScalar(edit.to + name.substr(edit.from.size()))});
        }
      }
    }
    return changes;
  }

  Changes operator()(const AddConnection& edit) { return {addItem({}, connectionNode(edit), edit.at)}; }
  Changes operator()(const AddRule& edit) { return {addItem(edit.inTemplate, ruleNode(edit.rule), edit.at)}; }

  Changes operator()(const RemoveConnection& edit) {
    return {{Kind::Remove, itemPath(edit.inTemplate, edit.place), {}}};
  }
  Changes operator()(const SetRule& edit) {
    return {{Kind::Set, itemPath(edit.inTemplate, edit.place), ruleNode(edit.rule)}};
  }

  Changes operator()(const SetBends& edit) {
    YamlPath path = itemPath({}, edit.place);
    const YamlNode& item = root_.find("connections")->items[edit.place];
    if (!item.isMap() || item.find("for") != nullptr) {
      throw Refusal{"a connection over a range stands for several lines, which have no bends of their own"};
    }
    if (edit.via.empty() && item.find("via") == nullptr) return {};
    std::optional<YamlNode> value;
    if (!edit.via.empty()) value = viaNode(edit.via);
    return {setEntry(item, std::move(path), "via", value)};
  }

  Changes operator()(const SetParameter& edit) {
    const YamlNode& parameter = member("parameters", edit.parameter, "parameter");
    if (!parameter.isMap()) throw Refusal{"parameter " + inQuotes(edit.parameter) + " is no map"};
    return {setEntry(parameter, {"parameters", edit.parameter}, edit.field, edit.value)};
  }

  Changes operator()(const AddParameter& edit) {
    return {addTo("parameters", edit.name, edit.value, edit.at)};
  }

  Changes operator()(const RemoveParameter& edit) {
    static_cast<void>(member("parameters", edit.name, "parameter"));
    return {{Kind::Remove, {std::string("parameters"), edit.name}, {}}};
  }

  Changes operator()(const SetText& edit) {
    if (edit.key != "name" && edit.key != "description") throw Refusal{"no text is called " + edit.key};
    std::optional<YamlNode> value;
    if (!edit.text.empty()) value = yamlScalar(edit.text);
    if (!value && root_.find(edit.key) == nullptr) return {};
    YamlChange change = setEntry(root_, {}, edit.key, value);
    // In the order of the canonical text: format, name, description.
    if (change.kind == Kind::Insert) change.at = edit.key == "description" && root_.find("name") ? 2 : 1;
    return {change};
  }

 private:
  [[nodiscard]] const YamlNode& member(const std::string& section, const std::string& name,
                                       const std::string& what) const {
    const YamlNode* all = root_.find(section);
    const YamlNode* found = all != nullptr && all->isMap() ? all->find(name) : nullptr;
    if (found == nullptr) throw Refusal{"there is no " + what + ' ' + inQuotes(name)};
    return *found;
  }

  [[nodiscard]] const YamlNode& partOf(const std::string& inTemplate, const std::string& object) const {
    const YamlNode& whole = member("templates", inTemplate, "template");
    const YamlNode* all = whole.isMap() ? whole.find("objects") : nullptr;
    const YamlNode* part = all != nullptr && all->isMap() ? all->find(object) : nullptr;
    if (part == nullptr || !part->isMap())
      throw Refusal{"template " + inQuotes(inTemplate) + " has no object " + inQuotes(object)};
    return *part;
  }

  [[nodiscard]] Changes renamePart(const RenameObject& edit) const {
    static_cast<void>(partOf(edit.inTemplate, edit.from));
    if (edit.from == edit.to) return {};
    if (member("templates", edit.inTemplate, "template").find("objects")->find(edit.to) != nullptr)
      throw Refusal{inQuotes(edit.to) + " is there already"};
    return renamingOfPart(root_, edit.inTemplate, edit.from, edit.to);
  }

  /// The map that has the `connections`, and the way to them.
  [[nodiscard]] const YamlNode& connectionsOwner(const std::string& inTemplate, YamlPath& path) const {
    path = {std::string("connections")};
    if (inTemplate.empty()) return root_;
    path = {std::string("templates"), inTemplate, std::string("connections")};
    const YamlNode& owner = member("templates", inTemplate, "template");
    if (!owner.isMap()) throw Refusal{"template " + inQuotes(inTemplate) + " is no map"};
    return owner;
  }

  [[nodiscard]] YamlChange addItem(const std::string& inTemplate, const YamlNode& item,
                                   std::optional<std::size_t> at) const {
    YamlChange change{Kind::Insert, {}, item};
    const YamlNode& owner = connectionsOwner(inTemplate, change.path);
    const YamlNode* connections = owner.find("connections");
    if (connections == nullptr) {
      change.value = yamlSequence({item});
      change.block = !owner.flow;
      change.depth = 2;  // `- contains: [stage, alu]` without brackets
    } else {
      const std::size_t count = connections->items.size();
      change.path.emplace_back(std::min(at.value_or(count), count));
    }
    return change;
  }

  [[nodiscard]] YamlPath itemPath(const std::string& inTemplate, std::size_t place) const {
    YamlPath path;
    const YamlNode* connections = connectionsOwner(inTemplate, path).find("connections");
    if (connections == nullptr || place >= connections->items.size()) {
      throw Refusal{"there is no connection " + std::to_string(place + 1)};
    }
    path.emplace_back(place);
    return path;
  }

  void refuseTaken(const std::string& section, const std::string& name) const {
    const YamlNode* all = root_.find(section);
    if (all != nullptr && all->isMap() && all->find(name) != nullptr) {
      throw Refusal{inQuotes(name) + " is there already"};
    }
  }

  static void renameKey(Changes& changes, YamlPath path, const std::string& to) {
    YamlChange change{Kind::RenameKey, std::move(path), {}};
    change.key = to;
    changes.push_back(std::move(change));
  }

  static YamlChange setEntry(const YamlNode& map, YamlPath path, const std::string& key,
                             const std::optional<YamlNode>& value) {
    const bool there = map.find(key) != nullptr;
    if (!there && !value) throw Refusal{"there is no " + inQuotes(key) + " to remove"};
    path.emplace_back(key);
    return {!value  ? Kind::Remove
            : there ? Kind::Set
                    : Kind::Insert,
            std::move(path), value.value_or(YamlNode{})};
  }

  YamlChange addTo(const std::string& section, const std::string& name, const YamlNode& value,
                   std::optional<std::size_t> at) const {
    refuseTaken(section, name);
    const YamlNode* all = root_.find(section);
    if (all != nullptr) {
      YamlChange change{Kind::Insert, {section, name}, value};
      change.at = at;
      return change;
    }
    YamlChange whole{Kind::Insert, {section}, {}};
    whole.value.kind = YamlNode::Kind::Map;
    whole.value.entries.push_back({name, {}, value});
    whole.block = true;
    // Parameters come before objects, objects before connections.
    const std::string below = section == "parameters" && root_.find("objects") ? "objects" : "connections";
    for (std::size_t i = 0; i < root_.entries.size(); ++i) {
      if (root_.entries[i].key == below) whole.at = i;
    }
    return whole;
  }

  /// Whether a connection's end means an object, or an element or a part of it where it is an array or an
  /// instance of a template.
  [[nodiscard]] bool refersTo(const std::string& end, const std::string& object) const {
    if (end == object) return true;
    if (!end.starts_with(object) || (end[object.size()] != '[' && end[object.size()] != '.')) return false;
    const YamlNode& objects = *root_.find("objects");
    if (objects.find(end) != nullptr) return false;  // a name of its own
    const YamlNode& declared = *objects.find(object);
    return declared.find("template") != nullptr || declared.find("size") != nullptr;
  }

  [[nodiscard]] bool names(const YamlNode& connection, const std::string& object) const {
    for (const YamlNode::Entry& entry : connection.entries) {
      for (const YamlNode& end : entry.value.items) {
        if (refersTo(end.scalar, object)) return true;
      }
    }
    return false;
  }

  const YamlNode& root_;
};

Diagnostic refused(const std::string& reason) {
  return {Severity::Error, {}, {1, 1}, "A0901", reason, {}};
}

Result<YamlNode> treeOf(std::string_view text) {
  Result<YamlNode> tree = parseYaml(text, {});
  if (tree && !tree->isMap()) return refused("the file is no architecture");
  return tree;
}

/// Before which entry or item a change inserts, or which one it removes; for the order of changes.
std::size_t placeOf(const YamlChange& change) {
  const auto* index = std::get_if<std::size_t>(&change.path.back());
  return index != nullptr ? *index : 0;
}

/// Edits of one kind made at once, all of them planned on the text as it is. Nothing where they get in each
/// other's way, as seen by the plan or by the check of the new text; they then go one after the other.
std::optional<std::string> applyTogether(std::string_view text, const std::vector<ArchitectureEdit>& edits) {
  if (std::holds_alternative<RenameObject>(edits.front())) return std::nullopt;
  // What they remove may be in the same place.
  const bool parts = std::any_of(edits.begin(), edits.end(), [](const ArchitectureEdit& each) {
    const auto* removal = std::get_if<RemoveObject>(&each);
    return removal != nullptr && !removal->inTemplate.empty();
  });
  if (parts) return std::nullopt;
  const Result<YamlNode> tree = treeOf(text);
  if (!tree) return std::nullopt;
  Changes changes;
  try {
    Planner plan(*tree);
    for (const ArchitectureEdit& edit : edits) {
      for (YamlChange& change : std::visit(plan, edit)) {
        if (change.block) return std::nullopt;  // begins a section that the next edit would find
        // Entries at the end of one map stay in the order of the edits when each is told its place.
        if (change.kind == Kind::Insert && std::holds_alternative<std::string>(change.path.back()) &&
            !change.at) {
          const YamlNode* map = &*tree;
          for (std::size_t i = 0; i + 1 < change.path.size() && map != nullptr; ++i) {
            const auto* index = std::get_if<std::size_t>(&change.path[i]);
            map = index == nullptr             ? map->find(std::get<std::string>(change.path[i]))
                  : *index < map->items.size() ? &map->items[*index]
                                               : nullptr;
          }
          if (map == nullptr) return std::nullopt;
          change.at = map->entries.size();
        }
        changes.push_back(std::move(change));
      }
    }
  } catch (const Refusal&) {
    return std::nullopt;
  }
  if (std::holds_alternative<RemoveObject>(edits.front()) ||
      std::holds_alternative<RemoveConnection>(edits.front())) {
    const auto sequence = [](const YamlChange& c) { return c.path.size() == 2 && c.path[1].index() == 1; };
    std::stable_sort(changes.begin(), changes.end(), [&](const YamlChange& a, const YamlChange& b) {
      return std::pair(sequence(a), placeOf(a)) < std::pair(sequence(b), placeOf(b));
    });
    const auto same = [](const YamlChange& a, const YamlChange& b) { return a.path == b.path; };
    changes.erase(std::unique(changes.begin(), changes.end(), same), changes.end());
  }
  return changeYaml(text, changes);
}

}  // namespace

Result<std::string> applyEdit(std::string_view text, const ArchitectureEdit& edit) {
  const Result<YamlNode> tree = treeOf(text);
  if (!tree) return tree.diagnostics;
  try {
    const Changes changes = std::visit(Planner(*tree), edit);
    if (changes.empty()) return std::string(text);
    std::optional<std::string> result = changeYaml(text, changes);
    if (result) return std::move(*result);
  } catch (const Refusal& refusal) {
    return refused(refusal.reason);
  }
  return refused("the text is written in a way that this edit cannot follow; edit it as text");
}

Result<std::string> applyEdits(std::string_view text, const std::vector<ArchitectureEdit>& edits) {
  std::string result(text);
  for (auto first = edits.begin(); first != edits.end();) {
    auto last = first;
    while (last != edits.end() && last->index() == first->index()) ++last;
    const std::vector<ArchitectureEdit> run(first, last);
    std::optional<std::string> together;
    if (run.size() > 1) together = applyTogether(result, run);
    if (together) {
      result = std::move(*together);
      first = last;
      continue;
    }
    for (std::size_t i = 0; i < run.size(); ++i) {
      // What is in the way of all may be the first alone, which begins a section.
      if (i == 1) together = applyTogether(result, {run.begin() + 1, run.end()});
      if (together) {
        result = std::move(*together);
        break;
      }
      Result<std::string> next = applyEdit(result, run[i]);
      if (!next) return next.diagnostics;
      result = std::move(*next);
    }
    first = last;
  }
  return result;
}

YamlNode yamlScalar(std::string text, bool quoted) {
  YamlNode node;
  node.kind = YamlNode::Kind::Scalar;
  node.scalar = std::move(text);
  node.quoted = quoted;
  return node;
}

YamlNode yamlSequence(std::vector<YamlNode> items) {
  YamlNode node;
  node.kind = YamlNode::Kind::Sequence;
  node.flow = true;
  node.items = std::move(items);
  return node;
}

}  // namespace taktwerk
