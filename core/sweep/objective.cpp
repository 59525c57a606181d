// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/objective.h"

#include <cmath>

#include "core/base/diagnostic.h"
#include "core/base/joined.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

constexpr std::string_view least = "min", most = "max";

std::vector<std::string> namesOf(const std::vector<Figure>& figures) {
  std::vector<std::string> names;
  names.reserve(figures.size());
  for (const Figure& figure : figures) names.push_back(figure.name);
  return names;
}

}  // namespace

std::variant<Objective, ObjectiveProblem> parseObjective(std::string_view text,
                                                         const std::vector<Figure>& figures) {
  // Names of figures have no colon in them: memories and users' figures are identifiers.
  const std::size_t colon = text.find(':');
  Objective objective{std::string(text.substr(0, colon)), Figure::Better::Less};
  const auto place = findFigure(figures, objective.figure);
  if (!place) {
    const std::vector<std::string> names = namesOf(figures);
    return ObjectiveProblem{"there is no figure " + inQuotes(objective.figure) +
                            didYouMean(objective.figure, names) + "; there are " + joined(names, ", ")};
  }
  objective.direction = figures[*place].better;
  if (colon == std::string_view::npos) return objective;
  const std::string_view direction = text.substr(colon + 1);
  if (direction != least && direction != most) {
    return ObjectiveProblem{objective.figure + ": the direction is min or max, not " + inQuotes(direction)};
  }
  objective.direction = direction == least ? Figure::Better::Less : Figure::Better::More;
  return objective;
}

std::string toString(const Objective& objective) {
  return objective.figure + ':' + std::string(objective.direction == Figure::Better::Less ? least : most);
}

bool isBetter(const Objective& objective, double first, double second) {
  if (std::isnan(first) || std::isnan(second)) return !std::isnan(first) && std::isnan(second);
  return objective.direction == Figure::Better::Less ? first < second : first > second;
}

}  // namespace taktwerk
