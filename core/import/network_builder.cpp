// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/network_builder.h"

#include <algorithm>
#include <utility>

#include "core/base/quotes.h"
#include "core/base/yaml.h"
#include "core/network/layer_rules.h"

namespace taktwerk {

namespace {

constexpr std::size_t longestName = 64;
constexpr std::size_t longestMessage = 600;
constexpr std::int64_t widestElement = 1024;

/// Hostile files have lists of millions of numbers.
std::string bounded(std::string message) {
  if (message.size() <= longestMessage) return message;
  return message.substr(0, longestMessage) + " …";
}

}  // namespace

std::optional<std::int64_t> elementsOf(const std::vector<std::int64_t>& shape) {
  std::int64_t elements = 1;
  for (const std::int64_t extent : shape) {
    if (extent < 1 || __builtin_mul_overflow(elements, extent, &elements)) return std::nullopt;
  }
  std::int64_t bits = 0;
  if (__builtin_mul_overflow(elements, widestElement, &bits)) return std::nullopt;
  return elements;
}

bool isLegibleName(std::string_view name) {
  if (name.empty() || name.size() > longestName || name.find(';') != std::string_view::npos) return false;
  const bool printable = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
  if (!printable) return false;
  const bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return (c & 0x80) == 0; });
  return ascii || static_cast<bool>(parseYaml('"' + std::string(name) + '"', {}));  // valid UTF-8
}

std::string NetworkBuilder::unique(std::string name, std::unordered_map<std::string, int>& taken) {
  auto [entry, free] = taken.try_emplace(name, 1);
  while (!free) {
    std::string next = name + '_' + std::to_string(++entry->second);
    if (taken.try_emplace(next, 1).second) return next;
  }
  return name;
}

std::string NetworkBuilder::layerName(std::string_view name, std::string_view fallback) {
  while (!name.empty() && name.front() == '/') name.remove_prefix(1);
  if (isLegibleName(name)) return unique(std::string(name), layerNames_);
  std::string stem = isLegibleName(fallback) ? std::string(fallback) : std::string("layer");
  return unique(stem + '_' + std::to_string(++fallbacks_[stem]), layerNames_);
}

TensorId NetworkBuilder::addTensor(std::string_view name, const Shape& shape, std::int64_t bits,
                                   TensorRole role, bool guessed) {
  const std::string known = isLegibleName(name) ? std::string(name) : std::string("tensor");
  if (shape.size() > mostAxes) {
    error("tensor " + inQuotes(name) + " has " + std::to_string(shape.size()) + " axes, at most " +
          std::to_string(mostAxes) + " are possible");
    return {};
  }
  if (!elementsOf(shape)) {
    error("tensor " + inQuotes(name) + " has the shape " + shapeText(shape) +
          "; extents must be at least 1 and all elements together must fit 64 bits");
    return {};
  }
  Tensor tensor;
  tensor.name = unique(known, tensorNames_);
  tensor.shape = shape;
  tensor.bits = bits;
  tensor.role = role;
  tensor.guessed = guessed;
  tensor.position = {1, 1};
  network_.tensors.push_back(std::move(tensor));
  return TensorId{static_cast<std::uint32_t>(network_.tensors.size() - 1)};
}

bool NetworkBuilder::addLayer(Layer layer) {
  const bool bad = !layer.output.valid() || std::any_of(layer.inputs.begin(), layer.inputs.end(),
                                                        [](TensorId id) { return !id.valid(); });
  if (bad) return false;  // said when the tensor was refused
  layer.id = LayerId{static_cast<std::uint32_t>(network_.layers.size())};
  if (layer.position.line == 0) layer.position = {1, 1};
  const std::vector<LayerProblem> problems = completeLayer(network_, layer);
  for (const LayerProblem& problem : problems) {
    error("layer " + inQuotes(layer.name) + ": " + problem.message, layer.name, layer.position);
  }
  network_.layers.push_back(std::move(layer));
  return problems.empty();
}

void NetworkBuilder::error(std::string message, const std::string& object, SourcePosition position,
                           const char* code) {
  problems_.error(position, code, bounded(std::move(message)), object);
}

void NetworkBuilder::warning(std::string message, const std::string& object, SourcePosition position,
                             const char* code) {
  problems_.warning(position, code, bounded(std::move(message)), object);
}

Result<Network> NetworkBuilder::finish() {
  std::int64_t macs = 0, elements = 0;
  for (const Layer& layer : network_.layers) {
    if (!__builtin_add_overflow(macs, layer.macs, &macs)) continue;
    error("with the layer " + inQuotes(layer.name) +
              " the network has more multiply-accumulates than 64 bits can count",
          layer.name, layer.position);
    break;
  }
  for (const Tensor& tensor : network_.tensors) {
    if (!__builtin_add_overflow(elements, tensor.elements(), &elements)) continue;
    error("with the tensor " + inQuotes(tensor.name) +
          " the network has more elements than 64 bits can count");
    break;
  }
  if (network_.layers.empty() && !failed()) error("there is no layer in it");
  const bool bad = failed();
  const std::size_t warnings = problems_.count(Severity::Warning);
  Diagnostics diagnostics = std::move(problems_).takeAsFound();
  if (warnings > mostProblems) {
    diagnostics.push_back({Severity::Warning,
                           network_.file,
                           {1, 1},
                           "I0000",
                           std::to_string(warnings - mostProblems) + " more warnings are not shown",
                           {}});
  }
  if (bad) return diagnostics;
  return {std::move(network_), std::move(diagnostics)};
}

}  // namespace taktwerk
