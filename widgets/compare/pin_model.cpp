// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pin_model.h"

#include <QFont>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

PinModel::PinModel(Session& session, const EstimateController& estimates, QObject* parent)
    : ColumnTable({tr("Title"), tr("Cycles"), tr("Role")}, CycleCount, CycleCount, parent),
      session_(session),
      estimates_(estimates) {
  connect(&session_, &Session::pinsChanged, this, [this] {
    beginResetModel();
    endResetModel();
  });
  const auto marksChanged = [this] {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  };
  connect(&session_, &Session::baselineChanged, this, marksChanged);
  connect(&estimates_, &EstimateController::outcomeChanged, this, marksChanged);
}

int PinModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(session_.pins().size());
}

QString PinModel::text(std::size_t place, int column) const {
  const PinnedResult& pin = session_.pins()[place];
  switch (column) {
    case Title:
      return shortened(pin.title, 200);
    case CycleCount:
      return pin.result->cycles ? grouped(*pin.result->cycles) : tr("missing");
    case Standing: {
      QStringList marks;
      if (session_.baselinePlace() == place) marks << tr("baseline");
      if (pin.estimate && pin.estimate == estimates_.outcome().estimate) marks << tr("present");
      if (!pin.file.isEmpty()) marks << tr("file");
      return marks.join(QStringLiteral(", "));
    }
    default:
      return {};
  }
}

QString PinModel::description(const PinnedResult& pin) const {
  const StoredResult& result = *pin.result;
  QStringList lines{shortened(pin.title, 200)};
  lines << tr("%1 running %2").arg(shortened(result.architecture, 200), shortened(result.network, 200));
  lines << (!result.cycles     ? tr("the total is missing")
            : !result.complete ? tr("at least %1 cycles").arg(grouped(*result.cycles))
                               : tr("%1 cycles").arg(grouped(*result.cycles)));
  lines << (result.exact ? tr("exact") : tr("not exact"));
  if (!pin.file.isEmpty()) lines << shortened(pin.file);
  return lines.join(QLatin1Char('\n'));
}

QVariant PinModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const auto place = static_cast<std::size_t>(index.row());
  const PinnedResult& pin = session_.pins()[place];
  switch (role) {
    case Qt::DisplayRole:
      return text(place, index.column());
    case Qt::EditRole:
      return index.column() == Title ? QVariant(pin.title) : QVariant();
    case Qt::ToolTipRole:
      return description(pin);
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::FontRole: {
      if (session_.baselinePlace() != place) return {};
      QFont font;
      font.setBold(true);
      return font;
    }
    default:
      return {};
  }
}

bool PinModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::EditRole || index.column() != Title) return false;
  session_.renamePin(static_cast<std::size_t>(index.row()), value.toString());
  return true;
}

Qt::ItemFlags PinModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags usual = ColumnTable::flags(index);
  return index.column() == Title ? usual | Qt::ItemIsEditable : usual;
}

}  // namespace taktwerk
