// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/space_tree.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <algorithm>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

enum Role { KindRole = Qt::UserRole, PlaceRole, AlternativeRole, EditRole };

QString sizeText(std::int64_t size) {
  return size == 1 ? SpaceTree::tr("1 value") : SpaceTree::tr("%1 values").arg(grouped(size));
}

/// Setting them says that the row has changed, whether they differ or not, and an editor that is open in it
/// then shows what it had in the beginning.
void setFlags(QTreeWidgetItem& item, Qt::ItemFlags flags) {
  if (item.flags() != flags) item.setFlags(flags);
}

template <class Items>
void eraseAt(Items& items, std::size_t place) {
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(place));
}

}  // namespace

/// Lets texts be edited, and asks the tree what becomes of them.
class SpaceTree::Delegate : public QStyledItemDelegate {
 public:
  explicit Delegate(SpaceTree& tree) : QStyledItemDelegate(&tree), tree_(tree) {}

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                        const QModelIndex& index) const override {
    const QTreeWidgetItem* item = tree_.itemFromIndex(index);
    if (item == nullptr || !index.data(EditRole).isValid()) return nullptr;
    auto* field = new QLineEdit(parent);
    field->setFrame(false);
    field->setAccessibleName(index.column() == 0 ? tr("Name or condition") : tr("Values"));
    connect(field, &QLineEdit::textEdited, &tree_,
            [this, index = QPersistentModelIndex(index)](const QString& text) {
              const QTreeWidgetItem* edited = tree_.itemFromIndex(index);
              if (edited == nullptr) return;
              const EditedSpace next = tree_.edited(*edited, index.column(), text);
              const auto* refusal = std::get_if<SpaceRefusal>(&next);
              Q_EMIT tree_.told(refusal == nullptr ? QString() : QString::fromStdString(refusal->message));
            });
    return field;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    static_cast<QLineEdit*>(editor)->setText(index.data(EditRole).toString());
  }
  void setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const override {
    const QString text = static_cast<QLineEdit*>(editor)->text();
    // Once the editor is gone: the rows are made anew.
    QMetaObject::invokeMethod(
        &tree_,
        [this, index = QPersistentModelIndex(index), text] {
          const QTreeWidgetItem* item = tree_.itemFromIndex(index);
          if (item != nullptr) tree_.commit(*item, index.column(), text);
        },
        Qt::QueuedConnection);
  }

 private:
  SpaceTree& tree_;
};

SpaceTree::SpaceTree(const Theme& theme, QWidget* parent) : QTreeWidget(parent), theme_(theme) {
  setColumnCount(3);
  setHeaderLabels({tr("Parameter"), tr("Values"), tr("How many")});
  setHeaderHidden(true);
  setRootIsDecorated(false);
  setIndentation(8);
  setUniformRowHeights(true);
  setFrameShape(QFrame::NoFrame);
  setStyleSheet(QStringLiteral("QTreeView { padding-left: 4px; } QTreeView::item { min-height: 22px; }"));
  setAccessibleName(tr("Design space"));
  setItemDelegate(new Delegate(*this));
  setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed |
                  QAbstractItemView::DoubleClicked);
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(0, QHeaderView::Interactive);
  header()->resizeSection(0, 176);
  header()->setSectionResizeMode(1, QHeaderView::Stretch);
  header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  connect(&theme_, &Theme::changed, this, [this] { setSpace(Space(space_)); });
}

SpaceTree::Row SpaceTree::kindOf(const QTreeWidgetItem& item) {
  return static_cast<Row>(item.data(0, KindRole).toInt());
}

std::size_t SpaceTree::placeOf(const QTreeWidgetItem& item) {
  return item.data(0, PlaceRole).toULongLong();
}

TreeRow SpaceTree::heading(const QString& title, std::vector<TreeRow> rows) const {
  const auto fill = [this, title](QTreeWidgetItem& item) {
    item.setText(0, title.toUpper());
    setFlags(item, Qt::ItemIsEnabled);
    item.setFont(0, theme_.font(7.5, true));
    item.setForeground(0, theme_.colour(&Palette::mutedText));
    item.setFirstColumnSpanned(true);
  };
  return {title, fill, std::move(rows)};
}

/// Each value is set once, as it is in the end: a text and another one behind it are changes at every time.
TreeRow SpaceTree::row(Row kind, std::size_t place, const std::vector<Cell>& cells,
                       std::size_t alternative) const {
  const auto fill = [this, kind, place, cells, alternative](QTreeWidgetItem& item) {
    setFlags(item, Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable);
    item.setData(0, KindRole, static_cast<int>(kind));
    item.setData(0, PlaceRole, QVariant::fromValue<qulonglong>(place));
    item.setData(0, AlternativeRole, QVariant::fromValue<qulonglong>(alternative));
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const Cell& cell = cells[c];
      const int column = static_cast<int>(c);
      item.setText(column, cell.text);
      item.setToolTip(column, cell.tip.isEmpty() ? cell.text : cell.tip);
      item.setForeground(column, theme_.colour(cell.muted ? &Palette::mutedText : &Palette::text));
      if (cell.edited) item.setData(column, EditRole, *cell.edited);
    }
  };
  return {QStringLiteral("%1 %2").arg(place).arg(alternative), fill, {}};
}

std::vector<TreeRow> SpaceTree::fileRows() const {
  std::vector<TreeRow> rows;
  for (std::size_t d = 0; d < space_.dimensions.size(); ++d) {
    const Dimension& dimension = space_.dimensions[d];
    if (dimension.of == Dimension::Of::Parameter) continue;
    for (std::size_t a = 0; a < dimension.alternatives.size(); ++a) {
      const Alternative& each = dimension.alternatives[a];
      QStringList files;
      for (const std::string& file : each.files) files << QString::fromStdString(file);
      const QString name = QString::fromStdString(each.name);
      const QString count = files.size() == 1 ? QString() : tr("%1 files").arg(files.size());
      rows.push_back(row(Row::File, d,
                         {{QString::fromStdString(dimension.name)},
                          {name, name, files.join(QLatin1Char('\n'))},
                          {count, {}, {}, true}},
                         a));
    }
  }
  return rows;
}

std::vector<TreeRow> SpaceTree::parameterRows() const {
  std::vector<TreeRow> rows;
  for (std::size_t d = 0; d < space_.dimensions.size(); ++d) {
    const Dimension& dimension = space_.dimensions[d];
    if (dimension.of != Dimension::Of::Parameter) continue;
    const QString name = QString::fromStdString(dimension.name);
    const QString values = QString::fromStdString(editedText(dimension));
    rows.push_back(
        row(Row::Dimension, d,
            {{name, name},
             {values, values,
              tr("1,2,4 lists values, 1:8 counts up, 2:32:2 in steps, 1:64:*2 multiplies; “when rows "
                 "> 4” behind them varies only there")},
             {sizeText(dimension.size()), {}, {}, true}}));
  }
  return rows;
}

std::vector<TreeRow> SpaceTree::derivedRows() const {
  std::vector<TreeRow> rows;
  for (std::size_t i = 0; i < space_.derived.size(); ++i) {
    const QString name = QString::fromStdString(space_.derived[i].name);
    const QString value = QString::fromStdString(space_.derived[i].value.expression.text());
    rows.push_back(row(Row::Derived, i, {{name, name}, {value, value}, {}}));
  }
  return rows;
}

std::vector<TreeRow> SpaceTree::constraintRows() const {
  std::vector<TreeRow> rows;
  for (std::size_t i = 0; i < space_.constraints.size(); ++i) {
    const QString condition = QString::fromStdString(space_.constraints[i].condition.expression.text());
    const QString reason = QString::fromStdString(space_.constraints[i].reason);
    const QString shown = reason.isEmpty() ? tr("no reason given") : reason;
    rows.push_back(
        row(Row::Constraint, i, {{condition, condition}, {shown, reason, {}, reason.isEmpty()}, {}}));
  }
  return rows;
}

void SpaceTree::setSpace(const Space& space) {
  space_ = space;
  std::vector<TreeRow> headings;
  const auto add = [&](const QString& title, std::vector<TreeRow> rows) {
    if (!rows.empty()) headings.push_back(heading(title, std::move(rows)));
  };
  add(tr("Files"), fileRows());
  add(tr("Varied"), parameterRows());
  add(tr("Derived"), derivedRows());
  add(tr("Must hold"), constraintRows());
  updateTree(*this, headings);
}

QTreeWidgetItem* SpaceTree::rowOf(std::size_t dimension) const {
  for (int h = 0; h < topLevelItemCount(); ++h) {
    for (int r = 0; r < topLevelItem(h)->childCount(); ++r) {
      QTreeWidgetItem* row = topLevelItem(h)->child(r);
      if (kindOf(*row) == Row::Dimension && placeOf(*row) == dimension) return row;
    }
  }
  return nullptr;
}

void SpaceTree::selectDimension(std::size_t dimension) {
  if (QTreeWidgetItem* row = rowOf(dimension)) setCurrentItem(row, 1);
}

EditedSpace SpaceTree::edited(const QTreeWidgetItem& item, int column, const QString& typed) const {
  const std::string text = typed.toStdString();
  const std::size_t place = placeOf(item);
  const auto other = [&](int which) { return item.data(which, EditRole).toString().toStdString(); };
  switch (kindOf(item)) {
    case Row::Dimension:
      return column == 0 ? withName(space_, place, text) : withValues(space_, place, text);
    case Row::Derived:
      return column == 0 ? withDerived(space_, place, text, other(1))
                         : withDerived(space_, place, other(0), text);
    case Row::Constraint:
      return column == 0 ? withConstraint(space_, place, text, other(1))
                         : withConstraint(space_, place, other(0), text);
    case Row::File: {
      Space next = space_;
      next.dimensions[place].alternatives[item.data(0, AlternativeRole).toULongLong()].name = text;
      return checkedSpace(next);
    }
    case Row::Heading:
      break;
  }
  return SpaceRefusal{};
}

QString SpaceTree::stepFor(const QTreeWidgetItem& item) const {
  return kindOf(item) == Row::Constraint ? tr("Change what must hold in the space")
                                         : tr("Change %1 of the space").arg(item.text(0));
}

void SpaceTree::commit(const QTreeWidgetItem& item, int column, const QString& text) {
  if (!editor_ || text == item.data(column, EditRole).toString()) {
    Q_EMIT told({});
    return;
  }
  Q_EMIT told(editor_(stepFor(item), edited(item, column, text)));
}

bool SpaceTree::canRemove() const {
  const QTreeWidgetItem* item = currentItem();
  return item != nullptr && item->parent() != nullptr;
}

void SpaceTree::removeCurrent() {
  if (!canRemove() || !editor_) return;
  const QTreeWidgetItem& item = *currentItem();
  const std::size_t place = placeOf(item);
  const QString name = item.text(0);
  Space next = space_;
  switch (kindOf(item)) {
    case Row::Dimension:
      eraseAt(next.dimensions, place);
      break;
    case Row::Derived:
      eraseAt(next.derived, place);
      break;
    case Row::Constraint:
      eraseAt(next.constraints, place);
      break;
    case Row::File: {
      auto& alternatives = next.dimensions[place].alternatives;
      eraseAt(alternatives, item.data(0, AlternativeRole).toULongLong());
      if (alternatives.empty()) eraseAt(next.dimensions, place);
      break;
    }
    case Row::Heading:
      return;
  }
  Q_EMIT told(editor_(tr("Take %1 out of the space").arg(name), checkedSpace(next)));
}

void SpaceTree::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && state() != EditingState) return removeCurrent();
  if ((key == Qt::Key_Return || key == Qt::Key_Enter) && state() != EditingState && canRemove()) {
    const int column = currentColumn() == 2 ? 1 : currentColumn();
    return editItem(currentItem(), column);
  }
  QTreeWidget::keyPressEvent(event);
}

}  // namespace taktwerk
