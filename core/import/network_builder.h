// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/problems.h"
#include "core/network/network.h"

namespace taktwerk {

/// Builds a network layer by layer for an importer: names are made legible and unique, shapes and totals are
/// checked for overflow, layers are completed by the table of operators. Problems name the layer.
class NetworkBuilder {
 public:
  using Shape = std::vector<std::int64_t>;
  static constexpr std::size_t mostProblems = 50;  ///< of either severity
  static constexpr std::size_t mostAxes = 16;

  explicit NetworkBuilder(const std::string& file)
      : problems_(file, {ProblemLimits::none, mostProblems, mostProblems}) {
    network_.file = file;
  }

  /// `name` if it is short and printable, else one made of `fallback` and a number; never one that is taken.
  [[nodiscard]] std::string layerName(std::string_view name, std::string_view fallback);

  /// An invalid id, and a problem, if the shape is not one: extents below 1, too many axes or elements.
  TensorId addTensor(std::string_view name, const Shape& shape, std::int64_t bits, TensorRole role,
                     bool guessed = false);

  /// What a layer still lacks is deduced; problems are reported. `layer.name` comes from `layerName`.
  bool addLayer(Layer layer);

  void error(std::string message, const std::string& object = {}, SourcePosition position = {1, 1},
             const char* code = "I0001");
  void warning(std::string message, const std::string& object = {}, SourcePosition position = {1, 1},
               const char* code = "I0002");
  [[nodiscard]] bool failed() const { return problems_.hasErrors(); }
  /// So many problems that the rest of the file is not worth a look.
  [[nodiscard]] bool full() const { return problems_.count(Severity::Error) >= mostProblems; }

  [[nodiscard]] Network& network() { return network_; }
  [[nodiscard]] const Network& network() const { return network_; }
  /// The network, checked as a whole, or the problems.
  [[nodiscard]] Result<Network> finish();

 private:
  [[nodiscard]] std::string unique(std::string name, std::unordered_map<std::string, int>& taken);

  Network network_;
  Problems problems_;
  std::unordered_map<std::string, int> layerNames_, tensorNames_, fallbacks_;
};

/// The number of elements where it, and its bits, fit 64 bits; nothing for extents below 1.
[[nodiscard]] std::optional<std::int64_t> elementsOf(const std::vector<std::int64_t>& shape);

/// Whether people can read and type this as a name: short, printable UTF-8 without separators of lists.
[[nodiscard]] bool isLegibleName(std::string_view name);

}  // namespace taktwerk
