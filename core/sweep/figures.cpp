// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace taktwerk {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double utilisationOf(const NetworkEstimate& estimate) {
  double busy = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    busy += layer.utilisation * static_cast<double>(layer.cycles);
  }
  return estimate.cycles == 0 ? 0 : busy / static_cast<double>(estimate.cycles);
}

double bytesOf(const NetworkEstimate& estimate, MemoryId id, const Traffic& traffic) {
  const double bits = estimate.machine->memories[id.index()].dataWidth;
  return static_cast<double>(traffic.wordsRead + traffic.wordsWritten) * bits / 8;
}

bool trafficCounted(const NetworkEstimate& estimate) {
  return std::all_of(estimate.layers.begin(), estimate.layers.end(),
                     [](const LayerEstimate& layer) { return layer.trafficCounted; });
}

double trafficOf(const NetworkEstimate& estimate) {
  if (!trafficCounted(estimate)) return none;
  double bytes = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [id, traffic] : layer.traffic) bytes += bytesOf(estimate, id, traffic);
  }
  return bytes;
}

double trafficOf(const NetworkEstimate& estimate, std::string_view memory) {
  const MemoryId id = estimate.machine->findMemory(memory);
  if (!id.valid() || !trafficCounted(estimate)) return none;
  double bytes = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    const auto found = layer.traffic.find(id);
    if (found != layer.traffic.end()) bytes += bytesOf(estimate, id, found->second);
  }
  return bytes;
}

double valueOf(const NetworkEstimate& estimate, std::string_view figure) {
  if (figure == "cycles") return static_cast<double>(estimate.cycles);
  if (figure == "utilisation") return utilisationOf(estimate);
  if (figure == "traffic") return trafficOf(estimate);
  if (figure.starts_with(memoryTraffic)) return trafficOf(estimate, figure.substr(memoryTraffic.size()));
  return none;
}

}  // namespace

const std::vector<Figure>& standardFigures() {
  static const std::vector<Figure> figures = {
      {"cycles", "cycles", Figure::Better::Less, "cycles of the whole network"},
      {"utilisation", "", Figure::Better::More,
       "multiplications done, of those that the machine could do in its cycles"},
      {"traffic", "bytes", Figure::Better::Less, "bytes moved by all memories together"}};
  return figures;
}

Figure trafficFigure(std::string_view memory) {
  return {std::string(memoryTraffic) + std::string(memory), "bytes", Figure::Better::Less,
          "bytes moved by " + std::string(memory)};
}

bool isFigureName(std::string_view name) {
  return name.starts_with(memoryTraffic) || findFigure(standardFigures(), name).has_value();
}

std::vector<double> figuresOf(const NetworkEstimate& estimate, const std::vector<Figure>& figures) {
  std::vector<double> values;
  values.reserve(figures.size());
  for (const Figure& figure : figures) values.push_back(valueOf(estimate, figure.name));
  return values;
}

std::string figureText(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

std::optional<std::size_t> findFigure(const std::vector<Figure>& figures, std::string_view name) {
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (figures[f].name == name) return f;
  }
  return std::nullopt;
}

}  // namespace taktwerk
