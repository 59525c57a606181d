// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/estimate_text.h"

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

#include "core/report/cause_text.h"
#include "core/report/cost_text.h"
#include "core/report/text_table.h"
#include "core/report/time_text.h"
#include "core/report/trust_text.h"

namespace taktwerk {

namespace {

using Align = TextTable::Align;

std::string layerName(const LayerEstimate& layer) {
  std::string name = layer.name;
  for (const std::string& fused : layer.fused) name += " + " + fused;
  return printable(name);
}

std::string mappingName(const LayerEstimate& layer) {
  std::string text = printable(layer.mapping);
  if (!layer.adapted.empty()) text += " (not the defaults: " + printable(adaptedInWords(layer.adapted)) + ")";
  return text;
}

std::string exactness(const LayerEstimate& layer) {
  if (layer.guessed) return "no, size guessed";
  if (layer.exact) return "yes";
  std::string method = "no, " + printable(layer.method);
  if (layer.lower <= 0 && layer.upper <= 0) return method;
  return method + " (" + groupedDigits(layer.lower) + " to " + groupedDigits(layer.upper) + ")";
}

std::string largestShares(const LayerEstimate& layer, const Machine& machine) {
  const std::map<std::string, Cycles> keyed = keyedBreakdown(layer.breakdown, machine);
  std::vector<std::pair<std::string, Cycles>> shares(keyed.begin(), keyed.end());
  const auto larger = [](const auto& a, const auto& b) { return a.second > b.second; };
  std::stable_sort(shares.begin(), shares.end(), larger);
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(2, shares.size()); ++i) {
    if (shares[i].second <= 0 || layer.cycles <= 0) break;
    if (!text.empty()) text += ", ";
    const double share = static_cast<double>(shares[i].second) / static_cast<double>(layer.cycles);
    text += printable(shares[i].first) + ' ' + percentage(share);
  }
  return text;
}

}  // namespace

std::string adaptedInWords(const std::map<std::string, std::int64_t>& adapted) {
  std::string text;
  for (const auto& [name, value] : adapted)
    text += (text.empty() ? "" : ", ") + name + ' ' + std::to_string(value);
  return text;
}

std::string totalInWords(const NetworkEstimate& estimate) {
  if (estimate.layers.empty() && !estimate.unmapped.empty() && estimate.cycles == 0)
    return "nothing is mapped, so there are no cycles";
  std::string cycles = groupedDigits(estimate.cycles) + (estimate.cycles == 1 ? " cycle" : " cycles");
  if (estimate.complete) return cycles;
  std::string text = "at least " + cycles;
  const auto add = [&](std::int64_t count, const char* what) {
    if (count > 0) text += ", " + groupedDigits(count) + (count == 1 ? " layer" : " layers") + what;
  };
  add(static_cast<std::int64_t>(estimate.unmapped.size()), " missing");
  add(std::count_if(estimate.layers.begin(), estimate.layers.end(),
                    [](const LayerEstimate& layer) { return layer.guessed; }),
      " of guessed size");
  return text;
}

void writeEstimateText(std::ostream& out, const NetworkEstimate& estimate, std::int64_t inferences) {
  out << printable(estimate.architecture);
  if (!estimate.network.empty()) out << " running " << printable(estimate.network);
  out << ": " << totalInWords(estimate) << (estimate.exact ? "" : " (approximation)") << "\n";

  if (!estimate.layers.empty()) {
    TextTable table({{"layer"},
                     {"operator"},
                     {"mapping"},
                     {"instructions", Align::Right},
                     {"cycles", Align::Right},
                     {"exact"},
                     {"MACs used", Align::Right},
                     {"most of the time"}});
    for (const LayerEstimate& layer : estimate.layers) {
      table.add({layerName(layer), printable(layer.operatorName), mappingName(layer),
                 groupedDigits(layer.instructions), groupedDigits(layer.cycles), exactness(layer),
                 layer.utilisation > 0 ? percentage(layer.utilisation) : std::string{},
                 largestShares(layer, *estimate.machine)});
    }
    table.addRule();
    // What is left out makes no total, and nothing exact.
    table.add({estimate.complete ? "total" : "at least", "", "", groupedDigits(estimate.instructions),
               groupedDigits(estimate.cycles), estimate.exact && estimate.complete ? "yes" : "no"});
    out << '\n';
    table.write(out);
  }

  if (!estimate.unmapped.empty()) {
    TextTable table({{"not mapped"}, {"operator"}, {"reason"}});
    for (const UnmappedLayer& layer : estimate.unmapped) {
      table.add({printable(layer.name), printable(layer.operatorName), printable(layer.reason)});
    }
    out << '\n';
    table.write(out);
  }

  if (!estimate.machine) return;
  out << '\n';
  std::vector<std::string> sentences = timeInWords(estimate, inferences);
  for (std::string& sentence : costsInWords(estimate)) sentences.push_back(std::move(sentence));
  if (std::string own = ownFiguresInWords(*estimate.machine); !own.empty())
    sentences.push_back(std::move(own));
  for (const std::string& sentence : sentences) out << printable(sentence) << '\n';
  if (!sentences.empty()) out << '\n';
  for (const std::string& sentence : validationInWords(*estimate.machine)) out << printable(sentence) << '\n';
}

void writeTimesText(std::ostream& out, const NetworkEstimate& estimate) {
  const Machine& machine = *estimate.machine;
  for (const LayerEstimate& layer : estimate.layers) {
    out << '\n' << layerName(layer) << '\n';
    TextTable table({{"instruction", Align::Right},
                     {"fetched", Align::Right},
                     {"issued", Align::Right},
                     {"enter", Align::Right},
                     {"start", Align::Right},
                     {"complete", Align::Right},
                     {"release", Align::Right},
                     {"unit"},
                     {"accesses (words at address: granted to ready)"}});
    for (const InstructionTimes& times : layer.times) {
      std::string accesses;
      for (const AccessTimes& access : times.accesses) {
        if (!accesses.empty()) accesses += "; ";
        accesses += machine.memories[access.memory.index()].name + ' ' + std::to_string(access.words) +
                    " at " + std::to_string(access.address) + ": " + std::to_string(access.granted) + " to " +
                    std::to_string(access.ready);
      }
      table.add({std::to_string(times.index), std::to_string(times.fetched), std::to_string(times.issued),
                 std::to_string(times.enter), std::to_string(times.start), std::to_string(times.complete),
                 std::to_string(times.release),
                 times.unit.valid() ? machine.units[times.unit.index()].name : std::string{}, accesses});
    }
    table.write(out);
  }
}

}  // namespace taktwerk
