// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/part_changes.h"

#include <functional>
#include <optional>
#include <string_view>

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

/// The objects of a template, or of the architecture where it has no name.
const YamlNode* objectsOf(const YamlNode& root, const std::string& inTemplate) {
  if (inTemplate.empty()) return root.find("objects");
  const YamlNode* templates = root.find("templates");
  const YamlNode* whole = templates != nullptr ? templates->find(inTemplate) : nullptr;
  return whole != nullptr ? whole->find("objects") : nullptr;
}

/// Where a name that stands in a template, or in the architecture, has the part; nothing where it means
/// something else.
class PartFinder {
 public:
  PartFinder(const YamlNode& root, const std::string& inTemplate, const std::string& part)
      : root_(root), template_(inTemplate), part_(part) {}

  [[nodiscard]] std::optional<std::size_t> in(const std::string& scope, std::string_view name) const {
    return find(scope, name, 0, 0);
  }

 private:
  [[nodiscard]] std::optional<std::size_t> find(const std::string& scope, std::string_view name,
                                                std::size_t at, int depth) const {
    constexpr int mostNested = 64;  // a template that contains itself is none, but may be written
    const YamlNode* objects = objectsOf(root_, scope);
    if (objects == nullptr || depth > mostNested) return std::nullopt;
    const YamlNode::Entry* best = nullptr;
    for (const YamlNode::Entry& each : objects->entries) {
      const std::string_view rest = name.substr(at);
      if (!rest.starts_with(each.key) || (best != nullptr && best->key.size() >= each.key.size())) continue;
      const std::string_view behind = rest.substr(each.key.size());
      if (behind.empty() || behind.front() == '[' || behind.front() == '.') best = &each;
    }
    if (best == nullptr) return std::nullopt;
    if (scope == template_ && best->key == part_) return at;
    std::size_t next = at + best->key.size();
    while (next < name.size() && name[next] == '[') {
      const std::size_t close = name.find(']', next);
      if (close == std::string_view::npos) return std::nullopt;
      next = close + 1;
    }
    if (next >= name.size() || name[next] != '.') return std::nullopt;
    const YamlNode* of = best->value.isMap() ? best->value.find("template") : nullptr;
    return of != nullptr ? find(of->scalar, name, next + 1, depth + 1) : std::nullopt;
  }

  const YamlNode& root_;
  const std::string& template_;
  const std::string& part_;
};

/// Calls for the connections of the architecture and of each template, with the way to them.
void forEachConnections(const YamlNode& root,
                        const std::function<void(const std::string& scope, const YamlPath& path,
                                                 const YamlNode& connections)>& call) {
  const auto look = [&](const std::string& scope, const YamlNode* owner, YamlPath path) {
    const YamlNode* connections = owner != nullptr && owner->isMap() ? owner->find("connections") : nullptr;
    if (connections == nullptr || !connections->isSequence()) return;
    path.emplace_back(std::string("connections"));
    call(scope, path, *connections);
  };
  look({}, &root, {});
  const YamlNode* templates = root.find("templates");
  if (templates == nullptr || !templates->isMap()) return;
  for (const YamlNode::Entry& each : templates->entries)
    look(each.key, &each.value, {std::string("templates"), each.key});
}

YamlNode plain(std::string text) {
  YamlNode node;
  node.kind = YamlNode::Kind::Scalar;
  node.scalar = std::move(text);
  return node;
}

}  // namespace

std::vector<YamlChange> removalOfPart(const YamlNode& root, const std::string& inTemplate,
                                      const std::string& part) {
  std::vector<YamlChange> changes{
      {Kind::Remove, {std::string("templates"), inTemplate, std::string("objects"), part}, {}}};
  const PartFinder finder(root, inTemplate, part);
  forEachConnections(root, [&](const std::string& scope, const YamlPath& path, const YamlNode& all) {
    std::vector<YamlChange> removed;
    for (std::size_t i = 0; i < all.items.size(); ++i) {
      bool meant = false;
      for (const YamlNode::Entry& entry : all.items[i].entries) {
        for (const YamlNode& end : entry.value.items) meant = meant || finder.in(scope, end.scalar);
      }
      if (!meant) continue;
      YamlPath item = path;
      item.emplace_back(i);
      removed.push_back({Kind::Remove, std::move(item), {}});
    }
    if (!removed.empty() && removed.size() == all.items.size()) {
      YamlNode none;
      none.kind = YamlNode::Kind::Sequence;
      none.flow = true;
      removed = {{Kind::Set, path, none}};
    }
    changes.insert(changes.end(), removed.begin(), removed.end());
  });
  return changes;
}

std::vector<YamlChange> renamingOfPart(const YamlNode& root, const std::string& inTemplate,
                                       const std::string& part, const std::string& to) {
  std::vector<YamlChange> changes;
  const YamlPath objects{std::string("templates"), inTemplate, std::string("objects")};
  const auto renameKey = [&](std::initializer_list<std::string> below) {
    YamlChange change{Kind::RenameKey, objects, {}};
    for (const std::string& each : below) change.path.emplace_back(each);
    change.key = to;
    changes.push_back(std::move(change));
  };
  for (const YamlNode::Entry& object : objectsOf(root, inTemplate)->entries) {
    if (object.key == part) renameKey({part});
    const YamlNode* latencies = object.value.isMap() ? object.value.find("result_latency") : nullptr;
    if (latencies != nullptr && latencies->isMap() && latencies->find(part) != nullptr)
      renameKey({object.key, "result_latency", part});
  }
  const PartFinder finder(root, inTemplate, part);
  const auto renamed = [&](const std::string& scope, const std::string& name) -> std::optional<std::string> {
    const auto at = finder.in(scope, name);
    if (!at) return std::nullopt;
    return name.substr(0, *at) + to + name.substr(*at + part.size());
  };
  const YamlNode* approved = root.find("approved");
  for (std::size_t i = 0; approved != nullptr && i < approved->items.size(); ++i) {
    const YamlNode* object = approved->items[i].find("object");
    const auto name = object != nullptr ? renamed({}, object->scalar) : std::nullopt;
    if (name)
      changes.push_back({Kind::Set, {std::string("approved"), i, std::string("object")}, plain(*name)});
  }
  forEachConnections(root, [&](const std::string& scope, const YamlPath& path, const YamlNode& all) {
    for (std::size_t i = 0; i < all.items.size(); ++i) {
      for (const YamlNode::Entry& entry : all.items[i].entries) {
        for (std::size_t end = 0; end < entry.value.items.size(); ++end) {
          const auto name = renamed(scope, entry.value.items[end].scalar);
          if (!name) continue;
          YamlPath item = path;
          item.emplace_back(i);
          item.emplace_back(entry.key);
          item.emplace_back(end);
          changes.push_back({Kind::Set, std::move(item), plain(*name)});
        }
      }
    }
  });
  return changes;
}

}  // namespace taktwerk
