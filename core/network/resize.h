// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace taktwerk {

/// Changes one dimension of one layer and lets everything behind it follow: the shapes of its weights and of
/// what it writes, then the dimensions and shapes of the layers that read that, to the end of the network.
/// A depthwise convolution stays one, a global pool stays global. A dimension that the layer has from its
/// input can be changed where the input is one of the network.
///
/// `problem` says what cannot follow (a reshape to a fixed shape, a sum whose other operand stays); then the
/// network is as far as it got and has no use.
struct Resized {
  Network network;
  std::string problem;
};
[[nodiscard]] Resized resizeLayer(const Network& network, LayerId layer, const std::string& dimension,
                                  std::int64_t value);

/// Of a layer's dimensions those that neither have their default nor follow from others or the shapes.
[[nodiscard]] std::map<std::string, std::int64_t, std::less<>> statedDimensions(const Layer& layer);

}  // namespace taktwerk
