// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/import/import_network.h"
#include "core/network/network.h"

namespace taktwerk {

/// Reads a topology of SCALE-Sim, a table with a line of headings and one line a layer.
///
/// Convolution form (`Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num
/// Filter, Strides`, and perhaps a second stride for the width): conv2d without padding, but as SCALE-Sim
/// computes ⌈(H − R + stride) / stride⌉ outputs, the last window may hang over the edge; zeros are padded
/// below and on the right for that.
///
/// GEMM form (`Layer, M, N, K`): matmul of [M, K] and [K, N].
///
/// The table does not say who reads whose output: each layer has an input of its own and its output is one
/// of the network. `options.batch` repeats every layer, `options.bits` is 8 where nothing else is said.
[[nodiscard]] Result<Network> parseScaleSimTopology(std::string_view text, const std::string& file,
                                                    const ImportOptions& options);

}  // namespace taktwerk
