// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/figures.h"

#include <limits>

namespace taktwerk {
namespace {

double utilisationOf(const NetworkEstimate& estimate) {
  double busy = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    busy += layer.utilisation * static_cast<double>(layer.cycles);
  }
  return estimate.cycles == 0 ? 0 : busy / static_cast<double>(estimate.cycles);
}

double trafficOf(const NetworkEstimate& estimate) {
  double bytes = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [id, traffic] : layer.traffic) {
      const double bits = estimate.machine->memories[id.index()].dataWidth;
      bytes += static_cast<double>(traffic.wordsRead + traffic.wordsWritten) * bits / 8;
    }
  }
  return bytes;
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

std::vector<double> figuresOf(const NetworkEstimate& estimate, const std::vector<Figure>& figures) {
  std::vector<double> values;
  values.reserve(figures.size());
  for (const Figure& figure : figures) {
    if (figure.name == "cycles") {
      values.push_back(static_cast<double>(estimate.cycles));
    } else if (figure.name == "utilisation") {
      values.push_back(utilisationOf(estimate));
    } else if (figure.name == "traffic") {
      values.push_back(trafficOf(estimate));
    } else {
      values.push_back(std::numeric_limits<double>::quiet_NaN());
    }
  }
  return values;
}

std::optional<std::size_t> findFigure(const std::vector<Figure>& figures, std::string_view name) {
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (figures[f].name == name) return f;
  }
  return std::nullopt;
}

}  // namespace taktwerk
