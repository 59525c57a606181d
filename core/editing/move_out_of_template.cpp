// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/base/quotes.h"
#include "core/editing/architecture_text.h"
#include "core/editing/edit.h"
#include "core/editing/move_block.h"
#include "core/editing/rule_node.h"
#include "core/editing/rule_scope.h"
#include "core/editing/substitution.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

class OutOfTemplate {
 public:
  OutOfTemplate(std::string_view text, const MoveOutOfTemplate& edit) : edit_(edit), edited_(text) {
    Result<Architecture> read = parseArchitecture(text, {});
    if (read) architecture_ = std::move(*read);
  }

  Result<EditedText> run() {
    if (!edited_.refused()) findTemplate();
    if (!edited_.refused()) findInstances();
    if (!edited_.refused()) checkLatencies();
    if (!edited_.refused()) {
      sortConnections();
      rewire();
      edited_.renameLatencies([this](const std::string& end) { return renamed(end); });
      addBlocks();
      removeFromTemplate();
    }
    Result<std::string> text = edited_.result();
    if (!text) return text.diagnostics;
    EditedText result{std::move(*text), {}};
    for (const Instance& instance : instances_) {
      result.names.emplace_back(instance.name + '.' + edit_.block, instance.block);
    }
    return result;
  }

 private:
  struct Instance {
    std::string name;
    const YamlNode* entry;
    std::vector<std::string> sizes;
    std::vector<std::string> indices;  ///< names, which arguments may use
    Substitution arguments;
    std::string block;  ///< what the block beside it is called
  };

  void findTemplate() {
    const YamlNode* entry = edited_.object(edit_.instance);
    const YamlNode* name = entry != nullptr && entry->isMap() ? entry->find("template") : nullptr;
    if (name == nullptr) return edited_.refuse(inQuotes(edit_.instance) + " is no instance of a template");
    template_ = taktwerk::findTemplate(architecture_, name->scalar);
    const YamlNode* templates = edited_.root().find("templates");
    body_ = templates != nullptr ? templates->find(name->scalar) : nullptr;
    const YamlNode* blocks = body_ != nullptr && body_->isMap() ? body_->find("objects") : nullptr;
    block_ = blocks != nullptr && blocks->isMap() ? blocks->find(edit_.block) : nullptr;
    if (template_ == nullptr || block_ == nullptr || !block_->isMap()) {
      return edited_.refuse("template " + inQuotes(name->scalar) + " has no block " + inQuotes(edit_.block));
    }
    if (blocks->entries.size() == 1) {
      return edited_.refuse(inQuotes(edit_.block) +
                            " is the only block of its template; ungroup the instance instead");
    }
    scope_.emplace(architecture_, template_->name);
    for (const TemplateDeclaration& other : architecture_.templates) {
      for (const DeclaredObject& d : other.objects) {
        if (d.templateName.text != template_->name) continue;
        return edited_.refuse("template " + inQuotes(template_->name) + " is used in template " +
                              inQuotes(other.name) + ", where the block would be missing");
      }
    }
  }

  void findInstances() {
    std::set<std::string> taken;
    for (const YamlNode::Entry& entry : edited_.root().find("objects")->entries) taken.insert(entry.key);
    for (const DeclaredObject& d : architecture_.declared) {
      if (d.templateName.text != template_->name) continue;
      Instance& instance = instances_.emplace_back();
      instance.name = d.object.name;
      instance.entry = edited_.object(d.object.name);
      instance.arguments = argumentsOf(*instance.entry, *template_);
      for (const ScalarText& size : d.size) instance.sizes.push_back(size.text);
      for (const ScalarText& index : d.index) instance.indices.push_back(index.text);
      if (!d.size.empty() && block_->find("size") != nullptr) {
        return edited_.refuse(inQuotes(edit_.block) + " is an array in each element of " +
                              inQuotes(d.object.name) +
                              "; outside it would have more indices than there are");
      }
    }
    for (Instance& instance : instances_) {
      const std::string base = instance.name + '_' + edit_.block;
      instance.block = instances_.size() == 1 ? edit_.block : base;
      for (int n = 1; !taken.insert(instance.block).second; ++n)
        instance.block = n == 1 ? base : base + std::to_string(n);
      checkHiding(instance);
    }
  }

  void checkHiding(const Instance& instance) {
    std::set<std::string> used;
    for (const auto& [name, text] : instance.arguments) used.merge(namesIn(text));
    const auto check = [&](const std::string& name) {
      if (!used.contains(name)) return;
      edited_.refuse("index " + inQuotes(name) + " of template " + inQuotes(template_->name) +
                     " has the name of something that " + inQuotes(instance.name) + " is given");
    };
    for (const ConnectionRule& rule : template_->connections) {
      for (const ConnectionRange& range : rule.ranges) check(range.name);
    }
    for (const std::string& index : indexNames(*block_)) check(index);
  }

  [[nodiscard]] bool isBlock(const std::string& end) const {
    const auto parsed = scope_->end(end);
    return parsed && parsed->entry->name == edit_.block;
  }

  /// Keys of `result_latency` are blocks of the same template, or of the architecture.
  void checkLatencies() {
    const auto refuse = [&](const std::string& owner, const std::string& key) {
      edited_.refuse("result_latency of " + inQuotes(owner) + " names " + inQuotes(key) +
                     ", and one of them would be outside the template");
    };
    for (const DeclaredObject& d : template_->objects) {
      const Attribute* latencies = d.object.find("result_latency");
      if (latencies == nullptr) continue;
      for (const YamlNode::Entry& latency : latencies->value.entries) {
        const bool own = d.object.name == edit_.block, other = isBlock(latency.key);
        if (own != other) refuse(d.object.name, latency.key);
      }
    }
  }

  /// Connections outside come after those of the template: with one that leaves go those behind it of the
  /// same kind and first block.
  void sortConnections() {
    std::set<std::pair<ConnectionKind, std::string>> outside;
    for (const ConnectionRule& rule : template_->connections) {
      const std::pair subject(rule.kind, scope_->end(rule.from.text)
                                             ? std::string(scope_->end(rule.from.text)->entry->name)
                                             : std::string());
      const bool goes = isBlock(rule.from.text) || isBlock(rule.to.text) || outside.contains(subject);
      if (goes) outside.insert(subject);
      leaves_.push_back(goes);
    }
  }

  /// A connection of the template as one of the architecture.
  YamlNode outer(ConnectionRule rule, const Instance& instance) const {
    Substitution values = instance.arguments;
    std::set<std::string> taken;
    for (const Parameter& p : architecture_.parameters) taken.insert(p.name);
    for (const ConnectionRange& range : rule.ranges) taken.insert(range.name);
    std::string index;
    std::vector<ConnectionRange> ranges;
    Substitution variables;  // names of the entry's indices
    for (std::size_t k = 0; k < instance.sizes.size(); ++k) {
      const std::string wanted = instance.sizes.size() == 1 ? "i" : k == 0 ? "r" : "c";
      std::string name = wanted;
      for (int n = 2; !taken.insert(name).second; ++n) name = wanted + std::to_string(n);
      index += '[' + name + ']';
      ranges.push_back({name, {}, {}, {instance.sizes[k], {}}, {}});
      if (k < instance.indices.size()) variables.emplace(instance.indices[k], name);
    }
    for (auto& [name, text] : values) text = substituted(text, variables);
    substitute(rule, values);
    ranges.insert(ranges.end(), rule.ranges.begin(), rule.ranges.end());
    rule.ranges = std::move(ranges);
    for (ScalarText* end : {&rule.from, &rule.to}) {
      end->text = isBlock(end->text) ? instance.block + index + end->text.substr(edit_.block.size())
                                     : instance.name + index + '.' + end->text;
    }
    return ruleNode(rule);
  }

  [[nodiscard]] const Instance* instanceOf(const std::string& end) const {
    const std::string owner = edited_.ownerOf(end);
    const auto found = std::find_if(instances_.begin(), instances_.end(),
                                    [&](const Instance& i) { return i.name == owner; });
    return found != instances_.end() ? &*found : nullptr;
  }
  /// An end outside that names the block, as it is called now.
  [[nodiscard]] std::optional<std::string> renamed(const std::string& end) const {
    const Instance* instance = instanceOf(end);
    if (instance == nullptr) return std::nullopt;
    const ArchitectureText::EndRest rest = ArchitectureText::restOf(end, instance->name);
    if (!isBlock(rest.part)) return std::nullopt;
    return instance->block + rest.indices + rest.part.substr(edit_.block.size());
  }

  void rewire() {
    std::vector<YamlNode> rules;
    for (const Instance& instance : instances_) {
      for (std::size_t i = 0; i < leaves_.size(); ++i) {
        if (leaves_[i]) rules.push_back(outer(template_->connections[i], instance));
      }
    }
    edited_.renameEnds([this](const std::string& end) { return renamed(end); }, rules,
                       [this](const std::string& end) { return instanceOf(end) != nullptr; });
  }

  void addBlocks() {
    std::size_t before = 0;
    const YamlNode& objects = *edited_.root().find("objects");
    for (const Instance& instance : instances_) {
      YamlNode block = *block_;
      substitute(block, instance.arguments);
      block.flow = true;
      ArchitectureText::erasePlace(block);
      if (const YamlNode* size = instance.entry->find("size")) {
        std::vector<YamlNode::Entry> array{{"size", {}, *size}};
        if (const YamlNode* index = instance.entry->find("index")) array.push_back({"index", {}, *index});
        block.entries.insert(block.entries.begin() + 1, array.begin(), array.end());
      }
      YamlChange insert{Kind::Insert, {std::string("objects"), instance.block}, std::move(block)};
      insert.at = ArchitectureText::placeIn(objects, instance.name) + 1 + before++;
      edited_.step({insert});
    }
  }

  void removeFromTemplate() {
    std::vector<YamlChange> gone;
    const YamlPath path{std::string("templates"), template_->name, std::string("connections")};
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      if (!leaves_[i]) continue;
      gone.push_back({Kind::Remove, path, {}});
      gone.back().path.emplace_back(i);
    }
    if (!gone.empty() && gone.size() == leaves_.size()) gone = {{Kind::Remove, path, {}}};
    edited_.step(gone);
    edited_.step({{Kind::Remove,
                   {std::string("templates"), template_->name, std::string("objects"), edit_.block},
                   {}}});
  }

  const MoveOutOfTemplate& edit_;
  ArchitectureText edited_;
  Architecture architecture_;
  const TemplateDeclaration* template_ = nullptr;
  const YamlNode* body_ = nullptr;
  const YamlNode* block_ = nullptr;
  std::optional<RuleScope> scope_;
  std::vector<Instance> instances_;
  std::vector<bool> leaves_;  ///< by connection of the template
};

}  // namespace

Result<EditedText> moveOutOfTemplate(std::string_view text, const MoveOutOfTemplate& edit) {
  return OutOfTemplate(text, edit).run();
}

}  // namespace taktwerk
