// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/command_palette.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/actions/command_table.h"

namespace taktwerk {

namespace {

constexpr int placeRole = Qt::UserRole;
constexpr std::size_t mostRows = 200;

bool matches(const PaletteEntry& entry, const QStringList& words) {
  return std::all_of(words.begin(), words.end(), [&](const QString& word) {
    return entry.path.contains(word, Qt::CaseInsensitive) || entry.help.contains(word, Qt::CaseInsensitive);
  });
}

}  // namespace

CommandPalette::CommandPalette(const CommandTable& commands, QWidget* parent)
    : QDialog(parent, Qt::Popup), commands_(commands), text_(new QLineEdit), list_(new QTreeWidget) {
  setFixedSize(620, 380);
  text_->setPlaceholderText(tr("Type a command, a panel, a layer, a block or a file"));
  text_->setAccessibleName(tr("What to do or where to go"));
  text_->installEventFilter(this);
  list_->setAccessibleName(tr("What was found"));
  list_->setColumnCount(2);
  list_->setHeaderHidden(true);
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(text_);
  column->addWidget(list_, 1);
  connect(text_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(list_, &QTreeWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::setPlaces(Entries panels, Entries places) {
  panels_ = std::move(panels);
  places_ = std::move(places);
}

void CommandPalette::popUp() {
  collect();
  text_->clear();
  filter({});
  if (const QWidget* window = parentWidget()) {
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, 90)));
  }
  QDialog::show();
  text_->setFocus();
}

void CommandPalette::collect() {
  entries_ = panels_ ? panels_() : std::vector<PaletteEntry>();
  for (Command* command : commands_.commands()) {
    QAction* action = command->action();
    PaletteEntry entry{command->path(), action->statusTip(),
                       action->shortcut().toString(QKeySequence::NativeText), command->whyNot()};
    entry.run = [this, command, action] {
      if (QMenu* menu = action->menu()) {
        menu->popup(pos());
      } else {
        command->run();
      }
    };
    entries_.push_back(std::move(entry));
  }
  if (!places_) return;
  std::vector<PaletteEntry> places = places_();
  std::move(places.begin(), places.end(), std::back_inserter(entries_));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == text_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      step(key == Qt::Key_Down ? 1 : -1);
      return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      runCurrent();
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

void CommandPalette::step(int by) {
  const QTreeWidgetItem* current = list_->currentItem();
  if (!current) return;
  QTreeWidgetItem* next = by > 0 ? list_->itemBelow(current) : list_->itemAbove(current);
  if (next && next->data(0, placeRole).isValid()) list_->setCurrentItem(next);
}

void CommandPalette::filter(const QString& text) {
  list_->clear();
  const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (matches(entries_[i], words)) found.push_back(i);
  }
  // What can be used first, so that Enter does something.
  std::stable_partition(found.begin(), found.end(),
                        [this](std::size_t i) { return entries_[i].whyNot.isEmpty(); });
  const std::size_t rows = std::min(found.size(), mostRows);
  for (std::size_t i = 0; i < rows; ++i) show(entries_[found[i]], found[i]);
  if (found.empty()) showNote(tr("Nothing matches “%1”.").arg(text.trimmed()));
  if (found.size() > rows) showNote(tr("and %1 more; type more of the name").arg(found.size() - rows));
  if (!found.empty()) list_->setCurrentItem(list_->topLevelItem(0));
}

void CommandPalette::show(const PaletteEntry& entry, std::size_t place) {
  const bool usable = entry.whyNot.isEmpty();
  auto* item = new QTreeWidgetItem(
      list_, {usable ? entry.path : tr("%1 — %2").arg(entry.path, entry.whyNot), entry.keys});
  item->setData(0, placeRole, QVariant::fromValue(place));
  item->setToolTip(0, usable ? entry.help : entry.whyNot);
  item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  if (usable) return;
  // Not disabled: then neither the arrow keys nor a screen reader would come to the reason.
  for (int column = 0; column < 2; ++column) {
    item->setForeground(column, palette().brush(QPalette::Disabled, QPalette::Text));
  }
}

void CommandPalette::showNote(const QString& text) {
  auto* item = new QTreeWidgetItem(list_, {text});
  item->setFlags(Qt::NoItemFlags);
}

void CommandPalette::runCurrent() {
  const QTreeWidgetItem* item = list_->currentItem();
  if (!item || !item->data(0, placeRole).isValid()) return;
  const PaletteEntry entry = entries_[item->data(0, placeRole).value<std::size_t>()];
  if (!entry.whyNot.isEmpty()) return;
  hide();
  if (entry.run) entry.run();
}

}  // namespace taktwerk
