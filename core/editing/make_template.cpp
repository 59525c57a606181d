// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/make_template.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/architecture/names.h"
#include "core/base/quotes.h"
#include "core/editing/architecture_text.h"
#include "core/editing/edit.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

YamlNode mapNode() {
  YamlNode node;
  node.kind = YamlNode::Kind::Map;
  return node;
}

/// Makes the template in steps, each on the text of the one before.
class TemplateMaker {
 public:
  TemplateMaker(std::string_view text, const MakeTemplate& edit)
      : edit_(edit), chosen_(edit.objects.begin(), edit.objects.end()), edited_(text) {}

  Result<std::string> run() {
    if (!edited_.refused()) check();
    if (edited_.refused()) return edited_.result();
    sortConnections();
    addTemplate();
    const auto renamed = [this](const std::string& end) -> std::optional<std::string> {
      if (!chosen_.contains(edited_.ownerOf(end))) return std::nullopt;
      return edit_.instance + '.' + end;
    };
    // Below the blocks' old places, so before these change.
    edited_.renameLatencies(renamed, [this](const std::string& entry) { return chosen_.contains(entry); });
    edited_.renameEnds(renamed, inside_);
    replaceBlocks();
    return edited_.result();
  }

 private:
  void check() {
    if (chosen_.empty()) return edited_.refuse("there are no blocks to make a template of");
    for (const std::string& name : chosen_) {
      const YamlNode* object = edited_.object(name);
      if (object == nullptr) {
        const std::string owner = edited_.ownerOf(name);
        return edited_.refuse(owner.empty() ? "there is no object " + inQuotes(name)
                                            : inQuotes(name) + " is a part of " + inQuotes(owner) +
                                                  " already; choose all of " + inQuotes(owner));
      }
      if (!object->isMap()) return edited_.refuse("object " + inQuotes(name) + " is no map");
      checkLatencies(name, *object);
    }
    if (!isIdentifier(edit_.templateName)) {
      return edited_.refuse(inQuotes(edit_.templateName) +
                            " is not the name of a template; write letters, digits and _, not beginning "
                            "with a digit");
    }
    const YamlNode* templates = edited_.root().find("templates");
    if (templates != nullptr && templates->find(edit_.templateName) != nullptr) {
      return edited_.refuse("there is a template " + inQuotes(edit_.templateName) + " already");
    }
    if (!isObjectName(edit_.instance)) return edited_.refuse(std::string(objectNameRule));
    for (const YamlNode::Entry& other : edited_.root().find("objects")->entries) {
      const bool part = other.key.starts_with(edit_.instance + '.');
      if ((other.key == edit_.instance && !chosen_.contains(other.key)) || part) {
        return edited_.refuse("there is a block " + inQuotes(other.key) + " already");
      }
    }
  }

  /// In a template the keys of `result_latency` are its own blocks.
  void checkLatencies(const std::string& name, const YamlNode& object) {
    const YamlNode* latencies = object.find("result_latency");
    if (latencies == nullptr) return;
    for (const YamlNode::Entry& entry : latencies->entries) {
      if (chosen_.contains(edited_.ownerOf(entry.key))) continue;
      edited_.refuse("result_latency of " + inQuotes(name) + " names " + inQuotes(entry.key) +
                     ", which would be outside the template");
    }
  }

  /// Which connections go into the template. Those of an instance come before all others, so one that
  /// stands below another of the same kind and the same first block, which stays outside, stays too.
  void sortConnections() {
    std::set<std::pair<std::string, std::string>> outside;
    for (const YamlNode& item : edited_.connections()) {
      const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
      bool goes = ends != nullptr;
      if (goes) {
        const std::string from = edited_.ownerOf(ends->value.items[0].scalar);
        goes = chosen_.contains(from) && chosen_.contains(edited_.ownerOf(ends->value.items[1].scalar)) &&
               !outside.contains({ends->key, from});
        if (!goes) outside.insert({ends->key, from});
      }
      inside_.push_back(goes);
    }
  }

  void addTemplate() {
    YamlNode objects = mapNode();
    const YamlNode& root = edited_.root();
    for (const YamlNode::Entry& entry : root.find("objects")->entries) {
      if (!chosen_.contains(entry.key)) continue;
      objects.entries.push_back(entry);
      ArchitectureText::erasePlace(objects.entries.back().value);
    }
    YamlNode connections = yamlSequence({});
    for (std::size_t i = 0; i < inside_.size(); ++i) {
      if (!inside_[i]) continue;
      connections.items.push_back(edited_.connections()[i]);
      std::erase_if(connections.items.back().entries,
                    [](const YamlNode::Entry& field) { return field.key == "via"; });
    }
    YamlNode body = mapNode();
    body.entries.push_back({"objects", {}, std::move(objects)});
    if (!connections.items.empty()) body.entries.push_back({"connections", {}, std::move(connections)});

    const YamlNode* templates = root.find("templates");
    YamlChange change{Kind::Insert, {std::string("templates")}, {}};
    if (templates != nullptr) {
      change.path.emplace_back(edit_.templateName);
      change.value = std::move(body);
      change.block = !templates->flow;
      change.depth = 2;
    } else {
      change.value = mapNode();
      change.value.entries.push_back({edit_.templateName, {}, std::move(body)});
      change.block = !root.flow;
      change.depth = 3;
      for (std::size_t i = 0; i < root.entries.size(); ++i) {
        if (root.entries[i].key == "objects") change.at = i;
      }
    }
    edited_.step({change});
  }

  void replaceBlocks() {
    // The instance may be called as a block is that goes: all but the first go, which becomes the instance.
    std::vector<YamlChange> gone;
    std::string first;
    for (const YamlNode::Entry& entry : edited_.root().find("objects")->entries) {
      if (!chosen_.contains(entry.key)) continue;
      if (first.empty()) {
        first = entry.key;
      } else {
        gone.push_back({Kind::Remove, {std::string("objects"), entry.key}, {}});
      }
    }
    edited_.step(gone);
    YamlNode instance = mapNode();
    instance.flow = true;
    instance.entries.push_back({"template", {}, yamlScalar(edit_.templateName)});
    edited_.step({{Kind::Set, {std::string("objects"), first}, std::move(instance)}});
    if (first == edit_.instance) return;
    YamlChange rename{Kind::RenameKey, {std::string("objects"), first}, {}};
    rename.key = edit_.instance;
    edited_.step({rename});
  }

  const MakeTemplate& edit_;
  std::set<std::string> chosen_;
  ArchitectureText edited_;
  std::vector<bool> inside_;  ///< by connection
};

}  // namespace

Result<std::string> makeTemplate(std::string_view text, const MakeTemplate& edit) {
  return TemplateMaker(text, edit).run();
}

}  // namespace taktwerk
