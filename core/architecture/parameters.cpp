// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/parameters.h"

#include <algorithm>
#include <unordered_map>

#include "core/architecture/feasibility.h"
#include "core/architecture/range_rules.h"
#include "core/base/expression.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

/// Evaluates defaults in the order of their dependence.
class Resolver {
 public:
  Resolver(const Architecture& architecture, const ParameterMap& overrides, Problems& problems,
           ExpressionCache& expressions)
      : parameters_(architecture.parameters), problems_(problems), expressions_(expressions) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) index_.try_emplace(parameters_[i].name, i);
    states_.resize(parameters_.size());
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const auto given = overrides.find(parameters_[i].name);
      if (given != overrides.end()) settle(i, given->second);
    }
    for (const auto& [name, value] : overrides) {
      if (!index_.contains(name)) {
        problems_.error(
            {1, 1}, "A0107",
            "the architecture has no parameter " + inQuotes(name) + problems_.suggestion(name, names()));
      }
    }
  }

  ParameterMap run() {
    ParameterMap values;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      compute(i);
      values.try_emplace(parameters_[i].name, states_[i].value);
    }
    return values;
  }
  /// Parameters whose default could not be computed, or rests on one that could not.
  [[nodiscard]] NameSet unknown() const {
    NameSet unknown;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      if (!states_[i].sound) unknown.insert(parameters_[i].name);
    }
    return unknown;
  }

 private:
  enum class Progress : std::uint8_t { Waiting, UnderWay, Known };
  struct State {
    Progress progress = Progress::Waiting;
    std::int64_t value = 0;
    bool sound = true;
  };

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    all.reserve(parameters_.size());
    for (const Parameter& p : parameters_) all.push_back(p.name);
    return all;
  }

  void settle(std::size_t i, std::int64_t value, bool sound = true) {
    states_[i] = {Progress::Known, value, sound};
  }

  void fail(std::size_t i, SourcePosition position, const char* code, std::string message) {
    problems_.error(position, code, std::move(message));
    settle(i, parameters_[i].defaultValue, false);
  }

  void compute(std::size_t i) {
    const Parameter& p = parameters_[i];
    if (states_[i].progress == Progress::Known) return;
    if (p.expression.empty()) {
      settle(i, p.defaultValue);
      return;
    }
    const ExpressionCache::Parsed& parsed = expressions_.parse(p.expression);
    if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
      fail(i, at(p, error->column), "A0109",
           "default of parameter " + inQuotes(p.name) + ": " + error->message);
      return;
    }
    const Expression& expression = std::get<Expression>(parsed);
    states_[i].progress = Progress::UnderWay;
    chain_.push_back(i);
    const bool known = computeOperands(i, expression);
    chain_.pop_back();
    if (!known || states_[i].progress == Progress::Known) {
      settle(i, p.defaultValue, false);
      return;
    }
    const Expression::Value value =
        expression.evaluate([&](std::string_view name) -> std::optional<Rational> {
          const auto found = index_.find(name);
          if (found == index_.end()) return std::nullopt;
          return Rational(states_[found->second].value);
        });
    if (const auto* error = std::get_if<ExpressionError>(&value)) {
      fail(i, at(p, error->column), "A0109",
           "default of parameter " + inQuotes(p.name) + ": " + error->message);
    } else if (!std::get<Rational>(value).isWhole()) {
      fail(i, at(p, 1), "A0109", "default of parameter " + inQuotes(p.name) + " must be a whole number");
    } else {
      settle(i, std::get<Rational>(value).numerator, restsOnSound(expression));
    }
  }

  bool computeOperands(std::size_t i, const Expression& expression) {
    const Parameter& p = parameters_[i];
    for (const std::string& name : expression.variables()) {
      const auto found = index_.find(name);
      if (found == index_.end()) {
        problems_.error(at(p, 1), "A0110",
                        "default of parameter " + inQuotes(p.name) + ": there is no parameter " +
                            inQuotes(name) + problems_.suggestion(name, names()));
        return false;
      }
      if (states_[found->second].progress == Progress::UnderWay) {
        reportCircle(found->second);
        return false;
      }
      // Each level is one parameter; a chain longer than this is no design.
      if (chain_.size() >= 200) {
        problems_.error(p.position, "A0111", "defaults of parameters depend on each other over 200 levels");
        return false;
      }
      compute(found->second);
    }
    return true;
  }

  [[nodiscard]] bool restsOnSound(const Expression& expression) const {
    const auto& names = expression.variables();
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return states_[index_.find(name)->second].sound; });
  }

  void reportCircle(std::size_t start) {
    std::string names;
    bool within = false;
    for (const std::size_t i : chain_) {
      within = within || i == start;
      if (within) names += parameters_[i].name + " -> ";
    }
    problems_.error(
        parameters_[start].position, "A0111",
        "the defaults of parameters depend on each other in a circle: " + names + parameters_[start].name);
  }

  static SourcePosition at(const Parameter& p, std::uint32_t column) {
    if (p.valuePosition.line == 0) return p.position;
    return {p.valuePosition.line, p.valuePosition.column + column - 1};
  }

  const std::vector<Parameter>& parameters_;
  Problems& problems_;
  ExpressionCache& expressions_;
  std::unordered_map<std::string_view, std::size_t> index_;
  std::vector<State> states_;
  std::vector<std::size_t> chain_;
};

}  // namespace

ParameterMap resolveParameters(const Architecture& architecture, const ParameterMap& overrides,
                               Problems& problems, ExpressionCache* expressions) {
  ExpressionCache once;
  if (expressions == nullptr) expressions = &once;
  Resolver resolver(architecture, overrides, problems, *expressions);
  ParameterMap values = resolver.run();
  const NameSet unknown = resolver.unknown();
  if (overrides.empty()) {
    checkRanges(architecture, values, unknown, problems, *expressions);
  } else if (!unknown.empty()) {
    return values;  // what else is wrong may come from that
  } else if (const auto reason = infeasibility(architecture, values, expressions)) {
    problems.error(reason->position, "A0117", "infeasible: " + reason->reason);
  }
  return values;
}

}  // namespace taktwerk
