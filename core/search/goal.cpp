// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/goal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/quotes.h"
#include "core/sweep/wishes.h"

namespace taktwerk {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::variant<Goal, ObjectiveProblem> parseGoal(std::string_view text, const std::vector<Figure>& figures) {
  const std::size_t at = std::min(text.find(">="), text.find("<="));
  const ObjectiveProblem wrong{
      "a goal is FIGURE >= NUMBER or FIGURE <= NUMBER, such as \"cycles <= 30000\", not " + inQuotes(text)};
  if (at == std::string_view::npos) return wrong;
  const std::string_view digits = trimmed(text.substr(at + 2));
  Goal goal;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), goal.bound);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() ||
      !std::isfinite(goal.bound))
    return wrong;
  const std::string_view name = trimmed(text.substr(0, at));
  if (name.find(':') != std::string_view::npos) return wrong;
  auto figure = parseObjective(name, figures);
  if (auto* problem = std::get_if<ObjectiveProblem>(&figure)) return std::move(*problem);
  goal.figure = std::get<Objective>(figure).figure;
  goal.better = text[at] == '>' ? Figure::Better::More : Figure::Better::Less;
  return goal;
}

std::string toString(const Goal& goal) {
  return goal.figure + (goal.better == Figure::Better::More ? " >= " : " <= ") + figureText(goal.bound);
}

double shortfall(const Goal& goal, double value) {
  const double missing = goal.better == Figure::Better::More ? goal.bound - value : value - goal.bound;
  if (std::isnan(missing)) return missing;
  const double scale = goal.bound == 0 ? 1 : std::abs(goal.bound);
  return std::max(0.0, missing / scale);
}

std::variant<std::vector<Goal>, ObjectiveProblem> setGoals(Sweep& sweep,
                                                           const std::vector<std::string>& texts) {
  const std::vector<Figure> offered = figuresOffered(sweep);
  std::vector<Goal> goals;
  goals.reserve(texts.size());
  for (const std::string& text : texts) {
    auto parsed = parseGoal(text, offered);
    if (auto* problem = std::get_if<ObjectiveProblem>(&parsed)) return std::move(*problem);
    goals.push_back(std::get<Goal>(std::move(parsed)));
    const Goal& goal = goals.back();
    if (!findFigure(sweep.figures, goal.figure))
      sweep.figures.push_back(offered[*findFigure(offered, goal.figure)]);
    const auto isThere = [&](const Objective& objective) { return objective.figure == goal.figure; };
    if (std::none_of(sweep.objectives.begin(), sweep.objectives.end(), isThere))
      sweep.objectives.push_back({goal.figure, goal.better});
  }
  return goals;
}

}  // namespace taktwerk
