// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <utility>

#include "core/network/operators.h"

namespace taktwerk {
namespace {

Expression parsed(std::string_view text) {
  auto result = Expression::parse(text);
  assert(std::holds_alternative<Expression>(result));
  return std::get<Expression>(std::move(result));
}

DimensionSpecification required(std::string name, std::string description) {
  return {std::move(name), std::nullopt, false, 1, std::move(description)};
}

DimensionSpecification optional(std::string name, std::string_view value, std::int64_t minimum,
                                std::string description) {
  return {std::move(name), parsed(value), false, minimum, std::move(description)};
}

DimensionSpecification derived(std::string name, std::string_view value, std::string description) {
  return {std::move(name), parsed(value), true, 1, std::move(description)};
}

/// A dimension that the tensors' shapes give.
DimensionSpecification fromShape(std::string name, std::string description) {
  return {std::move(name), std::nullopt, true, 1, std::move(description)};
}

/// "K" or "C=C / groups": letter and extent.
OperandSpecification operand(std::string name, std::initializer_list<std::string_view> axes,
                             bool mayBeMissing = false) {
  OperandSpecification result{std::move(name), mayBeMissing, {}};
  for (const std::string_view axis : axes) {
    const std::size_t equal = axis.find('=');
    const std::string_view letter = axis.substr(0, equal);
    const std::string_view extent = equal == std::string_view::npos ? axis : axis.substr(equal + 1);
    result.axes.push_back({std::string(letter), parsed(extent)});
  }
  return result;
}

using Dimensions = std::vector<DimensionSpecification>;

void append(Dimensions& to, Dimensions more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

Dimensions window1d(std::string_view defaultStride) {
  return {optional("stride", defaultStride, 1, "step of the window"),
          optional("padding", "0", 0, "zeros on either side"),
          optional("padding_left", "padding", 0, "zeros before"),
          optional("padding_right", "padding", 0, "zeros behind"),
          optional("dilation", "1", 1, "distance of neighbouring taps"),
          derived("Q", "(W + padding_left + padding_right - dilation * (F - 1) - 1) // stride + 1",
                  "output width")};
}

Dimensions window2d(bool pooling) {
  return {
      optional("stride", pooling ? "max(R, S)" : "1", 1, "step of the window"),
      optional("stride_h", pooling ? "if(stride == max(R, S), R, stride)" : "stride", 1, "vertical step"),
      optional("stride_w", pooling ? "if(stride == max(R, S), S, stride)" : "stride", 1, "horizontal step"),
      optional("padding", "0", 0, "zeros on every side"),
      optional("padding_h", "padding", 0, "zeros above and below"),
      optional("padding_w", "padding", 0, "zeros left and right"),
      optional("padding_top", "padding_h", 0, "zeros above"),
      optional("padding_bottom", "padding_h", 0, "zeros below"),
      optional("padding_left", "padding_w", 0, "zeros on the left"),
      optional("padding_right", "padding_w", 0, "zeros on the right"),
      optional("dilation", "1", 1, "distance of neighbouring taps"),
      optional("dilation_h", "dilation", 1, "vertical distance of taps"),
      optional("dilation_w", "dilation", 1, "horizontal distance of taps"),
      derived("P", "(H + padding_top + padding_bottom - dilation_h * (R - 1) - 1) // stride_h + 1",
              "output height"),
      derived("Q", "(W + padding_left + padding_right - dilation_w * (S - 1) - 1) // stride_w + 1",
              "output width")};
}

OperatorSpecification convolution1d() {
  OperatorSpecification o;
  o.name = "conv1d";
  o.description = "one-dimensional convolution; depthwise with groups = C";
  o.dimensions = {optional("N", "1", 1, "batch"),
                  required("C", "input channels"),
                  required("K", "output channels"),
                  required("W", "input width"),
                  required("F", "taps"),
                  optional("groups", "1", 1, "groups of channels")};
  append(o.dimensions, window1d("1"));
  o.inputs = {operand("input", {"N", "C", "W"}), operand("weight", {"K", "C=C / groups", "F"}),
              operand("bias", {"K"}, true)};
  o.output = operand("output", {"N", "K", "Q"});
  o.conditions = {{parsed("C % groups == 0 and K % groups == 0"), "groups must divide C and K"}};
  o.macs = parsed("N * K * Q * (C / groups) * F");
  return o;
}

OperatorSpecification convolution2d() {
  OperatorSpecification o;
  o.name = "conv2d";
  o.description = "two-dimensional convolution; depthwise with groups = C";
  o.dimensions = {optional("N", "1", 1, "batch"),   required("C", "input channels"),
                  required("K", "output channels"), required("H", "input height"),
                  required("W", "input width"),     required("R", "kernel height"),
                  required("S", "kernel width"),    optional("groups", "1", 1, "groups of channels")};
  append(o.dimensions, window2d(false));
  o.inputs = {operand("input", {"N", "C", "H", "W"}), operand("weight", {"K", "C=C / groups", "R", "S"}),
              operand("bias", {"K"}, true)};
  o.output = operand("output", {"N", "K", "P", "Q"});
  o.conditions = {{parsed("C % groups == 0 and K % groups == 0"), "groups must divide C and K"}};
  o.macs = parsed("N * K * P * Q * (C / groups) * R * S");
  return o;
}

OperatorSpecification dense() {
  OperatorSpecification o;
  o.name = "dense";
  o.rule = ShapeRule::Joined;
  o.description = "fully connected layer";
  o.dimensions = {optional("N", "1", 1, "batch"), required("C", "input features"),
                  required("K", "output features")};
  o.inputs = {operand("input", {"N", "C"}), operand("weight", {"K", "C"}), operand("bias", {"K"}, true)};
  o.output = operand("output", {"N", "K"});
  o.macs = parsed("N * K * C");
  return o;
}

OperatorSpecification matmul() {
  OperatorSpecification o;
  o.name = "matmul";
  o.rule = ShapeRule::Joined;
  o.description = "matrix product, batched; b may be a weight or an activation";
  o.dimensions = {optional("B", "1", 1, "batch of matrices"), required("M", "rows of a"),
                  required("N", "columns of b"), required("K", "columns of a, rows of b")};
  o.inputs = {operand("a", {"B", "M", "K"}), operand("b", {"B", "K", "N"})};
  o.output = operand("output", {"B", "M", "N"});
  o.macs = parsed("B * M * N * K");
  return o;
}

OperatorSpecification pooling1d(std::string name, std::string description) {
  OperatorSpecification o;
  o.name = std::move(name);
  o.description = std::move(description);
  o.dimensions = {optional("N", "1", 1, "batch"), required("C", "channels"), required("W", "input width"),
                  required("F", "window; W for a global pool")};
  append(o.dimensions, window1d("F"));
  o.inputs = {operand("input", {"N", "C", "W"})};
  o.output = operand("output", {"N", "C", "Q"});
  o.conditions = {
      {parsed("padding_left < F and padding_right < F"), "padding must be less than the window F"}};
  return o;
}

OperatorSpecification pooling2d(std::string name, std::string description) {
  OperatorSpecification o;
  o.name = std::move(name);
  o.description = std::move(description);
  o.dimensions = {optional("N", "1", 1, "batch"),
                  required("C", "channels"),
                  required("H", "input height"),
                  required("W", "input width"),
                  required("R", "window height; H for a global pool"),
                  required("S", "window width; W for a global pool")};
  append(o.dimensions, window2d(true));
  o.inputs = {operand("input", {"N", "C", "H", "W"})};
  o.output = operand("output", {"N", "C", "P", "Q"});
  o.conditions = {
      {parsed("padding_top < R and padding_bottom < R and padding_left < S and padding_right < S"),
       "padding must be less than the window"}};
  return o;
}

OperatorSpecification flat(std::string name, std::string description, ShapeRule rule = ShapeRule::Flat) {
  OperatorSpecification o;
  o.name = std::move(name);
  o.description = std::move(description);
  o.rule = rule;
  o.dimensions = {fromShape("E", "elements")};
  o.inputs = {operand("input", {"E"})};
  o.output = operand("output", {"E"});
  return o;
}

OperatorSpecification elementwise(std::string name, std::string description) {
  OperatorSpecification o;
  o.name = std::move(name);
  o.description = std::move(description);
  o.rule = ShapeRule::Broadcast;
  o.dimensions = {fromShape("B", "how often b repeats as a whole"), fromShape("M", "elements of b"),
                  fromShape("E", "consecutive elements of a for one element of b")};
  o.inputs = {operand("a", {"B", "M", "E"}), operand("b", {"M"})};
  o.output = operand("output", {"B", "M", "E"});
  return o;
}

OperatorSpecification perChannel(std::string name, std::string description,
                                 std::initializer_list<std::string> parameters) {
  OperatorSpecification o;
  o.name = std::move(name);
  o.description = std::move(description);
  o.rule = ShapeRule::Channels;
  o.dimensions = {fromShape("N", "batch"), fromShape("K", "channels"), fromShape("E", "elements a channel")};
  o.inputs = {operand("input", {"N", "K", "E"})};
  for (const std::string& parameter : parameters) o.inputs.push_back(operand(parameter, {"K"}));
  o.output = operand("output", {"N", "K", "E"});
  return o;
}

OperatorSpecification perRow(std::string name, std::string description,
                             std::initializer_list<std::string> parameters) {
  OperatorSpecification o;
  o.name = std::move(name);
  o.description = std::move(description);
  o.rule = ShapeRule::Rows;
  o.dimensions = {fromShape("M", "rows"), fromShape("N", "elements a row")};
  o.inputs = {operand("input", {"M", "N"})};
  for (const std::string& parameter : parameters) o.inputs.push_back(operand(parameter, {"N"}, true));
  o.output = operand("output", {"M", "N"});
  return o;
}

OperatorSpecification localResponse() {
  OperatorSpecification o;
  o.name = "lrn";
  o.description = "local response normalisation over neighbouring channels";
  o.rule = ShapeRule::Channels;
  o.dimensions = {fromShape("N", "batch"), fromShape("K", "channels"), fromShape("E", "elements a channel"),
                  required("size", "channels summed over")};
  o.inputs = {operand("input", {"N", "K", "E"})};
  o.output = operand("output", {"N", "K", "E"});
  return o;
}

OperatorSpecification concatenation() {
  OperatorSpecification o = flat("concat", "inputs one behind the other along an axis", ShapeRule::Concat);
  o.dimensions.push_back(optional("axis", "1", 0, "axis along which they stand, from 0"));
  return o;
}

std::vector<OperatorSpecification> makeTable() {
  std::vector<OperatorSpecification> table{
      convolution1d(),
      convolution2d(),
      dense(),
      matmul(),
      pooling1d("max_pool1d", "largest of a window"),
      pooling1d("average_pool1d", "mean of a window"),
      pooling2d("max_pool2d", "largest of a window"),
      pooling2d("average_pool2d", "mean of a window"),
      elementwise("add", "sum, element by element"),
      elementwise("multiply", "product, element by element"),
      perChannel("bias_add", "adds one number to each channel", {"bias"}),
      perChannel("batch_norm", "scale and shift of each channel", {"scale", "shift"}),
      perRow("softmax", "exponentials of a row, over their sum", {}),
      perRow("layer_norm", "rows brought to mean 0 and variance 1, scaled and shifted", {"scale", "shift"}),
      localResponse(),
      concatenation(),
      flat("transpose", "axes in another order", ShapeRule::Transpose),
      flat("reshape", "the same elements in another shape", ShapeRule::Resize),
      flat("flatten", "the same elements in fewer axes", ShapeRule::Resize),
      flat("relu", "max(x, 0)"),
      flat("relu6", "min(max(x, 0), 6)"),
      flat("swish", "x · sigmoid(x), also called SiLU"),
      flat("hardswish", "x · relu6(x + 3) / 6"),
      flat("sigmoid", "1 / (1 + exp(-x))"),
      flat("gelu", "x · Φ(x)"),
      flat("tanh", "hyperbolic tangent")};
  std::sort(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return table;
}

}  // namespace

std::span<const OperatorSpecification> operatorSpecifications() {
  static const std::vector<OperatorSpecification> table = makeTable();
  return table;
}

}  // namespace taktwerk
