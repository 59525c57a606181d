// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_file.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/base/document_reader.h"
#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/network/layer_rules.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Kind = YamlNode::Kind;
using Overrides = std::map<std::string, std::int64_t, std::less<>>;

constexpr std::int64_t widestElement = 1024;
constexpr std::size_t mostAxes = 16;

// Written out: a number is never taken by another meaning when one comes or goes.
constexpr std::string_view unknownParameter = "N0101";
constexpr std::string_view badParameter = "N0102";
constexpr std::string_view badTensor = "N0103";
constexpr std::string_view badRole = "N0105";
constexpr std::string_view badExtent = "N0106";
constexpr std::string_view badLayer = "N0107";
constexpr std::string_view duplicateLayer = "N0108";
constexpr std::string_view unknownTensor = "N0109";
constexpr std::string_view badOrder = "N0110";
constexpr std::string_view badOperand = "N0111";
constexpr std::string_view unusedTensor = "N0112";
constexpr std::string_view overflow = "N0113";

class NetworkReader {
 public:
  NetworkReader(const std::string& file, const Overrides& overrides)
      : reader_(file, 'N'), overrides_(overrides) {
    network_.file = file;
  }

  Result<Network> run(const YamlNode& root) {
    if (reader_.checkFormat(root, "taktwerk-network/1")) {
      reader_.checkKeys(root, {"format", "name", "description", "parameters", "tensors", "layers"},
                        "a network");
      if (const YamlNode* name = reader_.need(root, "name", Kind::Scalar, "a network"))
        network_.name = name->scalar;
      if (const YamlNode* text = reader_.find(root, "description", Kind::Scalar, "a network")) {
        network_.description = text->scalar;
      }
      readParameters(reader_.find(root, "parameters", Kind::Map, "a network"), root.position);
      if (const YamlNode* tensors = reader_.need(root, "tensors", Kind::Map, "a network"))
        readTensors(*tensors);
      if (const YamlNode* layers = reader_.need(root, "layers", Kind::Sequence, "a network"))
        readLayers(*layers);
      if (!reader_.failed()) checkUse();
      if (!reader_.failed()) checkTotals(root.position);
    }
    const bool failed = reader_.failed();
    Diagnostics diagnostics = reader_.finish();
    if (failed) return diagnostics;
    return {std::move(network_), std::move(diagnostics)};
  }

 private:
  void readParameters(const YamlNode* parameters, SourcePosition position) {
    if (parameters != nullptr) {
      for (const YamlNode::Entry& entry : parameters->entries) readParameter(entry);
    }
    std::vector<std::string> names;
    for (const auto& [name, value] : network_.parameters) names.push_back(name);
    for (const auto& [name, value] : overrides_) {
      if (network_.parameters.contains(name)) continue;
      reader_.error(parameters != nullptr ? parameters->position : position, unknownParameter,
                    "the network has no parameter " + inQuotes(name) + reader_.hint(name, names));
    }
  }

  void readParameter(const YamlNode::Entry& entry) {
    if (!isPlainName(entry.key)) {
      return reader_.error(entry.position, badParameter,
                           "a parameter's name must be a letter or underscore followed "
                           "by letters, digits and underscores, found " +
                               inQuotes(entry.key));
    }
    std::optional<std::int64_t> value, minimum, maximum;
    if (entry.value.isScalar()) {
      value = reader_.number(entry.value, entry.key);
    } else if (entry.value.isMap()) {
      reader_.checkKeys(entry.value, {"default", "minimum", "maximum", "description"}, "a parameter");
      if (const YamlNode* node = reader_.need(entry.value, "default", Kind::Scalar, "a parameter")) {
        value = reader_.number(*node, "default");
      }
      if (const YamlNode* node = entry.value.find("minimum")) minimum = reader_.number(*node, "minimum");
      if (const YamlNode* node = entry.value.find("maximum")) maximum = reader_.number(*node, "maximum");
    } else {
      reader_.error(entry.position, badParameter,
                    "a parameter is a number or a map with default, minimum and maximum");
    }
    if (const auto found = overrides_.find(entry.key); found != overrides_.end()) value = found->second;
    if (value && ((minimum && *value < *minimum) || (maximum && *value > *maximum))) {
      reader_.error(entry.position, badParameter,
                    entry.key + " is " + std::to_string(*value) + ", must be " +
                        (minimum ? "at least " + std::to_string(*minimum) : std::string{}) +
                        (minimum && maximum ? " and " : "") +
                        (maximum ? "at most " + std::to_string(*maximum) : std::string{}));
    }
    network_.parameters[entry.key] = value.value_or(1);
  }

  std::optional<std::int64_t> evaluate(const YamlNode& node, const std::string& what) {
    const std::optional<PlacedExpression> placed = reader_.expression(node, what);
    if (!placed) return std::nullopt;
    const auto value =
        placed->expression.evaluateWhole([&](std::string_view name) -> std::optional<Rational> {
          const auto found = network_.parameters.find(name);
          return found == network_.parameters.end() ? std::nullopt : std::optional<Rational>(found->second);
        });
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    const auto& error = std::get<ExpressionError>(value);
    std::string hint;
    if (error.message.starts_with("unknown name")) {
      std::vector<std::string> names;
      for (const auto& [name, parameter] : network_.parameters) names.push_back(name);
      for (const std::string& used : placed->expression.variables()) {
        if (!network_.parameters.contains(used)) hint = reader_.hint(used, names);
        if (!hint.empty()) break;
      }
      if (hint.empty()) hint = "; only the network's parameters can be used here";
    }
    reader_.error(placed->at(error.column), badExtent, what + ": " + error.message + hint);
    return std::nullopt;
  }

  void readTensors(const YamlNode& tensors) {
    for (const YamlNode::Entry& entry : tensors.entries) readTensor(entry);
  }

  void readTensor(const YamlNode::Entry& entry) {
    if (reader_.full()) return;
    const std::size_t before = reader_.problems();
    Tensor tensor;
    tensor.name = entry.key;
    tensor.position = entry.position;
    const std::string what = "tensor " + inQuotes(entry.key);
    if (!entry.value.isMap()) {
      reader_.error(entry.value.position, badTensor, what + " must be a map with shape, bits and role");
    } else {
      reader_.checkKeys(entry.value, {"shape", "bits", "role", "guessed"}, "a tensor");
      if (const YamlNode* shape = reader_.need(entry.value, "shape", Kind::Sequence, what))
        readShape(*shape, tensor);
      if (const YamlNode* bits = entry.value.find("bits")) {
        tensor.bits = evaluate(*bits, "bits").value_or(8);
        if (tensor.bits < 1 || tensor.bits > widestElement) {
          reader_.error(bits->position, badTensor,
                        "bits must be from 1 to " + std::to_string(widestElement) + ", is " +
                            std::to_string(tensor.bits),
                        tensor.name);
        }
      }
      if (const YamlNode* role = entry.value.find("role")) readRole(*role, tensor);
      tensor.guessed = flag(entry.value, "guessed", "a tensor", badTensor, tensor.name);
    }
    byName_.emplace(tensor.name, TensorId{static_cast<std::uint32_t>(network_.tensors.size())});
    network_.tensors.push_back(std::move(tensor));
    broken_.push_back(reader_.problems() > before);
  }

  void readShape(const YamlNode& node, Tensor& tensor) {
    if (node.items.size() > mostAxes) {
      reader_.error(node.position, badTensor,
                    "a tensor has at most " + std::to_string(mostAxes) + " axes, found " +
                        std::to_string(node.items.size()),
                    tensor.name);
      return;
    }
    std::optional<Rational> elements(1);
    for (const YamlNode& item : node.items) {
      const std::int64_t extent = evaluate(item, "the shape of " + inQuotes(tensor.name)).value_or(1);
      if (extent < 1) {
        reader_.error(item.position, badExtent, "an extent must be at least 1, is " + std::to_string(extent),
                      tensor.name);
      }
      tensor.shape.push_back(std::max<std::int64_t>(extent, 1));
      if (elements) elements = multiply(*elements, tensor.shape.back());
    }
    const std::optional<Rational> bits = elements ? multiply(*elements, widestElement) : std::nullopt;
    if (!bits) {
      reader_.error(node.position, overflow,
                    "tensor " + inQuotes(tensor.name) + " has more elements than 64 bits can count");
      tensor.shape.assign(1, 1);
    }
  }

  /// A key that is true or false, and false where it is not there. Nonsense counts as true.
  bool flag(const YamlNode& map, const std::string& key, const std::string& what, std::string_view code,
            const std::string& object) {
    const YamlNode* node = reader_.find(map, key, Kind::Scalar, what);
    if (node == nullptr || node->scalar == "false") return false;
    if (node->scalar != "true") {
      reader_.error(node->position, code, key + " is true or false, found " + inQuotes(node->scalar), object);
    }
    return true;
  }

  void readRole(const YamlNode& node, Tensor& tensor) {
    static const std::vector<std::pair<std::string, TensorRole>> roles{{"input", TensorRole::Input},
                                                                       {"activation", TensorRole::Activation},
                                                                       {"weight", TensorRole::Weight},
                                                                       {"constant", TensorRole::Constant},
                                                                       {"output", TensorRole::Output}};
    const std::optional<std::string> text = reader_.text(node, "role");
    if (!text) return;
    std::vector<std::string> names;
    for (const auto& [name, role] : roles) {
      if (name == *text) {
        tensor.role = role;
        return;
      }
      names.push_back(name);
    }
    std::string hint = reader_.hint(*text, names);
    reader_.error(node.position, badRole,
                  "unknown role " + inQuotes(*text) +
                      (hint.empty() ? "; roles are input, activation, weight, constant, output" : hint),
                  tensor.name);
  }

  void readLayers(const YamlNode& layers) {
    if (layers.items.empty()) reader_.error(layers.position, badLayer, "a network has at least one layer");
    written_.assign(network_.tensors.size(), LayerId{});
    used_.assign(network_.tensors.size(), false);
    complained_.assign(network_.tensors.size(), false);
    for (const YamlNode& node : layers.items) readLayer(node);
  }

  void readLayer(const YamlNode& node) {
    if (reader_.full()) return;
    if (!node.isMap()) {
      return reader_.error(node.position, badLayer,
                           "a layer is a map with name, operator, dimensions, inputs and output");
    }
    const std::size_t before = reader_.problems();
    reader_.checkKeys(node, {"name", "operator", "foreign", "dimensions", "inputs", "output"}, "a layer");
    Layer layer;
    layer.id = LayerId{static_cast<std::uint32_t>(network_.layers.size())};
    layer.position = node.position;
    if (const YamlNode* name = reader_.need(node, "name", Kind::Scalar, "a layer")) {
      layer.name = name->scalar;
      if (!layerNames_.emplace(layer.name, layer.id).second) {
        reader_.error(name->position, duplicateLayer, "there are two layers named " + inQuotes(layer.name),
                      layer.name);
      }
    }
    const YamlNode* operatorNode = reader_.need(node, "operator", Kind::Scalar, "a layer");
    if (operatorNode != nullptr) layer.operatorName = operatorNode->scalar;
    layer.foreign = flag(node, "foreign", "a layer", badLayer, layer.name);
    const bool known = layer.foreign || findOperator(layer.operatorName) != nullptr;
    if (operatorNode != nullptr && !known) {
      reader_.error(
          operatorNode->position, badLayer,
          "unknown operator " + inQuotes(layer.operatorName) + unknownOperatorHint(layer.operatorName),
          layer.name);
    }
    const YamlNode* dimensions = reader_.find(node, "dimensions", Kind::Map, "a layer");
    if (dimensions != nullptr) {
      for (const YamlNode::Entry& entry : dimensions->entries) {
        const auto value = evaluate(entry.value, "dimension " + entry.key);
        if (value) layer.dimensions[entry.key] = *value;
      }
    }
    const YamlNode* inputs = reader_.need(node, "inputs", Kind::Sequence, "a layer");
    if (inputs != nullptr) {
      for (const YamlNode& item : inputs->items) {
        if (const auto id = tensorNamed(item, layer.name)) {
          readFrom(*id, item, layer);
          layer.inputs.push_back(*id);
        }
      }
    }
    const YamlNode* output = reader_.need(node, "output", Kind::Scalar, "a layer");
    if (output != nullptr) {
      if (const auto id = tensorNamed(*output, layer.name)) {
        writeTo(*id, *output, layer);
        layer.output = *id;
      }
    }
    const auto isBroken = [this](TensorId id) { return id.valid() && broken_[id.index()]; };
    const bool broken =
        isBroken(layer.output) || std::any_of(layer.inputs.begin(), layer.inputs.end(), isBroken);
    if (known && !broken && reader_.problems() == before) {
      for (const LayerProblem& problem : completeLayer(network_, layer))
        place(problem, node, dimensions, inputs, output, layer.name);
    }
    network_.layers.push_back(std::move(layer));
  }

  std::string unknownOperatorHint(const std::string& name) const {
    const std::string near = reader_.hint(name, operatorNames());
    return near.empty() ? "; a layer without a mapping that only keeps its place says foreign: true" : near;
  }

  void place(const LayerProblem& problem, const YamlNode& node, const YamlNode* dimensions,
             const YamlNode* inputs, const YamlNode* output, const std::string& layer) {
    SourcePosition position = dimensions != nullptr ? dimensions->position : node.position;
    if (!problem.dimension.empty() && dimensions != nullptr) {
      for (const YamlNode::Entry& entry : dimensions->entries) {
        if (entry.key == problem.dimension) position = entry.position;
      }
    }
    if (problem.input && *problem.input < inputs->items.size())
      position = inputs->items[*problem.input].position;
    if (problem.output) position = output->position;
    reader_.error(position, badOperand, problem.message, layer);
  }

  std::optional<TensorId> tensorNamed(const YamlNode& node, const std::string& layer) {
    const std::optional<std::string> name = reader_.text(node, "a tensor's name");
    if (!name) return std::nullopt;
    const auto found = byName_.find(*name);
    if (found != byName_.end()) return found->second;
    std::vector<std::string> names;
    for (const Tensor& tensor : network_.tensors) names.push_back(tensor.name);
    reader_.error(node.position, unknownTensor,
                  "unknown tensor " + inQuotes(*name) + reader_.hint(*name, names), layer);
    return std::nullopt;
  }

  void readFrom(TensorId id, const YamlNode& node, const Layer& layer) {
    used_[id.index()] = true;
    const Tensor& tensor = network_.tensor(id);
    const bool produced = tensor.role == TensorRole::Activation || tensor.role == TensorRole::Output;
    if (!produced || written_[id.index()].valid() || complained_[id.index()]) return;
    reader_.error(node.position, badOrder,
                  "layer " + inQuotes(layer.name) + " reads " + inQuotes(tensor.name) +
                      ", which no layer before it writes; list layers in an order of "
                      "execution, or give the tensor the role input, weight or constant",
                  layer.name);
    complained_[id.index()] = true;
  }

  void writeTo(TensorId id, const YamlNode& node, const Layer& layer) {
    used_[id.index()] = true;
    const Tensor& tensor = network_.tensor(id);
    if (tensor.role != TensorRole::Activation && tensor.role != TensorRole::Output) {
      reader_.error(node.position, badOrder,
                    "layer " + inQuotes(layer.name) + " writes " + inQuotes(tensor.name) +
                        ", which is an input, weight or constant",
                    layer.name);
    } else if (written_[id.index()].valid()) {
      reader_.error(node.position, badOrder,
                    "tensor " + inQuotes(tensor.name) + " is already written by layer " +
                        inQuotes(network_.layers[written_[id.index()].index()].name),
                    layer.name);
    } else {
      written_[id.index()] = layer.id;
    }
  }

  void checkUse() {
    for (std::size_t i = 0; i < network_.tensors.size(); ++i) {
      const Tensor& tensor = network_.tensors[i];
      if (tensor.role == TensorRole::Output && !written_[i].valid()) {
        reader_.error(tensor.position, badOrder, "no layer writes the output " + inQuotes(tensor.name),
                      tensor.name);
      } else if (!used_[i]) {
        reader_.warning(tensor.position, unusedTensor, "no layer uses the tensor " + inQuotes(tensor.name),
                        tensor.name);
      }
    }
  }

  void checkTotals(SourcePosition position) {
    std::optional<Rational> macs(0), elements(0);
    for (const Layer& layer : network_.layers) {
      if (macs) macs = add(*macs, layer.macs);
    }
    for (const Tensor& tensor : network_.tensors) {
      if (elements) elements = add(*elements, tensor.elements());
    }
    if (!macs || !elements) {
      reader_.error(position, overflow,
                    "the network has more multiply-accumulates or elements than 64 bits can count");
    }
  }

  DocumentReader reader_;
  const Overrides& overrides_;
  Network network_;
  std::unordered_map<std::string, TensorId> byName_;
  std::unordered_map<std::string, LayerId> layerNames_;
  std::vector<LayerId> written_;
  std::vector<bool> used_;
  std::vector<bool> complained_;  ///< read before they are written: said once
  std::vector<bool>
      broken_;  ///< tensors with problems of their own: their layers are not checked against them
};

}  // namespace

Result<Network> parseNetwork(std::string_view text, const std::string& file, const Overrides& overrides) {
  Result<YamlNode> document = parseYaml(text, file);
  if (!document) return std::move(document.diagnostics);
  return NetworkReader(file, overrides).run(*document);
}

Result<Network> readNetwork(const std::filesystem::path& path, const Overrides& overrides) {
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  return parseNetwork(*text, path.string(), overrides);
}

std::map<std::string, ParameterRange> parameterRanges(std::string_view text) {
  std::map<std::string, ParameterRange> ranges;
  const Result<YamlNode> document = parseYaml(text, {});
  const YamlNode* parameters = document ? document->find("parameters") : nullptr;
  if (parameters == nullptr) return ranges;
  for (const YamlNode::Entry& entry : parameters->entries) {
    ParameterRange& range = ranges[entry.key];
    if (const YamlNode* node = entry.value.find("minimum")) range.minimum = wholeNumber(node->scalar);
    if (const YamlNode* node = entry.value.find("maximum")) range.maximum = wholeNumber(node->scalar);
  }
  return ranges;
}

}  // namespace taktwerk
