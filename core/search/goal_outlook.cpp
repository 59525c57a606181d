// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/goal_outlook.h"

#include <algorithm>
#include <cmath>

#include "core/study/study_memory.h"

namespace taktwerk {

bool isBetter(const GoalStanding& a, const GoalStanding& b) {
  return a.missing != b.missing ? a.missing < b.missing : a.objective < b.objective;
}

GoalOutlook::GoalOutlook(const Sweep& sweep, const std::vector<Goal>& goals, StudyMemory& memory)
    : sweep_(sweep), goals_(goals), memory_(memory) {
  const auto add = [&](const std::string& figure) {
    if (isMachineFigure(figure) && std::find(figures_.begin(), figures_.end(), figure) == figures_.end())
      figures_.push_back(figure);
  };
  add(sweep.objectives.front().figure);
  for (const Goal& goal : goals) add(goal.figure);
}

GoalStanding GoalOutlook::of(const NumberedPoint& point, const Progress& progress) const {
  if (figures_.empty()) return {};
  const SweepPoint made = sweepPoint(sweep_, point);
  const auto machine =
      memory_.machine(sweep_.studies[made.study].architecture, made.settings.architecture, &progress);
  if (!machine) return {};
  constexpr double worst = std::numeric_limits<double>::infinity();
  GoalStanding standing;
  for (const Goal& goal : goals_) {
    if (!isMachineFigure(goal.figure)) continue;
    const double missed = shortfall(goal, machineFigure(**machine, goal.figure));
    if (std::isnan(missed)) return {worst, worst};
    standing.missing += missed;
  }
  const Objective& objective = sweep_.objectives.front();
  if (!isMachineFigure(objective.figure)) return standing;
  const double value = machineFigure(**machine, objective.figure);
  if (std::isnan(value)) return {worst, worst};
  standing.objective = objective.direction == Figure::Better::More ? -value : value;
  return standing;
}

}  // namespace taktwerk
