// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/equal_layers.h"

#include <algorithm>
#include <vector>

namespace taktwerk {

Digest signatureOf(const Network& network, std::span<const LayerId> layers) {
  Digester signature;
  std::vector<TensorId> met;  // tensors by their first appearance
  const auto tensor = [&](TensorId id) {
    const auto place = std::find(met.begin(), met.end(), id);
    signature.add(place - met.begin());
    if (place != met.end()) return;
    met.push_back(id);
    const Tensor& what = network.tensor(id);
    signature.add(what.bits).add(what.role).add(what.shape.size());
    for (const std::int64_t extent : what.shape) signature.add(extent);
  };
  for (const LayerId id : layers) {
    const Layer& layer = network.layers[id.index()];
    signature.add(layer.operatorName).add(layer.dimensions.size());
    for (const auto& [name, value] : layer.dimensions) signature.add(name).add(value);
    signature.add(layer.inputs.size());
    for (const TensorId input : layer.inputs) tensor(input);
    tensor(layer.output);
  }
  return signature.digest();
}

}  // namespace taktwerk
