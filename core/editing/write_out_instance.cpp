// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/base/quotes.h"
#include "core/editing/architecture_text.h"
#include "core/editing/rule_node.h"
#include "core/editing/rule_scope.h"
#include "core/editing/substitution.h"
#include "core/editing/write_out.h"

namespace taktwerk {
namespace {

class InstanceWriter {
 public:
  InstanceWriter(std::string_view text, const std::string& object) : object_(object), edited_(text) {
    Result<Architecture> read = parseArchitecture(text, {});
    if (read) architecture_ = std::move(*read);
  }

  Result<EditedText> run() {
    if (!edited_.refused()) check();
    if (!edited_.refused()) checkHiding();
    if (!edited_.refused()) {
      nameBlocks();
      edited_.renameLatencies([this](const std::string& end) { return renamedOutside(end); });
      rewire();
      replaceInstance();
    }
    Result<std::string> text = edited_.result();
    if (!text) return text.diagnostics;
    EditedText result{std::move(*text), {}};
    for (const auto& [inner, name] : names_) result.names.emplace_back(object_ + '.' + inner, name);
    return result;
  }

 private:
  void check() {
    entry_ = edited_.object(object_);
    const YamlNode* name = entry_ != nullptr && entry_->isMap() ? entry_->find("template") : nullptr;
    if (name == nullptr) return edited_.refuse(inQuotes(object_) + " is no instance of a template");
    if (entry_->find("size") != nullptr) {
      return edited_.refuse(inQuotes(object_) + " is an array; open it to its elements first");
    }
    template_ = findTemplate(architecture_, name->scalar);
    const YamlNode* templates = edited_.root().find("templates");
    body_ = templates != nullptr ? templates->find(name->scalar) : nullptr;
    if (template_ == nullptr || body_ == nullptr || !body_->isMap()) {
      return edited_.refuse("there is no template " + inQuotes(name->scalar));
    }
    objects_ = body_->find("objects");
    scope_.emplace(architecture_, template_->name);
    arguments_ = argumentsOf(*entry_, *template_);
  }

  /// An argument `r * 2` within a rule that counts r would mean another r.
  void checkHiding() {
    std::set<std::string> used;
    for (const auto& [name, text] : arguments_) used.merge(namesIn(text));
    const auto check = [&](const std::string& name) {
      if (!used.contains(name)) return;
      edited_.refuse("index " + inQuotes(name) + " of template " + inQuotes(template_->name) +
                     " has the name of a parameter that " + inQuotes(object_) + " is given");
    };
    for (const ConnectionRule& rule : template_->connections) {
      for (const ConnectionRange& range : rule.ranges) check(range.name);
    }
    for (const DeclaredObject& d : template_->objects) {
      for (const ScalarText& index : d.index) check(index.text);
    }
  }

  void nameBlocks() {
    std::set<std::string> taken;
    for (const YamlNode::Entry& other : edited_.root().find("objects")->entries) {
      if (other.key != object_) taken.insert(other.key);
    }
    for (const DeclaredObject& d : template_->objects) {
      const std::string base = object_ + '_' + d.object.name;
      std::string name = d.object.name;
      for (int n = 1; taken.contains(name); ++n) name = n == 1 ? base : base + std::to_string(n);
      taken.insert(name);
      names_.emplace_back(d.object.name, name);
    }
  }

  /// What an end within the template is called now; nothing for what is not there.
  [[nodiscard]] std::optional<std::string> renamed(const std::string& inner) const {
    const auto end = scope_->end(inner);
    if (!end) return std::nullopt;
    for (const auto& [old, name] : names_) {
      if (old == end->entry->name) return name + inner.substr(old.size());
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string> renamedOutside(const std::string& end) const {
    if (edited_.ownerOf(end) != object_ || !end.starts_with(object_ + '.')) return std::nullopt;
    return renamed(end.substr(object_.size() + 1));
  }

  /// Connections of an instance come before all others; so they go before the first that begins at one of its
  /// blocks.
  void rewire() {
    std::vector<YamlNode> inner;
    for (ConnectionRule rule : template_->connections) {
      substitute(rule, arguments_);
      const auto from = renamed(rule.from.text), to = renamed(rule.to.text);
      if (!from || !to)
        return edited_.refuse("a connection of template " + inQuotes(template_->name) + " has no end");
      rule.from.text = *from;
      rule.to.text = *to;
      inner.push_back(ruleNode(rule));
    }
    const auto name = [this](const std::string& end) { return renamedOutside(end); };
    edited_.renameEnds(name, inner, [&](const std::string& end) { return name(end).has_value(); });
  }

  void replaceInstance() {
    std::vector<YamlNode::Entry> blocks;
    for (std::size_t i = 0; objects_ != nullptr && i < objects_->entries.size(); ++i) {
      YamlNode::Entry block = objects_->entries[i];
      substitute(block.value, arguments_);
      block.value.flow = true;
      ArchitectureText::erasePlace(block.value);
      block.key = names_[i].second;
      for (YamlNode::Entry& field : block.value.entries) {
        if (field.key != "result_latency") continue;
        for (YamlNode::Entry& latency : field.value.entries) {
          latency.key = renamed(latency.key).value_or(latency.key);
        }
      }
      blocks.push_back(std::move(block));
    }
    edited_.replaceObject(object_, blocks, false);
  }

  const std::string& object_;
  ArchitectureText edited_;
  Architecture architecture_;
  const YamlNode* entry_ = nullptr;
  const YamlNode* body_ = nullptr;
  const YamlNode* objects_ = nullptr;
  const TemplateDeclaration* template_ = nullptr;
  std::optional<RuleScope> scope_;
  Substitution arguments_;
  std::vector<std::pair<std::string, std::string>> names_;  ///< by block of the template
};

}  // namespace

Result<EditedText> writeOutInstance(std::string_view text, const std::string& object) {
  return InstanceWriter(text, object).run();
}

}  // namespace taktwerk
