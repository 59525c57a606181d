// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakdown/breakdown_data.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/architecture/fold.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Breakdown", text);
}
QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The blocks as shown by name; an array's elements that are not shown by the one that stands for them.
class ShownBlocks {
 public:
  explicit ShownBlocks(const Architecture& architecture) {
    for (const ObjectDeclaration& object : architecture.objects) {
      byName_.try_emplace(object.name, object.id);
      byPath_.try_emplace(arrayPath(object.name), object.id);
    }
  }
  [[nodiscard]] ObjectId find(const std::string& name) const {
    if (const auto exact = byName_.find(name); exact != byName_.end()) return exact->second;
    const auto element = byPath_.find(arrayPath(name));
    return element == byPath_.end() ? ObjectId{} : element->second;
  }

 private:
  std::unordered_map<std::string, ObjectId> byName_, byPath_;
};

BreakdownItem itemOf(const std::string& key, Cycles cycles, const Architecture& architecture,
                     const ShownBlocks& shownBlocks) {
  BreakdownItem item;
  item.cycles = cycles;
  const std::size_t last = key.rfind(':');
  const std::string name = last == std::string::npos ? std::string() : key.substr(last + 1);
  item.object = shownBlocks.find(name);
  const QString shown = QString::fromStdString(name);
  if (key.starts_with("busy:")) {
    item.category =
        item.object.valid()
            ? static_cast<std::size_t>(kindOf(architecture.objects[item.object.index()].objectClass))
            : static_cast<std::size_t>(BlockKind::Unknown);
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

std::vector<BreakdownRow> breakdownOf(const NetworkEstimate& estimate, const Architecture& architecture,
                                      BreakdownOrder order) {
  const ShownBlocks blocks(architecture);
  std::vector<BreakdownRow> rows;
  for (const LayerEstimate& layer : estimate.layers) {
    BreakdownRow row;
    row.layer = QString::fromStdString(layer.name);
    for (const auto& [key, cycles] : layer.breakdown) {
      if (cycles <= 0) continue;
      row.items.push_back(itemOf(key, cycles, architecture, blocks));
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
  for (const auto& [label, cycles] : sums) ordered.emplace_back(cycles, label);
  std::stable_sort(ordered.begin(), ordered.end(), [](auto& a, auto& b) { return a.first > b.first; });
  QString sentence =
      tr("On the critical path: %1 %2 % of the time").arg(ordered[0].second, percent(ordered[0].first));
  if (ordered.size() > 1) sentence += tr(", %1 %2 %").arg(ordered[1].second, percent(ordered[1].first));
  return sentence + QLatin1Char('.');
}

std::vector<double> sharesOf(const NetworkEstimate& estimate, const Architecture& shown) {
  if (estimate.cycles <= 0 || hasErrors(estimate.diagnostics)) return {};
  std::map<std::string, std::size_t> byName;
  std::map<std::string, std::size_t> byPath;
  for (const ObjectDeclaration& object : shown.objects) {
    byName.emplace(object.name, object.id.index());
    byPath.emplace(arrayPath(object.name), object.id.index());
  }
  std::vector<double> shares(shown.objects.size(), 0);
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [what, cycles] : layer.breakdown) {
      const std::string name = what.substr(what.rfind(':') + 1);  // of "busy:alu" and "wait:data:dmem"
      auto found = byName.find(name);
      if (found == byName.end()) {
        found = byPath.find(arrayPath(name));
        if (found == byPath.end()) continue;
      }
      shares[found->second] += static_cast<double>(cycles) / static_cast<double>(estimate.cycles);
    }
  }
  return shares;
}

}  // namespace taktwerk
