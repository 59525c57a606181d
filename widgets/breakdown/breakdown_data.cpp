// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakdown/breakdown_data.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <unordered_map>

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Breakdown", text);
}
QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The objects that keys of a breakdown name.
class NamedObjects {
 public:
  explicit NamedObjects(const Document& document) : document_(document) {
    for (const ObjectDeclaration& object : document.architecture->objects)
      byName_.try_emplace(object.name, object.id);
  }
  [[nodiscard]] ShownId shown(std::string_view name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? ShownId{} : document_.shown->shownAs[found->second.index()];
  }
  [[nodiscard]] ObjectClass classOf(std::string_view name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? ObjectClass::Unknown
                                  : document_.architecture->objects[found->second.index()].objectClass;
  }

 private:
  const Document& document_;
  std::unordered_map<std::string_view, ObjectId> byName_;
};

BreakdownItem itemOf(const std::string& key, Cycles cycles, const NamedObjects& objects) {
  BreakdownItem item;
  item.cycles = cycles;
  const std::size_t last = key.rfind(':');
  const std::string name = last == std::string::npos ? std::string() : key.substr(last + 1);
  item.object = objects.shown(name);
  const QString shown = QString::fromStdString(name);
  if (key.starts_with("busy:")) {
    item.category = static_cast<std::size_t>(kindOf(objects.classOf(name)));
    item.label = tr("%1 busy").arg(shown);
    return item;
  }
  if (key.starts_with("wait:data:")) {
    item.label = tr("waiting for data (%1)").arg(shown);
  } else if (key.starts_with("wait:structural:")) {
    item.label = tr("waiting for %1 to be free").arg(shown);
  } else if (key.starts_with("wait:fetch")) {
    item.label = tr("waiting for instructions");
  } else {
    item.label = QString::fromStdString(key);
  }
  return item;
}

}  // namespace

QString categoryName(std::size_t category) {
  return category == stallCategory ? tr("Stall") : toQString(nameOf(static_cast<BlockKind>(category)));
}

std::vector<BreakdownRow> breakdownOf(const NetworkEstimate& estimate, const Document& shown,
                                      BreakdownOrder order) {
  const NamedObjects objects(shown);
  std::vector<BreakdownRow> rows;
  for (const LayerEstimate& layer : estimate.layers) {
    BreakdownRow row;
    row.layer = QString::fromStdString(layer.name);
    for (const auto& [key, cycles] : layer.breakdown) {
      if (cycles <= 0) continue;
      row.items.push_back(itemOf(key, cycles, objects));
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

std::vector<double> sharesOf(const NetworkEstimate& estimate, const Document& shown) {
  if (estimate.cycles <= 0 || hasErrors(estimate.diagnostics)) return {};
  const NamedObjects objects(shown);
  std::vector<double> shares(shown.shown->objects.size(), 0);
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [what, cycles] : layer.breakdown) {
      const std::size_t name = what.rfind(':') + 1;  // of "busy:alu" and "wait:data:dmem"
      const ShownId object = objects.shown(std::string_view(what).substr(name));
      if (!object.valid()) continue;
      shares[object.index()] += static_cast<double>(cycles) / static_cast<double>(estimate.cycles);
    }
  }
  return shares;
}

}  // namespace taktwerk
