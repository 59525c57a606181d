// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/expand.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "core/architecture/end_pattern.h"
#include "core/architecture/local_values.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

constexpr std::size_t deepest = 32;  // templates within templates

/// Blocks and connections among themselves: of an architecture, or of a template with given arguments.
struct Body {
  std::vector<ObjectDeclaration> objects;
  std::vector<Connection> connections;
};

class Expander {
 public:
  Expander(const Architecture& architecture, const ParameterMap& parameters, Problems& problems)
      : architecture_(architecture), globals_(parameters), problems_(problems) {
    for (const TemplateDeclaration& t : architecture.templates) templates_.try_emplace(t.name, &t);
  }

  Body run() {
    // What is in a template nobody uses should be right as well; it is read with its defaults.
    Body whole = build(architecture_.declared, architecture_.rules, globals_);
    for (const TemplateDeclaration& t : architecture_.templates) {
      if (!used_.contains(t.name)) instance(t, {}, globals_, t.position);
    }
    return whole;
  }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  Body build(const std::vector<DeclaredObject>& declared, const std::vector<ConnectionRule>& rules,
             const ParameterMap& values) {
    Body body;
    for (const DeclaredObject& d : declared) {
      if (!place(d, values, body)) return body;
    }
    std::unordered_map<std::string_view, ObjectId> ids;
    ids.reserve(body.objects.size());
    for (const ObjectDeclaration& object : body.objects) ids.try_emplace(object.name, object.id);
    for (const ConnectionRule& rule : rules) {
      if (!connect(rule, values, ids, body)) complete_ = false;
    }
    return body;
  }

  // ---- blocks

  bool place(const DeclaredObject& d, const ParameterMap& values, Body& body) {
    std::int64_t extent[2] = {1, 1};
    for (std::size_t k = 0; k < d.size.size(); ++k) {
      const std::optional<std::int64_t> size =
          wholeValue(d.size[k], values, "size of " + inQuotes(d.object.name), 0, problems_);
      if (!size) return true;
      extent[k] = *size;
    }
    const auto most = static_cast<std::int64_t>(mostObjects);
    if (extent[0] > most || extent[1] > most || extent[0] * extent[1] > most) return tooMany(d);
    ParameterMap scope;
    const bool indexed = !d.index.empty();
    if (indexed) scope = values;
    for (std::int64_t r = 0; r < extent[0]; ++r) {
      for (std::int64_t c = 0; c < extent[1]; ++c) {
        if (indexed) scope.insert_or_assign(d.index[0].text, r);
        if (d.index.size() > 1) scope.insert_or_assign(d.index[1].text, c);
        std::string name = d.object.name;
        if (!d.size.empty()) name += '[' + std::to_string(r) + ']';
        if (d.size.size() > 1) name += '[' + std::to_string(c) + ']';
        if (!placeOne(d, indexed ? scope : values, name, body)) return tooMany(d);
      }
    }
    return true;
  }

  bool tooMany(const DeclaredObject& d) {
    problems_.error(d.object.position, "A0611",
                    "with " + inQuotes(d.object.name) + " the architecture has more than " +
                        std::to_string(mostObjects) + " blocks");
    complete_ = false;
    return false;
  }

  bool placeOne(const DeclaredObject& d, const ParameterMap& values, const std::string& name, Body& body) {
    if (d.templateName.text.empty()) {
      if (body.objects.size() >= mostObjects) return false;
      ObjectDeclaration object = withLocals(d.object, values, globals_);
      object.name = name;
      if (!d.size.empty()) {
        object.at.reset();
        object.pinned = false;
      }
      object.id = ObjectId{static_cast<std::uint32_t>(body.objects.size())};
      body.objects.push_back(std::move(object));
      return true;
    }
    const TemplateDeclaration* found = find(d);
    if (found == nullptr) return true;
    const std::shared_ptr<const Body> part =
        instance(*found, d.object.attributes, values, d.templateName.position);
    if (!part) return true;
    if (body.objects.size() + part->objects.size() > mostObjects) return false;
    const auto first = static_cast<std::uint32_t>(body.objects.size());
    for (const ObjectDeclaration& inner : part->objects) {
      ObjectDeclaration& object = body.objects.emplace_back(inner);
      object.name = name + '.' + inner.name;
      object.id = ObjectId{first + inner.id.value};
      object.at.reset();
      object.pinned = false;
      qualifyNames(object, name);
    }
    if (body.connections.size() + part->connections.size() > mostConnections) {
      complete_ = false;
      return true;
    }
    for (const Connection& inner : part->connections) {  // bends have no place in an instance
      body.connections.push_back(
          {inner.kind, ObjectId{first + inner.from.value}, ObjectId{first + inner.to.value}, inner.position});
    }
    return true;
  }

  const TemplateDeclaration* find(const DeclaredObject& d) {
    const auto found = templates_.find(d.templateName.text);
    if (found != templates_.end()) return found->second;
    std::vector<std::string> names;
    for (const TemplateDeclaration& t : architecture_.templates) names.push_back(t.name);
    problems_.error(d.templateName.position, "A0612",
                    "there is no template " + inQuotes(d.templateName.text) +
                        problems_.suggestion(d.templateName.text, names),
                    d.object.name);
    complete_ = false;
    return nullptr;
  }

  /// A template's body with these arguments; built once for equal values.
  std::shared_ptr<const Body> instance(const TemplateDeclaration& t, const std::vector<Attribute>& arguments,
                                       const ParameterMap& outer, SourcePosition position) {
    used_.insert_or_assign(t.name, true);
    if (std::find(open_.begin(), open_.end(), &t) != open_.end() || open_.size() >= deepest) {
      problems_.error(position, "A0613",
                      open_.size() >= deepest ? "templates are nested deeper than " + std::to_string(deepest)
                                              : "template " + inQuotes(t.name) + " contains itself");
      complete_ = false;
      return nullptr;
    }
    // Without arguments it is the same wherever it stands, and an array has it thousands of times.
    const auto plain = arguments.empty() ? plain_.find(&t) : plain_.end();
    if (plain != plain_.end()) return plain->second;
    ParameterMap values = globals_;
    const std::size_t problems = countProblems();
    argumentValues(t, arguments, outer, values, problems_);
    const bool repeatable = arguments.empty() && countProblems() == problems;
    auto& known = bodies_[{&t, values}];
    if (known) return known;
    open_.push_back(&t);
    auto built = std::make_shared<const Body>(build(t.objects, t.connections, values));
    open_.pop_back();
    bodies_[{&t, values}] = built;  // the reference may have moved
    if (repeatable) plain_.insert_or_assign(&t, built);
    return built;
  }

  [[nodiscard]] std::size_t countProblems() const {
    return problems_.count(Severity::Error) + problems_.count(Severity::Warning);
  }

  // ---- connections

  bool connect(const ConnectionRule& rule, const ParameterMap& values,
               const std::unordered_map<std::string_view, ObjectId>& ids, Body& body) {
    if (rule.ranges.empty() && rule.when.text.empty()) {
      // The plain case: names as they are, unless they are computed.
      const auto from = ids.find(rule.from.text), to = ids.find(rule.to.text);
      if (from != ids.end() && to != ids.end()) {
        body.connections.push_back({rule.kind, from->second, to->second, rule.position, rule.via});
        return true;
      }
    }
    const std::optional<EndPattern> from = EndPattern::parse(rule.from, problems_);
    const std::optional<EndPattern> to = EndPattern::parse(rule.to, problems_);
    if (!from || !to) return false;
    Work work{rule, *from, *to, std::nullopt, values, ids, body};
    if (!rule.when.text.empty()) {
      auto parsed = Expression::parse(rule.when.text);
      if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
        SourcePosition position = rule.when.position;
        position.column += error->column - 1;
        problems_.error(position, "A0607", "when: " + error->message);
        return false;
      }
      work.when = std::get<Expression>(std::move(parsed));
    }
    return connectOver(work, 0) && !work.missing;
  }

  /// A rule on its way through its ranges.
  struct Work {
    const ConnectionRule& rule;
    const EndPattern& from;
    const EndPattern& to;
    std::optional<Expression> when;
    ParameterMap scope;
    const std::unordered_map<std::string_view, ObjectId>& ids;
    Body& body;
    bool missing = false;  // an end was not there
    bool toldFrom = false, toldTo = false;
  };

  /// False ends the rule: nothing more can come of it.
  bool connectOver(Work& work, std::size_t depth) {
    if (depth == work.rule.ranges.size()) return connectOne(work);
    const ConnectionRange& range = work.rule.ranges[depth];
    const std::string what = "range of " + inQuotes(range.name);
    const auto value = [&](const ScalarText& text, std::int64_t otherwise) {
      return text.text.empty() ? std::optional(otherwise) : wholeValue(text, work.scope, what, {}, problems_);
    };
    const std::optional<std::int64_t> first = value(range.from, 0), end = value(range.to, 0),
                                      step = value(range.step, 1);
    if (!first || !end || !step) return false;
    if (*step == 0) {
      problems_.error(range.step.position, "A0604", "step of " + inQuotes(range.name) + " must not be 0");
      return false;
    }
    const auto known = work.scope.find(range.name);
    const std::optional<std::int64_t> hidden =
        known == work.scope.end() ? std::nullopt : std::optional(known->second);
    for (std::int64_t i = *first; *step > 0 ? i < *end : i > *end;) {
      work.scope.insert_or_assign(range.name, i);
      if (!connectOver(work, depth + 1)) return false;
      if (__builtin_add_overflow(i, *step, &i)) break;
    }
    if (hidden) {
      work.scope.insert_or_assign(range.name, *hidden);
    } else {
      work.scope.erase(range.name);
    }
    return true;
  }

  bool connectOne(Work& work) {
    if (++turns_ > mostConnections) return tooManyConnections(work.rule);
    if (work.when) {
      const std::optional<std::int64_t> applies =
          wholeValue(*work.when, work.rule.when.position, work.scope, "when", {}, problems_);
      if (!applies) return false;
      if (*applies == 0) return true;
    }
    const auto resolve = [&](const EndPattern& end, bool& told) -> ObjectId {
      const std::optional<std::string> name = end.name(work.scope, problems_);
      if (!name) return {};
      const auto found = work.ids.find(*name);
      if (found != work.ids.end()) return found->second;
      if (!std::exchange(told, true)) {
        problems_.error(end.position(), "A0405",
                        "there is no object " + inQuotes(*name) + hintOf(*name, work.ids));
      }
      return {};
    };
    const ObjectId a = resolve(work.from, work.toldFrom), b = resolve(work.to, work.toldTo);
    if (!a.valid() || !b.valid()) {
      work.missing = true;
      return work.toldFrom || work.toldTo;  // an index that cannot be computed would fail each time
    }
    work.body.connections.push_back({work.rule.kind, a, b, work.rule.position, work.rule.via});
    return true;
  }

  bool tooManyConnections(const ConnectionRule& rule) {
    problems_.error(rule.position, "A0605",
                    "the architecture has more than " + std::to_string(mostConnections) + " connections");
    return false;
  }

  std::string hintOf(const std::string& name, const std::unordered_map<std::string_view, ObjectId>& ids) {
    std::vector<std::string> names;
    names.reserve(ids.size());
    for (const auto& [known, id] : ids) names.emplace_back(known);
    std::sort(names.begin(), names.end());
    return problems_.suggestion(name, names);
  }

  const Architecture& architecture_;
  const ParameterMap& globals_;
  Problems& problems_;
  std::map<std::string, const TemplateDeclaration*, std::less<>> templates_;
  std::map<std::string, bool, std::less<>> used_;
  std::vector<const TemplateDeclaration*> open_;
  std::map<std::pair<const TemplateDeclaration*, ParameterMap>, std::shared_ptr<const Body>> bodies_;
  std::unordered_map<const TemplateDeclaration*, std::shared_ptr<const Body>> plain_;  // without arguments
  std::size_t turns_ = 0;  // elements that rules were tried for
  bool complete_ = true;
};

}  // namespace

bool expand(Architecture& architecture, const ParameterMap& parameters, Problems& problems) {
  if (!architecture.isGenerated()) return true;
  Expander expander(architecture, parameters, problems);
  Body body = expander.run();
  architecture.objects = std::move(body.objects);
  architecture.connections = std::move(body.connections);
  return expander.complete();
}

}  // namespace taktwerk
