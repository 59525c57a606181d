// SPDX-License-Identifier: GPL-3.0-or-later
// What a chosen step has to do with the rest of the window: its blocks, and taking it.
#include <algorithm>

#include "core/editing/edit.h"
#include "widgets/change/change_page.h"
#include "widgets/change/step_model.h"
#include "widgets/change/step_run.h"
#include "widgets/document/document.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

const StepOutcome* outcomeOf(const StepRun& run, const std::optional<Step>& step) {
  const auto& outcomes = run.outcomes();
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [&](const StepOutcome& each) { return step == each.step; });
  return found == outcomes.end() ? nullptr : &*found;
}

}  // namespace

void ChangePage::selectBlocks() {
  const auto& document = models_.document();
  if (!chosen_ || chosen_->of != Step::Of::Architecture || !document) return;
  if (used_ != document->architecture) {
    used_ = document->architecture;
    use_ = ParameterUse(*used_);
  }
  SelectionModel::Names names;
  for (const ObjectId object : use_.objectsOf(chosen_->name)) {
    const ShownId shown = document->shown->shownAs[object.index()];
    if (shown.valid()) names.insert(document->shown->objects[shown.index()].name);
  }
  if (!names.empty()) models_.session.selection().select(std::move(names), this);
  markSelected();
}

void ChangePage::markSelected() {
  const auto& document = models_.document();
  std::set<std::string> parameters;
  const SelectionModel::Names& names = models_.session.selection().names();
  if (document && !names.empty()) {
    if (used_ != document->architecture) {
      used_ = document->architecture;
      use_ = ParameterUse(*used_);
    }
    for (const ObjectDeclaration& object : used_->objects) {
      const ShownId shown = document->shown->shownAs[object.id.index()];
      if (!shown.valid() || !names.contains(document->shown->objects[shown.index()].name)) continue;
      const auto& own = use_.parametersOf(object.id);
      parameters.insert(own.begin(), own.end());
    }
  }
  model_->mark(std::move(parameters));
  refreshChart();
  showChosen();
}

QString ChangePage::whyNotApplicable() const {
  const StepOutcome* outcome = outcomeOf(*run_, chosen_);
  if (outcome == nullptr) return tr("Choose a step in the chart or in the table first.");
  const EstimateInput &then = run_->input(), &now = models_.estimates.input();
  if (!now.document || then.document->path != now.document->path || then.networkPath != now.networkPath) {
    return tr("The steps are of another design: start again.");
  }
  if (!outcome->cycles)
    return tr("This step cannot be taken: %1.").arg(QString::fromStdString(outcome->reason));
  return {};
}

/// As the inspector does: the default in the file, or what the workspace has in its place.
void ChangePage::changeDefault(const Step& step) {
  const auto& parameters = models_.document()->architecture->parameters;
  const auto declared = std::find_if(parameters.begin(), parameters.end(),
                                     [&](const Parameter& each) { return each.name == step.name; });
  const bool overridden = models_.workspace.choices().parameters.contains(settingName(step));
  if (overridden || declared == parameters.end() || !declared->expression.empty()) {
    models_.workspace.setParameter(step.name, step.to);
    return;
  }
  const std::string value = std::to_string(step.to);
  const QString reason = models_.documents.edit(
      tr("Set %1 to %2").arg(QString::fromStdString(step.name), QString::fromStdString(value)),
      {SetParameter{step.name, "default", yamlScalar(value)}}, {});
  if (!reason.isEmpty()) models_.session.say(reason);
}

void ChangePage::apply() {
  if (!whyNotApplicable().isEmpty() || !models_.document()) return;
  const Step step = *chosen_;
  WorkspaceChoices choices = models_.workspace.choices();
  StepName name{QString::fromStdString(step.name), QString::number(step.from), QString::number(step.to)};
  switch (step.of) {
    case Step::Of::Architecture:
      changeDefault(step);
      break;
    case Step::Of::Network:
      choices.parameters[settingName(step)] = step.to;
      models_.workspace.change(name, choices);
      break;
    case Step::Of::Mapping:
      if (step.layer.empty()) {
        choices.parameters[settingName(step)] = step.to;
      } else {
        choices.layers[step.layer].tunables[step.name] = step.to;
        name.where = tr(" for %1").arg(QString::fromStdString(step.layer));
      }
      models_.workspace.change(name, choices);
      break;
  }
  taken_ = true;
  models_.estimates.run();
}

}  // namespace taktwerk
