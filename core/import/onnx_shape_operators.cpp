// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes that become nothing: other looks at the same elements, and constants that are computed here.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/import/onnx_graph.h"
#include "core/network/layer_rules.h"

namespace taktwerk {

using onnx_shapes::Outcome;

namespace {
/// Constants of more elements are weights, nobody's shape.
constexpr std::int64_t mostNumbers = 4096;
}  // namespace

const onnx::AttributeProto* OnnxAttributes::find(std::string_view name) const {
  const auto found = std::find_if(node_.attribute().begin(), node_.attribute().end(),
                                  [&](const onnx::AttributeProto& a) { return a.name() == name; });
  return found == node_.attribute().end() ? nullptr : &*found;
}

std::int64_t OnnxAttributes::integer(std::string_view name, std::int64_t otherwise) const {
  const onnx::AttributeProto* attribute = find(name);
  return attribute != nullptr && attribute->has_i() ? attribute->i() : otherwise;
}

double OnnxAttributes::number(std::string_view name, double otherwise) const {
  const onnx::AttributeProto* attribute = find(name);
  return attribute != nullptr && attribute->has_f() ? static_cast<double>(attribute->f()) : otherwise;
}

std::string_view OnnxAttributes::text(std::string_view name, std::string_view otherwise) const {
  const onnx::AttributeProto* attribute = find(name);
  return attribute != nullptr && attribute->has_s() ? std::string_view(attribute->s()) : otherwise;
}

std::optional<std::vector<std::int64_t>> OnnxAttributes::integers(std::string_view name) const {
  const onnx::AttributeProto* attribute = find(name);
  if (attribute == nullptr || attribute->ints_size() > mostNumbers) return std::nullopt;
  return std::vector<std::int64_t>(attribute->ints().begin(), attribute->ints().end());
}

const onnx::TensorProto* OnnxAttributes::tensor(std::string_view name) const {
  const onnx::AttributeProto* attribute = find(name);
  return attribute != nullptr && attribute->has_t() ? &attribute->t() : nullptr;
}

namespace {

/// The elements of a tensor that lies in the file itself and has as many as its shape says.
template <class T, class Field>
std::optional<std::vector<T>> elementsIn(const onnx::TensorProto& tensor, const Field& field,
                                         std::int64_t count) {
  std::vector<T> values;
  if (tensor.has_raw_data()) {
    if (tensor.raw_data().size() != static_cast<std::size_t>(count) * sizeof(T)) return std::nullopt;
    values.resize(static_cast<std::size_t>(count));
    if (count > 0) std::memcpy(values.data(), tensor.raw_data().data(), tensor.raw_data().size());
    return values;
  }
  if (field.size() != count) return std::nullopt;
  for (const auto value : field) values.push_back(static_cast<T>(value));
  return values;
}

}  // namespace

OnnxValue OnnxGraphReader::constantFrom(const onnx::TensorProto& tensor) const {
  OnnxValue value;
  value.constant = true;
  value.bits = bitsOf(tensor.data_type());
  std::int64_t count = 1;
  bool small = tensor.dims_size() <= 8;
  for (const std::int64_t extent : tensor.dims()) {
    if (value.shape.size() <= NetworkBuilder::mostAxes) value.shape.push_back(extent);
    small = small && extent >= 0 && extent <= mostNumbers && (count *= extent) <= mostNumbers;
  }
  if (!small || tensor.data_location() == onnx::TensorProto::EXTERNAL) return value;
  switch (tensor.data_type()) {
    case onnx::TensorProto::INT64:
      value.numbers = elementsIn<std::int64_t>(tensor, tensor.int64_data(), count);
      break;
    case onnx::TensorProto::INT32:
      if (const auto numbers = elementsIn<std::int32_t>(tensor, tensor.int32_data(), count)) {
        value.numbers.emplace(numbers->begin(), numbers->end());
      }
      break;
    case onnx::TensorProto::FLOAT:
      if (count != 1) break;
      if (const auto numbers = elementsIn<float>(tensor, tensor.float_data(), count)) {
        value.number = static_cast<double>(numbers->front());
      }
      break;
    case onnx::TensorProto::DOUBLE:
      if (count != 1) break;
      if (const auto numbers = elementsIn<double>(tensor, tensor.double_data(), count))
        value.number = numbers->front();
      break;
    default:
      break;
  }
  if (value.numbers && value.numbers->size() == 1) value.number = static_cast<double>(value.numbers->front());
  return value;
}

bool OnnxGraphReader::identity(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  if (!node.output(1).empty() && uses_.contains(node.output(1))) return false;  // the mask of Dropout
  return alias(node, node.input(0), find(node.input(0))->shape);
}

bool OnnxGraphReader::cast(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue& value = *find(node.input(0));
  return alias(node, node.input(0), value.shape,
               value.constant ? bitsOf(static_cast<int>(node.attributes.integer("to", 0))) : 0);
}

bool OnnxGraphReader::quantise(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue value = *find(node.input(0));
  std::int64_t bits = value.bits;
  if (node.operatorName == "QuantizeLinear") {
    // What is stored is the narrow form; the wide one is never seen outside the layer that makes it.
    bits = node.has(2) ? find(node.input(2))->bits : options_.bits.value_or(8);
    if (value.tensor.valid()) {
      Tensor& tensor = builder_.network().tensors[value.tensor.index()];
      tensor.bits = std::min(tensor.bits, bits);
    }
  }
  return alias(node, node.input(0), value.shape, bits);
}

bool OnnxGraphReader::reshape(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue& value = *find(node.input(0));
  auto target = numbersOf(node, 1, "shape");
  if (!target) return false;
  const bool zeroIsZero = node.attributes.integer("allowzero", 0) != 0;
  Outcome outcome = onnx_shapes::reshape(value.shape, *target, zeroIsZero);
  if (!outcome.good() && fileBatch_ && *fileBatch_ != batch_ && !target->empty() && target->front() > 0 &&
      target->front() % *fileBatch_ == 0) {
    // The file's own batch is written into its shapes.
    Numbers grown = *target;
    if (!__builtin_mul_overflow(grown.front() / *fileBatch_, batch_, &grown.front())) {
      const Outcome again = onnx_shapes::reshape(value.shape, grown, zeroIsZero);
      if (again.good()) outcome = again;
    }
  }
  if (!outcome.good()) return refuse(node, outcome.problem);
  return alias(node, node.input(0), outcome.shape);
}

bool OnnxGraphReader::flatten(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const Outcome outcome =
      onnx_shapes::flatten(find(node.input(0))->shape, node.attributes.integer("axis", 1));
  return outcome.good() ? alias(node, node.input(0), outcome.shape) : refuse(node, outcome.problem);
}

bool OnnxGraphReader::squeeze(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const auto axes = numbersOf(node, 1, "axes");
  if (node.has(1) && !axes) return false;
  const Outcome outcome = onnx_shapes::squeeze(find(node.input(0))->shape, axes);
  return outcome.good() ? alias(node, node.input(0), outcome.shape) : refuse(node, outcome.problem);
}

bool OnnxGraphReader::unsqueeze(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const auto axes = numbersOf(node, 1, "axes");
  if (!axes) return false;
  const Outcome outcome = onnx_shapes::unsqueeze(find(node.input(0))->shape, *axes);
  return outcome.good() ? alias(node, node.input(0), outcome.shape) : refuse(node, outcome.problem);
}

bool OnnxGraphReader::transpose(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue value = *find(node.input(0));
  const Numbers order = node.attributes.integers("perm").value_or(Numbers{});
  const Outcome outcome = onnx_shapes::transpose(value.shape, order);
  if (!outcome.good()) return refuse(node, outcome.problem);
  if (value.constant || onnx_shapes::movesNothing(value.shape, order)) {
    if (value.numbers && value.shape.size() > 1) return false;
    return alias(node, node.input(0), outcome.shape);
  }
  Layer layer = begin(node, "transpose");
  layer.inputs = {operand(node.input(0))};
  return emit(node, std::move(layer), outcome.shape, value);
}

bool OnnxGraphReader::pad(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue value = *find(node.input(0));
  const auto pads = numbersOf(node, 1, "pads");
  if (!pads || value.constant || node.has(3)) return false;
  const Outcome outcome = onnx_shapes::pad(value.shape, *pads);
  if (!outcome.good()) return refuse(node, outcome.problem);
  if (outcome.shape == value.shape) return alias(node, node.input(0), value.shape);
  const bool zeros =
      node.attributes.text("mode", "constant") == "constant" &&
      (node.has(2) ? find(node.input(2))->number == 0.0 : node.attributes.number("value", 0) == 0);
  const std::size_t rank = value.shape.size();
  const bool grows = std::all_of(pads->begin(), pads->end(), [](std::int64_t p) { return p >= 0; });
  const bool spatial =
      rank >= 3 && (*pads)[0] == 0 && (*pads)[1] == 0 && (*pads)[rank] == 0 && (*pads)[rank + 1] == 0;
  if (!zeros || !grows || !spatial || !isSingleUse(node.output()) || !value.padding.empty()) {
    return emitForeign(node, outcome.shape);
  }
  OnnxValue padded = value;
  padded.tensor = operand(node.input(0));
  if (!padded.tensor.valid()) return true;
  padded.shape = outcome.shape;
  padded.padding = *pads;
  padded.viewName = node.proto.name();
  define(node, std::move(padded));
  return true;
}

void OnnxGraphReader::defineNumbers(const Node& node, Numbers numbers, Shape shape) {
  OnnxValue value;
  value.constant = true;
  value.bits = bitsOf(onnx::TensorProto::INT64);
  value.shape = std::move(shape);
  if (numbers.size() == 1) value.number = static_cast<double>(numbers.front());
  value.numbers = std::move(numbers);
  define(node, std::move(value));
}

bool OnnxGraphReader::constant(const Node& node) {
  if (const onnx::TensorProto* tensor = node.attributes.tensor("value")) {
    define(node, constantFrom(*tensor));
    return true;
  }
  if (const onnx::AttributeProto* attribute = node.attributes.find("value_int")) {
    defineNumbers(node, {attribute->i()}, {});
    return true;
  }
  if (const auto numbers = node.attributes.integers("value_ints")) {
    const auto count = static_cast<std::int64_t>(numbers->size());
    defineNumbers(node, *numbers, {count});
    return true;
  }
  if (const onnx::AttributeProto* attribute = node.attributes.find("value_float")) {
    OnnxValue value;
    value.constant = true;
    value.number = static_cast<double>(attribute->f());
    value.bits = bitsOf(onnx::TensorProto::FLOAT);
    define(node, std::move(value));
    return true;
  }
  return refuse(node, "a constant of this kind is not understood");
}

bool OnnxGraphReader::constantOfShape(const Node& node) {
  const OnnxValue* shape = node.has(0) ? find(node.input(0)) : nullptr;
  if (shape == nullptr || !shape->numbers) return false;
  OnnxValue value;
  value.constant = true;
  value.shape = *shape->numbers;
  if (!elementsOf(value.shape) || value.shape.size() > NetworkBuilder::mostAxes) {
    return refuse(node, "the shape is " + shapeText(value.shape));
  }
  define(node, std::move(value));
  return true;
}

bool OnnxGraphReader::shapeOf(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const Shape& shape = find(node.input(0))->shape;
  const auto rank = static_cast<std::int64_t>(shape.size());
  const auto clamped = [&](std::int64_t at) {
    return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  const std::int64_t from = clamped(std::max(node.attributes.integer("start", 0), -rank));
  const std::int64_t to = std::max(from, clamped(std::max(node.attributes.integer("end", rank), -rank)));
  defineNumbers(node, {shape.begin() + from, shape.begin() + to}, {to - from});
  return true;
}

/// Arithmetic on small constants of whole numbers, mostly parts of shapes.
bool OnnxGraphReader::evaluate(const Node& node) {
  const std::string& name = node.operatorName;
  std::vector<const OnnxValue*> inputs;
  for (const std::string& input : node.proto.input()) {
    inputs.push_back(input.empty() ? nullptr : find(input));
    if (inputs.back() == nullptr || !inputs.back()->numbers) return false;
  }
  if (inputs.empty()) return false;
  const Numbers& first = *inputs[0]->numbers;
  const auto count = [](const Numbers& numbers) { return static_cast<std::int64_t>(numbers.size()); };
  if (inputs[0]->shape.size() > 1) return false;
  if (name == "Concat") {
    Numbers all;
    for (const OnnxValue* input : inputs) {
      if (input->shape.size() != 1 || all.size() + input->numbers->size() > mostNumbers) return false;
      all.insert(all.end(), input->numbers->begin(), input->numbers->end());
    }
    const std::int64_t length = count(all);
    defineNumbers(node, std::move(all), {length});
    return true;
  }
  if (name == "Gather") {
    if (inputs.size() != 2) return false;
    Numbers picked;
    for (const std::int64_t index : *inputs[1]->numbers) {
      const auto at = onnx_shapes::axisOf(index, first.size());
      if (!at) return refuse(node, "the index " + std::to_string(index) + " is outside");
      picked.push_back(first[*at]);
    }
    defineNumbers(node, std::move(picked), inputs[1]->shape);
    return true;
  }
  if (name == "Slice") {
    const auto one = [&](std::size_t i) { return inputs.size() > i && inputs[i]->numbers->size() == 1; };
    if (!one(1) || !one(2) || (inputs.size() > 4 && (!one(4) || inputs[4]->numbers->front() != 1)))
      return false;
    const auto clamped = [&](std::int64_t at) {
      return std::clamp<std::int64_t>(at < -count(first) ? 0
                                      : at < 0           ? at + count(first)
                                                         : at,
                                      0, count(first));
    };
    const std::int64_t from = clamped(inputs[1]->numbers->front());
    const std::int64_t to = std::max(from, clamped(inputs[2]->numbers->front()));
    defineNumbers(node, {first.begin() + from, first.begin() + to}, {to - from});
    return true;
  }
  if (inputs.size() != 2 || inputs[1]->shape.size() > 1) return false;
  const Numbers& second = *inputs[1]->numbers;
  const std::size_t length = std::max(first.size(), second.size());
  if (first.empty() || second.empty() || (first.size() != length && first.size() != 1) ||
      (second.size() != length && second.size() != 1)) {
    return refuse(node, "the constants have different lengths");
  }
  Numbers result;
  for (std::size_t i = 0; i < length; ++i) {
    const std::int64_t a = first[first.size() == 1 ? 0 : i], b = second[second.size() == 1 ? 0 : i];
    std::int64_t value = 0;
    const bool bad = name == "Add"   ? __builtin_add_overflow(a, b, &value)
                     : name == "Sub" ? __builtin_sub_overflow(a, b, &value)
                     : name == "Mul" ? __builtin_mul_overflow(a, b, &value)
                                     : b == 0 || b == -1;
    if (bad) return refuse(node, "the constants cannot be computed");
    if (name == "Div") value = a / b;
    result.push_back(value);
  }
  const Shape shape =
      inputs[0]->shape.size() >= inputs[1]->shape.size() ? inputs[0]->shape : inputs[1]->shape;
  defineNumbers(node, std::move(result), shape.empty() ? Shape{} : Shape{static_cast<std::int64_t>(length)});
  return true;
}

}  // namespace taktwerk
