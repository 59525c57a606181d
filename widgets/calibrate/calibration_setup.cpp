// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/calibration_setup.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/network/operators.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/calibrate/fit_list.h"
#include "widgets/estimate/variables.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/page_parts.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

QWidget* columnOf(QVBoxLayout*& column) {
  auto* part = new QWidget;
  column = new QVBoxLayout(part);
  column->setContentsMargins(12, 0, 12, 8);
  column->setSpacing(6);
  return part;
}

}  // namespace

CalibrationSetup::CalibrationSetup(Models& models, CalibrationRun& run, QWidget* parent)
    : QWidget(parent),
      models_(models),
      run_(run),
      file_(new QLabel),
      what_(new WrappedLabel),
      operator_(new QComboBox),
      vary_(new QToolButton),
      varyMenu_(new QMenu(this)),
      fitted_(new FitList),
      line_(new QLineEdit),
      message_(new WrappedLabel),
      seed_(new QSpinBox),
      progress_(new QProgressBar),
      done_(new QLabel),
      start_(new QPushButton(tr("Run"))),
      stop_(new QPushButton(tr("Stop"))) {
  layOut();
  connectAll();
  refreshTable();
  refresh();
}

QWidget* CalibrationSetup::makeTable() {
  QVBoxLayout* column = nullptr;
  QWidget* part = columnOf(column);
  auto* choose = new QPushButton(tr("Choose…"));
  choose->setObjectName(QStringLiteral("choose"));
  choose->setAccessibleName(tr("Choose a table of measured layers"));
  choose->setToolTip(tr("A table of measured layers (*.csv), which may be dropped on this page as well"));
  connect(choose, &QPushButton::clicked, models_.commands.action(QStringLiteral("calibrate.table")),
          &QAction::trigger);
  file_->setMinimumWidth(1);
  file_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  file_->setAccessibleDescription(tr("Table of measured layers"));
  what_->setAccessibleDescription(tr("What the table holds"));
  setFocusProxy(choose);
  fillOperators();
  auto* file = new QHBoxLayout;
  file->setSpacing(8);
  file->addWidget(file_, 1);
  file->addWidget(choose);
  auto* of = new QHBoxLayout;
  of->setSpacing(8);
  auto* label = new QLabel(tr("Operator"));
  label->setBuddy(operator_);
  of->addWidget(label);
  of->addWidget(operator_, 1);
  column->addLayout(file);
  column->addWidget(what_);
  column->addLayout(of);
  return part;
}

void CalibrationSetup::fillOperators() {
  operator_->setAccessibleName(tr("Operator of all rows"));
  operator_->setToolTip(tr("Of all rows that say none: for tables without a column “operator”"));
  operator_->addItem(tr("as the table says"), QString());
  for (const std::string& name : operatorNames()) {
    const QString text = QString::fromStdString(name);
    operator_->addItem(text, text);
  }
}

QWidget* CalibrationSetup::makeFit() {
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 6, 0);
  vary_->setText(tr("+ Fit"));
  vary_->setToolTip(tr("Choose a parameter that is fitted to half of the rows"));
  vary_->setMenu(varyMenu_);
  vary_->setPopupMode(QToolButton::InstantPopup);
  row->addWidget(makeHeading(models_.theme, tr("Fit")), 1);
  row->addWidget(vary_);
  line_->setPlaceholderText(tr("Add: dram_latency = 10:500"));
  line_->setAccessibleName(tr("Add a parameter that is fitted"));
  line_->setToolTip(
      tr("A parameter and its range, as for --vary: 1:16, 0:64:8 in steps, 8:64:*2 by a factor, or 4,8,16"));
  message_->setContentsMargins(12, 0, 12, 4);
  message_->setAccessibleDescription(tr("What is wrong with what was typed"));
  auto* add = new QHBoxLayout;
  add->setContentsMargins(12, 6, 12, 6);
  add->addWidget(line_);
  auto* part = new QWidget;
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(head);
  column->addWidget(fitted_, 1);
  column->addLayout(add);
  column->addWidget(message_);
  return part;
}

QWidget* CalibrationSetup::makeFoot() {
  QVBoxLayout* column = nullptr;
  QWidget* foot = columnOf(column);
  seed_->setRange(0, 999'999);
  seed_->setValue(1);
  seed_->setAccessibleName(tr("Seed of the halves"));
  seed_->setToolTip(tr("Which rows are in the half that is fitted on"));
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("Rows estimated"));
  done_->setAccessibleDescription(tr("How far the run is"));
  start_->setProperty("primary", true);
  auto* label = new QLabel(tr("Halves drawn with seed"));
  label->setBuddy(seed_);
  auto* drawn = new QHBoxLayout;
  drawn->setSpacing(8);
  drawn->addWidget(label, 1);
  drawn->addWidget(seed_);
  column->addLayout(drawn);
  column->addWidget(progress_);
  column->addWidget(done_);
  column->addWidget(start_);
  column->addWidget(stop_);
  return foot;
}

void CalibrationSetup::layOut() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHeading(models_.theme, tr("Measured layers")));
  column->addWidget(makeTable());
  column->addWidget(makeFit(), 1);
  column->addWidget(makeFoot());
}

void CalibrationSetup::connectAll() {
  connect(operator_, &QComboBox::currentIndexChanged, this,
          [this] { run_.chooseOperator(operator_->currentData().toString()); });
  connect(varyMenu_, &QMenu::aboutToShow, this, &CalibrationSetup::fillVaryMenu);
  connect(fitted_, &FitList::told, this, &CalibrationSetup::tell);
  connect(fitted_, &FitList::changed, this, &CalibrationSetup::refresh);
  connect(line_, &QLineEdit::returnPressed, this, &CalibrationSetup::addLine);
  connect(line_, &QLineEdit::textEdited, this, [this] { tell({}); });
  for (const auto& [button, id] : {std::pair(start_, "calibrate.run"), std::pair(stop_, "calibrate.stop")})
    connect(button, &QPushButton::clicked, models_.commands.action(QLatin1String(id)), &QAction::trigger);
  connect(&run_, &CalibrationRun::changed, this, &CalibrationSetup::refreshTable);
  connect(&run_, &CalibrationRun::changed, this, &CalibrationSetup::refresh);
  connect(&models_.documents, &DocumentController::documentChanged, this, &CalibrationSetup::refresh);
  connect(&models_.theme, &Theme::changed, this, [this] {
    refreshTable();
    tell(message_->text());
  });
}

void CalibrationSetup::fillVaryMenu() {
  varyMenu_->clear();
  for (const Variable& variable : variablesOf(models_.estimates)) {
    const QString full = QString::fromStdString(variable.name);
    if (full.startsWith(QLatin1String("network."))) continue;  // measured layers are networks of their own
    QAction* action = varyMenu_->addAction(full);
    action->setToolTip(QString::fromStdString(variable.description));
    action->setEnabled(!fitted_->has(full));
    connect(action, &QAction::triggered, this, [this, full, range = variable.range] {
      tell(fitted_->add(full + QLatin1Char('=') + rangeToFit(range)));
      fitted_->setFocus();
    });
  }
  if (varyMenu_->isEmpty()) varyMenu_->addAction(tr("The architecture has no parameters"))->setEnabled(false);
}

void CalibrationSetup::browse() {
  const QString path = models_.ask.measuredToOpen ? models_.ask.measuredToOpen() : QString();
  if (!path.isEmpty()) run_.chooseTable(path);
}

void CalibrationSetup::addLine() {
  const QString wrong = fitted_->add(line_->text());
  if (wrong.isEmpty()) line_->clear();
  tell(wrong);
}

void CalibrationSetup::start() {
  run_.start(fitted_->dimensions(), static_cast<std::uint64_t>(seed_->value()));
}

void CalibrationSetup::forget() {
  fitted_->clear();
  tell({});
  refresh();
}

void CalibrationSetup::tell(const QString& message) {
  message_->setText(message);
  message_->setVisible(!message.isEmpty());
  message_->setStyleSheet(QStringLiteral("color: %1").arg(models_.theme.colour(&Palette::error).name()));
}

QString CalibrationSetup::tableText() const {
  return what_->text();
}

QString CalibrationSetup::messageText() const {
  return message_->text();
}

QString CalibrationSetup::progressText() const {
  return done_->text();
}

void CalibrationSetup::refreshTable() {
  const ChosenTable& table = run_.table();
  file_->setText(table.path.isEmpty() ? tr("No table chosen") : QFileInfo(table.path).fileName());
  file_->setToolTip(table.path);
  QString text;
  bool wrong = false;
  if (table.path.isEmpty()) {
    text = tr("One row a layer: operator, dimensions, cycles");
  } else if (run_.reading()) {
    text = tr("Reading…");
  } else if (hasErrors(table.problems.first)) {
    text = tr("It cannot be read: see at the right");
    wrong = true;
  } else if (table.rows > 0) {
    text = table.rows == 1 ? tr("1 row") : tr("%1 rows").arg(grouped(static_cast<std::int64_t>(table.rows)));
    if (table.varied.size() == 1) text += tr("; %1 varies").arg(table.varied.front());
    if (table.varied.size() > 1) text += tr("; %1 vary").arg(table.varied.join(QStringLiteral(", ")));
  }
  what_->setText(shortened(text, 160));
  what_->setStyleSheet(QStringLiteral("color: %1")
                           .arg(models_.theme.colour(wrong ? &Palette::error : &Palette::mutedText).name()));
}

void CalibrationSetup::refresh() {
  const bool runs = run_.running();
  const std::int64_t done = run_.done(), total = run_.total();
  progress_->setVisible(runs);
  done_->setVisible(runs);
  // Of a fit it is not known before how many designs it tries.
  progress_->setRange(0, static_cast<int>(total));
  progress_->setValue(static_cast<int>(std::min(done, total)));
  done_->setText(total > 0 ? tr("%1 of %2 rows estimated").arg(grouped(done), grouped(total))
                           : tr("%1 rows of designs estimated").arg(grouped(done)));
  start_->setVisible(!runs);
  stop_->setVisible(runs);
  const bool fits = fitted_->topLevelItemCount() > 0;
  start_->setText(fits ? tr("Compare and fit") : tr("Compare"));
  seed_->setEnabled(fits);
  const QString whyNot = run_.whyNotStartable();
  start_->setEnabled(whyNot.isEmpty());
  start_->setToolTip(whyNot.isEmpty() ? tr("Estimate each row and hold it against what was measured")
                                      : whyNot);
}

}  // namespace taktwerk
