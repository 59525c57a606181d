// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network.h"

#include <algorithm>

namespace taktwerk {

std::int64_t Tensor::elements() const {
  std::int64_t product = 1;
  for (const std::int64_t extent : shape) product *= extent;  // the reader has checked that it fits
  return product;
}

LayerId Network::find(std::string_view layer) const {
  const auto found =
      std::find_if(layers.begin(), layers.end(), [&](const Layer& each) { return each.name == layer; });
  return found == layers.end() ? LayerId{} : found->id;
}

std::int64_t Network::macs() const {
  std::int64_t sum = 0;
  for (const Layer& layer : layers) sum += layer.macs;
  return sum;
}

std::int64_t Network::weights() const {
  std::int64_t sum = 0;
  for (const Tensor& each : tensors) {
    if (each.role == TensorRole::Weight) sum += each.elements();
  }
  return sum;
}

bool Network::sizeGuessed(const Layer& layer) const {
  return (layer.output.valid() && tensor(layer.output).guessed) ||
         std::any_of(layer.inputs.begin(), layer.inputs.end(),
                     [this](TensorId id) { return tensor(id).guessed; });
}

}  // namespace taktwerk
