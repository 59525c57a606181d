// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/scalesim_topology.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/import/network_builder.h"
#include "core/import/scalesim_columns.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

using Column = ScaleSimColumn;

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
    auto headings = readScaleSimHeadings(*heading);
    if (const auto* problem = std::get_if<ScaleSimHeadingProblem>(&headings)) {
      builder_.error(problem->message, {}, heading->position(problem->cell), "I0011");
      return builder_.finish();
    }
    headings_ = std::get<ScaleSimHeadings>(headings);
    builder_.network().description = headings_.products
                                         ? "Imported from a SCALE-Sim topology of matrix products."
                                         : "Imported from a SCALE-Sim topology of convolutions.";
    while (const std::optional<TableLine> line = lines.next()) {
      if (builder_.full()) break;
      if (builder_.network().layers.size() >= mostLayers) {
        builder_.error("more than " + std::to_string(mostLayers) + " layers", {}, line->position(0));
        break;
      }
      if (isSeparator(*line)) continue;
      headings_.products ? readProduct(*line) : readConvolution(*line);
    }
    return builder_.finish();
  }

 private:
  static constexpr std::size_t mostLayers = 100'000;

  /// A line without figures, which SCALE-Sim skips: the name of a group, or a note behind "#".
  [[nodiscard]] static bool isSeparator(const TableLine& line) {
    return line.cells.front().starts_with('#') || std::all_of(line.cells.begin() + 1, line.cells.end(),
                                                              [](const std::string& c) { return c.empty(); });
  }

  /// The value of a column that must be there, at least 1; a problem and nothing when it is wrong.
  std::optional<std::int64_t> number(const TableLine& line, Column column) {
    return numberAt(line, *headings_.of(column), headingOf(column));
  }

  std::optional<std::int64_t> numberAt(const TableLine& line, std::size_t cell, const char* name) {
    if (cell >= line.cells.size()) {
      builder_.error("this layer has " + std::to_string(line.cells.size()) + " of " +
                         std::to_string(headings_.count) + " columns: there is no " + name,
                     {}, line.position(0));
      return std::nullopt;
    }
    const auto value = wholeNumber(line.cells[cell]);
    if (value && *value >= 1) return value;
    builder_.error(
        std::string(name) + " must be a whole number of at least 1" +
            (value ? ", is " + std::to_string(*value) : ": " + whyNotWholeNumber(line.cells[cell])),
        {}, line.position(cell));
    return std::nullopt;
  }

  /// The values of columns in their order, or nothing when one is wrong.
  std::optional<std::vector<std::int64_t>> numbers(const TableLine& line,
                                                   std::initializer_list<Column> columns) {
    std::vector<std::int64_t> values;
    for (const Column column : columns) {
      const auto value = number(line, column);
      if (!value) return std::nullopt;
      values.push_back(*value);
    }
    return values;
  }

  /// The batch of a layer: the import's, and as often what the table says itself.
  std::optional<std::int64_t> batchOf(const TableLine& line) {
    const auto place = headings_.of(Column::Batch);
    if (!place || *place >= line.cells.size() || line.cells[*place].empty()) return batch_;
    const auto own = number(line, Column::Batch);
    std::int64_t batch = 0;
    if (!own) return std::nullopt;
    if (!__builtin_mul_overflow(*own, batch_, &batch)) return batch;
    builder_.error("Batch Size is too large", {}, line.position(*place));
    return std::nullopt;
  }

  void warnOfSparsity(const TableLine& line, const std::string& layer) {
    const auto place = headings_.of(Column::Sparsity);
    if (!place || *place >= line.cells.size() || line.cells[*place].empty()) return;
    const std::string& text = line.cells[*place];
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos && text.substr(0, colon) == text.substr(colon + 1))
      return;  // "1:1" is dense
    builder_.warning("the sparsity " + inQuotes(text) + " is left out; the layer is taken as dense", layer,
                     line.position(*place));
  }

  void warnOfUnnamed(const TableLine& line, std::size_t first, const std::string& layer) {
    for (std::size_t cell = first; cell < line.cells.size(); ++cell) {
      if (line.cells[cell].empty()) continue;
      builder_.warning(inQuotes(line.cells[cell]) + " stands in a column without a heading and is left out",
                       layer, line.position(cell));
      return;
    }
  }

  void readProduct(const TableLine& line) {
    const auto n = numbers(line, {Column::M, Column::N, Column::K});
    const auto batch = n ? batchOf(line) : std::nullopt;
    if (!batch) return;
    Layer layer = begin(line, "matmul");
    warnOfSparsity(line, layer.name);
    warnOfUnnamed(line, headings_.count, layer.name);
    const std::int64_t rows = (*n)[0], columns = (*n)[1], depth = (*n)[2];
    layer.dimensions = {{"B", *batch}, {"M", rows}, {"N", columns}, {"K", depth}};
    finish(std::move(layer), {*batch, rows, depth}, {*batch, depth, columns}, {*batch, rows, columns});
  }

  /// Zeros that the last window needs behind an extent: SCALE-Sim rounds the number of outputs up.
  static std::optional<std::int64_t> overhang(std::int64_t extent, std::int64_t window, std::int64_t stride) {
    if (window > extent) return std::nullopt;
    const std::int64_t rest = (extent - window) % stride;
    return rest == 0 ? 0 : stride - rest;
  }

  /// The stride to the right: of a column of its own, or of one without heading right behind Strides, where
  /// SCALE-Sim takes it from; else the same as downwards.
  std::optional<std::int64_t> strideWidth(const TableLine& line, std::int64_t down, std::size_t& named) {
    if (headings_.of(Column::StrideWidth)) return number(line, Column::StrideWidth);
    const std::size_t behind = *headings_.of(Column::Stride) + 1;
    if (behind != headings_.count || behind >= line.cells.size() || !wholeNumber(line.cells[behind]))
      return down;
    named = behind + 1;
    return numberAt(line, behind, headingOf(Column::StrideWidth));
  }

  void readConvolution(const TableLine& line) {
    const auto n = numbers(line, {Column::IfmapHeight, Column::IfmapWidth, Column::FilterHeight,
                                  Column::FilterWidth, Column::Channels, Column::Filters, Column::Stride});
    if (!n) return;
    const std::int64_t h = (*n)[0], w = (*n)[1], r = (*n)[2], s = (*n)[3], c = (*n)[4], down = (*n)[6];
    std::size_t named = headings_.count;
    const auto stride = strideWidth(line, down, named);
    const auto batch = stride ? batchOf(line) : std::nullopt;
    if (!batch) return;
    const std::int64_t right = *stride;
    Layer layer = begin(line, "conv2d");
    warnOfSparsity(line, layer.name);
    warnOfUnnamed(line, named, layer.name);
    // SCALE-Sim runs a layer with DP in its name once for each channel, with all filters on that one.
    const bool depthwise = layer.name.find("DP") != std::string::npos;
    std::int64_t k = (*n)[5];
    if (depthwise && __builtin_mul_overflow(k, c, &k)) {
      builder_.error("Num Filter is too large", layer.name, line.position(*headings_.of(Column::Filters)));
      return;
    }
    const auto below = overhang(h, r, down), behind = overhang(w, s, right);
    if (!below || !behind) {
      builder_.error("layer " + inQuotes(layer.name) + ": the filter of " + std::to_string(r) + " by " +
                         std::to_string(s) + " is larger than the input of " + std::to_string(h) + " by " +
                         std::to_string(w) + ", and SCALE-Sim pads nothing",
                     layer.name,
                     line.position(*headings_.of(below ? Column::FilterWidth : Column::FilterHeight)));
      return;
    }
    layer.dimensions = {{"N", *batch}, {"C", c}, {"K", k}, {"H", h}, {"W", w}, {"R", r}, {"S", s}};
    if (down == right) {
      layer.dimensions["stride"] = down;
    } else {
      layer.dimensions["stride_h"] = down;
      layer.dimensions["stride_w"] = right;
    }
    layer.dimensions["padding_bottom"] = *below;
    layer.dimensions["padding_right"] = *behind;
    const std::int64_t p = (h - r) / down + 1 + (*below > 0), q = (w - s) / right + 1 + (*behind > 0);
    if (depthwise) layer.dimensions["groups"] = c;
    finish(std::move(layer), {*batch, c, h, w}, {k, depthwise ? 1 : c, r, s}, {*batch, k, p, q});
  }

  Layer begin(const TableLine& line, const std::string& operatorName) {
    Layer layer;
    const auto name = headings_.of(Column::Name);
    layer.name = builder_.layerName(name && *name < line.cells.size() ? line.cells[*name] : std::string(),
                                    operatorName);
    layer.operatorName = operatorName;
    layer.position = line.position(0);
    return layer;
  }

  void finish(Layer layer, const std::vector<std::int64_t>& input, const std::vector<std::int64_t>& weight,
              const std::vector<std::int64_t>& output) {
    if (!elementsOf(input) || !elementsOf(weight) || !elementsOf(output)) {
      builder_.error("layer " + inQuotes(layer.name) + " has more elements than 64 bits can count",
                     layer.name, layer.position);
      return;
    }
    layer.inputs = {builder_.addTensor(layer.name + ".input", input, bits_, TensorRole::Input),
                    builder_.addTensor(layer.name + ".weight", weight, bits_, TensorRole::Weight)};
    layer.output = builder_.addTensor(layer.name + ".out", output, bits_, TensorRole::Output);
    builder_.addLayer(std::move(layer));
  }

  NetworkBuilder builder_;
  std::int64_t bits_, batch_;
  ScaleSimHeadings headings_;
};

}  // namespace

Result<Network> parseScaleSimTopology(std::string_view text, const std::string& file,
                                      const ImportOptions& options) {
  return TopologyReader(file, options).run(text);
}

}  // namespace taktwerk
