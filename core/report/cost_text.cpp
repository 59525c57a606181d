// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/cost_text.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/joined.h"
#include "core/estimate/cost_totals.h"
#include "core/estimate/real_time.h"
#include "core/machine/machine_costs.h"
#include "core/report/cost_table.h"
#include "core/report/front_report.h"
#include "core/report/json_writer.h"
#include "core/report/quantity_text.h"
#include "core/report/text_table.h"
#include "core/study/study_memory.h"

namespace taktwerk {
namespace {

constexpr double joules = 1e-12, watts = 1e-6;  // of a pJ, of a µW

std::string butFor(const std::vector<std::string>& names) {
  const std::string words = leftOutInWords(names);
  return words.empty() ? words : ", but for " + words;
}

std::string rangeText(const CostRange& range) {
  if (range.least == range.most) return quantityText(range.most * joules, "J");
  return quantityText(range.least * joules, "J") + " to " + quantityText(range.most * joules, "J");
}

/// The largest shares of the energy, as long as they are worth a word.
std::string largestShares(const NetworkEstimate& estimate, double all) {
  constexpr std::size_t mostShares = 3;
  std::string text;
  const std::vector<EnergyShare> shares = energyShares(estimate);
  for (std::size_t i = 0; i < std::min(mostShares, shares.size()) && shares[i].most > 0 && all > 0; ++i) {
    text += (i == 0 ? "; " : ", ") + printable(whose(shares[i], *estimate.machine->costs)) + ' ' +
            printable(shares[i].what) + ' ' + percentage(shares[i].most / all);
  }
  return text;
}

std::string energyInWords(const NetworkEstimate& estimate, const CostTotals& totals) {
  const CostRange energy = *totals.energy();
  std::string text = "Energy: ";
  if (!estimate.complete) text += "at least ";
  text += rangeText(energy) + (estimate.ofInferences ? " an inference" : "") + butFor(totals.energyLeftOut);
  if (totals.leaked) text += "; " + quantityText(*totals.leaked * joules, "J") + " of it leaks away";
  text += largestShares(estimate, energy.most) + '.';
  if (energy.least < energy.most) {
    text +=
        " Units of different energies can take the same instruction, and which one does is decided as the "
        "program runs.";
  }
  return text;
}

std::string sourcesInWords(const MachineCosts& costs) {
  std::string text = "Costs are from ";
  for (std::size_t i = 0; i < costs.sources.size(); ++i) {
    const CostSource& source = costs.sources[i];
    std::string how = source.relative ? "relative" : "";
    if (!source.technology.empty()) how += (how.empty() ? "" : ", ") + source.technology;
    text += (i == 0 ? "" : "; ") + source.name + (how.empty() ? "" : " (" + how + ')') + ": " + source.source;
    while (text.ends_with('.')) text.pop_back();
  }
  return text + '.';
}

bool isFigureOfCosts(const std::string& figure) {
  return findFigure(costFigures(), figure) || findFigure(powerFigures(), figure);
}

/// The groups that a figure of costs leaves out.
const std::vector<std::uint32_t>& leftOutOf(const MachineCosts& costs, const std::string& figure) {
  return figure == "area"      ? costs.area.leftOut
         : figure == "leakage" ? costs.leakage.leftOut
                               : costs.energyLeftOut;
}

void writeNames(JsonWriter& json, std::string_view key, const std::vector<std::string>& names) {
  json.openArray(key);
  for (const std::string& name : names) json.item(name);
  json.closeArray();
}

}  // namespace

std::string leftOutInWords(const std::vector<std::string>& names) {
  constexpr std::size_t mostNamed = 6;
  if (names.size() <= mostNamed + 1) return joined(names, ", ", " and ");
  return joined({names.begin(), names.begin() + mostNamed}, ", ") + " and " +
         std::to_string(names.size() - mostNamed) + " others";
}

std::vector<std::string> leftOutInWords(const Sweep& sweep, StudyMemory& memory, const Progress& progress) {
  std::vector<std::string> figures;
  for (const Objective& objective : sweep.objectives) {
    if (isFigureOfCosts(objective.figure)) figures.push_back(objective.figure);
  }
  std::vector<std::string> sentences;
  std::set<const Architecture*> told;
  for (const Study& study : sweep.studies) {
    if (figures.empty() || progress.cancelled()) break;
    if (study.architecture->costs.empty() || !told.insert(study.architecture.get()).second) continue;
    const auto machine = memory.machine(study.architecture, study.settings.architecture, &progress);
    if (!machine || !(*machine)->costs) continue;
    const MachineCosts& costs = *(*machine)->costs;
    const std::string whose = sweep.studies.size() > 1 ? " of " + study.architecture->name : std::string();
    for (const std::string& figure : figures) {
      std::vector<std::string> names;
      for (const std::uint32_t group : leftOutOf(costs, figure)) names.push_back(costs.groups[group]);
      if (names.empty()) continue;
      std::string sentence = figure;
      sentence.append(whose).append(" leaves out ").append(leftOutInWords(names));
      sentences.push_back(std::move(sentence));
    }
  }
  return sentences;
}

std::vector<std::string> costsInWords(const NetworkEstimate& estimate) {
  std::vector<std::string> sentences;
  if (!estimate.machine || !estimate.machine->costs) return sentences;
  const CostTotals totals = costTotals(estimate);
  if (totals.area) sentences.push_back("Area: " + areaText(*totals.area) + butFor(totals.areaLeftOut) + '.');
  if (totals.leakage) {
    sentences.push_back("Leakage: " + quantityText(*totals.leakage * watts, "W") +
                        butFor(totals.leakageLeftOut) + '.');
  }
  if (totals.dynamic && !estimate.layers.empty()) {
    sentences.push_back(energyInWords(estimate, totals));
    const auto seconds = secondsOf(*estimate.machine, static_cast<double>(estimate.cycles));
    if (seconds && *seconds > 0) {
      sentences.push_back("Power: " + quantityText(totals.energy()->most * joules / *seconds, "W") +
                          " in the mean" + butFor(totals.energyLeftOut) + '.');
    }
  }
  if (!sentences.empty()) sentences.push_back(sourcesInWords(*estimate.machine->costs));
  return sentences;
}

void writeCosts(JsonWriter& json, const NetworkEstimate& estimate) {
  if (!estimate.machine || !estimate.machine->costs) return;
  const CostTotals totals = costTotals(estimate);
  json.openObject("costs");
  if (totals.area) json.member("area", *totals.area);
  if (totals.leakage) json.member("leakage", *totals.leakage);
  if (const auto energy = totals.energy()) {
    json.member("energy", energy->most);
    if (energy->least < energy->most) json.member("energy_at_least", energy->least);
    if (totals.leaked) json.member("leaked", *totals.leaked);
    const auto seconds = secondsOf(*estimate.machine, static_cast<double>(estimate.cycles));
    if (seconds && *seconds > 0) json.member("power", energy->most * joules / *seconds);
  }
  json.openObject("left_out");
  if (totals.area) writeNames(json, "area", totals.areaLeftOut);
  if (totals.leakage) writeNames(json, "leakage", totals.leakageLeftOut);
  if (totals.dynamic) writeNames(json, "energy", totals.energyLeftOut);
  json.closeObject();
  writeCostObjects(json, estimate);
  json.openArray("sources");
  for (const CostSource& source : estimate.machine->costs->sources) {
    json.openObject().member("name", source.name).member("source", source.source);
    if (!source.technology.empty()) json.member("technology", source.technology);
    json.member("scale", source.relative ? "relative" : "absolute");
    if (!source.note.empty()) json.member("note", source.note);
    json.closeObject();
  }
  json.closeArray().closeObject();
}

std::string ownFiguresInWords(const Machine& machine) {
  std::vector<std::string> texts;
  texts.reserve(machine.figures.size());
  for (const MachineFigure& figure : machine.figures) {
    texts.push_back(figure.declared.name + ' ' + figureInWords(figure.total) +
                    (figure.declared.unit.empty() ? "" : " " + figure.declared.unit));
  }
  return texts.empty() ? std::string() : "Figures of the file: " + joined(texts, ", ") + '.';
}

void writeOwnFigures(JsonWriter& json, const Machine& machine) {
  if (machine.figures.empty()) return;
  json.openObject("figures");
  for (const MachineFigure& figure : machine.figures) {
    json.openObject(figure.declared.name).member("value", figure.total);
    if (!figure.declared.unit.empty()) json.member("unit", figure.declared.unit);
    json.closeObject();
  }
  json.closeObject();
}

void writeEnergy(JsonWriter& json, const LayerEstimate& layer, const Machine& machine) {
  if (!layer.instructionEnergy || !machine.costs) return;
  const LayerEnergy energy = energyOf(layer, machine);
  json.openObject("energy");
  for (std::size_t i = 0; i < energy.shares.size(); ++i) {
    const EnergyShare& share = energy.shares[i];
    const bool first = i == 0 || energy.shares[i - 1].groups != share.groups;
    if (first && i > 0) json.closeObject();
    if (first) json.openObject(whose(share, *machine.costs));
    json.openObject(share.what).member("count", share.count).member("energy", share.most);
    if (share.least < share.most) json.member("at_least", share.least);
    json.closeObject();
  }
  if (!energy.shares.empty()) json.closeObject();
  json.closeObject();
}

}  // namespace taktwerk
