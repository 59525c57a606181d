// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pin_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/actions/command_table.h"
#include "widgets/compare/pin_model.h"
#include "widgets/session/session.h"
#include "widgets/theme/page_parts.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

PinPanel::PinPanel(const Theme& theme, Session& session, const EstimateController& estimates,
                   CommandTable& commands, QWidget* parent)
    : QWidget(parent),
      session_(session),
      model_(new PinModel(session, estimates, this)),
      table_(makeTable(*model_, tr("Pinned results"))),
      baseline_(makeButton(tr("Baseline"), tr("Show differences against this result in all views"))),
      rename_(makeButton(tr("Rename"), tr("Give the result another title"))),
      save_(makeButton(tr("Save as…"), tr("Write the result to a file that can be opened here again"))),
      remove_(makeButton(tr("Remove"), tr("Take the result out of the list"))) {
  auto* pin = makeButton(tr("Pin result"), {});
  auto* open =
      makeButton(tr("Open…"), tr("Pin a result that “taktwerk-cli estimate --json” or “Save as…” has "
                                 "written; dropping the file here does the same"));
  baseline_->setCheckable(true);
  table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  auto* buttons = new QGridLayout;
  buttons->setContentsMargins(8, 6, 8, 8);
  buttons->setSpacing(6);
  buttons->addWidget(pin, 0, 0);
  buttons->addWidget(open, 0, 1);
  buttons->addWidget(baseline_, 1, 0);
  buttons->addWidget(rename_, 1, 1);
  buttons->addWidget(save_, 2, 0);
  buttons->addWidget(remove_, 2, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(under(makeHeading(theme, tr("Pinned results")), table_), 1);
  column->addLayout(buttons);

  QAction* action = commands.action(QStringLiteral("analyse.pin"));
  const auto follow = [action, pin] {
    pin->setEnabled(action->isEnabled());
    pin->setToolTip(action->toolTip());
  };
  follow();
  connect(action, &QAction::changed, pin, follow);
  connect(pin, &QPushButton::clicked, action, &QAction::trigger);
  connect(open, &QPushButton::clicked, this, &PinPanel::openRequested);
  connect(baseline_, &QPushButton::clicked, this, [this](bool on) {
    session_.setBaseline(on ? current() : std::nullopt);
    refreshButtons();
  });
  connect(rename_, &QPushButton::clicked, this,
          [this] { table_->edit(table_->currentIndex().siblingAtColumn(PinModel::Title)); });
  connect(save_, &QPushButton::clicked, this, [this] {
    if (const auto pinned = current()) Q_EMIT saveRequested(*pinned);
  });
  const auto remove = [this] {
    if (const auto pinned = current()) session_.unpin(*pinned);
  };
  connect(remove_, &QPushButton::clicked, this, remove);
  connect(new QShortcut(QKeySequence::Delete, table_, nullptr, nullptr, Qt::WidgetShortcut),
          &QShortcut::activated, this, remove);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PinPanel::refreshButtons);
  connect(&session_, &Session::baselineChanged, this, &PinPanel::refreshButtons);
  connect(model_, &PinModel::modelReset, this, [this] {
    fitColumns(*table_, PinModel::Title, 40, 120);
    if (model_->rowCount() > 0) table_->selectRow(model_->rowCount() - 1);
    refreshButtons();
  });
  connect(model_, &PinModel::dataChanged, this, [this] { fitColumns(*table_, PinModel::Title, 40, 120); });
  fitColumns(*table_, PinModel::Title, 40, 120);
  refreshButtons();
}

std::optional<std::size_t> PinPanel::current() const {
  const QModelIndex index = table_->currentIndex();
  if (!index.isValid()) return std::nullopt;
  return static_cast<std::size_t>(index.row());
}

void PinPanel::refreshButtons() {
  const auto pinned = current();
  for (QPushButton* button : {baseline_, rename_, remove_}) button->setEnabled(pinned.has_value());
  save_->setEnabled(pinned && *pinned < session_.pins().size() && session_.pins()[*pinned].estimate);
  baseline_->setChecked(pinned && session_.baselinePlace() == pinned);
}

}  // namespace taktwerk
