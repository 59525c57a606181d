// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/base/quotes.h"
#include "core/editing/architecture_text.h"
#include "core/editing/edit.h"
#include "core/editing/index_term.h"
#include "core/editing/move_block.h"
#include "core/editing/substitution.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

std::vector<std::string> sizesOf(const YamlNode& entry) {
  std::vector<std::string> sizes;
  const YamlNode* size = entry.find("size");
  if (size == nullptr) return sizes;
  if (size->isScalar()) sizes.push_back(withoutBlanks(size->scalar));
  for (const YamlNode& item : size->items) sizes.push_back(withoutBlanks(item.scalar));
  return sizes;
}

class IntoTemplate {
 public:
  IntoTemplate(std::string_view text, const MoveIntoTemplate& edit) : edit_(edit), edited_(text) {}

  Result<EditedText> run() {
    if (!edited_.refused()) findTemplate();
    if (!edited_.refused()) checkBlocks();
    if (!edited_.refused()) {
      sortConnections();
      checkWords();
    }
    if (!edited_.refused()) {
      const auto renamed = [this](const std::string& end) -> std::optional<std::string> {
        return names_.contains(edited_.ownerOf(end)) ? std::optional(outer(end)) : std::nullopt;
      };
      edited_.renameLatencies(renamed, [this](const std::string& entry) { return names_.contains(entry); });
      addConnections();
      edited_.renameEnds(renamed, inside_);
      addBlocks();
      for (const auto& [block, name] : names_) {
        edited_.step({{Kind::Remove, {std::string("objects"), block}, {}}});
      }
    }
    Result<std::string> text = edited_.result();
    if (!text) return text.diagnostics;
    EditedText result{std::move(*text), {}};
    for (const auto& [block, name] : names_) result.names.emplace_back(block, edit_.instance + '.' + name);
    return result;
  }

 private:
  void findTemplate() {
    const YamlNode* entry = edited_.object(edit_.instance);
    const YamlNode* name = entry != nullptr && entry->isMap() ? entry->find("template") : nullptr;
    if (name == nullptr) return edited_.refuse(inQuotes(edit_.instance) + " is no instance of a template");
    template_ = name->scalar;
    sizes_ = sizesOf(*entry);
    const YamlNode* templates = edited_.root().find("templates");
    body_ = templates != nullptr ? templates->find(template_) : nullptr;
    blocks_ = body_ != nullptr && body_->isMap() ? body_->find("objects") : nullptr;
    if (blocks_ == nullptr || !blocks_->isMap()) {
      return edited_.refuse("there is no template " + inQuotes(template_) + " with blocks");
    }
    const auto use = [&](const YamlNode& objects, const std::string& where) {
      for (const YamlNode::Entry& other : objects.entries) {
        const YamlNode* of = other.value.isMap() ? other.value.find("template") : nullptr;
        if (of == nullptr || of->scalar != template_ || &other.value == entry) continue;
        edited_.refuse("template " + inQuotes(template_) + " is that of " + inQuotes(other.key) + where +
                       " too, which would get the blocks as well");
      }
    };
    use(*edited_.root().find("objects"), {});
    for (const YamlNode::Entry& other : templates->entries) {
      const YamlNode* objects = other.value.isMap() ? other.value.find("objects") : nullptr;
      if (objects != nullptr) use(*objects, " in template " + inQuotes(other.key));
    }
  }

  void checkBlocks() {
    if (edit_.objects.empty()) return edited_.refuse("there are no blocks to move");
    std::set<std::string> taken;
    for (const YamlNode::Entry& block : blocks_->entries) taken.insert(block.key);
    for (const std::string& block : edit_.objects) {
      const YamlNode* entry = edited_.object(block);
      if (entry == nullptr || !entry->isMap()) {
        const std::string owner = edited_.ownerOf(block);
        return edited_.refuse(owner.empty()
                                  ? "there is no object " + inQuotes(block)
                                  : inQuotes(block) + " is a part of " + inQuotes(owner) + " already");
      }
      if (block == edit_.instance) return edited_.refuse("an instance cannot go into its own template");
      if (!sizes_.empty() && sizesOf(*entry) != sizes_) {
        return edited_.refuse(inQuotes(edit_.instance) +
                              " is an array; only arrays with the same sizes can go into " +
                              "its elements, and " + inQuotes(block) + " is none");
      }
      if (!sizes_.empty() && entry->find("index") != nullptr) {
        return edited_.refuse("attributes of " + inQuotes(block) +
                              " use its indices, which a template has not");
      }
      std::string name = block;
      for (int n = 2; !taken.insert(name).second; ++n) name = block + std::to_string(n);
      names_.emplace(block, name);
    }
  }

  [[nodiscard]] bool isInside(const std::string& owner) const {
    return owner == edit_.instance || names_.contains(owner);
  }

  /// An end as connections of the template name it, or as those outside do.
  [[nodiscard]] std::string inner(const std::string& end) const {
    const std::string owner = edited_.ownerOf(end);
    const ArchitectureText::EndRest rest = ArchitectureText::restOf(end, owner);
    if (owner == edit_.instance) return rest.part;
    const std::string indices = sizes_.empty() ? rest.indices : std::string();
    return names_.at(owner) + indices + (rest.part.empty() ? "" : '.' + rest.part);
  }
  [[nodiscard]] std::string outer(const std::string& end) const {
    const std::string owner = edited_.ownerOf(end);
    const ArchitectureText::EndRest rest = ArchitectureText::restOf(end, owner);
    const std::string part = names_.at(owner) + (sizes_.empty() ? rest.indices : std::string()) +
                             (rest.part.empty() ? "" : '.' + rest.part);
    return edit_.instance + (sizes_.empty() ? std::string() : rest.indices) + '.' + part;
  }

  /// Of arrays: whether it says the same of every element, `[r][c]` at both ends over all r and c.
  [[nodiscard]] bool isWithinEach(const YamlNode& item, const YamlNode::Entry& ends) const {
    if (sizes_.empty()) return true;
    if (item.find("when") != nullptr) return false;
    std::string indices[2];
    for (std::size_t k = 0; k < 2; ++k) {
      const std::string& end = ends.value.items[k].scalar;
      indices[k] = withoutBlanks(ArchitectureText::restOf(end, edited_.ownerOf(end)).indices);
    }
    const YamlNode* ranges = item.find("for");
    if (indices[0] != indices[1] || ranges == nullptr || ranges->entries.size() != sizes_.size())
      return false;
    std::string all;
    std::set<std::string> variables;
    for (std::size_t k = 0, at = 1; k < sizes_.size(); ++k) {
      const std::size_t close = indices[0].find(']', at);
      if (close == std::string::npos) return false;
      const std::string variable = indices[0].substr(at, close - at);
      at = close + 2;
      const YamlNode* range = ranges->find(variable);
      if (range == nullptr || !range->isScalar() || withoutBlanks(range->scalar) != sizes_[k]) return false;
      if (!variables.insert(variable).second) return false;
    }
    return true;
  }

  /// Connections of a template come before all others: one that stands below another of the same kind and
  /// first block, which stays outside, stays too.
  void sortConnections() {
    std::set<std::pair<std::string, std::string>> outside;
    for (const YamlNode& item : edited_.connections()) {
      const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
      bool goes = ends != nullptr;
      if (goes) {
        const std::string& from = ends->value.items[0].scalar;
        const std::pair subject(ends->key, withoutIndices(from));
        goes = isInside(edited_.ownerOf(from)) && isInside(edited_.ownerOf(ends->value.items[1].scalar)) &&
               isWithinEach(item, *ends) && !outside.contains(subject);
        if (!goes) outside.insert(subject);
      }
      inside_.push_back(goes);
    }
  }
  static std::string withoutIndices(const std::string& end) {
    std::string text;
    int depth = 0;
    for (const char c : end) {
      if (c == '[') ++depth;
      if (depth == 0) text += c;
      if (c == ']') --depth;
    }
    return text;
  }

  /// In the template its parameters hide the architecture's of the same name.
  void checkWords() {
    std::set<std::string> hidden;
    if (const YamlNode* parameters = body_->find("parameters")) {
      for (const YamlNode::Entry& parameter : parameters->entries) hidden.insert(parameter.key);
    }
    const auto check = [&](const std::string& text, const std::string& what) {
      for (const std::string& word : namesIn(text)) {
        if (!hidden.contains(word)) continue;
        edited_.refuse(what + " uses " + inQuotes(word) + ", which is a parameter of template " +
                       inQuotes(template_));
      }
    };
    for (const auto& named : names_) {
      const std::string& block = named.first;
      YamlNode entry = *edited_.object(block);
      if (!sizes_.empty()) ArchitectureText::eraseKey(entry, "size");
      forEachExpression(entry, [&](const std::string& text) { check(text, inQuotes(block)); });
      checkLatencies(block, entry);
    }
    for (std::size_t i = 0; i < inside_.size(); ++i) {
      const YamlNode& item = edited_.connections()[i];
      if (!inside_[i] || !sizes_.empty()) continue;
      const std::string what = "connection " + std::to_string(i + 1);
      if (const YamlNode* when = item.find("when")) check(when->scalar, what);
      if (const YamlNode* ranges = item.find("for")) {
        for (const YamlNode::Entry& range : ranges->entries) {
          check(range.value.scalar, what);
          for (const YamlNode::Entry& bound : range.value.entries) check(bound.value.scalar, what);
        }
      }
      for (const YamlNode& end : ArchitectureText::endsOf(item)->value.items) {
        const ArchitectureText::EndRest rest =
            ArchitectureText::restOf(end.scalar, edited_.ownerOf(end.scalar));
        check(rest.indices, what);
      }
    }
  }

  void checkLatencies(const std::string& block, const YamlNode& entry) {
    const YamlNode* latencies = entry.find("result_latency");
    if (latencies == nullptr) return;
    for (const YamlNode::Entry& latency : latencies->entries) {
      if (sizes_.empty() && isInside(edited_.ownerOf(latency.key))) continue;
      edited_.refuse("result_latency of " + inQuotes(block) + " names " + inQuotes(latency.key) +
                     ", which would be outside the template");
    }
  }

  void addConnections() {
    std::vector<YamlNode> rules;
    for (std::size_t i = 0; i < inside_.size(); ++i) {
      if (!inside_[i]) continue;
      YamlNode item = edited_.connections()[i];
      const YamlNode::Entry* ends = ArchitectureText::endsOf(item);
      if (!sizes_.empty()) {
        std::erase_if(item.entries, [&](const YamlNode::Entry& entry) { return entry.key == "for"; });
        ends = ArchitectureText::endsOf(item);
      }
      for (YamlNode::Entry& entry : item.entries) {
        if (&entry != ends) continue;
        for (YamlNode& end : entry.value.items) end = yamlScalar(inner(end.scalar));
      }
      item.flow = item.entries.size() > 1;
      rules.push_back(std::move(item));
    }
    edited_.addRules(*body_, {std::string("templates"), template_, std::string("connections")}, rules);
  }

  void addBlocks() {
    for (const YamlNode::Entry& entry : edited_.root().find("objects")->entries) {
      if (!names_.contains(entry.key)) continue;
      YamlNode block = entry.value;
      block.flow = true;
      ArchitectureText::erasePlace(block);
      if (!sizes_.empty()) ArchitectureText::eraseKey(block, "size");
      for (YamlNode::Entry& field : block.entries) {
        if (field.key != "result_latency") continue;
        for (YamlNode::Entry& latency : field.value.entries) latency.key = inner(latency.key);
      }
      YamlChange insert{Kind::Insert,
                        {std::string("templates"), template_, std::string("objects"), names_.at(entry.key)},
                        std::move(block)};
      edited_.step({insert});
    }
  }

  const MoveIntoTemplate& edit_;
  ArchitectureText edited_;
  std::string template_;
  std::vector<std::string> sizes_;  ///< of the instance
  const YamlNode* body_ = nullptr;
  const YamlNode* blocks_ = nullptr;
  std::map<std::string, std::string> names_;  ///< what the moved blocks are called in the template
  std::vector<bool> inside_;                  ///< by connection
};

}  // namespace

Result<EditedText> moveIntoTemplate(std::string_view text, const MoveIntoTemplate& edit) {
  return IntoTemplate(text, edit).run();
}

}  // namespace taktwerk
