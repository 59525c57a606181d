// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/regroup.h"

#include "core/architecture/architecture_file.h"

namespace taktwerk {

Regrouping::Regrouping(std::string_view text) : before_(text), text_(text) {
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

const YamlNode* Regrouping::object(std::string_view name) const {
  const auto found = objects_.find(name);
  return found != objects_.end() ? found->second : nullptr;
}

std::string Regrouping::ownerOf(const std::string& end) const {
  if (object(end) != nullptr) return end;
  for (std::size_t at = end.find_first_of("[."); at != std::string::npos;
       at = end.find_first_of("[.", at + 1)) {
    const YamlNode* declared = object(end.substr(0, at));
    if (declared == nullptr || !declared->isMap()) continue;
    if (declared->find("template") != nullptr || declared->find("size") != nullptr) return end.substr(0, at);
  }
  return {};
}

const YamlNode::Entry* Regrouping::endsOf(const YamlNode& connection) {
  for (const YamlNode::Entry& entry : connection.entries) {
    if (entry.key != "for" && entry.key != "when" && entry.key != "via" && entry.value.items.size() == 2)
      return &entry;
  }
  return nullptr;
}

Regrouping::EndRest Regrouping::restOf(const std::string& end, const std::string& owner) {
  std::size_t at = owner.size();
  while (at < end.size() && end[at] == '[') {
    const std::size_t close = end.find(']', at);
    at = close == std::string::npos ? end.size() : close + 1;
  }
  EndRest rest{end.substr(owner.size(), at - owner.size()), {}};
  if (at < end.size()) rest.part = end.substr(at + 1);
  return rest;
}

std::size_t Regrouping::placeIn(const YamlNode& map, std::string_view key) {
  std::size_t place = 0;
  while (place < map.entries.size() && map.entries[place].key != key) ++place;
  return place;
}

void Regrouping::eraseKey(YamlNode& map, std::string_view key) {
  std::erase_if(map.entries, [&](const YamlNode::Entry& entry) { return entry.key == key; });
}

const std::vector<YamlNode>& Regrouping::connections() const {
  static const std::vector<YamlNode> none;
  const YamlNode* all = root_.find("connections");
  return all != nullptr ? all->items : none;
}

void Regrouping::refuse(const std::string& reason) {
  if (!refusal_) refusal_ = Diagnostic{Severity::Error, {}, {1, 1}, "A0903", reason, {}};
}

void Regrouping::step(const std::vector<YamlChange>& changes) {
  if (refusal_ || changes.empty()) return;
  std::optional<std::string> next = changeYaml(text_, changes);
  if (!next) return refuse("the text is written in a way that this edit cannot follow; edit it as text");
  text_ = std::move(*next);
}

Result<std::string> Regrouping::result() const {
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
