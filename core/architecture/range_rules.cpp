// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/range_rules.h"

#include <algorithm>
#include <map>
#include <string>

#include "core/architecture/feasibility.h"
#include "core/base/expression.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

/// Which parameters the bounds of each name.
class BoundGraph {
 public:
  BoundGraph(const Architecture& architecture, ExpressionCache& expressions)
      : parameters_(architecture.parameters) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < parameters_.size(); ++i) places.try_emplace(parameters_[i].name, i);
    named_.resize(parameters_.size());
    states_.resize(parameters_.size(), Progress::Waiting);
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      forEachBound(parameters_[i], [&](std::string_view, const ParameterBound& bound) {
        if (bound.expression.empty()) return;
        const auto* parsed = std::get_if<Expression>(&expressions.parse(bound.expression));
        if (parsed == nullptr) return;
        for (const std::string& name : parsed->variables()) {
          if (const auto found = places.find(name); found != places.end()) named_[i].push_back(found->second);
        }
      });
    }
    for (std::size_t i = 0; i < parameters_.size(); ++i) visit(i);
  }

  /// Each behind what it needs; a circle is cut where it is met.
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
  /// Chains that lead back to their beginning, each once.
  [[nodiscard]] const std::vector<std::vector<std::size_t>>& circles() const { return circles_; }

 private:
  enum class Progress : std::uint8_t { Waiting, UnderWay, Done };

  /// Depth first with a stack of its own: a file may have any number of parameters.
  void visit(std::size_t first) {
    if (states_[first] != Progress::Waiting) return;
    struct Level {
      std::size_t parameter, next;
    };
    std::vector<Level> stack{{first, 0}};
    states_[first] = Progress::UnderWay;
    while (!stack.empty()) {
      Level& top = stack.back();
      if (top.next == named_[top.parameter].size()) {
        states_[top.parameter] = Progress::Done;
        order_.push_back(top.parameter);
        stack.pop_back();
        continue;
      }
      const std::size_t next = named_[top.parameter][top.next++];
      if (states_[next] == Progress::Waiting) {
        states_[next] = Progress::UnderWay;
        stack.push_back({next, 0});
      } else if (states_[next] == Progress::UnderWay) {
        const auto begin = std::find_if(stack.begin(), stack.end(),
                                        [&](const Level& level) { return level.parameter == next; });
        std::vector<std::size_t>& circle = circles_.emplace_back();
        for (auto level = begin; level != stack.end(); ++level) circle.push_back(level->parameter);
      }
    }
  }

  const std::vector<Parameter>& parameters_;
  std::vector<std::vector<std::size_t>> named_;
  std::vector<Progress> states_;
  std::vector<std::size_t> order_;
  std::vector<std::vector<std::size_t>> circles_;
};

class RangeRules {
 public:
  RangeRules(const Architecture& architecture, const ParameterMap& defaults, const NameSet& unknown,
             Problems& problems, ExpressionCache& expressions)
      : architecture_(architecture),
        defaults_(defaults),
        unknown_(unknown),
        problems_(problems),
        expressions_(expressions) {}

  void run() {
    for (const Parameter& parameter : architecture_.parameters) check(parameter);
    for (const ParameterConstraint& constraint : architecture_.constraints) check(constraint);
    const BoundGraph graph(architecture_, expressions_);
    for (const std::vector<std::size_t>& circle : graph.circles()) report(circle);
  }

 private:
  /// Whether a text can be read and names parameters only; else that is reported.
  bool readable(const std::string& text, SourcePosition position, const std::string& what,
                const char* unreadable, const char* unknown) {
    const ExpressionCache::Parsed& parsed = expressions_.parse(text);
    if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
      position.column += error->column - 1;
      problems_.error(position, unreadable, what + ": " + error->message);
      return false;
    }
    for (const std::string& name : std::get<Expression>(parsed).variables()) {
      if (defaults_.contains(name)) continue;
      std::vector<std::string> names;
      names.reserve(defaults_.size());
      for (const auto& [known, value] : defaults_) names.push_back(known);
      problems_.error(position, unknown,
                      what + ": there is no parameter " + inQuotes(name) + problems_.suggestion(name, names));
      return false;
    }
    return true;
  }

  /// Whether an expression that can be read names a parameter whose value nobody knows.
  bool restsOnUnknown(const std::string& text) {
    const auto& names = std::get<Expression>(expressions_.parse(text)).variables();
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return unknown_.contains(name); });
  }

  void check(const Parameter& parameter) {
    bool good = true, known = true;
    forEachBound(parameter, [&](std::string_view key, const ParameterBound& bound) {
      if (bound.expression.empty()) return;
      const std::string what = std::string(key) + " of parameter " + inQuotes(parameter.name);
      good = readable(bound.expression, bound.position, what, "A0109", "A0110") && good;
      known = known && good && !restsOnUnknown(bound.expression);
    });
    if (!good || !known) return;
    const auto bounds = boundsOf(parameter, defaults_, &expressions_);
    if (const auto* wrong = std::get_if<Infeasibility>(&bounds)) {
      problems_.error(wrong->position, "A0109", wrong->reason);
    } else if (unknown_.contains(parameter.name)) {
      return;
    } else if (const auto outside = outsideBounds(parameter, defaults_, &expressions_)) {
      problems_.error(parameter.valuePosition.line > 0 ? parameter.valuePosition : parameter.position,
                      "A0108", outside->reason);
    }
  }

  void check(const ParameterConstraint& constraint) {
    const ScalarText& condition = constraint.condition;
    if (!readable(condition.text, condition.position, "condition of a constraint", "A0115", "A0115")) return;
    if (restsOnUnknown(condition.text)) return;
    if (const auto broken = brokenConstraint(constraint, defaults_, &expressions_)) {
      problems_.error(broken->position, "A0116", "the defaults break a constraint: " + broken->reason);
    }
  }

  void report(const std::vector<std::size_t>& circle) {
    std::string names;
    for (const std::size_t i : circle) names += architecture_.parameters[i].name + " -> ";
    const Parameter& first = architecture_.parameters[circle.front()];
    problems_.error(first.position, "A0111",
                    "the bounds of parameters depend on each other in a circle: " + names + first.name);
  }

  const Architecture& architecture_;
  const ParameterMap& defaults_;
  const NameSet& unknown_;
  Problems& problems_;
  ExpressionCache& expressions_;
};

}  // namespace

void checkRanges(const Architecture& architecture, const ParameterMap& defaults, const NameSet& unknown,
                 Problems& problems, ExpressionCache& expressions) {
  RangeRules(architecture, defaults, unknown, problems, expressions).run();
}

void setBoundValues(Parameter& parameter, const ParameterMap& values) {
  const auto bounds = boundsOf(parameter, values);
  const auto* known = std::get_if<ParameterBounds>(&bounds);
  if (known == nullptr) return;
  if (parameter.minimum) parameter.minimum->value = *known->minimum;
  if (parameter.maximum) parameter.maximum->value = *known->maximum;
  if (parameter.step) parameter.step->value = *known->step;
  for (std::size_t i = 0; i < parameter.values.size(); ++i) parameter.values[i].value = known->values[i];
}

std::vector<std::size_t> inOrderOfBounds(const Architecture& architecture, ExpressionCache& expressions) {
  return BoundGraph(architecture, expressions).order();
}

}  // namespace taktwerk
