// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/wishes.h"

#include <algorithm>
#include <utility>

#include "core/architecture/class_specification.h"

namespace taktwerk {
namespace {

/// The memory that instructions come from, whose words are no traffic; invalid: there is none.
ObjectId instructionMemoryOf(const Architecture& architecture) {
  for (const Connection& connection : architecture.connections) {
    const ObjectDeclaration& from = architecture.objects[connection.from.index()];
    if (connection.kind == ConnectionKind::Reads &&
        from.objectClass == ObjectClass::InstructionMemoryAccessUnit)
      return connection.to;
  }
  return {};
}

}  // namespace

std::vector<Figure> figuresOffered(const Sweep& sweep) {
  std::vector<Figure> figures = sweep.figures;
  for (const Study& study : sweep.studies) {
    const ObjectId ofInstructions = instructionMemoryOf(*study.architecture);
    for (const ObjectDeclaration& object : study.architecture->objects) {
      if (!isMemory(object.objectClass) || object.id == ofInstructions) continue;
      Figure figure = trafficFigure(object.name);
      if (!findFigure(figures, figure.name)) figures.push_back(std::move(figure));
    }
  }
  return figures;
}

std::optional<ObjectiveProblem> wish(Sweep& sweep, const SweepWish& wanted) {
  sweep.batch = wanted.batch;
  const std::vector<Figure> offered = figuresOffered(sweep);
  for (const std::string& text : wanted.objectives) {
    auto parsed = parseObjective(text, offered);
    if (auto* problem = std::get_if<ObjectiveProblem>(&parsed)) return std::move(*problem);
    Objective& objective = std::get<Objective>(parsed);
    const bool twice = std::any_of(sweep.objectives.begin(), sweep.objectives.end(),
                                   [&](const Objective& other) { return other.figure == objective.figure; });
    if (twice) return ObjectiveProblem{objective.figure + " is an objective twice; each figure is one once"};
    if (!findFigure(sweep.figures, objective.figure)) {
      sweep.figures.push_back(offered[*findFigure(offered, objective.figure)]);
    }
    sweep.objectives.push_back(std::move(objective));
  }
  return std::nullopt;
}

std::vector<std::size_t> shownFigures(const Sweep& sweep) {
  std::vector<std::size_t> places;
  places.reserve(sweep.objectives.size() + 2);
  const auto show = [&](std::string_view name) {
    const auto place = findFigure(sweep.figures, name);
    if (place && name != "cycles" && std::find(places.begin(), places.end(), *place) == places.end())
      places.push_back(*place);
  };
  for (const Objective& objective : sweep.objectives) show(objective.figure);
  if (sweep.batch > 1) show("interval"), show("total");
  return places;
}

}  // namespace taktwerk
