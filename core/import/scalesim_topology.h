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
/// Columns are known by their headings, in any order (scalesim_columns.h); headings that SCALE-Sim does not
/// have are refused, so that a layout or a report is not taken for a topology. Lines without figures are
/// skipped.
///
/// Convolution form (`Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num
/// Filter, Strides`, and perhaps a second stride for the width, with or without heading): conv2d without
/// padding, but as SCALE-Sim computes ⌈(H − R + stride) / stride⌉ outputs, the last window may hang over the
/// edge; zeros are padded below and on the right for that. A layer with DP in its name is depthwise, as
/// SCALE-Sim runs it.
///
/// GEMM form (`Layer, M, N, K`): matmul of [M, K] and [K, N].
///
/// The table does not say who reads whose output: each layer has an input of its own and its output is one
/// of the network. `options.batch` repeats every layer, as often as a column `Batch Size` says besides;
/// `options.bits` is 8 where nothing else is said.
[[nodiscard]] Result<Network> parseScaleSimTopology(std::string_view text, const std::string& file,
                                                    const ImportOptions& options);

}  // namespace taktwerk
