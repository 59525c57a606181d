// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/layer_rules.h"

#include <algorithm>

#include "core/base/quotes.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Shape = std::vector<std::int64_t>;

std::int64_t product(Shape::const_iterator first, Shape::const_iterator last) {
  std::int64_t result = 1;
  for (; first != last; ++first) result *= *first;
  return result;
}

class LayerCompletion {
 public:
  LayerCompletion(const Network& network, Layer& layer, const OperatorSpecification& specification)
      : network_(network), layer_(layer), specification_(specification) {}

  std::vector<LayerProblem> run() {
    checkDimensionNames();
    if (checkInputCount()) {
      deduce();
      if (problems_.empty()) computeDimensions();
      if (problems_.empty()) checkConditions();
      if (problems_.empty() && dimensionsRule()) checkShapes();
      if (problems_.empty()) computeMacs();
    }
    return std::move(problems_);
  }

 private:
  const Shape& inputShape(std::size_t index) const { return network_.tensor(layer_.inputs[index]).shape; }
  const Shape& outputShape() const { return network_.tensor(layer_.output).shape; }
  const std::string& inputName(std::size_t index) const { return network_.tensor(layer_.inputs[index]).name; }

  void problem(std::string message) { problems_.push_back({std::move(message), {}, {}, false}); }
  void inputProblem(std::size_t index, const std::string& message) {
    problems_.push_back({"tensor " + inQuotes(inputName(index)) + " has shape " +
                             shapeText(inputShape(index)) + ", but " + message,
                         {},
                         index,
                         false});
  }
  void outputProblem(const std::string& message) {
    problems_.push_back({"tensor " + inQuotes(network_.tensor(layer_.output).name) + " has shape " +
                             shapeText(outputShape()) + ", but " + message,
                         {},
                         {},
                         true});
  }

  void checkDimensionNames() {
    std::vector<std::string> names;
    for (const auto& dimension : specification_.dimensions) names.push_back(dimension.name);
    for (const auto& [name, value] : layer_.dimensions) {
      if (specification_.findDimension(name) != nullptr) continue;
      std::string hint = didYouMean(name, names);
      if (hint.empty()) {
        hint = "; it has ";
        for (std::size_t i = 0; i < names.size(); ++i) hint += (i > 0 ? ", " : "") + names[i];
      }
      problems_.push_back(
          {specification_.name + " has no dimension " + inQuotes(name) + hint, name, {}, false});
    }
  }

  bool checkInputCount() {
    const std::size_t most = specification_.inputs.size();
    const auto fewest = static_cast<std::size_t>(
        std::count_if(specification_.inputs.begin(), specification_.inputs.end(),
                      [](const OperandSpecification& operand) { return !operand.optional; }));
    const std::size_t count = layer_.inputs.size();
    const bool many = specification_.rule == ShapeRule::Concat;
    if (count >= fewest && (many || count <= most)) return true;
    std::string names;
    for (const OperandSpecification& operand : specification_.inputs) {
      names += (names.empty() ? "" : ", ") + operand.name + (operand.optional ? " (may be missing)" : "");
    }
    problem(specification_.name + " takes " + (many ? "one or more inputs" : "the inputs " + names) +
            ", found " + std::to_string(count));
    return false;
  }

  void deduced(const std::string& name, std::int64_t value) {
    const auto [entry, inserted] = layer_.dimensions.emplace(name, value);
    if (inserted || entry->second == value) return;
    problems_.push_back({name + " is " + std::to_string(entry->second) + ", but the tensors' shapes give " +
                             std::to_string(value),
                         name,
                         {},
                         false});
  }

  void outputMustEqualInput() {
    if (outputShape() != inputShape(0)) {
      outputProblem("the output of " + specification_.name + " is shaped as its input, " +
                    shapeText(inputShape(0)));
    }
  }

  void parametersMustBe(std::int64_t extent, const std::string& letter) {
    for (std::size_t i = 1; i < layer_.inputs.size(); ++i) {
      if (inputShape(i) == Shape{extent}) continue;
      inputProblem(i, "the " + specification_.inputs[i].name + " of " + specification_.name + " has [" +
                          letter + "] = " + shapeText({extent}));
    }
  }

  void deduce() {
    const Shape& shape = inputShape(0);
    switch (specification_.rule) {
      case ShapeRule::Exact:
      case ShapeRule::Joined:
        return;
      case ShapeRule::Flat:
        outputMustEqualInput();
        return deduced("E", product(shape.begin(), shape.end()));
      case ShapeRule::Broadcast:
        return deduceBroadcast();
      case ShapeRule::Channels:
        if (shape.size() < 2)
          return inputProblem(0, specification_.name + " needs a batch and a channel axis");
        outputMustEqualInput();
        parametersMustBe(shape[1], "K");
        deduced("N", shape[0]);
        deduced("K", shape[1]);
        return deduced("E", product(shape.begin() + 2, shape.end()));
      case ShapeRule::Rows:
        if (shape.empty()) return inputProblem(0, specification_.name + " needs at least one axis");
        outputMustEqualInput();
        parametersMustBe(shape.back(), "N");
        deduced("M", product(shape.begin(), shape.end() - 1));
        return deduced("N", shape.back());
      case ShapeRule::Resize:
      case ShapeRule::Transpose:
        return deduceResize();
      case ShapeRule::Concat:
        return deduceConcat();
    }
  }

  /// b is (1…)(equal…)(1…) against a, right-aligned: then a is [B, M, E] and b is [M].
  void deduceBroadcast() {
    outputMustEqualInput();
    const Shape& a = inputShape(0);
    Shape b = inputShape(1);
    if (b.size() > a.size()) return inputProblem(1, "a has fewer axes: " + shapeText(a));
    b.insert(b.begin(), a.size() - b.size(), 1);
    std::size_t first = 0;
    while (first < a.size() && b[first] == 1) ++first;
    std::size_t end = a.size();
    while (end > first && b[end - 1] == 1) --end;
    for (std::size_t i = first; i < end; ++i) {
      if (a[i] == b[i]) continue;
      return inputProblem(
          1, "it must be equal to " + shapeText(a) + " or leave out or have 1 in its first or its last axes");
    }
    deduced("B", product(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(first)));
    deduced("M", product(a.begin() + static_cast<std::ptrdiff_t>(first),
                         a.begin() + static_cast<std::ptrdiff_t>(end)));
    deduced("E", product(a.begin() + static_cast<std::ptrdiff_t>(end), a.end()));
  }

  void deduceResize() {
    const Shape& in = inputShape(0);
    const Shape& out = outputShape();
    const std::int64_t elements = product(in.begin(), in.end());
    if (product(out.begin(), out.end()) != elements) {
      return outputProblem("the input has " + std::to_string(elements) + " elements, " + shapeText(in));
    }
    Shape sortedIn = in, sortedOut = out;
    std::sort(sortedIn.begin(), sortedIn.end());
    std::sort(sortedOut.begin(), sortedOut.end());
    if (specification_.rule == ShapeRule::Transpose && sortedIn != sortedOut) {
      return outputProblem("a transpose of " + shapeText(in) + " has the same extents in another order");
    }
    deduced("E", elements);
  }

  void deduceConcat() {
    const auto given = layer_.dimensions.find("axis");
    const std::int64_t axis = given == layer_.dimensions.end() ? 1 : given->second;
    const Shape& out = outputShape();
    if (axis < 0 || axis >= static_cast<std::int64_t>(out.size())) {
      return outputProblem("axis " + std::to_string(axis) + " is not among its " +
                           std::to_string(out.size()));
    }
    const auto along = static_cast<std::size_t>(axis);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < layer_.inputs.size(); ++i) {
      Shape expected = out;
      if (inputShape(i).size() == out.size()) expected[along] = inputShape(i)[along];
      if (inputShape(i) != expected) {
        return inputProblem(
            i, "inputs of concat are equal but along axis " + std::to_string(axis) + " to " + shapeText(out));
      }
      sum += expected[along];
    }
    if (sum != out[along]) {
      return outputProblem("the inputs have " + std::to_string(sum) + " along axis " + std::to_string(axis));
    }
    deduced("E", product(out.begin(), out.end()));
  }

  Expression::Lookup lookup() const {
    return [this](std::string_view name) -> std::optional<Rational> {
      const auto found = layer_.dimensions.find(name);
      if (found == layer_.dimensions.end()) return std::nullopt;
      return Rational(found->second);
    };
  }

  void computeDimensions() {
    for (const DimensionSpecification& dimension : specification_.dimensions) {
      const auto given = layer_.dimensions.find(dimension.name);
      std::optional<std::int64_t> value;
      if (given != layer_.dimensions.end()) value = given->second;
      if (dimension.value && (dimension.derived || !value)) {
        const auto computed = dimension.value->evaluate(lookup());
        if (const auto* error = std::get_if<ExpressionError>(&computed)) {
          problem("cannot compute " + dimension.name + " (" + dimension.description + "): " + error->message);
          return;
        }
        const Rational exact = std::get<Rational>(computed);
        if (value && !(Rational(*value) == exact)) {
          problems_.push_back({dimension.name + " (" + dimension.description + ") is " +
                                   std::to_string(*value) + ", but the other dimensions give " +
                                   std::to_string(exact.numerator),
                               dimension.name,
                               {},
                               false});
          return;
        }
        value = exact.numerator;
      }
      if (!value) {
        problems_.push_back({specification_.name + " needs the dimension " + dimension.name + " (" +
                                 dimension.description + ")",
                             dimension.name,
                             {},
                             false});
        continue;
      }
      if (*value < dimension.minimum) {
        problems_.push_back({dimension.name + " (" + dimension.description + ") must be at least " +
                                 std::to_string(dimension.minimum) + ", is " + std::to_string(*value) +
                                 (dimension.derived ? ": the window does not fit the padded input" : ""),
                             dimension.name,
                             {},
                             false});
        return;
      }
      layer_.dimensions.insert_or_assign(dimension.name, *value);
    }
  }

  void checkConditions() {
    for (const OperatorCondition& condition : specification_.conditions) {
      const auto value = condition.condition.evaluate(lookup());
      if (const auto* exact = std::get_if<Rational>(&value); exact != nullptr && exact->numerator != 0)
        continue;
      problem(condition.message);
    }
  }

  std::string axesText(const OperandSpecification& operand, const Shape& expected) const {
    std::string text = "[";
    for (std::size_t i = 0; i < operand.axes.size(); ++i) {
      text += (i > 0 ? ", " : "") + operand.axes[i].extent.text();
    }
    return text + "] = " + shapeText(expected);
  }

  /// Whether the dimensions say what the shapes must be, not the other way round.
  bool dimensionsRule() const {
    return specification_.rule == ShapeRule::Exact || specification_.rule == ShapeRule::Joined;
  }

  bool fits(const Shape& shape, const Shape& expected) const {
    return shape == expected || (specification_.rule == ShapeRule::Joined && joinsTo(shape, expected));
  }

  void checkShapes() {
    for (std::size_t i = 0; i < layer_.inputs.size(); ++i) {
      const OperandSpecification& operand = specification_.inputs[i];
      const Shape expected = collapsedShape(specification_, operand, layer_.dimensions);
      if (fits(inputShape(i), expected)) continue;
      inputProblem(
          i, "the " + operand.name + " of " + specification_.name + " has " + axesText(operand, expected));
    }
    const Shape expected = collapsedShape(specification_, specification_.output, layer_.dimensions);
    if (!fits(outputShape(), expected)) {
      outputProblem("the output of " + specification_.name + " has " +
                    axesText(specification_.output, expected));
    }
  }

  void computeMacs() {
    if (!specification_.macs) return;
    const auto macs = specification_.macs->evaluateWhole(lookup());
    if (const auto* error = std::get_if<ExpressionError>(&macs)) {
      problem("the number of multiply-accumulates: " + error->message);
    } else {
      layer_.macs = std::get<std::int64_t>(macs);
    }
  }

  const Network& network_;
  Layer& layer_;
  const OperatorSpecification& specification_;
  std::vector<LayerProblem> problems_;
};

}  // namespace

std::string shapeText(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + ']';
}

bool joinsTo(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& expected) {
  std::size_t next = 0;
  for (const std::int64_t extent : expected) {
    std::int64_t joined = 1;
    while (joined < extent && next < shape.size()) {
      if (__builtin_mul_overflow(joined, shape[next++], &joined)) return false;
    }
    if (joined != extent) return false;
  }
  return std::all_of(shape.begin() + static_cast<std::ptrdiff_t>(next), shape.end(),
                     [](std::int64_t extent) { return extent == 1; });
}

std::vector<LayerProblem> completeLayer(const Network& network, Layer& layer) {
  if (layer.foreign) {
    if (findOperator(layer.operatorName) != nullptr) {
      return {
          {inQuotes(layer.operatorName) + " is not foreign, it is in the table of operators", {}, {}, false}};
    }
    if (layer.dimensions.empty()) return {};
    const std::string& name = layer.dimensions.begin()->first;
    return {{"a foreign operator has no dimensions", name, {}, false}};
  }
  const OperatorSpecification* specification = findOperator(layer.operatorName);
  if (specification == nullptr) {
    return {
        {"unknown operator " + inQuotes(layer.operatorName) + didYouMean(layer.operatorName, operatorNames()),
         {},
         {},
         false}};
  }
  layer.operatorName = specification->name;
  return LayerCompletion(network, layer, *specification).run();
}

}  // namespace taktwerk
