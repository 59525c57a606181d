// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/onnx_subgraphs.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace taktwerk {

namespace {

using Names = std::unordered_set<std::string_view>;

/// Finds what is read and not defined on the way; graphs are nested as deep as the reader of files lets them
/// be.
class NamesRead {
 public:
  std::vector<std::string> of(const onnx::NodeProto& node) {
    visit(node);
    return std::move(read_);
  }

 private:
  void visit(const onnx::NodeProto& node) {
    for (const std::string& input : node.input()) note(input);
    for (const onnx::GraphProto* graph : subgraphsOf(node)) visit(*graph);
  }

  void visit(const onnx::GraphProto& graph) {
    Names& own = around_.emplace_back();
    for (const auto& input : graph.input()) own.insert(input.name());
    for (const auto& tensor : graph.initializer()) own.insert(tensor.name());
    for (const auto& sparse : graph.sparse_initializer()) own.insert(sparse.values().name());
    for (const onnx::NodeProto& node : graph.node()) own.insert(node.output().begin(), node.output().end());
    for (const onnx::NodeProto& node : graph.node()) visit(node);
    for (const auto& output : graph.output()) note(output.name());
    around_.pop_back();
  }

  void note(const std::string& name) {
    if (name.empty()) return;
    const bool defined =
        std::any_of(around_.begin(), around_.end(), [&](const Names& own) { return own.contains(name); });
    if (!defined && seen_.insert(name).second) read_.push_back(name);
  }

  std::vector<Names> around_;
  Names seen_;
  std::vector<std::string> read_;
};

}  // namespace

std::vector<const onnx::GraphProto*> subgraphsOf(const onnx::NodeProto& node) {
  std::vector<const onnx::GraphProto*> graphs;
  for (const onnx::AttributeProto& attribute : node.attribute()) {
    if (attribute.has_g()) graphs.push_back(&attribute.g());
    for (const onnx::GraphProto& graph : attribute.graphs()) graphs.push_back(&graph);
  }
  return graphs;
}

std::vector<std::string> namesReadBy(const onnx::NodeProto& node) {
  return NamesRead().of(node);
}

std::int64_t nodesWithin(const onnx::NodeProto& node) {
  std::int64_t nodes = 0;
  for (const onnx::GraphProto* graph : subgraphsOf(node)) {
    nodes += graph->node_size();
    for (const onnx::NodeProto& inner : graph->node()) nodes += nodesWithin(inner);
  }
  return nodes;
}

}  // namespace taktwerk
