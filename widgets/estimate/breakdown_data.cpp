// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/breakdown_data.h"

#include <QCoreApplication>
#include <utility>

#include "core/report/breakdown_report.h"
#include "core/report/cause_text.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Breakdown", text);
}
QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

BreakdownItem itemOf(const CauseShare& share, const ObjectTable& objects, const Document& document) {
  BreakdownItem item;
  item.cycles = share.cycles;
  item.cause = share.cause;
  item.label = QString::fromStdString(causeInWords(share.cause));
  item.object = shownObject(share.object, objects, document);
  const ObjectId object = objects.inDocument(share.object);
  const BlockKind kind = kindOf(object.valid() ? document.architecture->objects[object.index()].objectClass
                                               : ObjectClass::Unknown);
  // What of an object was waited for may differ within a cause: the longest counts.
  const WaitDetail detail = share.details.empty() ? WaitDetail::None : share.details.front().detail;
  item.category = categoryOf(share.cause.wait, detail, kind);
  return item;
}

}  // namespace

std::size_t categoryOf(WaitCause wait, WaitDetail detail, BlockKind kind) {
  switch (wait) {
    case WaitCause::Busy:
      return static_cast<std::size_t>(kind);
    case WaitCause::Fetch:
      return waitForInstructions;
    case WaitCause::Data:
      return waitForData;
    case WaitCause::Structural:
      break;
  }
  const bool memory = detail == WaitDetail::Slot || detail == WaitDetail::Port || detail == WaitDetail::Row;
  return memory ? waitForMemory : waitForPlace;
}

QString categoryName(std::size_t category) {
  switch (category) {
    case waitForData:
      return tr("Wait: data");
    case waitForPlace:
      return tr("Wait: place");
    case waitForMemory:
      return tr("Wait: memory");
    case waitForInstructions:
      return tr("Wait: fetch");
    default:
      return toQString(nameOf(static_cast<BlockKind>(category)));
  }
}

std::vector<BreakdownRow> breakdownOf(const NetworkEstimate& estimate, const ObjectTable& objects,
                                      const Document& shown, BreakdownOrder order) {
  std::vector<LayerBreakdown> layers = breakdownOf(estimate).layers;
  sortLayers(layers, order);
  std::vector<BreakdownRow> rows;
  for (const LayerBreakdown& layer : layers) {
    BreakdownRow row;
    row.layer = QString::fromStdString(layer.layer);
    row.total = layer.table.cycles;
    for (const CauseShare& share : layer.table.causes) {
      row.items.push_back(itemOf(share, objects, shown));
      row.parts[row.items.back().category] += share.cycles;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

QString bottleneckSentence(const std::vector<BreakdownRow>& rows) {
  std::vector<CauseShare> causes;
  for (const BreakdownRow& row : rows) {
    for (const BreakdownItem& item : row.items) causes.push_back({item.cause, {}, item.cycles, 0});
  }
  return QString::fromStdString(bottleneckInWords(causeTable(std::move(causes))));
}

}  // namespace taktwerk
