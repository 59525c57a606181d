// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/dissolve.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/local_values.h"
#include "core/base/whole_number.h"
#include "core/editing/edit.h"
#include "core/editing/expression_words.h"
#include "core/editing/regroup.h"
#include "core/editing/rule_node.h"
#include "core/editing/rule_scope.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

/// One entry of `objects:` becomes several, in its place and their order. Where `same`, the first one is what
/// the entry was but for the keys given, and keeps its lines and comments.
void replaceEntry(Regrouping& grouping, const std::string& object, const std::vector<YamlNode::Entry>& by,
                  bool same) {
  const YamlNode& objects = *grouping.root().find("objects");
  std::vector<YamlChange> others;
  for (std::size_t i = 1; i < by.size(); ++i) {
    YamlChange insert{Kind::Insert, {std::string("objects"), by[i].key}, by[i].value};
    insert.at = Regrouping::placeIn(objects, object) + 1;
    others.push_back(std::move(insert));
  }
  // Renamed first: another of the new blocks may be called as the entry was.
  std::string first = object;
  if (!by.empty() && by[0].key != object) {
    YamlChange rename{Kind::RenameKey, {std::string("objects"), object}, {}};
    rename.key = first = by[0].key;
    grouping.step({rename});
  }
  grouping.step(others);
  if (by.empty()) return grouping.step({{Kind::Remove, {std::string("objects"), object}, {}}});
  if (!same) return grouping.step({{Kind::Set, {std::string("objects"), first}, by[0].value}});
  for (const char* key : {"size", "index", "at"}) {
    if (grouping.object(object)->find(key) != nullptr) {
      grouping.step({{Kind::Remove, {std::string("objects"), first, std::string(key)}, {}}});
    }
  }
}

// ---- arrays

class ArrayDissolver {
 public:
  ArrayDissolver(std::string_view text, const std::string& object) : object_(object), grouping_(text) {
    Result<Architecture> read = parseArchitecture(text, {});
    if (!read || hasErrors(read.diagnostics)) {
      if (!grouping_.refused()) grouping_.refuse("the file has problems; mend them first");
      return;
    }
    architecture_ = std::move(*read);
  }

  Result<std::string> run() {
    if (!grouping_.refused()) check();
    if (grouping_.refused()) return grouping_.result();
    writeRules();
    if (!grouping_.refused()) writeElements();
    return grouping_.result();
  }

 private:
  void check() {
    const YamlNode* object = grouping_.object(object_);
    if (object == nullptr || !object->isMap() || object->find("size") == nullptr) {
      return grouping_.refuse('"' + object_ + "\" is no array");
    }
    const auto declared = std::find_if(architecture_.declared.begin(), architecture_.declared.end(),
                                       [&](const DeclaredObject& d) { return d.object.name == object_; });
    Problems problems({});
    const ParameterMap values = resolveParameters(architecture_, {}, problems);
    std::int64_t count = 1;
    for (const ScalarText& size : declared->size) {
      extent_.push_back(wholeValue(size, values, "size", 0, problems).value_or(0));
      count = extent_.back() > static_cast<std::int64_t>(mostWrittenElements) ? extent_.back()
                                                                              : count * extent_.back();
      if (count > static_cast<std::int64_t>(mostWrittenElements)) break;
    }
    if (count == 0) return grouping_.refuse('"' + object_ + "\" has no elements");
    if (count > static_cast<std::int64_t>(mostWrittenElements)) {
      grouping_.refuse('"' + object_ + "\" has more than " + std::to_string(mostWrittenElements) +
                       " elements, too many to write out");
    }
  }

  void writeElements() {
    const YamlNode& object = *grouping_.object(object_);
    std::vector<std::string> indices;
    if (const YamlNode* index = object.find("index")) {
      if (index->isScalar()) indices.push_back(index->scalar);
      for (const YamlNode& item : index->items) indices.push_back(item.scalar);
    }
    std::vector<YamlNode::Entry> elements;
    const std::int64_t columns = extent_.size() > 1 ? extent_[1] : 1;
    for (std::int64_t r = 0; r < extent_[0]; ++r) {
      for (std::int64_t c = 0; c < columns; ++c) {
        std::string name = object_ + '[' + std::to_string(r) + ']';
        if (extent_.size() > 1) name += '[' + std::to_string(c) + ']';
        YamlNode element = object;
        element.flow = true;
        for (const char* key : {"size", "index"}) Regrouping::eraseKey(element, key);
        Regrouping::erasePlace(element);
        ExpressionWords numbers;
        if (!indices.empty()) numbers.emplace(indices[0], std::to_string(r));
        if (indices.size() > 1) numbers.emplace(indices[1], std::to_string(c));
        if (!numbers.empty()) replaceWords(element, numbers);
        elements.push_back({std::move(name), {}, std::move(element)});
      }
    }
    replaceEntry(grouping_, object_, elements, indices.empty());
  }

  void writeRules() {
    const std::vector<YamlNode>& items = grouping_.connections();
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const Connection*>> byPosition;
    for (const Connection& c : architecture_.connections) {
      byPosition[{c.position.line, c.position.column}].push_back(&c);
    }
    std::vector<YamlChange> changes;
    std::size_t count = 0, left = items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const YamlNode::Entry* ends = Regrouping::endsOf(items[i]);
      if (ends == nullptr || (items[i].find("for") == nullptr && items[i].find("when") == nullptr)) continue;
      const auto concerned = [&](const YamlNode& end) { return grouping_.ownerOf(end.scalar) == object_; };
      if (std::none_of(ends->value.items.begin(), ends->value.items.end(), concerned)) continue;
      const auto& written = byPosition[{ends->position.line, ends->position.column}];
      count += written.size();
      if (count > mostWrittenConnections) {
        return grouping_.refuse("\"" + object_ + "\" has more than " +
                                std::to_string(mostWrittenConnections) +
                                " connections, too many to write out");
      }
      if (written.empty()) {
        changes.push_back({Kind::Remove, {std::string("connections"), i}, {}});
        --left;
        continue;
      }
      for (std::size_t k = 0; k < written.size(); ++k) {
        ConnectionRule rule;
        rule.kind = written[k]->kind;
        rule.from.text = architecture_.objects[written[k]->from.index()].name;
        rule.to.text = architecture_.objects[written[k]->to.index()].name;
        changes.push_back({k == 0 ? Kind::Set : Kind::Insert,
                           {std::string("connections"), i + (k == 0 ? 0 : 1)},
                           ruleNode(rule)});
      }
    }
    if (left == 0 && !items.empty()) changes = {{Kind::Set, {std::string("connections")}, yamlSequence({})}};
    grouping_.step(changes);
  }

  const std::string& object_;
  Regrouping grouping_;
  Architecture architecture_;
  std::vector<std::int64_t> extent_;
};

// ---- instances

class InstanceDissolver {
 public:
  InstanceDissolver(std::string_view text, const std::string& object) : object_(object), grouping_(text) {
    Result<Architecture> read = parseArchitecture(text, {});
    if (read) architecture_ = std::move(*read);
  }

  Result<Dissolved> run() {
    if (!grouping_.refused()) check();
    if (!grouping_.refused()) checkHiding();
    if (!grouping_.refused()) {
      nameBlocks();
      grouping_.renameLatencies([this](const std::string& end) { return renamedOutside(end); });
      rewire();
      replaceInstance();
    }
    Result<std::string> text = grouping_.result();
    if (!text) return text.diagnostics;
    Dissolved result{std::move(*text), {}};
    for (const auto& [inner, name] : names_) result.names.emplace_back(object_ + '.' + inner, name);
    return result;
  }

 private:
  void check() {
    entry_ = grouping_.object(object_);
    const YamlNode* name = entry_ != nullptr && entry_->isMap() ? entry_->find("template") : nullptr;
    if (name == nullptr) return grouping_.refuse('"' + object_ + "\" is no instance of a template");
    if (entry_->find("size") != nullptr) {
      return grouping_.refuse('"' + object_ + "\" is an array; open it to its elements first");
    }
    template_ = findTemplate(architecture_, name->scalar);
    const YamlNode* templates = grouping_.root().find("templates");
    body_ = templates != nullptr ? templates->find(name->scalar) : nullptr;
    if (template_ == nullptr || body_ == nullptr || !body_->isMap()) {
      return grouping_.refuse("there is no template " + inQuotes(name->scalar));
    }
    objects_ = body_->find("objects");
    scope_.emplace(architecture_, template_->name);
    arguments_ = argumentsOf(*entry_, *template_);
  }

  /// An argument `r * 2` within a rule that counts r would mean another r.
  void checkHiding() {
    std::set<std::string> used;
    for (const auto& [name, text] : arguments_) used.merge(wordsOf(text));
    const auto check = [&](const std::string& name) {
      if (!used.contains(name)) return;
      grouping_.refuse("index " + inQuotes(name) + " of template " + inQuotes(template_->name) +
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
    for (const YamlNode::Entry& other : grouping_.root().find("objects")->entries) {
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
    if (grouping_.ownerOf(end) != object_ || !end.starts_with(object_ + '.')) return std::nullopt;
    return renamed(end.substr(object_.size() + 1));
  }

  /// Connections of an instance come before all others; so they go before the first that begins at one of its
  /// blocks.
  void rewire() {
    std::vector<YamlNode> inner;
    for (ConnectionRule rule : template_->connections) {
      replaceWords(rule, arguments_);
      const auto from = renamed(rule.from.text), to = renamed(rule.to.text);
      if (!from || !to)
        return grouping_.refuse("a connection of template " + inQuotes(template_->name) + " has no end");
      rule.from.text = *from;
      rule.to.text = *to;
      inner.push_back(ruleNode(rule));
    }
    const auto name = [this](const std::string& end) { return renamedOutside(end); };
    grouping_.renameEnds(name, inner, [&](const std::string& end) { return name(end).has_value(); });
  }

  void replaceInstance() {
    std::vector<YamlNode::Entry> blocks;
    for (std::size_t i = 0; objects_ != nullptr && i < objects_->entries.size(); ++i) {
      YamlNode::Entry block = objects_->entries[i];
      replaceWords(block.value, arguments_);
      block.value.flow = true;
      Regrouping::erasePlace(block.value);
      block.key = names_[i].second;
      for (YamlNode::Entry& field : block.value.entries) {
        if (field.key != "result_latency") continue;
        for (YamlNode::Entry& latency : field.value.entries) {
          latency.key = renamed(latency.key).value_or(latency.key);
        }
      }
      blocks.push_back(std::move(block));
    }
    replaceEntry(grouping_, object_, blocks, false);
  }

  const std::string& object_;
  Regrouping grouping_;
  Architecture architecture_;
  const YamlNode* entry_ = nullptr;
  const YamlNode* body_ = nullptr;
  const YamlNode* objects_ = nullptr;
  const TemplateDeclaration* template_ = nullptr;
  std::optional<RuleScope> scope_;
  ExpressionWords arguments_;
  std::vector<std::pair<std::string, std::string>> names_;  ///< by block of the template
};

}  // namespace

Result<std::string> dissolveArray(std::string_view text, const std::string& object) {
  return ArrayDissolver(text, object).run();
}

Result<Dissolved> dissolveInstance(std::string_view text, const std::string& object) {
  return InstanceDissolver(text, object).run();
}

}  // namespace taktwerk
