// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/equal_layers.h"

#include <algorithm>
#include <vector>

namespace taktwerk {

std::string signatureOf(const Network& network, std::span<const LayerId> layers) {
  std::string signature;
  std::vector<TensorId> met;  // tensors by their first appearance
  const auto number = [&](std::int64_t value) { signature += std::to_string(value) + ' '; };
  const auto tensor = [&](TensorId id) {
    const auto place = std::find(met.begin(), met.end(), id);
    number(place - met.begin());
    if (place != met.end()) return;
    met.push_back(id);
    const Tensor& what = network.tensor(id);
    number(what.bits);
    number(static_cast<std::int64_t>(what.role));
    number(static_cast<std::int64_t>(what.shape.size()));
    for (const std::int64_t extent : what.shape) number(extent);
  };
  for (const LayerId id : layers) {
    const Layer& layer = network.layers[id.index()];
    signature += layer.operatorName + ' ';
    number(static_cast<std::int64_t>(layer.dimensions.size()));
    for (const auto& [name, value] : layer.dimensions) {
      signature += name + ' ';
      number(value);
    }
    number(static_cast<std::int64_t>(layer.inputs.size()));
    for (const TensorId input : layer.inputs) tensor(input);
    tensor(layer.output);
  }
  return signature;
}

}  // namespace taktwerk
