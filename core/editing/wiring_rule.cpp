// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/wiring_rule.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/class_specification.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/editing/index_term.h"
#include "core/editing/rule_scope.h"

namespace taktwerk {
namespace {

using Kind = ConnectionKind;
using Region = WiringRegion;
using Relation = WiringRelation;

WiringEnd endFor(const RuleScope::Entry& entry, const std::string& part) {
  return {std::string(entry.name), entry.size, part};
}

/// A text that is the same for rules that say the same: variables count from 0 and are called by the order
/// in which the ends use them. Nothing for what no shape has: `when`, steps, variables of other bounds.
std::optional<std::string> canonical(const RuleScope& scope, const ConnectionRule& rule) {
  if (!rule.when.text.empty()) return std::nullopt;
  const std::optional<RuleScope::End> ends[] = {scope.end(rule.from.text), scope.end(rule.to.text)};
  if (!ends[0] || !ends[1]) return std::nullopt;
  struct Variable {
    std::int64_t first = 0;
    std::string size;
    std::string name = {};
  };
  std::map<std::string, Variable> variables;
  for (const ConnectionRange& range : rule.ranges) {
    const IndexTerm first = range.from.text.empty() ? IndexTerm{} : indexTerm(range.from.text);
    if (!first.base.empty() || (!range.step.text.empty() && withoutBlanks(range.step.text) != "1"))
      return std::nullopt;
    if (first.plus < -1'000'000'000 || first.plus > 1'000'000'000) return std::nullopt;
    const IndexTerm size = indexTerm(range.to.text) + -first.plus;
    if (!variables.emplace(range.name, Variable{first.plus, withoutBlanks(toString(size))}).second)
      return std::nullopt;
  }
  std::string text(toString(rule.kind));
  std::string bounds;
  int used = 0;
  for (const auto& end : ends) {
    text += ' ' + std::string(end->entry->name);
    for (const std::string& index : end->indices) {
      IndexTerm term = indexTerm(index);
      // `r + 1` of a variable that counts from 1 is `r + 2` of one that counts from 0.
      const auto plain = variables.find(term.base);
      if (plain != variables.end()) term = term + plain->second.first;
      std::string written = withoutBlanks(toString(term));
      for (auto& [name, variable] : variables) {
        if (withName(written, name, "") == written) continue;
        if (plain == variables.end() && variable.first != 0) return std::nullopt;
        if (variable.name.empty()) {
          variable.name = '$' + std::to_string(used++);
          bounds += ' ' + variable.size;
        }
        written = withName(written, name, variable.name);
      }
      text += '[' + written + ']';
    }
    text += '.' + end->part;
  }
  if (static_cast<std::size_t>(used) != variables.size()) return std::nullopt;
  return text + " for" + bounds;
}

/// Whether every object gets no more than one subject: a unit stands in one stage.
bool isOneToOne(const WiringShape& shape, const WiringEnd& subject) {
  if (shape.relation == Relation::Every) return shape.subject != Region::All;
  const bool along = shape.relation == Relation::Row || shape.relation == Relation::Column;
  return !along || subject.sizes.size() == 1 || shape.subject != Region::All;
}

class Finder {
 public:
  Finder(const RuleScope& scope, WiringRules& found) : scope_(scope), found_(found), rules_(scope.rules()) {
    for (const ConnectionRule& rule : rules_) {
      if (std::optional<std::string> text = canonical(scope, rule)) known_.insert(std::move(*text));
    }
  }

  void run(const WireEnd& from, const WireEnd& to, const std::string& within) {
    const RuleScope::Entry* a = scope_.find(from.entry);
    const RuleScope::Entry* b = scope_.find(to.entry);
    if (a == nullptr || b == nullptr) {
      tell("there is no object " + inQuotes(a == nullptr ? from.entry : to.entry));
      return;
    }
    if (a == b && !a->hasParts() && a->size.empty()) return tell("a block cannot be connected to itself");
    within_ = within;
    if (a != b || !a->size.empty()) {
      for (const bool turned : {false, true}) {
        direction(turned ? to : from, turned ? *b : *a, turned ? from : to, turned ? *a : *b);
        if (!found_.possible.empty()) break;
      }
    }
    if (a == b && a->hasParts()) inside(*a, from, to);
    for (WiringRule& single : singles_) found_.possible.push_back(std::move(single));
  }

 private:
  void tell(std::string reason) {
    if (found_.reason.empty()) found_.reason = std::move(reason);
  }

  /// The blocks an end can mean.
  std::vector<RuleScope::Part> candidates(const RuleScope::Entry& entry, const WireEnd& end) {
    std::vector<RuleScope::Part> parts = scope_.partsOf(entry);
    if (end.part.empty()) return parts;
    std::erase_if(parts, [&](const RuleScope::Part& part) { return part.path != end.part; });
    if (parts.empty()) {
      tell(inQuotes(end.part) + " is in an array within template " +
           inQuotes(std::string(entry.templateName)) + "; connect it there");
    }
    return parts;
  }

  void direction(const WireEnd& from, const RuleScope::Entry& a, const WireEnd& to,
                 const RuleScope::Entry& b) {
    for (const RuleScope::Part& p : candidates(a, from)) {
      for (const RuleScope::Part& q : candidates(b, to)) {
        for (const Kind kind : {Kind::Contains, Kind::Forward, Kind::Writes}) add(kind, from, a, p, to, b, q);
        add(Kind::Reads, to, b, q, from, a, p);
      }
    }
  }

  void add(Kind kind, const WireEnd& from, const RuleScope::Entry& a, const RuleScope::Part& p,
           const WireEnd& to, const RuleScope::Entry& b, const RuleScope::Part& q) {
    if (p.objectClass == ObjectClass::Unknown || q.objectClass == ObjectClass::Unknown) {
      return tell("the class of this block is not known");
    }
    if (auto why = whyIllegal(kind, p.objectClass, q.objectClass)) return tell(std::move(*why));
    const WiringEnd subject = endFor(a, p.path), object = endFor(b, q.path);
    if (kind == Kind::Contains && isContained(b, q.path))
      return tell(object.name() + " is in a stage already");
    for (const WiringShape& shape : wiringShapes(subject, object)) {
      if (kind == Kind::Contains && !isOneToOne(shape, subject)) continue;
      if (kind == Kind::Forward && shape.ring) continue;  // an instruction would never leave it
      push(shape, kind, subject, object);
    }
    single(kind, from, subject, to, object);
  }

  void push(const WiringShape& shape, Kind kind, const WiringEnd& subject, const WiringEnd& object) {
    WiringRule rule;
    rule.shape = shape;
    rule.subject = subject;
    rule.object = object;
    rule.inTemplate = scope_.inTemplate();
    rule.rule = writtenRule(shape, kind, subject, object,
                            [&](const std::string& name) { return scope_.isParameter(name); });
    rule.sentence = within_ + sentenceOf(shape, kind, subject, object);
    rule.label = labelOf(shape, kind, subject, object);
    const std::optional<std::string> text = canonical(scope_, rule.rule);
    if (!text || !known_.insert(*text).second) return tell("they are connected already");
    found_.possible.push_back(std::move(rule));
  }

  /// From the elements drawn alone, after all that rules can say.
  void single(Kind kind, const WireEnd& from, const WiringEnd& subject, const WireEnd& to,
              const WiringEnd& object) {
    const auto name = [](const WireEnd& end, const WiringEnd& whole) -> std::optional<std::string> {
      if (whole.sizes.size() != end.index.size()) return std::nullopt;
      std::string text = whole.entry;
      for (const std::int64_t i : end.index) text += '[' + std::to_string(i) + ']';
      return whole.part.empty() ? text : text + '.' + whole.part;
    };
    if (subject.sizes.empty() && object.sizes.empty()) return;  // is a shape
    const std::optional<std::string> s = name(from, subject), o = name(to, object);
    if (!s || !o || *s == *o) return;
    const WiringEnd one{*s, {}, {}}, other{*o, {}, {}};
    WiringRule rule;
    rule.subject = one;
    rule.object = other;
    rule.inTemplate = scope_.inTemplate();
    rule.rule.kind = kind;
    rule.rule.from.text = *s;
    rule.rule.to.text = *o;
    const std::optional<std::string> text = canonical(scope_, rule.rule);
    if (!text || !known_.insert(*text).second) return;
    rule.sentence = within_ + "only " + sentenceOf({}, kind, one, other);
    singles_.push_back(std::move(rule));
  }

  /// A stage holds it here, or inside of its template.
  [[nodiscard]] bool isContained(const RuleScope::Entry& entry, const std::string& part) const {
    for (const ConnectionRule& rule : rules_) {
      if (rule.kind != Kind::Contains) continue;
      const auto end = scope_.end(rule.to.text);
      if (end && end->entry == &entry && end->part == part) return true;
    }
    if (part.empty() || !entry.hasParts()) return false;
    const RuleScope inner(scope_.architecture(), entry.templateName);
    const auto end = inner.end(part);
    WiringRules ignored;
    return end && Finder(inner, ignored).isContained(*end->entry, end->part);
  }

  void inside(const RuleScope::Entry& entry, const WireEnd& from, const WireEnd& to) {
    const RuleScope inner(scope_.architecture(), entry.templateName);
    const std::string within = "in each " + std::string(entry.templateName) + ": ";
    const auto ends = [&](const WireEnd& end) {
      std::vector<WireEnd> all;
      if (end.part.empty()) {
        for (const RuleScope::Entry& e : inner.entries()) all.push_back({std::string(e.name)});
      } else if (const auto parsed = inner.end(end.part)) {
        WireEnd& one = all.emplace_back();
        one.entry = parsed->entry->name;
        one.part = parsed->part;
        for (const std::string& index : parsed->indices) one.index.push_back(wholeNumber(index).value_or(0));
      }
      return all;
    };
    for (const WireEnd& a : ends(from)) {
      for (const WireEnd& b : ends(to)) {
        if (from.part.empty() && to.part.empty() && a.entry == b.entry) continue;
        WiringRules own;
        Finder(inner, own).run(a, b, within);
        for (WiringRule& rule : own.possible) {
          const auto same = [&](const WiringRule& r) { return r.sentence == rule.sentence; };
          if (std::none_of(found_.possible.begin(), found_.possible.end(), same)) {
            found_.possible.push_back(std::move(rule));
          }
        }
        if (!own.reason.empty()) tell(own.reason);
      }
    }
  }

  const RuleScope& scope_;
  WiringRules& found_;
  std::vector<ConnectionRule> rules_;
  std::set<std::string> known_;
  std::vector<WiringRule> singles_;
  std::string within_;
};

std::string rawText(const ConnectionRule& rule) {
  std::string text = rule.from.text + " → " + rule.to.text;
  for (const ConnectionRange& range : rule.ranges) {
    text += ", " + range.name + " = " + (range.from.text.empty() ? "0" : range.from.text) + " … < " +
            range.to.text;
    if (!range.step.text.empty()) text += " by " + range.step.text;
  }
  return rule.when.text.empty() ? text : text + ", when " + rule.when.text;
}

}  // namespace

std::optional<WireEnd> wireEndOf(const Architecture& architecture, std::string_view object) {
  const RuleScope scope(architecture);
  const auto end = scope.end(object);
  if (!end) return std::nullopt;
  WireEnd result{std::string(end->entry->name), {}, end->part};
  for (const std::string& index : end->indices) {
    const auto number = wholeNumber(index);
    if (!number) return std::nullopt;
    result.index.push_back(*number);
  }
  return result;
}

WiringRules wiringRules(const Architecture& architecture, const WireEnd& from, const WireEnd& to) {
  const RuleScope scope(architecture);
  WiringRules found;
  Finder(scope, found).run(from, to, {});
  if (!found.possible.empty()) found.reason.clear();
  return found;
}

std::string describeRule(const Architecture& architecture, const ConnectionRule& rule,
                         std::string_view inTemplate) {
  const RuleScope scope(architecture, inTemplate);
  const auto from = scope.end(rule.from.text), to = scope.end(rule.to.text);
  if (!from || !to) return rawText(rule);
  const WiringEnd subject = endFor(*from->entry, from->part), object = endFor(*to->entry, to->part);
  const std::optional<std::string> said = canonical(scope, rule);
  if (said) {
    for (const WiringShape& shape : wiringShapes(subject, object)) {
      const ConnectionRule written =
          writtenRule(shape, rule.kind, subject, object,
                      [&](const std::string& name) { return scope.isParameter(name); });
      if (canonical(scope, written) == said) return labelOf(shape, rule.kind, subject, object);
    }
  }
  return rawText(rule);
}

std::optional<RulePlace> ruleOf(const Architecture& architecture, const Connection& connection) {
  const auto among = [&](const std::vector<ConnectionRule>& rules,
                         const std::string& name) -> std::optional<RulePlace> {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].position == connection.position) return RulePlace{name, i, &rules[i]};
    }
    return std::nullopt;
  };
  if (auto own = among(architecture.rules, {})) return own;
  for (const TemplateDeclaration& t : architecture.templates) {
    if (auto inner = among(t.connections, t.name)) return inner;
  }
  return std::nullopt;
}

}  // namespace taktwerk
