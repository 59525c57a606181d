// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes that move a window: convolutions and pools. A function returns false to leave its node to `foreign`.
#include "core/import/onnx_graph.h"
#include "core/network/layer_rules.h"

namespace taktwerk {

using onnx_shapes::PlacedWindow;
using onnx_shapes::Window;

namespace {

using Dimensions = std::map<std::string, std::int64_t, std::less<>>;

void setPair(Dimensions& dimensions, const std::string& name, std::int64_t vertical,
             std::int64_t horizontal) {
  if (vertical == horizontal) {
    dimensions[name] = vertical;
  } else {
    dimensions[name + "_h"] = vertical;
    dimensions[name + "_w"] = horizontal;
  }
}

/// Window, stride, padding and dilation in the letters of conv1d, conv2d and the pools.
void setWindow(Dimensions& d, const PlacedWindow& window) {
  if (window.kernel.size() == 1) {
    d["F"] = window.kernel[0];
    d["stride"] = window.strides[0];
    if (window.before[0] == window.after[0]) {
      d["padding"] = window.before[0];
    } else {
      d["padding_left"] = window.before[0];
      d["padding_right"] = window.after[0];
    }
    d["dilation"] = window.dilations[0];
    return;
  }
  d["R"] = window.kernel[0];
  d["S"] = window.kernel[1];
  setPair(d, "dilation", window.dilations[0], window.dilations[1]);
  if (d.contains("K") || d["R"] == d["S"]) {
    setPair(d, "stride", window.strides[0], window.strides[1]);
  } else {  // of a pool with an oblong window the default differs in both directions
    d["stride_h"] = window.strides[0];
    d["stride_w"] = window.strides[1];
  }
  if (window.before == window.after) {
    setPair(d, "padding", window.before[0], window.before[1]);
  } else {
    d["padding_top"] = window.before[0];
    d["padding_bottom"] = window.after[0];
    d["padding_left"] = window.before[1];
    d["padding_right"] = window.after[1];
  }
}

void setInput(Dimensions& d, const std::vector<std::int64_t>& shape) {
  d["N"] = shape[0];
  d["C"] = shape[1];
  if (shape.size() == 3) {
    d["W"] = shape[2];
  } else {
    d["H"] = shape[2];
    d["W"] = shape[3];
  }
}

}  // namespace

Window OnnxGraphReader::windowOf(const Node& node) const {
  Window window;
  window.kernel = node.attributes.integers("kernel_shape").value_or(Numbers{});
  window.strides = node.attributes.integers("strides").value_or(Numbers{});
  window.dilations = node.attributes.integers("dilations").value_or(Numbers{});
  window.pads = node.attributes.integers("pads").value_or(Numbers{});
  window.autoPad = node.attributes.text("auto_pad", "NOTSET");
  window.roundUp = node.attributes.integer("ceil_mode", 0) != 0;
  return window;
}

bool OnnxGraphReader::convolution(const Node& node) {
  return convolve(node, 0, 1, 2);
}

bool OnnxGraphReader::quantisedConvolution(const Node& node) {
  if (node.attributes.integer("channels_last", 0) != 0) return false;
  return convolve(node, 0, 3, 8);
}

bool OnnxGraphReader::integerConvolution(const Node& node) {
  return convolve(node, 0, 1, -1, options_.bits.value_or(32));
}

bool OnnxGraphReader::convolve(const Node& node, int input, int kernel, int bias, std::int64_t bits) {
  if (!node.has(input) || !node.has(kernel)) return refuse(node, "has no input or no weight");
  const OnnxValue x = *find(node.input(input));
  const OnnxValue& w = *find(node.input(kernel));
  if (x.constant) return false;
  Window window = windowOf(node);
  window.roundUp = false;
  if (w.shape.size() < 3 || w.shape.size() != x.shape.size()) {
    return refuse(node,
                  "the weight " + shapeText(w.shape) + " does not go with the input " + shapeText(x.shape));
  }
  const Shape taps(w.shape.begin() + 2, w.shape.end());
  if (!window.kernel.empty() && window.kernel != taps) {
    return refuse(
        node, "kernel_shape is " + shapeText(window.kernel) + ", but the weight has " + shapeText(w.shape));
  }
  window.kernel = taps;
  Shape shape = x.shape;
  const bool explicitPads = window.autoPad == "NOTSET" || window.autoPad == "VALID";
  if (!x.padding.empty() && explicitPads) {  // of a Pad before
    shape = builder_.network().tensor(x.tensor).shape;
    const std::size_t axes = shape.size() - 2;
    if (window.pads.empty() || window.autoPad == "VALID") window.pads.assign(2 * axes, 0);
    if (window.pads.size() != 2 * axes) return refuse(node, "pads = " + shapeText(window.pads));
    for (std::size_t i = 0; i < axes; ++i) {
      if (__builtin_add_overflow(window.pads[i], x.padding[i + 2], &window.pads[i]) ||
          __builtin_add_overflow(window.pads[i + axes], x.padding[i + 4 + axes], &window.pads[i + axes])) {
        return refuse(node, "pads are too large");
      }
    }
    window.autoPad = "NOTSET";
  }
  const PlacedWindow placed = onnx_shapes::place(window, shape);
  if (!placed.problem.empty()) return refuse(node, placed.problem);
  Shape output{shape[0], w.shape[0]};
  output.insert(output.end(), placed.outputs.begin(), placed.outputs.end());
  if (shape.size() > 4) return emitForeign(node, output);

  Layer layer = begin(node, shape.size() == 3 ? "conv1d" : "conv2d");
  setInput(layer.dimensions, shape);
  layer.dimensions["K"] = w.shape[0];
  layer.dimensions["groups"] = node.attributes.integer("group", 1);
  setWindow(layer.dimensions, placed);
  layer.inputs = {!x.padding.empty() && explicitPads ? x.tensor : operand(node.input(input)),
                  operandOrWeight(node.input(kernel), layer.name, "weight")};
  if (bias >= 0 && node.has(bias)) {
    const OnnxValue& value = *find(node.input(bias));
    layer.inputs.push_back(value.constant && elementsOf(value.shape) == w.shape[0]
                               ? weight(node.input(bias), {w.shape[0]}, layer.name, "bias")
                               : operandOrWeight(node.input(bias), layer.name, "bias"));
  }
  return emit(node, std::move(layer), output, x, bits);
}

bool OnnxGraphReader::maxPool(const Node& node) {
  return pool(node, "max_pool");
}

bool OnnxGraphReader::averagePool(const Node& node) {
  return pool(node, "average_pool");
}

bool OnnxGraphReader::pool(const Node& node, const char* kind) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue x = *find(node.input(0));
  if (x.constant || (!node.output(1).empty() && uses_.contains(node.output(1)))) return false;
  const Window window = windowOf(node);
  if (window.kernel.empty()) return refuse(node, "has no kernel_shape");
  const PlacedWindow placed = onnx_shapes::place(window, x.shape);
  if (!placed.problem.empty()) return refuse(node, placed.problem);
  Shape output{x.shape[0], x.shape[1]};
  output.insert(output.end(), placed.outputs.begin(), placed.outputs.end());
  if (x.shape.size() > 4) return emitForeign(node, output);
  Layer layer = begin(node, std::string(kind) + (x.shape.size() == 3 ? "1d" : "2d"));
  setInput(layer.dimensions, x.shape);
  setWindow(layer.dimensions, placed);
  layer.inputs = {operand(node.input(0))};
  return emit(node, std::move(layer), output, x);
}

bool OnnxGraphReader::globalPool(const Node& node) {
  const char* kind = node.operatorName == "GlobalMaxPool" ? "max_pool" : "average_pool";
  if (!node.has(0)) return refuse(node, "has no input");
  if (node.attributes.integer("channels_last", 0) != 0) return false;
  return globalPoolOf(node, kind, node.input(0), true);
}

bool OnnxGraphReader::globalPoolOf(const Node& node, const char* kind, const std::string& input, bool keep) {
  const OnnxValue x = *find(input);
  if (x.constant) return false;
  if (x.shape.size() < 3)
    return refuse(node, "the input has shape " + shapeText(x.shape) + "; it must be [N, C, …]");
  Shape output(x.shape.size(), 1);
  output[0] = x.shape[0];
  output[1] = x.shape[1];
  if (x.shape.size() > 4) return emitForeign(node, output);
  Layer layer = begin(node, std::string(kind) + (x.shape.size() == 3 ? "1d" : "2d"));
  setInput(layer.dimensions, x.shape);
  if (x.shape.size() == 3) {
    layer.dimensions["F"] = x.shape[2];
  } else {
    layer.dimensions["R"] = x.shape[2];
    layer.dimensions["S"] = x.shape[3];
  }
  layer.inputs = {operand(input)};
  emit(node, std::move(layer), output, x);
  if (!keep && find(node.output()) != nullptr) {
    OnnxValue& value = values_[node.output()];
    value.shape.resize(2);
    value.viewName = node.proto.name();
  }
  return true;
}

bool OnnxGraphReader::reduceMean(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const std::size_t rank = find(node.input(0))->shape.size();
  const auto axes = numbersOf(node, 1, "axes");
  if (rank < 3 || rank > 4 || !axes || axes->size() != rank - 2) return false;
  for (std::size_t i = 0; i < axes->size(); ++i) {
    if (onnx_shapes::axisOf((*axes)[i], rank) != i + 2) return false;
  }
  return globalPoolOf(node, "average_pool", node.input(0), node.attributes.integer("keepdims", 1) != 0);
}

}  // namespace taktwerk
