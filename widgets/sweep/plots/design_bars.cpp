// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/design_bars.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "core/report/cause_text.h"
#include "core/report/row_cells.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/sweep/plots/change_text.h"

namespace taktwerk {

namespace {

constexpr int mostCauses = 8;  ///< that are named of a part

QString tr(const char* text) {
  return QCoreApplication::translate("Sweep", text);
}

QString percentOf(Cycles part, Cycles whole) {
  return QStringLiteral("%1 %").arg(
      whole > 0 ? 100 * static_cast<double>(part) / static_cast<double>(whole) : 0, 0, 'f', 1);
}

Cycles cyclesOf(const BreakdownRow& row, std::size_t category, const NamedCause& cause) {
  for (const BreakdownItem& item : row.items) {
    if (item.category == category && item.cause == cause) return item.cycles;
  }
  return 0;
}

}  // namespace

BreakdownRow breakdownOf(const DesignProfile& design, const std::optional<std::string>& layer) {
  BreakdownRow row;
  std::map<std::pair<std::size_t, NamedCause>, Cycles> causes;
  for (const LayerProfile& each : design.layers) {
    if (layer && each.name != *layer) continue;
    row.total += each.cycles;
    for (const ProfileCause& cause : each.causes)
      causes[{categoryOf(cause.cause.wait, cause.detail, kindOf(cause.objectClass)), cause.cause}] +=
          cause.cycles;
  }
  for (const auto& [of, cycles] : causes) {
    BreakdownItem item;
    item.category = of.first;
    item.cause = of.second;
    item.label = QString::fromStdString(causeInWords(of.second));
    item.cycles = cycles;
    row.parts[of.first] += cycles;
    row.items.push_back(std::move(item));
  }
  std::stable_sort(row.items.begin(), row.items.end(),
                   [](const BreakdownItem& a, const BreakdownItem& b) { return a.cycles > b.cycles; });
  if (layer) row.layer = QString::fromStdString(*layer);
  return row;
}

const DesignBar* baselineOf(const std::vector<DesignBar>& bars) {
  const auto found = std::find_if(
      bars.begin(), bars.end(), [](const DesignBar& bar) { return bar.isBaseline && bar.problem.isEmpty(); });
  return found == bars.end() ? nullptr : &*found;
}

const DesignBar* comparedWith(const std::vector<DesignBar>& bars, const DesignBar& bar) {
  const DesignBar* baseline = baselineOf(bars);
  return baseline && !bar.isBaseline && baseline->missing == bar.missing ? baseline : nullptr;
}

QString changeInWords(Cycles now, const std::optional<Cycles>& baseline) {
  if (!baseline || now == *baseline) return {};
  const Cycles change = now - *baseline;
  const QString sign = change < 0 ? QStringLiteral("−") : QStringLiteral("+");
  QString text = sign + grouped(std::abs(change));
  if (*baseline != 0) {
    const double part = static_cast<double>(change) / static_cast<double>(*baseline);
    text += QStringLiteral(" (%1)").arg(changeInPercent(part));
  }
  return text;
}

QString segmentInWords(const std::vector<DesignBar>& bars, std::size_t bar, std::size_t category) {
  const DesignBar& design = bars[bar];
  const DesignBar* baseline = comparedWith(bars, design);
  const Cycles part = design.of.parts[category];
  QString text = tr("%1, %2: %3 of %4 cycles, %5")
                     .arg(design.name, categoryName(category), grouped(part), grouped(design.of.total),
                          percentOf(part, design.of.total));
  if (baseline) {
    const Cycles before = baseline->of.parts[category];
    const QString change = changeInWords(part, before);
    text += change.isEmpty() ? tr("; as the baseline") : tr("; baseline %1: %2").arg(grouped(before), change);
  }
  int told = 0, more = 0;
  for (const BreakdownItem& item : design.of.items) {
    if (item.category != category) continue;
    if (told == mostCauses) {
      ++more;
      continue;
    }
    ++told;
    text += QStringLiteral("\n%1: %2").arg(item.label, grouped(item.cycles));
    if (!baseline) continue;
    const QString change = changeInWords(item.cycles, cyclesOf(baseline->of, category, item.cause));
    if (!change.isEmpty()) text += QStringLiteral(", ") + change;
  }
  if (more > 0) text += QLatin1Char('\n') + tr("and %1 shorter causes").arg(more);
  return text;
}

std::string barsAsCsv(const std::vector<DesignBar>& bars, const std::vector<std::string>& points,
                      const std::string& layer) {
  std::ostringstream out;
  writeCsvHeading(
      out,
      {{"point"}, {"mark"}, {"layer"}, {"kind"}, {"cause"}, {"cycles"}, {"share"}, {"baseline"}, {"change"}});
  const DesignBar* baseline = baselineOf(bars);
  for (std::size_t bar = 0; bar < bars.size(); ++bar) {
    const DesignBar& design = bars[bar];
    if (!design.problem.isEmpty()) continue;
    const auto write = [&](std::size_t category, const NamedCause& cause, Cycles cycles) {
      const auto whole = static_cast<double>(design.of.total);
      std::vector<RowCell> cells{points[bar],
                                 design.mark.toStdString(),
                                 layer,
                                 categoryName(category).toStdString(),
                                 causeInWords(cause),
                                 cycles,
                                 whole > 0 ? static_cast<double>(cycles) / whole : 0.0};
      if (baseline) {
        const Cycles before = cyclesOf(baseline->of, category, cause);
        cells.insert(cells.end(), {before, cycles - before});
      } else {
        cells.resize(cells.size() + 2);
      }
      writeCsvRow(out, cells);
    };
    for (const BreakdownItem& item : design.of.items) write(item.category, item.cause, item.cycles);
    if (!baseline) continue;
    for (const BreakdownItem& item : baseline->of.items) {  // what the design does without
      if (cyclesOf(design.of, item.category, item.cause) == 0) write(item.category, item.cause, 0);
    }
  }
  return out.str();
}

}  // namespace taktwerk
