// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/fit_list.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "core/space/vary.h"

namespace taktwerk {

namespace {

constexpr int name = 0, range = 1;
constexpr int acceptedRole = Qt::UserRole;  ///< the range that was right

/// "rows" of "arch.rows": the same parameter.
QString bare(const QString& text) {
  return text.startsWith(QLatin1String("arch.")) ? text.mid(5) : text;
}

}  // namespace

FitList::FitList(QWidget* parent) : QTreeWidget(parent) {
  setColumnCount(2);
  setHeaderLabels({tr("Parameter"), tr("Range")});
  setRootIsDecorated(false);
  setUniformRowHeights(true);
  setFrameShape(QFrame::NoFrame);
  setStyleSheet(
      QStringLiteral("QTreeView::item { min-height: 20px; padding: 1px 4px 1px 8px; border: none; }"));
  setAccessibleName(tr("Parameters that are fitted"));
  setToolTip(
      tr("Parameters that are fitted, with their ranges: 1:16, 0:64:8, 8:64:*2 or 4,8,16. "
         "F2 or a double click changes a range, Delete takes a parameter out."));
  setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed |
                  QAbstractItemView::DoubleClicked);
  header()->setStretchLastSection(true);
  header()->resizeSection(name, 168);
  connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
    if (column == range && !setting_) take(item);
  });
}

QTreeWidgetItem* FitList::find(const QString& wanted) const {
  for (int i = 0; i < topLevelItemCount(); ++i) {
    if (bare(topLevelItem(i)->text(name)) == bare(wanted)) return topLevelItem(i);
  }
  return nullptr;
}

bool FitList::has(const QString& wanted) const {
  return find(wanted) != nullptr;
}

void FitList::set(QTreeWidgetItem& item, const QString& text) {
  setting_ = true;
  item.setText(range, text);
  item.setData(range, acceptedRole, text);
  setting_ = false;
}

QString FitList::add(const QString& text) {
  const QString typed = QString(text).remove(QLatin1Char(' '));
  const auto parsed = parseVary(typed.toStdString());
  if (const auto* problem = std::get_if<VaryProblem>(&parsed))
    return QString::fromStdString(problem->message);
  const QString of = QString::fromStdString(std::get<Dimension>(parsed).name);
  QTreeWidgetItem* item = find(of);
  if (!item) {
    item = new QTreeWidgetItem({of});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable);
    item->setToolTip(name, of);
    addTopLevelItem(item);
  }
  set(*item, typed.section(QLatin1Char('='), 1));
  setCurrentItem(item);
  Q_EMIT changed();
  return {};
}

void FitList::take(QTreeWidgetItem* item) {
  const QString typed = item->text(range).remove(QLatin1Char(' '));
  const auto parsed = parseVary((item->text(name) + QLatin1Char('=') + typed).toStdString());
  if (const auto* problem = std::get_if<VaryProblem>(&parsed)) {
    set(*item, item->data(range, acceptedRole).toString());
    Q_EMIT told(QString::fromStdString(problem->message));
    return;
  }
  set(*item, typed);
  Q_EMIT told({});
  Q_EMIT changed();
}

std::vector<Dimension> FitList::dimensions() const {
  std::vector<Dimension> all;
  for (int i = 0; i < topLevelItemCount(); ++i) {
    const QTreeWidgetItem& item = *topLevelItem(i);
    auto parsed = parseVary(
        (item.text(name) + QLatin1Char('=') + item.data(range, acceptedRole).toString()).toStdString());
    if (auto* dimension = std::get_if<Dimension>(&parsed)) all.push_back(std::move(*dimension));
  }
  return all;
}

void FitList::removeCurrent() {
  delete currentItem();
  Q_EMIT told({});
  Q_EMIT changed();
}

bool FitList::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
  return QTreeWidget::edit(index.siblingAtColumn(range), trigger, event);
}

void FitList::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete && currentItem() != nullptr) return removeCurrent();
  const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (opens && currentItem() != nullptr && state() != EditingState) return editItem(currentItem(), range);
  QTreeWidget::keyPressEvent(event);
}

void FitList::paintEvent(QPaintEvent* event) {
  QTreeWidget::paintEvent(event);
  if (topLevelItemCount() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect().adjusted(12, 10, -12, -4), Qt::AlignLeft | Qt::TextWordWrap,
                   tr("Nothing is fitted: rows are compared, no more. Choose with “+ Fit” what is to be "
                      "fitted, or write it below."));
}

QString rangeToFit(const KnownRange& known) {
  if (!known.values.empty()) {
    QStringList values;
    for (const std::int64_t value : known.values) values << QString::number(value);
    return values.join(QLatin1Char(','));
  }
  constexpr std::int64_t most = std::int64_t{1} << 40;  // above, four times as much is no number any more
  const std::int64_t now = std::clamp<std::int64_t>(known.now, 0, most);
  const std::int64_t step = std::max<std::int64_t>(1, known.step);
  const std::int64_t least = known.least.value_or(now == 0 ? 0 : step);
  std::int64_t to = std::max<std::int64_t>(4 * now, 16 * step);
  if (known.most) to = std::min(to, *known.most);
  // Legal values are so many steps from the least one.
  std::int64_t from = std::max(least, now / 4);
  from = std::min(std::max(to, least), least + (from - least) / step * step);
  const QString text = QStringLiteral("%1:%2").arg(from).arg(std::max(from, to));
  return step == 1 ? text : text + QStringLiteral(":%1").arg(step);
}

}  // namespace taktwerk
