// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>
#include <sstream>

#include "core/report/breakdown_report.h"
#include "core/report/estimate_text.h"
#include "core/report/explanation.h"
#include "core/report/sensitivity_report.h"
#include "core/report/text_table.h"
#include "core/report/trust_text.h"

namespace taktwerk {

namespace {

using Align = TextTable::Align;

std::string decimal(double value) {
  std::array<char, 48> text{};
  const int length = std::snprintf(text.data(), text.size(), value < 10 ? "%.3g" : "%.1f", value);
  return {text.data(), static_cast<std::size_t>(std::clamp(length, 0, 47))};
}

std::string names(const std::vector<std::string>& all) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + printable(all[i]);
  if (all.size() > most) text += " and " + std::to_string(all.size() - most) + " more";
  return text;
}

void writeUtilisation(std::ostream& out, const UtilisationTable& table) {
  out << "\nWhat every block did of the time\n";
  if (!table.blocks.empty()) {
    TextTable blocks({{"block"},
                      {"places", Align::Right},
                      {"uses", Align::Right},
                      {"busy", Align::Right},
                      {"waiting", Align::Right},
                      {"idle", Align::Right}});
    for (const BlockUse& block : table.blocks) {
      const double busy = block.busyShare(), waiting = block.waitingShare();
      blocks.add({printable(block.name), groupedDigits(block.places), groupedDigits(block.uses),
                  percentage(busy), percentage(waiting), percentage(std::max(0.0, 1 - busy - waiting))});
    }
    blocks.write(out);
  }
  if (!table.leftOut.empty()) {
    out << "Not counted, as not every instruction of them was timed: " << names(table.leftOut) << '\n';
  }
}

void writeTraffic(std::ostream& out, const std::vector<MovedWords>& traffic, bool exact) {
  if (traffic.empty()) return;
  out << "\nWhat memories moved" << (exact ? "" : " (approximation)") << '\n';
  TextTable memories({{"memory"},
                      {"reads", Align::Right},
                      {"writes", Align::Right},
                      {"words read", Align::Right},
                      {"words written", Align::Right}});
  for (const MovedWords& memory : traffic) {
    memories.add({printable(memory.name), groupedDigits(memory.traffic.reads),
                  groupedDigits(memory.traffic.writes), groupedDigits(memory.traffic.wordsRead),
                  groupedDigits(memory.traffic.wordsWritten)});
  }
  memories.write(out);
}

void writeRoofline(std::ostream& out, const RooflinePlot& plot) {
  if (plot.levels.empty()) return;
  const RooflineLevel& level = plot.levels.front();
  out << "\nRoofline at " << printable(level.name);
  if (level.wordsPerCycle) out << ", " << decimal(*level.wordsPerCycle) << " words a cycle";
  if (plot.peak > 0) {
    out << (plot.peakOfLayers ? ", at most " : ", peak ") << decimal(plot.peak) << " MACs a cycle";
  }
  out << '\n';
  TextTable points({{"layer"},
                    {"MACs a word", Align::Right},
                    {"MACs a cycle", Align::Right},
                    {"roof", Align::Right},
                    {"of the roof", Align::Right}});
  for (const RooflinePoint& point : level.points) {
    points.add({printable(point.layer), decimal(point.intensity), decimal(point.macsPerCycle),
                point.bound > 0 ? decimal(point.bound) : "",
                point.bound > 0 ? percentage(point.macsPerCycle / point.bound) : ""});
  }
  points.write(out);
  if (!plot.without.empty()) out << "Without multiply-accumulates: " << names(plot.without) << '\n';
}

void writeFilling(std::ostream& out, const std::vector<PartlyFilled>& filling) {
  if (filling.empty()) return;
  constexpr std::size_t most = 20, mostParts = 4;
  out << "\nPartly filled: passes that use a part take as long as full ones\n";
  TextTable table({{"layer"}, {"what"}, {"in the mean", Align::Right}, {"passes"}});
  for (std::size_t i = 0; i < std::min(filling.size(), most); ++i) {
    const PartlyFilled& one = filling[i];
    std::string passes;
    for (std::size_t k = 0; k < std::min(one.parts.size(), mostParts); ++k) {
      passes += (k == 0 ? "" : ", ") + std::to_string(one.parts[k].first) + " in " +
                percentage(one.parts[k].second);
    }
    if (one.parts.size() > mostParts) passes += ", …";
    table.add({printable(one.layer),
               printable(one.name + ", " + one.dimension) + " of " + std::to_string(one.full),
               percentage(one.meanShare()), passes});
  }
  table.write(out);
  if (filling.size() > most) out << filling.size() - most << " more of less weight; --json has all\n";
}

void writeTrust(std::ostream& out, const NetworkEstimate& estimate) {
  const Trust trust = trustIn(estimate);
  out << "\nHow far to trust it: " << trust.label << '\n';
  std::istringstream lines(trust.explanation);  // a paragraph a line
  for (std::string line; std::getline(lines, line);) out << printable(line) << '\n';
}

}  // namespace

void writeExplanationText(std::ostream& out, const Explanation& explanation) {
  const NetworkEstimate& estimate = *explanation.estimate;
  const std::string total = totalInWords(estimate) + (estimate.exact ? "" : " (approximation)");
  writeBreakdownText(out, explanation.breakdown, plainText(explanation.sentence),
                     explanation.layer.empty() ? total : "layer " + explanation.layer + ", " + total);
  writeTrust(out, estimate);
  writeUtilisation(out, explanation.utilisation);
  writeTraffic(out, explanation.traffic, estimate.exact);
  writeRoofline(out, explanation.roofline);
  writeFilling(out, explanation.filling);
  if (!explanation.sensitivity) return;
  out << '\n';
  writeSensitivityText(out, *explanation.sensitivity);
}

}  // namespace taktwerk
