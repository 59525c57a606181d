// SPDX-License-Identifier: GPL-3.0-or-later
// What the page looks like, and what happens where it is clicked.
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/actions/item_menu.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_editor.h"
#include "widgets/mapping/mapping_lists.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/mapping/memory_bars.h"
#include "widgets/mapping/tunable_panel.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// A column without margins or gaps, and what is in it.
QVBoxLayout* columnIn(QWidget* widget) {
  auto* column = new QVBoxLayout(widget);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  return column;
}

}  // namespace

void MappingPage::styleParts() {
  layers_->setAccessibleName(tr("Layers and their mappings"));
  candidates_->setHorizontalHeaderLabels({tr("Mapping"), tr("Cycles"), tr("Fits, or why not")});
  candidates_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  candidates_->horizontalHeader()->setStretchLastSection(true);
  candidates_->horizontalHeader()->setHighlightSections(false);
  candidates_->verticalHeader()->hide();
  candidates_->verticalHeader()->setDefaultSectionSize(23);
  candidates_->setShowGrid(false);
  candidates_->setWordWrap(false);
  candidates_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  candidates_->setSelectionBehavior(QAbstractItemView::SelectRows);
  candidates_->setSelectionMode(QAbstractItemView::SingleSelection);
  candidates_->setAccessibleName(tr("Mappings for the layer"));
  candidates_->setFrameShape(QFrame::NoFrame);
  instructions_->setFont(theme_.fixedFont(8.5));
  instructions_->setFrameShape(QFrame::NoFrame);
  instructions_->setUniformItemSizes(true);
  instructions_->setAccessibleName(tr("Instructions of one iteration"));
  title_->setFont(theme_.font(9, true));
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  check_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  check_->setAccessibleDescription(tr("What the checker says"));
  iteration_->setWordWrap(true);
  iteration_->setContentsMargins(8, 4, 8, 4);
  title_->setContentsMargins(12, 8, 8, 0);
  check_->setContentsMargins(8, 6, 8, 6);
  attachMore_->setText(tr("More"));
  attachMore_->setMenu(makeAttachMenu());
  attachMore_->setPopupMode(QToolButton::InstantPopup);
  attachMore_->setToolTip(tr("Attach to more layers, or let the best mapping be chosen again"));
}

QMenu* MappingPage::makeAttachMenu() {
  auto* menu = new QMenu(attachMore_);
  menu->addAction(tr("Attach to all layers of this operator"), this,
                  [this] { attach(study_.shown, Scope::Operator); });
  menu->addAction(tr("Attach to all layers"), this, [this] { attach(study_.shown, Scope::All); });
  menu->addSeparator();
  menu->addAction(tr("Reset the selected layers"), this, [this] { attach({}, Scope::Layer); });
  menu->addAction(tr("Reset all layers of this operator"), this, [this] { attach({}, Scope::Operator); });
  menu->addAction(tr("Reset all layers"), this, [this] { attach({}, Scope::All); });
  return menu;
}

QWidget* MappingPage::makeMiddle() {
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->setContentsMargins(12, 6, 8, 6);
  for (QWidget* each : std::initializer_list<QWidget*>{attach_, attachMore_, new_, save_})
    head->addWidget(each);
  head->addStretch(1);
  auto* middle = new QWidget;
  auto* column = columnIn(middle);
  column->addWidget(title_);
  column->addLayout(head);
  column->addWidget(candidates_, 1);
  return middle;
}

QWidget* MappingPage::makeMemories() {
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setAccessibleName(tr("Memories and tunables"));
  area->setFrameShape(QFrame::NoFrame);
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(bars_);
  auto* tunableColumn = new QVBoxLayout;
  tunableColumn->setContentsMargins(12, 6, 12, 6);
  tunableColumn->addWidget(tunables_);
  tunableColumn->addWidget(search_, 0, Qt::AlignLeft);
  search_->hide();
  column->addLayout(tunableColumn);
  column->addStretch(1);
  area->setWidget(page);
  return area;
}

QWidget* MappingPage::makeDetails() {
  auto* page = new QWidget;
  auto* column = columnIn(page);
  column->addWidget(iteration_);
  column->addWidget(instructions_, 1);
  auto* details = new QTabWidget;
  details->setDocumentMode(true);
  details->setUsesScrollButtons(false);  // the page is as wide as its tabs at least
  details->addTab(makeMemories(), tr("Memories"));
  details->setTabToolTip(0, tr("What the memories hold, and the tunables of the mapping"));
  details->addTab(tree_, tr("Loop nest"));
  details->addTab(page, tr("Instructions"));
  return details;
}

void MappingPage::arrange() {
  auto* centre = new QSplitter(Qt::Vertical);
  centre->addWidget(makeMiddle());
  centre->addWidget(makeDetails());
  centre->setChildrenCollapsible(false);
  auto* text = new QWidget;
  auto* column = columnIn(text);
  column->addWidget(check_);
  column->addWidget(editor_, 1);
  auto* all = new QSplitter(Qt::Horizontal);
  all->addWidget(layers_);
  all->addWidget(centre);
  all->addWidget(text);
  all->setSizes({170, 390, 260});
  all->setStretchFactor(0, 1);
  all->setStretchFactor(1, 3);
  all->setStretchFactor(2, 3);
  all->setChildrenCollapsible(false);
  columnIn(this)->addWidget(all);
  setFocusProxy(layers_);
}

void MappingPage::bindButtons() {
  connect(attach_, &QPushButton::clicked, this, [this] { attach(study_.shown, Scope::Layer); });
  connect(new_, &QPushButton::clicked, this, &MappingPage::createMapping);
  connect(save_, &QPushButton::clicked, this, [this] {
    if (document_) Q_EMIT saveRequested(document_->path());
  });
  connect(search_, &QPushButton::clicked, this, &MappingPage::searchBest);
  connect(tunables_, &TunablePanel::varyRequested, this, &MappingPage::varyRequested);
  connect(tunables_, &TunablePanel::moved, this,
          [this](const QString& name, qint64 value, const QString& gesture) {
            setTunable(name.toStdString(), value, gesture);
          });
}

void MappingPage::bindMenus() {
  new ItemMenu(*candidates_, [this](QMenu& menu, const QModelIndex& index) {
    const QString name = index.siblingAtColumn(0).data(nameRole).toString();
    if (!candidate(name)) return;
    menu.addAction(tr("&Attach to the selected layers"), this, [this, name] { attach(name, Scope::Layer); });
    menu.addAction(tr("Attach to all layers of this &operator"), this,
                   [this, name] { attach(name, Scope::Operator); });
    menu.addAction(tr("Attach to a&ll layers"), this, [this, name] { attach(name, Scope::All); });
    menu.addSeparator();
    menu.addAction(tr("&Copy its name"), this, [name] { QGuiApplication::clipboard()->setText(name); });
  });
  new ItemMenu(*layers_, [this](QMenu& menu, const QModelIndex&) {
    menu.addAction(tr("&Reset the selected layers"), this, [this] { attach({}, Scope::Layer); });
    menu.addAction(tr("Reset all layers of this &operator"), this, [this] { attach({}, Scope::Operator); });
    menu.addSeparator();
    menu.addAction(tr("&Copy its name"), this,
                   [name = currentLayer()] { QGuiApplication::clipboard()->setText(name); });
  });
}

void MappingPage::bindLists() {
  bindMenus();
  connect(layers_, &QListWidget::currentRowChanged, this, [this] {
    if (refreshing_) return;
    wanted_.clear();
    studySoon();
    Q_EMIT layerSelected(currentLayer());
  });
  connect(candidates_, &QTableWidget::currentCellChanged, this, [this](int now, int, int before) {
    if (refreshing_ || now < 0 || now == before) return;
    const MappingCandidate* chosen = candidate(candidates_->item(now, 0)->data(nameRole).toString());
    if (!chosen) return;
    wanted_ = chosen->file;
    showMapping(chosen->name);
    studySoon();
  });
  connect(candidates_, &QTableWidget::cellActivated, this, [this] { attach(study_.shown, Scope::Layer); });
  connect(tree_, &LoopNestTree::lineActivated, this, [this](int line) {
    editor_->goTo({static_cast<std::uint32_t>(std::max(1, line)), 1});
  });
  connect(tree_, &LoopNestTree::editFailed, check_, &QLabel::setText);
  connect(instructions_, &QListWidget::currentRowChanged, this, [this](int at) {
    if (at >= 0 && at < static_cast<int>(study_.instructions.size())) {
      editor_->goTo({study_.instructions[static_cast<std::size_t>(at)].line, 1});
    }
  });
}

}  // namespace taktwerk
