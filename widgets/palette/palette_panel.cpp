// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palette_panel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QTreeWidget>

#include "widgets/actions/item_menu.h"
#include "widgets/document/document.h"
#include "widgets/theme/filtered_tree.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr int placeableRole = Qt::UserRole;

class PaletteTree : public QTreeWidget {
 protected:
  [[nodiscard]] QStringList mimeTypes() const override { return {QLatin1String(placeableMimeType)}; }
  [[nodiscard]] QMimeData* mimeData(const QList<QTreeWidgetItem*>& items) const override {
    if (items.isEmpty() || !items.front()->data(0, placeableRole).isValid()) return nullptr;
    auto* mime = new QMimeData;
    mime->setData(QLatin1String(placeableMimeType),
                  items.front()->data(0, placeableRole + 1).toString().toUtf8());
    return mime;
  }
  [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
};

}  // namespace

PalettePanel::PalettePanel(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), filter_(new QLineEdit), tree_(new PaletteTree) {
  layOutFilteredTree(*this, *filter_, *tree_, {tr("Palette"), tr("Filter classes and templates"), 10});
  tree_->setRootIsDecorated(false);
  tree_->setDragEnabled(true);
  tree_->setDragDropMode(QAbstractItemView::DragOnly);
  connect(filter_, &QLineEdit::textChanged, this, &PalettePanel::rebuild);
  connect(&theme_, &Theme::changed, this, &PalettePanel::rebuild);
  connect(tree_, &QTreeWidget::itemDoubleClicked, this, [this](const QTreeWidgetItem* item) {
    // The list can be another soon, so that it is given as a copy.
    if (const auto what = placeableOf(item)) Q_EMIT placeRequested(*what);
  });
  tree_->installEventFilter(this);
  new ItemMenu(*tree_, [this](QMenu& menu, const QModelIndex& index) {
    const auto what = placeableOf(tree_->itemFromIndex(index));
    if (!what) return;
    menu.addAction(tr("&Add at a free place"), this, [this, what] { Q_EMIT addRequested(*what); });
    menu.addAction(tr("&Place with the mouse"), this, [this, what] { Q_EMIT placeRequested(*what); });
  });
  all_ = placeables(nullptr);
  rebuild();
}

bool PalettePanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == tree_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      if (const auto what = placeableOf(tree_->currentItem())) Q_EMIT addRequested(*what);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

std::optional<Placeable> PalettePanel::placeableOf(const QTreeWidgetItem* item) const {
  const QVariant index = item ? item->data(0, placeableRole) : QVariant();
  if (!index.isValid() || index.toUInt() >= shown_.size()) return std::nullopt;
  return shown_[index.toUInt()];
}

void PalettePanel::setDocument(const std::shared_ptr<const Document>& document) {
  document_ = document;
  refresh(document_.get());
}

void PalettePanel::setLibrary(std::shared_ptr<const TemplateLibrary> library) {
  library_ = std::move(library);
  refresh(document_.get());
}

void PalettePanel::refresh(const Document* document) {
  std::vector<Placeable> all = placeables(document ? document->architecture.get() : nullptr, library_.get());
  const bool same = std::equal(all.begin(), all.end(), all_.begin(), all_.end(),
                               [](const Placeable& a, const Placeable& b) {
                                 return a.id() == b.id() && a.description == b.description;
                               });
  if (same) return;
  all_ = std::move(all);
  rebuild();
}

void PalettePanel::rebuild() {
  shown_ = matching(all_, filter_->text());
  std::vector<TreeRow> rows;
  std::map<std::pair<bool, BlockKind>, std::size_t> groups;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const Placeable& what = shown_[i];
    const bool library = what.library != nullptr;
    const auto [group, fresh] = groups.try_emplace({library, what.kind}, rows.size());
    if (fresh) rows.push_back(groupRow(library, what.kind));
    rows[group->second].rows.push_back({what.id(),
                                        [this, i](QTreeWidgetItem& item) {
                                          const Placeable& placeable = shown_[i];
                                          item.setText(0, placeable.title);
                                          item.setIcon(0, iconOf(theme_, placeable));
                                          item.setToolTip(0, placeable.description);
                                          item.setData(0, placeableRole, static_cast<uint>(i));
                                          item.setData(0, placeableRole + 1, placeable.id());
                                          item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                                                        Qt::ItemIsDragEnabled);
                                        },
                                        {}});
  }
  if (shown_.empty()) {
    rows.push_back({QString(),
                    [this](QTreeWidgetItem& item) {
                      item.setText(0, tr("Nothing matches “%1”.").arg(filter_->text()));
                      item.setFlags(Qt::NoItemFlags);
                    },
                    {}});
  }
  updateTree(*tree_, rows);
}

TreeRow PalettePanel::groupRow(bool library, BlockKind kind) const {
  const bool templates = kind == BlockKind::Unknown;
  const QString title = library     ? tr("Library")
                        : templates ? tr("Templates of this file")
                                    : QString::fromUtf8(nameOf(kind).data());
  return {title,
          [this, title](QTreeWidgetItem& item) {
            item.setText(0, title);
            item.setFlags(Qt::ItemIsEnabled);
            item.setForeground(0, theme_.colour(&Palette::mutedText));
          },
          {}};
}

}  // namespace taktwerk
