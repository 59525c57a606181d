// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/judge.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

constexpr std::string_view nameTwice = "S0104", unknownName = "S0106", circle = "S0107",
                           tooManyPoints = "S0108", variesNothing = "S0110";

std::string withoutOwner(const std::string& name) {
  return name.substr(name.find('.') + 1);  // all of it where there is no dot
}

std::string inWords(Rational value) {
  std::string text = std::to_string(value.numerator);
  if (value.denominator != 1) text += '/' + std::to_string(value.denominator);
  return text;
}

}  // namespace

/// The values of the names of one place, as far as they are known.
struct SpaceJudge::Evaluation {
  const SpaceJudge& judge;
  std::span<const std::int64_t> places;
  std::vector<std::optional<std::int64_t>> values =
      std::vector<std::optional<std::int64_t>>(judge.names_.size());
  std::vector<char> varied = std::vector<char>(judge.space_.dimensions.size(), 0);
  std::vector<char> uncomputed = std::vector<char>(judge.names_.size(), 0);
  Judgement judgement = {};

  /// What became of an expression.
  enum class Found : std::uint8_t { Value, Excluded, Uncomputable };

  Found exclude(std::string reason, std::size_t last) {
    judgement.is = Judgement::Is::Excluded;
    judgement.reason = std::move(reason);
    judgement.last = last;
    return Found::Excluded;
  }

  /// The values of the names in an expression: " (rows = 4, columns = 2)".
  [[nodiscard]] std::string valuesIn(const Expression& expression) const {
    std::string with;
    for (const std::string& variable : expression.variables()) {
      const auto& known = values[judge.byText_.find(variable)->second];
      if (known) with += (with.empty() ? " (" : ", ") + variable + " = " + std::to_string(*known);
    }
    return with.empty() ? with : with + ')';
  }

  /// Computes an expression; `what` is what cannot be said without it. A place with a name that has no value
  /// there is excluded. Where the arithmetic fails, there is a point that cannot be: who wrote the expression
  /// has not thought of it.
  Found compute(const PlacedExpression& expression, const std::string& what, std::size_t last,
                Rational& result) {
    bool missing = false, follows = false;
    const Expression::Value value =
        expression.expression.evaluate([&](std::string_view name) -> std::optional<Rational> {
          const auto found = judge.byText_.find(name);
          if (found != judge.byText_.end() && values[found->second]) return Rational(*values[found->second]);
          const bool behind = found != judge.byText_.end() && uncomputed[found->second] != 0;
          (behind ? follows : missing) = true;
          return std::nullopt;
        });
    if (const auto* number = std::get_if<Rational>(&value)) {
      result = *number;
      return Found::Value;
    }
    if (follows) return Found::Uncomputable;
    const auto& error = std::get<ExpressionError>(value);
    std::string reason = what + " cannot be computed: " + error.message;
    if (missing) return exclude(std::move(reason), last);
    if (judgement.uncomputable != nullptr) return Found::Uncomputable;
    judgement.uncomputable = &expression;
    judgement.column = error.column;
    judgement.point.problem = std::move(reason) + valuesIn(expression.expression);
    return Found::Uncomputable;
  }

  Found whole(const PlacedExpression& expression, std::size_t n) {
    const std::string& text = expression.expression.text();
    const std::string& name = judge.names_[n];
    Rational number;
    const Found found = compute(expression, name + ": " + text, judge.lastOfName_[n], number);
    if (found == Found::Uncomputable) uncomputed[n] = 1;
    if (found != Found::Value) return found;
    if (!number.isWhole()) {
      return exclude(name + " must be a whole number, " + text + " is " + inWords(number),
                     judge.lastOfName_[n]);
    }
    values[n] = number.numerator;
    return found;
  }

  /// Whether a dimension is varied here; where that cannot be computed it is not.
  Found isVaried(std::size_t d, bool& is) {
    const Dimension& dimension = judge.space_.dimensions[d];
    is = false;
    for (const Dimension::Only& only : dimension.only) {
      if (!only.places[static_cast<std::size_t>(places[only.dimension])]) return Found::Value;
    }
    is = !dimension.when;
    if (is) return Found::Value;
    Rational number;
    const Found found = compute(
        *dimension.when, "whether " + dimension.name + " is varied: " + dimension.when->expression.text(),
        judge.lastOfName_[d], number);
    is = found == Found::Value && number.numerator != 0;
    return found;
  }

  bool name(std::size_t n) {
    const std::size_t dimensions = judge.space_.dimensions.size();
    if (n >= dimensions) return whole(judge.space_.derived[n - dimensions].value, n) != Found::Excluded;
    const Dimension& dimension = judge.space_.dimensions[n];
    bool is = false;
    const Found found = isVaried(n, is);
    if (found == Found::Excluded) return false;
    // What needs its value cannot be computed either, and is not to be taken for a name that is missing.
    if (found == Found::Uncomputable && !dimension.otherwise) uncomputed[n] = 1;
    if (is) {
      varied[n] = 1;
      values[n] = dimension.of == Dimension::Of::Parameter ? valueAt(dimension.values, places[n]) : places[n];
      return true;
    }
    if (places[n] != 0) {
      judgement.is = Judgement::Is::Repeated;
      judgement.repeats = n;
      judgement.last = judge.lastOfName_[n];
      return false;
    }
    return !dimension.otherwise || whole(*dimension.otherwise, n) != Found::Excluded;
  }

  bool constraint(std::size_t c) {
    const SpaceConstraint& constraint = judge.space_.constraints[c];
    const Expression& expression = constraint.condition.expression;
    Rational number;
    const Found found = compute(constraint.condition, expression.text(), judge.lastOfConstraint_[c], number);
    if (found != Found::Value) return found != Found::Excluded;
    if (number.numerator != 0) return true;
    const std::string& reason = constraint.reason;
    exclude((reason.empty() ? expression.text() + " does not hold" : reason) + valuesIn(expression),
            judge.lastOfConstraint_[c]);
    return false;
  }
};

std::optional<std::size_t> SpaceJudge::find(const std::string& name) const {
  std::optional<std::size_t> found;
  for (std::size_t n = 0; n < names_.size(); ++n) {
    const bool isParameter =
        n >= space_.dimensions.size() || space_.dimensions[n].of == Dimension::Of::Parameter;
    if (isParameter && names_[n] == name) return n;
  }
  for (std::size_t n = 0; n < names_.size(); ++n) {
    const bool isParameter =
        n >= space_.dimensions.size() || space_.dimensions[n].of == Dimension::Of::Parameter;
    const bool one = name.find('.') == std::string::npos || names_[n].find('.') == std::string::npos;
    if (!isParameter || !one || withoutOwner(names_[n]) != withoutOwner(name)) continue;
    if (found) return std::nullopt;
    found = n;
  }
  return found;
}

void SpaceJudge::bind(const PlacedExpression& expression, std::vector<std::size_t>& reads,
                      Diagnostics& problems) {
  const std::string& text = expression.expression.text();
  for (const std::string& variable : expression.expression.variables()) {
    if (const auto n = find(variable)) {
      byText_[variable] = *n;
      reads.push_back(*n);
      continue;
    }
    const auto column = static_cast<std::uint32_t>(text.find(variable) + 1);
    problems.push_back({Severity::Error,
                        space_.file,
                        expression.at(column),
                        std::string(unknownName),
                        "an expression names what the space varies, derives or knows; there is no single " +
                            inQuotes(variable) + didYouMean(variable, names_),
                        {}});
  }
}

void SpaceJudge::number(Diagnostics& problems) {
  for (const Dimension& dimension : space_.dimensions) names_.push_back(dimension.name);
  for (const DerivedValue& derived : space_.derived) names_.push_back(derived.name);
  for (std::size_t n = 0; n < names_.size(); ++n) {
    const SourcePosition position = n < space_.dimensions.size()
                                        ? space_.dimensions[n].position
                                        : space_.derived[n - space_.dimensions.size()].position;
    if (std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(n), names_[n]) !=
        names_.begin() + static_cast<std::ptrdiff_t>(n)) {
      problems.push_back({Severity::Error, space_.file, position, std::string(nameTwice),
                          names_[n] + " is there twice; each is varied or derived once", names_[n]});
    }
  }
  if (space_.dimensions.empty()) {
    problems.push_back({Severity::Error,
                        space_.file,
                        {1, 1},
                        std::string(variesNothing),
                        "the space varies nothing; name a parameter and its values under \"vary\"",
                        {}});
  }
  const auto places = placesOf(space_);
  if (!places) {
    problems.push_back({Severity::Error,
                        space_.file,
                        {1, 1},
                        std::string(tooManyPoints),
                        "the grid has more than 2^62 places; take fewer values or larger steps",
                        {}});
  }
  places_ = places.value_or(0);
}

void SpaceJudge::sortNames(Diagnostics& problems) {
  enum class State : std::uint8_t { New, UnderWay, Done };
  std::vector<State> states(names_.size(), State::New);
  const std::function<bool(std::size_t)> visit = [&](std::size_t n) {
    if (states[n] == State::Done) return true;
    if (states[n] == State::UnderWay) {
      problems.push_back(
          {Severity::Error, space_.file,
           n < space_.dimensions.size() ? space_.dimensions[n].position
                                        : space_.derived[n - space_.dimensions.size()].position,
           std::string(circle), names_[n] + " depends on itself; values must come down to what is varied",
           names_[n]});
      return false;
    }
    states[n] = State::UnderWay;
    lastOfName_[n] = n < space_.dimensions.size() ? n : 0;
    for (const std::size_t read : reads_[n]) {
      if (!visit(read)) return false;
      lastOfName_[n] = std::max(lastOfName_[n], lastOfName_[read]);
    }
    states[n] = State::Done;
    whole_.order.push_back(n);
    return true;
  };
  for (std::size_t n = 0; n < names_.size(); ++n) {
    if (!visit(n)) return;
  }
  for (std::size_t c = 0; c < space_.constraints.size(); ++c) {
    for (const std::size_t read : constraintReads_[c]) {
      lastOfConstraint_[c] = std::max(lastOfConstraint_[c], lastOfName_[read]);
    }
    whole_.constraints.push_back(c);
  }
}

void SpaceJudge::makeParts() {
  std::vector<std::size_t> parent(names_.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t n) {
    while (parent[n] != n) n = parent[n];
    return n;
  };
  const auto join = [&](std::size_t a, std::size_t b) { parent[root(a)] = root(b); };
  for (std::size_t n = 0; n < names_.size(); ++n) {
    for (const std::size_t read : reads_[n]) join(n, read);
  }
  for (const auto& reads : constraintReads_) {
    for (const std::size_t read : reads) join(reads.front(), read);
  }
  std::map<std::size_t, std::size_t> partOf;
  const auto part = [&](std::size_t n) -> Part& {
    const auto [at, isNew] = partOf.try_emplace(root(n), parts_.size());
    if (isNew) parts_.emplace_back();
    return parts_[at->second];
  };
  for (std::size_t d = 0; d < space_.dimensions.size(); ++d) part(d).dimensions.push_back(d);
  for (const std::size_t n : whole_.order) {
    // A dimension that nothing asks for and that is always varied needs no look.
    const bool plain = n < space_.dimensions.size() && reads_[n].empty();
    if (!plain) part(n).conditional.push_back(n);
    part(n).order.push_back(n);
  }
  std::size_t always = parts_.size();
  for (std::size_t c = 0; c < space_.constraints.size(); ++c) {
    if (!constraintReads_[c].empty()) {
      part(constraintReads_[c].front()).constraints.push_back(c);
    } else {
      if (always == parts_.size()) parts_.emplace_back();
      parts_[always].constraints.push_back(c);
    }
  }
  for (Part& each : parts_) {
    if (each.conditional.empty() && each.constraints.empty()) each.order.clear();
  }
}

Result<SpaceJudge> SpaceJudge::create(Space space) {
  SpaceJudge judge(std::move(space));
  Diagnostics problems;
  judge.number(problems);
  const Space& held = judge.space_;
  judge.reads_.resize(judge.names_.size());
  judge.lastOfName_.resize(judge.names_.size());
  judge.constraintReads_.resize(held.constraints.size());
  judge.lastOfConstraint_.resize(held.constraints.size());
  for (std::size_t d = 0; d < held.dimensions.size(); ++d) {
    const Dimension& dimension = held.dimensions[d];
    if (dimension.when) judge.bind(*dimension.when, judge.reads_[d], problems);
    if (dimension.otherwise) judge.bind(*dimension.otherwise, judge.reads_[d], problems);
    for (const Dimension::Only& only : dimension.only) judge.reads_[d].push_back(only.dimension);
  }
  for (std::size_t i = 0; i < held.derived.size(); ++i) {
    judge.bind(held.derived[i].value, judge.reads_[held.dimensions.size() + i], problems);
  }
  for (std::size_t c = 0; c < held.constraints.size(); ++c) {
    judge.bind(held.constraints[c].condition, judge.constraintReads_[c], problems);
  }
  if (problems.empty()) judge.sortNames(problems);
  if (!problems.empty()) return problems;
  judge.makeParts();
  return judge;
}

Judgement SpaceJudge::judgePart(const Part& part, std::span<const std::int64_t> places,
                                bool wantsPoint) const {
  Evaluation evaluation{*this, places};
  for (const std::size_t n : part.order) {
    if (!evaluation.name(n)) return std::move(evaluation.judgement);
  }
  for (const std::size_t c : part.constraints) {
    if (!evaluation.constraint(c)) return std::move(evaluation.judgement);
  }
  if (!wantsPoint) return std::move(evaluation.judgement);
  SpacePoint& point = evaluation.judgement.point;
  const std::size_t dimensions = space_.dimensions.size();
  point.values.resize(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    if (evaluation.varied[d] != 0) point.values[d] = evaluation.values[d];
  }
  point.derived.reserve(space_.derived.size());
  for (std::size_t i = 0; i < space_.derived.size(); ++i) {
    point.derived.push_back(evaluation.values[dimensions + i]);
  }
  return std::move(evaluation.judgement);
}

Judgement SpaceJudge::judge(std::span<const std::int64_t> places) const {
  return judgePart(whole_, places, true);
}

Judgement SpaceJudge::judge(const Part& part, std::span<const std::int64_t> places) const {
  return judgePart(part, places, false);
}

}  // namespace taktwerk
