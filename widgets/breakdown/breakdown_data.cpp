// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakdown/breakdown_data.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "core/report/cause_text.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Breakdown", text);
}
QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The object that a cause is about as it is shown, if it is one.
ObjectId shownObject(const Cause& cause, const ObjectTable& objects, const Document& document) {
  const ObjectId object = objects.inDocument(cause.object);
  return object.valid() ? document.folded->shownAs[object.index()] : ObjectId{};
}

BreakdownItem itemOf(const Cause& cause, Cycles cycles, const Machine& machine, const ObjectTable& objects,
                     const Document& document) {
  BreakdownItem item;
  item.cycles = cycles;
  item.label = QString::fromStdString(causeInWords(cause, machine));
  item.object = shownObject(cause, objects, document);
  if (cause.wait == WaitCause::Busy) {
    const ObjectId object = objects.inDocument(cause.object);
    item.category = static_cast<std::size_t>(
        kindOf(object.valid() ? document.whole->objects[object.index()].objectClass : ObjectClass::Unknown));
  }
  return item;
}

}  // namespace

QString categoryName(std::size_t category) {
  return category == stallCategory ? tr("Stall") : toQString(nameOf(static_cast<BlockKind>(category)));
}

std::vector<BreakdownRow> breakdownOf(const NetworkEstimate& estimate, const ObjectTable& objects,
                                      const Document& shown, BreakdownOrder order) {
  std::vector<BreakdownRow> rows;
  for (const LayerEstimate& layer : estimate.layers) {
    BreakdownRow row;
    row.layer = QString::fromStdString(layer.name);
    for (const auto& [cause, cycles] : layer.breakdown) {
      row.items.push_back(itemOf(cause, cycles, *estimate.machine, objects, shown));
      row.parts[row.items.back().category] += cycles;
      row.total += cycles;
    }
    std::stable_sort(row.items.begin(), row.items.end(),
                     [](const BreakdownItem& a, const BreakdownItem& b) { return a.cycles > b.cycles; });
    rows.push_back(std::move(row));
  }
  if (order == BreakdownOrder::Longest) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const BreakdownRow& a, const BreakdownRow& b) { return a.total > b.total; });
  } else if (order == BreakdownOrder::Name) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const BreakdownRow& a, const BreakdownRow& b) { return a.layer < b.layer; });
  }
  return rows;
}

QString bottleneckSentence(const std::vector<BreakdownRow>& rows) {
  std::map<QString, Cycles> sums;
  Cycles total = 0;
  for (const BreakdownRow& row : rows) {
    total += row.total;
    for (const BreakdownItem& item : row.items) sums[item.label] += item.cycles;
  }
  if (total <= 0) return {};
  const auto percent = [total](Cycles cycles) {
    return QString::number(static_cast<double>(cycles) * 100.0 / static_cast<double>(total), 'f', 0);
  };
  std::vector<std::pair<Cycles, QString>> ordered;
  ordered.reserve(sums.size());
  for (const auto& [label, cycles] : sums) ordered.emplace_back(cycles, label);
  std::stable_sort(ordered.begin(), ordered.end(), [](auto& a, auto& b) { return a.first > b.first; });
  QString sentence =
      tr("On the critical path: %1 %2 % of the time").arg(ordered[0].second, percent(ordered[0].first));
  if (ordered.size() > 1) sentence += tr(", %1 %2 %").arg(ordered[1].second, percent(ordered[1].first));
  return sentence + QLatin1Char('.');
}

std::vector<double> sharesOf(const NetworkEstimate& estimate, const ObjectTable& objects,
                             const Document& shown) {
  if (estimate.cycles <= 0 || hasErrors(estimate.diagnostics)) return {};
  std::vector<double> shares(shown.architecture->objects.size(), 0);
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [cause, cycles] : layer.breakdown) {
      const ObjectId object = shownObject(cause, objects, shown);
      if (!object.valid()) continue;
      shares[object.index()] += static_cast<double>(cycles) / static_cast<double>(estimate.cycles);
    }
  }
  return shares;
}

}  // namespace taktwerk
