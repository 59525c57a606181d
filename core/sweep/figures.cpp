// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/whole_number.h"
#include "core/estimate/cost_totals.h"
#include "core/estimate/real_time.h"
#include "core/machine/machine_costs.h"

namespace taktwerk {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// None where nothing tells how many multiplications the machine could do: no unit has a `mac`, or one is
/// many.
double utilisationOf(const NetworkEstimate& estimate) {
  double busy = 0;
  std::int64_t macs = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    busy += layer.utilisation * static_cast<double>(layer.cycles);
    macs += layer.macs;
  }
  if (busy == 0 && macs > 0) return none;
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

template <class Number>
double orNone(const std::optional<Number>& value) {
  return value ? static_cast<double>(*value) : none;
}

/// The figures of one estimate; costs are added up once, if they are asked for.
class Values {
 public:
  Values(const NetworkEstimate& estimate, std::int64_t batch) : estimate_(estimate), batch_(batch) {}

  [[nodiscard]] double of(std::string_view figure) {
    if (figure == "cycles") return static_cast<double>(estimate_.cycles);
    if (figure == "interval") return orNone(estimate_.interval);
    if (figure == "total") return orNone(cyclesOfBatch(estimate_, batch_));
    if (figure == "time") return seconds();
    if (figure == "inferences_per_second") return orNone(inferencesPerSecond(estimate_));
    if (figure == "utilisation") return utilisationOf(estimate_);
    if (figure == "traffic") return trafficOf(estimate_);
    if (figure.starts_with(memoryTraffic)) return trafficOf(estimate_, figure.substr(memoryTraffic.size()));
    if (figure.starts_with(ownFigure))
      return estimate_.machine ? machineFigure(*estimate_.machine, figure) : none;
    if (findFigure(costFigures(), figure) || findFigure(powerFigures(), figure)) return cost(figure);
    return none;
  }

 private:
  [[nodiscard]] double seconds() const {
    return orNone(secondsOf(*estimate_.machine, static_cast<double>(estimate_.cycles)));
  }

  [[nodiscard]] double cost(std::string_view figure) {
    constexpr double milliwatts = 1e-9;  // of a pJ a second
    if (isMachineFigure(figure)) return estimate_.machine ? machineFigure(*estimate_.machine, figure) : none;
    if (!totals_) totals_ = costTotals(estimate_);
    // Without what memories did there is no energy to compare.
    const auto range = trafficCounted(estimate_) ? totals_->energy() : std::nullopt;
    const double energy = range ? range->most : none;
    if (figure == "energy") return energy;
    if (figure == "energy_delay") return energy * seconds();
    return estimate_.cycles > 0 ? energy / seconds() * milliwatts : none;
  }

  const NetworkEstimate& estimate_;
  const std::int64_t batch_;
  std::optional<CostTotals> totals_;
};

}  // namespace

const std::vector<Figure>& standardFigures() {
  static const std::vector<Figure> figures = {
      {"cycles", "cycles", Figure::Better::Less, "cycles of the whole network"},
      {"interval", "cycles", Figure::Better::Less, "cycles of a further inference, one after another"},
      {"total", "cycles", Figure::Better::Less, "cycles of a batch of inferences one after another"},
      {"utilisation", "", Figure::Better::More,
       "multiplications done, of those that the machine could do in its cycles"},
      {"traffic", "bytes", Figure::Better::Less, "bytes moved by all memories together"}};
  return figures;
}

const std::vector<Figure>& timeFigures() {
  static const std::vector<Figure> figures = {
      {"time", "s", Figure::Better::Less, "seconds of the whole network"},
      {"inferences_per_second", "1/s", Figure::Better::More,
       "results a second, one inference after another"}};
  return figures;
}

const std::vector<Figure>& costFigures() {
  static const std::vector<Figure> figures = {
      {"area", "µm²", Figure::Better::Less, "area of all objects whose area is known"},
      {"leakage", "µW", Figure::Better::Less, "leakage of all objects whose leakage is known"},
      {"energy", "pJ", Figure::Better::Less, "energy of an inference, as far as it is known"}};
  return figures;
}

const std::vector<Figure>& powerFigures() {
  static const std::vector<Figure> figures = {
      {"power", "mW", Figure::Better::Less, "energy over time"},
      {"energy_delay", "pJ s", Figure::Better::Less, "energy times time"}};
  return figures;
}

Figure trafficFigure(std::string_view memory) {
  return {std::string(memoryTraffic) + std::string(memory), "bytes", Figure::Better::Less,
          "bytes moved by " + std::string(memory)};
}

Figure figureOf(const DeclaredFigure& declared) {
  const auto better = declared.moreIsBetter ? Figure::Better::More : Figure::Better::Less;
  return {std::string(ownFigure) + declared.name, declared.unit, better,
          declared.description.empty() ? "sum over all objects" : declared.description};
}

bool isFigureName(std::string_view name) {
  if (name.starts_with(memoryTraffic) || name.starts_with(ownFigure)) return true;
  for (const auto* figures : {&standardFigures(), &timeFigures(), &costFigures(), &powerFigures()}) {
    if (findFigure(*figures, name)) return true;
  }
  return false;
}

std::vector<double> figuresOf(const NetworkEstimate& estimate, const std::vector<Figure>& figures,
                              std::int64_t batch) {
  Values ofEstimate(estimate, batch);
  std::vector<double> values;
  values.reserve(figures.size());
  for (const Figure& figure : figures) values.push_back(ofEstimate.of(figure.name));
  return values;
}

bool isMachineFigure(std::string_view figure) {
  return figure == "area" || figure == "leakage" || figure.starts_with(ownFigure);
}

double machineFigure(const Machine& machine, std::string_view figure) {
  if (figure.starts_with(ownFigure)) {
    for (const MachineFigure& own : machine.figures) {
      if (own.declared.name == figure.substr(ownFigure.size())) return own.total;
    }
    return none;
  }
  if (!machine.costs) return none;
  if (figure == "area") return orNone(machine.costs->area.total);
  return figure == "leakage" ? orNone(machine.costs->leakage.total) : none;
}

std::string figureText(double value) {
  if (!std::isfinite(value)) return {};
  if (const auto whole = exactWhole(value)) return std::to_string(*whole);
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
