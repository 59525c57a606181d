// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <map>
#include <string>

#include "core/base/progress.h"
#include "core/estimate/layer_choice.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk {

struct EstimateInput;

/// Choices by layer, as the estimate takes them.
using LayerChoices = std::map<std::string, LayerChoice>;

/// Another state of the choices and the name of the step that leads there.
struct ChoiceStep {
  StepName name;
  LayerChoices choices;
};

/// `mapping` laid on layers; a layer that has it keeps its tunables. Empty: the estimate chooses again.
[[nodiscard]] ChoiceStep attachStep(LayerChoices choices, const QStringList& layers, const QString& mapping);

/// `found` instead of what was chosen for those layers.
[[nodiscard]] ChoiceStep searchStep(LayerChoices choices, const LayerChoices& found);

/// Tries values of the tunables of `mapping` on each of the layers that it takes, by itself, and gives those
/// with the fewest cycles. For job threads.
[[nodiscard]] LayerChoices searchTunables(const EstimateInput& input, const QStringList& layers,
                                          const QString& mapping, Progress& progress);

}  // namespace taktwerk
