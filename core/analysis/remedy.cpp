// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/remedy.h"

#include <algorithm>
#include <set>

#include "core/analysis/filling.h"
#include "core/analysis/parameter_use.h"

namespace taktwerk {

namespace {

ObjectId findObject(const Architecture& architecture, const std::string& name) {
  const std::string like = withoutIndexes(name);
  ObjectId found;
  for (std::uint32_t i = 0; i < architecture.objects.size(); ++i) {
    if (architecture.objects[i].name == name) return {i};
    if (!found.valid() && withoutIndexes(architecture.objects[i].name) == like) found = {i};
  }
  return found;
}

/// The object, and what its timing hangs on besides.
std::set<ObjectId> concernedObjects(const Architecture& architecture, const std::string& object) {
  std::set<ObjectId> objects;
  if (object.empty()) {
    for (std::uint32_t i = 0; i < architecture.objects.size(); ++i) {
      const ObjectClass kind = architecture.objects[i].objectClass;
      if (kind == ObjectClass::InstructionFetchStage || kind == ObjectClass::InstructionMemoryAccessUnit) {
        objects.insert({i});
      }
    }
  } else if (const ObjectId found = findObject(architecture, object); found.valid()) {
    objects.insert(found);
  }
  std::set<ObjectId> all = objects;
  for (const Connection& connection : architecture.connections) {
    const bool stage = connection.kind == ConnectionKind::Contains && objects.contains(connection.to);
    const bool instructions =
        object.empty() && connection.kind == ConnectionKind::Reads && objects.contains(connection.from);
    if (stage) all.insert(connection.from);
    if (instructions) all.insert(connection.to);
  }
  return all;
}

}  // namespace

std::vector<Step> stepsConcerning(const std::string& object, const Study& study, const StudyOptions& options,
                                  const StudyResult& present, StudyMemory& memory) {
  if (!study.architecture) return {};
  const ParameterUse use(*study.architecture);
  std::set<std::string> parameters;
  for (const ObjectId id : concernedObjects(*study.architecture, object)) {
    const std::set<std::string>& own = use.parametersOf(id);
    parameters.insert(own.begin(), own.end());
  }
  std::vector<Step> steps = stepsOf(study, options, present, memory);
  std::erase_if(steps, [&](const Step& step) {
    return step.of != Step::Of::Architecture || !parameters.contains(step.name);
  });
  return steps;
}

std::vector<StepOutcome> remediesFor(const std::string& object, const Study& study,
                                     const StudyOptions& options, const StudyResult& present,
                                     StudyMemory& memory, Progress& progress) {
  std::vector<StepOutcome> outcomes;
  for (const Step& step : stepsConcerning(object, study, options, present, memory)) {
    StepOutcome outcome = estimateStep(study, step, options, present, memory, progress);
    if (outcome.cancelled || progress.cancelled()) break;
    outcomes.push_back(std::move(outcome));
  }
  std::stable_sort(outcomes.begin(), outcomes.end(), ranksBefore);
  return outcomes;
}

}  // namespace taktwerk
