// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <onnx/onnx_pb.h>

namespace taktwerk {

/// The graphs that a node holds in its attributes: branches of If, bodies of Loop and Scan.
[[nodiscard]] std::vector<const onnx::GraphProto*> subgraphsOf(const onnx::NodeProto& node);

/// Every value that a node reads: its inputs that have a name, and what its subgraphs, however deep, read
/// from around the node. Each once, in the order of first use.
[[nodiscard]] std::vector<std::string> namesReadBy(const onnx::NodeProto& node);

/// Nodes in all subgraphs of a node.
[[nodiscard]] std::int64_t nodesWithin(const onnx::NodeProto& node);

}  // namespace taktwerk
