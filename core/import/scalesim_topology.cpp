// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/scalesim_topology.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/whole_number.h"
#include "core/import/network_builder.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

constexpr std::size_t convolutionColumns = 8, gemmColumns = 4;

class TopologyReader {
 public:
  TopologyReader(const std::string& file, const ImportOptions& options)
      : builder_(file), bits_(options.bits.value_or(8)), batch_(options.batch.value_or(1)) {
    const std::size_t slash = file.find_last_of("/\\");
    Network& network = builder_.network();
    network.name = slash == std::string::npos ? file : file.substr(slash + 1);
    if (network.name.ends_with(".csv")) network.name.resize(network.name.size() - 4);
    if (!isLegibleName(network.name)) network.name = "topology";
    network.parameters["batch"] = batch_;
  }

  Result<Network> run(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    TableLines lines(text);
    std::optional<TableLine> heading = lines.next();
    if (!heading) {
      builder_.error("the file is empty; a topology has a line of headings and one line a layer");
      return builder_.finish();
    }
    if (!readHeading(*heading)) return builder_.finish();
    builder_.network().description = gemm_ ? "Imported from a SCALE-Sim topology of matrix products."
                                           : "Imported from a SCALE-Sim topology of convolutions.";
    while (const std::optional<TableLine> line = lines.next()) {
      if (builder_.full()) break;
      if (builder_.network().layers.size() >= mostLayers) {
        builder_.error("more than " + std::to_string(mostLayers) + " layers", {}, line->position(0));
        break;
      }
      gemm_ ? readProduct(*line) : readConvolution(*line);
    }
    return builder_.finish();
  }

 private:
  static constexpr std::size_t mostLayers = 100'000;

  bool readHeading(const TableLine& line) {
    gemm_ = line.cells.size() < convolutionColumns;
    if (line.cells.size() < gemmColumns) {
      builder_.error(
          "a topology has the columns Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, "
          "Channels, Num Filter, Strides, or Layer, M, N, K; found " +
              std::to_string(line.cells.size()) + (line.cells.size() == 1 ? " column" : " columns"),
          {}, line.position(0));
      return false;
    }
    if (gemm_ && line.cells.size() > gemmColumns) {
      // A fifth column of the GEMM form is the sparsity.
      if (line.cells.size() > gemmColumns + 1) {
        builder_.error("found " + std::to_string(line.cells.size()) +
                           " columns; the convolution form has eight, the GEMM form four",
                       {}, line.position(0));
        return false;
      }
    }
    if (!line.cells[1].empty() && wholeNumber(line.cells[1])) {
      builder_.error("the first line holds the headings of the columns, found a layer", {}, line.position(1));
      return false;
    }
    return true;
  }

  /// The cells 1 … count as numbers of at least 1, or nothing when one is wrong.
  std::optional<std::vector<std::int64_t>> numbers(const TableLine& line, std::size_t count) {
    static const std::vector<std::string> convolution{"IFMAP Height", "IFMAP Width", "Filter Height",
                                                      "Filter Width", "Channels",    "Num Filter",
                                                      "Strides",      "Stride width"};
    static const std::vector<std::string> product{"M", "N", "K"};
    const std::vector<std::string>& names = gemm_ ? product : convolution;
    if (line.cells.size() < count + 1) {
      builder_.error("this layer has " + std::to_string(line.cells.size()) + " of " +
                         std::to_string(count + 1) + " columns",
                     {}, line.position(0));
      return std::nullopt;
    }
    std::vector<std::int64_t> values;
    for (std::size_t i = 1; i <= count; ++i) {
      const auto value = wholeNumber(line.cells[i]);
      if (!value || *value < 1) {
        builder_.error(
            names[i - 1] + " must be a whole number of at least 1" +
                (value ? ", is " + std::to_string(*value) : ": " + whyNotWholeNumber(line.cells[i])),
            {}, line.position(i));
        return std::nullopt;
      }
      values.push_back(*value);
    }
    return values;
  }

  void warnOfSparsity(const TableLine& line, std::size_t column, const std::string& layer) {
    if (line.cells.size() <= column || line.cells[column].empty()) return;
    const std::string& text = line.cells[column];
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos && text.substr(0, colon) == text.substr(colon + 1))
      return;  // "1:1" is dense
    builder_.warning("the sparsity " + inQuotes(text) + " is left out; the layer is taken as dense", layer,
                     line.position(column));
  }

  void readProduct(const TableLine& line) {
    const auto n = numbers(line, 3);
    if (!n) return;
    Layer layer = begin(line, "matmul");
    warnOfSparsity(line, gemmColumns, layer.name);
    const std::int64_t rows = (*n)[0], columns = (*n)[1], depth = (*n)[2];
    layer.dimensions = {{"B", batch_}, {"M", rows}, {"N", columns}, {"K", depth}};
    finish(std::move(layer), {batch_, rows, depth}, {batch_, depth, columns}, {batch_, rows, columns});
  }

  /// Zeros that the last window needs behind an extent: SCALE-Sim rounds the number of outputs up.
  static std::optional<std::int64_t> overhang(std::int64_t extent, std::int64_t window, std::int64_t stride) {
    if (window > extent) return std::nullopt;
    const std::int64_t rest = (extent - window) % stride;
    return rest == 0 ? 0 : stride - rest;
  }

  void readConvolution(const TableLine& line) {
    const bool two = line.cells.size() > convolutionColumns && wholeNumber(line.cells[convolutionColumns]);
    const auto n = numbers(line, two ? 8 : 7);
    if (!n) return;
    Layer layer = begin(line, "conv2d");
    if (!two) warnOfSparsity(line, convolutionColumns, layer.name);
    const std::int64_t h = (*n)[0], w = (*n)[1], r = (*n)[2], s = (*n)[3], c = (*n)[4], k = (*n)[5];
    const std::int64_t down = (*n)[6], right = two ? (*n)[7] : down;
    const auto below = overhang(h, r, down), behind = overhang(w, s, right);
    if (!below || !behind) {
      builder_.error("layer " + inQuotes(layer.name) + ": the filter of " + std::to_string(r) + " by " +
                         std::to_string(s) + " is larger than the input of " + std::to_string(h) + " by " +
                         std::to_string(w) + ", and SCALE-Sim pads nothing",
                     layer.name, line.position(below ? 4 : 3));
      return;
    }
    layer.dimensions = {{"N", batch_}, {"C", c}, {"K", k}, {"H", h}, {"W", w}, {"R", r}, {"S", s}};
    if (down == right) {
      layer.dimensions["stride"] = down;
    } else {
      layer.dimensions["stride_h"] = down;
      layer.dimensions["stride_w"] = right;
    }
    layer.dimensions["padding_bottom"] = *below;
    layer.dimensions["padding_right"] = *behind;
    const std::int64_t p = (h - r) / down + 1 + (*below > 0), q = (w - s) / right + 1 + (*behind > 0);
    finish(std::move(layer), {batch_, c, h, w}, {k, c, r, s}, {batch_, k, p, q});
  }

  Layer begin(const TableLine& line, const std::string& operatorName) {
    Layer layer;
    layer.name = builder_.layerName(line.cells[0], operatorName);
    layer.operatorName = operatorName;
    layer.position = line.position(0);
    return layer;
  }

  void finish(Layer layer, const std::vector<std::int64_t>& input, const std::vector<std::int64_t>& weight,
              const std::vector<std::int64_t>& output) {
    layer.inputs = {builder_.addTensor(layer.name + ".input", input, bits_, TensorRole::Input),
                    builder_.addTensor(layer.name + ".weight", weight, bits_, TensorRole::Weight)};
    layer.output = builder_.addTensor(layer.name + ".out", output, bits_, TensorRole::Output);
    builder_.addLayer(std::move(layer));
  }

  NetworkBuilder builder_;
  std::int64_t bits_, batch_;
  bool gemm_ = false;
};

}  // namespace

Result<Network> parseScaleSimTopology(std::string_view text, const std::string& file,
                                      const ImportOptions& options) {
  return TopologyReader(file, options).run(text);
}

}  // namespace taktwerk
