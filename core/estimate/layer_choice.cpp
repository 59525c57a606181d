// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/layer_choice.h"

namespace taktwerk {

std::map<LayerId, LayerChoice> choicesIn(const Network& network,
                                         const std::map<std::string, LayerChoice>& byName) {
  std::map<LayerId, LayerChoice> choices;
  for (const auto& [name, choice] : byName) {
    if (const LayerId layer = network.find(name); layer.valid()) choices.emplace(layer, choice);
  }
  return choices;
}

}  // namespace taktwerk
