// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/rule_scope.h"

#include <algorithm>

namespace taktwerk {
namespace {

constexpr std::size_t deepest = 32;  // templates within templates

}  // namespace

const TemplateDeclaration* findTemplate(const Architecture& architecture, std::string_view name) {
  const auto found = std::find_if(architecture.templates.begin(), architecture.templates.end(),
                                  [&](const TemplateDeclaration& t) { return t.name == name; });
  return found != architecture.templates.end() ? &*found : nullptr;
}

RuleScope::RuleScope(const Architecture& architecture, std::string_view inTemplate)
    : architecture_(architecture), inTemplate_(inTemplate) {
  if (!inTemplate.empty()) template_ = findTemplate(architecture, inTemplate);
  const auto add = [&](const DeclaredObject& d) {
    Entry& entry = entries_.emplace_back();
    entry.name = d.object.name;
    entry.objectClass = d.object.objectClass;
    entry.templateName = d.templateName.text;
    for (const ScalarText& size : d.size) entry.size.push_back(size.text);
  };
  if (template_ != nullptr) {
    for (const DeclaredObject& d : template_->objects) add(d);
  } else if (inTemplate.empty() && architecture.isGenerated()) {
    for (const DeclaredObject& d : architecture.declared) add(d);
  } else if (inTemplate.empty()) {
    for (const ObjectDeclaration& o : architecture.objects)
      entries_.push_back({o.name, o.objectClass, {}, {}});
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) byName_.try_emplace(entries_[i].name, i);
}

const RuleScope::Entry* RuleScope::find(std::string_view name) const {
  const auto found = byName_.find(name);
  return found != byName_.end() ? &entries_[found->second] : nullptr;
}

std::optional<RuleScope::End> RuleScope::end(std::string_view text) const {
  if (const Entry* whole = find(text)) return End{whole, {}, {}};
  for (std::size_t at = text.find_first_of("[."); at != std::string_view::npos;
       at = text.find_first_of("[.", at + 1)) {
    const Entry* entry = find(text.substr(0, at));
    if (entry == nullptr || (!entry->hasParts() && entry->size.empty())) continue;
    End end{entry, {}, {}};
    std::string_view rest = text.substr(at);
    while (rest.starts_with('[')) {
      const std::size_t close = rest.find(']');
      if (close == std::string_view::npos) return std::nullopt;
      end.indices.emplace_back(rest.substr(1, close - 1));
      rest.remove_prefix(close + 1);
    }
    if (rest.starts_with('.')) {
      end.part = rest.substr(1);
    } else if (!rest.empty()) {
      return std::nullopt;
    }
    return end;
  }
  return std::nullopt;
}

std::vector<ConnectionRule> RuleScope::rules() const {
  if (template_ != nullptr) return template_->connections;
  if (!inTemplate_.empty()) return {};
  if (architecture_.isGenerated()) return architecture_.rules;
  std::vector<ConnectionRule> rules;
  for (const Connection& c : architecture_.connections) {
    ConnectionRule& rule = rules.emplace_back();
    rule.kind = c.kind;
    rule.from.text = architecture_.objects[c.from.index()].name;
    rule.to.text = architecture_.objects[c.to.index()].name;
    rule.position = c.position;
  }
  return rules;
}

bool RuleScope::isParameter(std::string_view name) const {
  const auto named = [&](const Parameter& p) { return p.name == name; };
  const auto& all = architecture_.parameters;
  return std::any_of(all.begin(), all.end(), named) ||
         (template_ != nullptr &&
          std::any_of(template_->parameters.begin(), template_->parameters.end(), named));
}

std::vector<RuleScope::Part> RuleScope::partsOf(const Entry& entry) const {
  if (!entry.hasParts()) return {{{}, entry.objectClass}};
  std::vector<Part> parts;
  const auto collect = [&](const auto& self, std::string_view name, const std::string& path,
                           std::size_t depth) -> void {
    const TemplateDeclaration* t = findTemplate(architecture_, name);
    if (t == nullptr || depth > deepest || parts.size() > 1000) return;
    for (const DeclaredObject& d : t->objects) {
      if (!d.size.empty()) continue;
      const std::string own = path.empty() ? d.object.name : path + '.' + d.object.name;
      if (d.templateName.text.empty()) {
        parts.push_back({own, d.object.objectClass});
      } else {
        self(self, d.templateName.text, own, depth + 1);
      }
    }
  };
  collect(collect, entry.templateName, {}, 0);
  return parts;
}

}  // namespace taktwerk
