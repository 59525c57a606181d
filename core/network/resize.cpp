// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/resize.h"

#include <algorithm>
#include <optional>

#include "core/base/quotes.h"
#include "core/network/layer_rules.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Dimensions = std::map<std::string, std::int64_t, std::less<>>;
using Shape = std::vector<std::int64_t>;

std::optional<std::int64_t> valueOf(const Expression& expression, const Dimensions& dimensions) {
  const auto value = expression.evaluateWhole([&](std::string_view name) -> std::optional<Rational> {
    const auto found = dimensions.find(name);
    return found == dimensions.end() ? std::nullopt : std::optional<Rational>(found->second);
  });
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? std::nullopt : std::optional<std::int64_t>(*number);
}

std::optional<std::int64_t> find(const Dimensions& dimensions, std::string_view name) {
  const auto found = dimensions.find(name);
  return found == dimensions.end() ? std::nullopt : std::optional<std::int64_t>(found->second);
}

bool isData(const Tensor& tensor) {
  return tensor.role != TensorRole::Weight;
}

class Resizer {
 public:
  Resizer(const Network& network, LayerId layer, const std::string& dimension, std::int64_t value)
      : before_(network), edited_(layer), dimension_(dimension), value_(value) {
    result_.network = network;
    changed_.assign(network.tensors.size(), false);
  }

  Resized run() {
    Network& network = result_.network;
    for (std::size_t i = edited_.index(); i < network.layers.size() && result_.problem.empty(); ++i) {
      const bool isEdited = i == edited_.index();
      const auto& inputs = network.layers[i].inputs;
      const bool reads =
          std::any_of(inputs.begin(), inputs.end(), [&](TensorId t) { return changed_[t.index()]; });
      if (isEdited || reads) follow(i, isEdited);
    }
    return std::move(result_);
  }

 private:
  Tensor& tensor(TensorId id) { return result_.network.tensors[id.index()]; }

  void problem(const Layer& layer, const std::string& what) {
    if (result_.problem.empty()) result_.problem = "layer " + inQuotes(layer.name) + ": " + what;
  }

  void reshape(TensorId id, const Shape& shape) {
    if (tensor(id).shape == shape) return;
    tensor(id).shape = shape;
    changed_[id.index()] = true;
  }

  void follow(std::size_t index, bool isEdited) {
    Layer& layer = result_.network.layers[index];
    const Layer& old = before_.layers[index];
    const OperatorSpecification* specification = findOperator(layer.operatorName);
    if (layer.foreign || specification == nullptr) {
      return problem(layer, layer.operatorName + " has no rules by which its output could follow");
    }
    layer.dimensions = statedDimensions(old);
    if (isEdited) {
      const DimensionSpecification* known = specification->findDimension(dimension_);
      if (known == nullptr) return problem(layer, "there is no dimension " + dimension_);
      if (known->derived) return problem(layer, dimension_ + " follows from the others and cannot be set");
      if (value_ < known->minimum) {
        return problem(layer, dimension_ + " must be at least " + std::to_string(known->minimum) + ", is " +
                                  std::to_string(value_));
      }
      layer.dimensions[dimension_] = value_;
      changeOwnInput(layer, *specification);
    }
    switch (specification->rule) {
      case ShapeRule::Exact:
      case ShapeRule::Joined:
        windowed(layer, old, *specification, isEdited);
        break;
      case ShapeRule::Concat:
        concat(layer);
        break;
      case ShapeRule::Resize:
        flatten(layer, old);
        break;
      case ShapeRule::Transpose:
        if (changed_[layer.inputs.front().index()]) problem(layer, "the order of its axes is not known");
        break;
      default:
        reshape(layer.output, tensor(layer.inputs.front()).shape);
        parameters(layer, *specification);
        break;
    }
    if (!result_.problem.empty()) return;
    if (!fits(tensor(layer.output).shape)) {
      return problem(layer, "its output has more elements than 64 bits can count");
    }
    for (const LayerProblem& p : completeLayer(result_.network, layer)) problem(layer, p.message);
  }

  static bool fits(const Shape& shape) {
    constexpr std::int64_t widestElement = 1024;
    std::int64_t elements = widestElement;
    return std::none_of(shape.begin(), shape.end(), [&](std::int64_t extent) {
      return extent < 1 || __builtin_mul_overflow(elements, extent, &elements);
    });
  }

  /// The axis of an operand that is exactly this dimension.
  static std::optional<std::size_t> axisNamed(const OperandSpecification& operand, const std::string& name) {
    for (std::size_t axis = 0; axis < operand.axes.size(); ++axis) {
      if (operand.axes[axis].extent.text() == name) return axis;
    }
    return std::nullopt;
  }

  /// A dimension that comes from the input changes the input, where that is the network's own.
  void changeOwnInput(Layer& layer, const OperatorSpecification& specification) {
    for (std::size_t i = 0; i < layer.inputs.size() && i < specification.inputs.size(); ++i) {
      Tensor& input = tensor(layer.inputs[i]);
      const auto axis = axisNamed(specification.inputs[i], dimension_);
      if (!axis || !isData(input) || input.shape.size() != specification.inputs[i].axes.size()) continue;
      if (input.shape[*axis] == value_) continue;
      if (input.role != TensorRole::Input) {
        return problem(layer, dimension_ + " is what the layer reads, tensor " + inQuotes(input.name) +
                                  "; change it where that is written");
      }
      Shape shape = input.shape;
      shape[*axis] = value_;
      reshape(layer.inputs[i], shape);
    }
  }

  void windowed(Layer& layer, const Layer& old, const OperatorSpecification& specification, bool isEdited) {
    Dimensions& d = layer.dimensions;
    for (std::size_t i = 0; i < layer.inputs.size() && i < specification.inputs.size(); ++i) {
      const Tensor& input = tensor(layer.inputs[i]);
      const OperandSpecification& operand = specification.inputs[i];
      if (!isData(input) || !changed_[layer.inputs[i].index()]) continue;
      if (input.shape.size() == operand.axes.size()) {
        for (std::size_t axis = 0; axis < operand.axes.size(); ++axis) {
          const std::string& name = operand.axes[axis].extent.text();
          if (specification.findDimension(name) != nullptr) d[name] = input.shape[axis];
        }
      } else if (layer.operatorName == "dense" && i == 0) {
        std::int64_t elements = 1;
        for (const std::int64_t extent : input.shape) elements *= extent;  // checked when it was made
        const std::int64_t rows = find(d, "N").value_or(1);
        if (elements % rows != 0)
          return problem(layer, "its input cannot be seen as " + std::to_string(rows) + " rows");
        d["C"] = elements / rows;
      } else {
        return problem(layer, "its input has another number of axes");
      }
    }
    keepKind(layer, old, isEdited);
    complete(d, specification);
    for (std::size_t i = 0; i < layer.inputs.size() && i < specification.inputs.size(); ++i) {
      if (tensor(layer.inputs[i]).role != TensorRole::Weight) continue;
      const Shape shape = collapsedShape(specification, specification.inputs[i], d);
      if (!shape.empty() && fits(shape) && !joinsTo(tensor(layer.inputs[i]).shape, shape)) {
        reshape(layer.inputs[i], shape);
      }
    }
    const Shape shape = collapsedShape(specification, specification.output, d);
    if (!shape.empty() && fits(shape) && !joinsTo(tensor(layer.output).shape, shape))
      reshape(layer.output, shape);
  }

  /// Depthwise stays depthwise, global stays global.
  void keepKind(Layer& layer, const Layer& old, bool isEdited) {
    Dimensions& d = layer.dimensions;
    const auto oldC = find(old.dimensions, "C"), groups = find(old.dimensions, "groups");
    const auto newC = find(d, "C"), k = find(old.dimensions, "K");
    if (groups && oldC && newC && *groups == *oldC && *oldC > 1 && *newC != *oldC) {
      if (!(isEdited && dimension_ == "groups")) d["groups"] = *newC;
      if (k && *k % *oldC == 0 && !(isEdited && dimension_ == "K")) d["K"] = *k / *oldC * *newC;
    }
    if (layer.operatorName.find("pool") == std::string::npos) return;
    for (const auto& [window, extent] : {std::pair{"R", "H"}, {"S", "W"}, {"F", "W"}}) {
      const auto had = find(old.dimensions, window), was = find(old.dimensions, extent), is = find(d, extent);
      if (had && was && is && *had == *was && !(isEdited && dimension_ == window)) d[window] = *is;
    }
  }

  static void complete(Dimensions& dimensions, const OperatorSpecification& specification) {
    for (const DimensionSpecification& dimension : specification.dimensions) {
      if (!dimension.value || (!dimension.derived && dimensions.contains(dimension.name))) continue;
      if (const auto value = valueOf(*dimension.value, dimensions)) dimensions[dimension.name] = *value;
    }
  }

  void parameters(Layer& layer, const OperatorSpecification& specification) {
    layer.dimensions.erase("E");
    const Shape& shape = tensor(layer.inputs.front()).shape;
    const bool channels = specification.rule == ShapeRule::Channels,
               rows = specification.rule == ShapeRule::Rows;
    for (std::size_t i = 1; i < layer.inputs.size(); ++i) {
      if (tensor(layer.inputs[i]).role != TensorRole::Weight || shape.empty()) continue;
      if (channels && shape.size() > 1) reshape(layer.inputs[i], {shape[1]});
      if (rows) reshape(layer.inputs[i], {shape.back()});
    }
  }

  void concat(Layer& layer) {
    Shape shape = tensor(layer.inputs.front()).shape;
    const auto axis = static_cast<std::size_t>(find(layer.dimensions, "axis").value_or(1));
    if (axis >= shape.size()) return problem(layer, "the axis is none of its input");
    shape[axis] = 0;
    for (const TensorId input : layer.inputs) {
      if (axis >= tensor(input).shape.size()) return problem(layer, "its inputs differ");
      if (__builtin_add_overflow(shape[axis], tensor(input).shape[axis], &shape[axis])) return;
    }
    reshape(layer.output, shape);
  }

  /// [N, …] to [N, product]; any other reshape keeps its shape, which then has to fit.
  void flatten(Layer& layer, const Layer& old) {
    const Shape& was = before_.tensor(old.inputs.front()).shape;
    const Shape& is = tensor(layer.inputs.front()).shape;
    const Shape& out = before_.tensor(old.output).shape;
    if (out.size() != 2 || was.empty() || is.empty() || out[0] != was[0]) return;
    std::int64_t rest = 1;
    for (std::size_t i = 1; i < is.size(); ++i) rest *= is[i];  // checked when it was made
    reshape(layer.output, {is[0], rest});
  }

  const Network& before_;
  LayerId edited_;
  const std::string& dimension_;
  std::int64_t value_;
  Resized result_;
  std::vector<bool> changed_;
};

}  // namespace

std::map<std::string, std::int64_t, std::less<>> statedDimensions(const Layer& layer) {
  const OperatorSpecification* specification = findOperator(layer.operatorName);
  if (specification == nullptr) return {};
  Dimensions stated;
  for (const DimensionSpecification& dimension : specification->dimensions) {
    const auto value = find(layer.dimensions, dimension.name);
    if (dimension.derived || !value) continue;
    if (dimension.value && valueOf(*dimension.value, layer.dimensions) == value) continue;
    stated[dimension.name] = *value;
  }
  return stated;
}

Resized resizeLayer(const Network& network, LayerId layer, const std::string& dimension, std::int64_t value) {
  return Resizer(network, layer, dimension, value).run();
}

}  // namespace taktwerk
