// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/id.h"

namespace taktwerk {

using TensorId = Id<struct TensorTag>;
using LayerId = Id<struct LayerTag>;

enum class TensorRole : std::uint8_t { Input, Activation, Weight, Constant, Output };

/// A tensor: row-major shape, outermost dimension first.
struct Tensor {
  std::string name;
  std::vector<std::int64_t> shape;
  std::int64_t bits = 8;  ///< of one element
  TensorRole role = TensorRole::Activation;
  SourcePosition position;
  /// Nothing says that the shape is this one: an importer had to take it from somewhere, or it follows from
  /// one that was. What is computed with it is no full answer.
  bool guessed = false;
  [[nodiscard]] std::int64_t elements() const;
};

/// One operator applied to tensors. Dimensions are in the field's letters as the operator table
/// (operators.h) defines them, defaults filled in: conv2d has N C K P Q R S stride padding dilation groups …
struct Layer {
  LayerId id;
  std::string name;
  std::string operatorName;
  std::map<std::string, std::int64_t, std::less<>> dimensions;
  std::vector<TensorId> inputs;
  TensorId output;
  SourcePosition position;
  std::int64_t macs = 0;  ///< multiply-accumulates, padding taps included; 0 for other operators
  /// An operator that the table does not have, by the name another format gives it: no dimensions, no rules,
  /// no mapping. It keeps its place between its tensors, so that what is missing in a total can be named.
  bool foreign = false;
};

/// A deep neural network with its parameters' values put in. Layers are in an order of execution.
struct Network {
  std::string name;
  std::string file;
  std::string description;
  std::map<std::string, std::int64_t, std::less<>> parameters;
  std::vector<Tensor> tensors;
  std::vector<Layer> layers;
  [[nodiscard]] const Tensor& tensor(TensorId id) const { return tensors[id.index()]; }
  [[nodiscard]] const Layer& layer(LayerId id) const { return layers[id.index()]; }
  /// The layer of a name, or none.
  [[nodiscard]] LayerId find(std::string_view layer) const;
  /// Whether the size of any of a layer's tensors is a guess.
  [[nodiscard]] bool sizeGuessed(const Layer& layer) const;
  [[nodiscard]] std::int64_t macs() const;
  [[nodiscard]] std::int64_t weights() const;  ///< elements of weight tensors
};

}  // namespace taktwerk
