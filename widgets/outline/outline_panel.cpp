// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outline/outline_panel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <algorithm>

#include "widgets/document/document.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/filtered_tree.h"
#include "widgets/theme/kind_icon.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr int objectRole = Qt::UserRole;
constexpr std::size_t mostExpanded = 500;  // blocks

enum Group { Path, Registers, Memories, Other, GroupCount };

Group groupOf(BlockKind kind) {
  switch (kind) {
    case BlockKind::Control:
    case BlockKind::Stage:
    case BlockKind::Compute:
    case BlockKind::MemoryAccess:
      return Path;
    case BlockKind::RegisterFile:
      return Registers;
    case BlockKind::OnChipMemory:
    case BlockKind::OffChipMemory:
      return Memories;
    case BlockKind::Interconnect:
    case BlockKind::Unknown:
      break;
  }
  return Other;
}

}  // namespace

OutlinePanel::OutlinePanel(const Theme& theme, SelectionModel& selection, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      selection_(selection, [this] { return document_ ? document_->shown : nullptr; }),
      filter_(new QLineEdit),
      tree_(new QTreeWidget) {
  layOutFilteredTree(*this, *filter_, *tree_, {tr("Outline"), tr("Filter blocks"), 14});
  tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  filter_->setToolTip(
      tr("Return or F3 goes to the next block that is found, Shift with it to the one before"));
  filter_->installEventFilter(this);
  connect(filter_, &QLineEdit::textChanged, this, &OutlinePanel::filter);
  connect(filter_, &QLineEdit::textChanged, this, &OutlinePanel::searched);
  connect(tree_, &QTreeWidget::itemSelectionChanged, this, &OutlinePanel::giveSelection);
  connect(tree_, &QTreeWidget::itemActivated, this, [this] { Q_EMIT activated(); });
  connect(&selection_.model(), &SelectionModel::selectionChanged, this, &OutlinePanel::takeSelection);
  connect(&theme_, &Theme::changed, this, &OutlinePanel::rebuild);
}

void OutlinePanel::setDocument(std::shared_ptr<const Document> document) {
  const auto same = [](const Block& a, const Block& b) {
    return a.title == b.title && a.kind == b.kind && a.parent == b.parent && a.className == b.className;
  };
  const bool unchanged =
      document && document_ && document->diagram && document_->diagram &&
      std::equal(document->diagram->blocks.begin(), document->diagram->blocks.end(),
                 document_->diagram->blocks.begin(), document_->diagram->blocks.end(), same);
  document_ = std::move(document);
  if (unchanged) {  // an edit of something else
    takeSelection(nullptr);
    return;
  }
  rebuild();
}

void OutlinePanel::focusFilter() {
  filter_->setFocus();
  filter_->selectAll();
}

bool OutlinePanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == filter_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      stepThrough(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
      return true;
    }
    if (key->key() == Qt::Key_Down) {
      tree_->setFocus();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

bool OutlinePanel::searches() const {
  return !filter_->text().isEmpty();
}

void OutlinePanel::stepThrough(int by) {
  std::vector<QTreeWidgetItem*> found;
  std::ptrdiff_t at = by > 0 ? -1 : 0;
  for (QTreeWidgetItemIterator it(tree_, QTreeWidgetItemIterator::NotHidden); *it; ++it) {
    // Blocks that stand there for what is around or in them are not what was searched for.
    if (!(*it)->data(0, objectRole).isValid() ||
        !(*it)->text(0).contains(filter_->text(), Qt::CaseInsensitive))
      continue;
    if ((*it)->isSelected()) at = std::ssize(found);
    found.push_back(*it);
  }
  if (found.empty()) return;
  const std::ptrdiff_t count = std::ssize(found);
  QTreeWidgetItem* next = found[static_cast<std::size_t>((at + by + count) % count)];
  tree_->setCurrentItem(next);
  tree_->scrollToItem(next);
}

void OutlinePanel::rebuild() {
  following_ = true;
  items_.clear();
  std::vector<TreeRow> rows;
  if (document_ && document_->diagram) {
    const auto& blocks = document_->diagram->blocks;
    items_.assign(blocks.size(), nullptr);
    icons_.clear();
    const bool small = blocks.size() <= mostExpanded;
    std::map<Group, std::vector<TreeRow>> groups;
    for (const Block& block : blocks) {
      if (!block.parent) groups[groupOf(block.kind)].push_back(rowOf(block, small));
    }
    const QString names[GroupCount] = {tr("Instruction path"), tr("Register files"), tr("Memories"),
                                       tr("Other")};
    for (auto& [group, inner] : groups) {
      rows.push_back({names[group],
                      [this, name = names[group]](QTreeWidgetItem& item) {
                        item.setText(0, name);
                        item.setForeground(0, theme_.colour(&Palette::mutedText));
                        item.setFlags(Qt::ItemIsEnabled);
                      },
                      std::move(inner)});
    }
  }
  updateTree(*tree_, rows);
  following_ = false;
  filter(filter_->text());
  takeSelection(nullptr);
}

TreeRow OutlinePanel::rowOf(const Block& block, bool expanded) {
  TreeRow row;
  row.key = QString::fromStdString(document_->shown->objects[block.object.index()].name);
  row.expanded = expanded;
  row.fill = [this, &block](QTreeWidgetItem& item) {
    auto [icon, fresh] = icons_.try_emplace(block.kind);
    if (fresh) icon->second = kindIcon(theme_, block.kind);
    item.setText(0, shortened(block.title));
    item.setIcon(0, icon->second);
    item.setData(0, objectRole, block.object.value);
    item.setToolTip(0, shortened(block.className));
    items_[block.object.index()] = &item;
  };
  for (const std::uint32_t child : block.children) {
    row.rows.push_back(rowOf(document_->diagram->blocks[child], expanded));
  }
  return row;
}

namespace {

/// Hides what does not match, but for what is around or in something that does. Whether anything is left.
bool keepMatching(QTreeWidgetItem* item, const QString& text, bool around) {
  const bool match = around || item->text(0).contains(text, Qt::CaseInsensitive);
  bool any = match;
  for (int i = 0; i < item->childCount(); ++i) any |= keepMatching(item->child(i), text, match);
  item->setHidden(!any);
  return any;
}

}  // namespace

void OutlinePanel::filter(const QString& text) {
  for (int g = 0; g < tree_->topLevelItemCount(); ++g) {
    QTreeWidgetItem* group = tree_->topLevelItem(g);
    bool any = false;
    for (int i = 0; i < group->childCount(); ++i) any |= keepMatching(group->child(i), text, false);
    group->setHidden(!any);
  }
}

QString OutlinePanel::dump() const {
  QString text;
  for (QTreeWidgetItemIterator it(tree_, QTreeWidgetItemIterator::NotHidden); *it; ++it) {
    qsizetype depth = 0;
    for (const QTreeWidgetItem* up = (*it)->parent(); up; up = up->parent()) ++depth;
    text += QString(depth * 2, QLatin1Char(' ')) + (*it)->text(0) + QLatin1Char('\n');
  }
  return text;
}

QString OutlinePanel::nameAt(const QModelIndex& index) const {
  const QVariant object = index.siblingAtColumn(0).data(objectRole);
  if (!object.isValid() || !document_) return {};
  const ShownId id{object.toUInt()};
  if (id.index() >= document_->shown->objects.size()) return {};
  return QString::fromStdString(document_->shown->objects[id.index()].name);
}

void OutlinePanel::takeSelection(const QObject* origin) {
  if (origin == this) return;
  following_ = true;
  tree_->clearSelection();
  QTreeWidgetItem* last = nullptr;
  for (const ShownId object : selection_.objects()) {
    if (object.index() >= items_.size() || !items_[object.index()]) continue;
    last = items_[object.index()];
    last->setSelected(true);
  }
  if (last) tree_->scrollToItem(last);
  following_ = false;
}

void OutlinePanel::giveSelection() {
  if (following_) return;
  ShownSelection::Objects objects;
  for (const QTreeWidgetItem* item : tree_->selectedItems()) {
    const QVariant object = item->data(0, objectRole);
    if (object.isValid()) objects.insert(ShownId{object.toUInt()});
  }
  selection_.select(objects, this);
}

}  // namespace taktwerk
