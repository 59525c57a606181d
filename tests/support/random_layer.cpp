// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_layer.h"

#include <algorithm>
#include <vector>

#include "core/network/operators.h"

namespace taktwerk::test {

std::string randomLayer(const std::string& name, std::mt19937& random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  const OperatorSpecification& specification = *findOperator(name);
  const bool exact = specification.rule == ShapeRule::Exact;
  const int n = pick(1, 2), c = 2 * pick(1, 2), k = 2 * pick(1, 2), h = pick(3, 6), w = pick(3, 6);
  const int r = pick(1, 3), s = pick(1, 3), stride = pick(1, 3);
  const int padding = std::min({pick(0, 2), r - 1, s - 1}),
            dilation = pick(1, 3 - std::max(r, s) > 0 ? 2 : 1);
  const int groups = pick(0, 2) == 0 ? 2 : 1;
  const auto out = [&](int size, int kernel) {
    return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
  };
  const auto shape = [](std::vector<int> extents) {
    std::string list;
    for (const int extent : extents) list += (list.empty() ? "" : ", ") + std::to_string(extent);
    return "[" + list + "]";
  };
  std::vector<std::string> inputs;
  std::string output, dimensions;
  if (name == "conv1d") {
    inputs = {shape({n, c, w}), shape({k, c / groups, s})};
    output = shape({n, k, out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", K: " + std::to_string(k) + ", W: " + std::to_string(w) +
                 ", F: " + std::to_string(s) + ", groups: " + std::to_string(groups);
  } else if (name == "conv2d") {
    inputs = {shape({n, c, h, w}), shape({k, c / groups, r, s})};
    output = shape({n, k, out(h, r), out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", K: " + std::to_string(k) + ", H: " + std::to_string(h) +
                 ", W: " + std::to_string(w) + ", R: " + std::to_string(r) + ", S: " + std::to_string(s) +
                 ", groups: " + std::to_string(groups);
  } else if (name == "dense") {
    inputs = {shape({n, c}), shape({k, c})};
    output = shape({n, k});
    dimensions = "C: " + std::to_string(c) + ", K: " + std::to_string(k);
  } else if (name == "matmul") {
    inputs = {shape({n, h, c}), shape({n, c, k})};
    output = shape({n, h, k});
    dimensions = "B: " + std::to_string(n) + ", M: " + std::to_string(h) + ", K: " + std::to_string(c) +
                 ", N: " + std::to_string(k);
  } else if (name == "max_pool1d" || name == "average_pool1d") {
    inputs = {shape({n, c, w})};
    output = shape({n, c, out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", W: " + std::to_string(w) + ", F: " + std::to_string(s);
  } else if (exact) {
    inputs = {shape({n, c, h, w})};
    output = shape({n, c, out(h, r), out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", H: " + std::to_string(h) + ", W: " + std::to_string(w) +
                 ", R: " + std::to_string(r) + ", S: " + std::to_string(s);
  } else {
    const std::string full = shape({n, c, h, w});
    inputs = {full};
    output = full;
    if (specification.rule == ShapeRule::Broadcast) {
      const std::vector<std::string> others{full, shape({n, c, 1, 1}), shape({h, w})};
      inputs.push_back(others[static_cast<std::size_t>(pick(0, 2))]);
    }
    if (specification.rule == ShapeRule::Channels)
      inputs.insert(inputs.end(), specification.inputs.size() - 1, shape({c}));
    if (specification.rule == ShapeRule::Rows && specification.inputs.size() > 1)
      inputs.insert(inputs.end(), static_cast<std::size_t>(pick(0, 2)), shape({w}));
    if (specification.rule == ShapeRule::Transpose) output = shape({n, c, w, h});
    if (name == "lrn") dimensions = "size: " + std::to_string(pick(1, 4));
  }
  if (name.find("conv") == 0 || name.find("pool") != std::string::npos) {
    dimensions += ", stride: " + std::to_string(stride) + ", padding: " + std::to_string(padding) +
                  ", dilation: " + std::to_string(dilation);
  }
  if (exact && name != "matmul") dimensions += ", N: " + std::to_string(n);
  if ((name.find("conv") == 0 || name == "dense") && pick(0, 1) == 1) inputs.push_back(shape({k}));
  std::string text = "format: taktwerk-network/1\nname: random\ntensors:\n";
  std::string list;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    text += "  in" + std::to_string(i) + ": {shape: " + inputs[i] + ", role: input}\n";
    list += (i > 0 ? ", in" : "in") + std::to_string(i);
  }
  return text + "  out: {shape: " + output + ", role: output}\nlayers:\n  - {name: layer, operator: " + name +
         ", dimensions: {" + dimensions + "}, inputs: [" + list + "], output: out}\n";
}

}  // namespace taktwerk::test
