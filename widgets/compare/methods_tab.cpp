// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/methods_tab.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <iterator>

#include "core/report/method_report.h"
#include "widgets/compare/method_model.h"
#include "widgets/compare/method_plot.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/page_parts.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr JobChannel<MethodComparison> comparisons{"methods"};
constexpr JobChannel<Result<MeasuredCycles>> tables{"measured"};

/// Whether two runs would find the same.
bool isSame(const EstimateInput& a, const EstimateInput& b) {
  const auto architectureOf = [](const EstimateInput& input) {
    return input.document ? input.document->architecture : nullptr;
  };
  return architectureOf(a) == architectureOf(b) && a.networkPath == b.networkPath &&
         a.mappingPaths == b.mappingPaths && a.addedMappings == b.addedMappings && a.texts == b.texts &&
         a.parameters == b.parameters && a.choices == b.choices;
}

QString nameOf(ComparedMethod method) {
  const std::string_view name = toString(method);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

}  // namespace

MethodsTab::MethodsTab(const Theme& theme, EstimateController& estimates, JobManager& jobs, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      estimates_(estimates),
      jobs_(jobs),
      model_(new MethodModel(theme, this)),
      plot_(new MethodPlot(theme)),
      table_(makeTable(*model_, tr("Cycles of each layer by each method"))),
      run_(makeButton(tr("Run methods"), {})),
      stop_(makeButton(tr("Stop"), tr("Stop; what is there stays"))),
      measure_(
          makeButton(tr("Measured cycles…"), tr("Judge the methods by a table with the headings layer and "
                                                "cycles (*.csv)"))),
      forget_(makeButton(tr("Forget"), tr("Judge the methods by auto again, where that is exact"))),
      limit_(new QSpinBox),
      standing_(new QLabel),
      notes_(new WrappedLabel),
      empty_(new WrappedLabel),
      body_(new QStackedWidget),
      progress_(new QProgressBar) {
  auto* halves = new QSplitter(Qt::Horizontal);
  halves->addWidget(table_);
  halves->addWidget(plot_);
  halves->setSizes({820, 400});
  halves->setChildrenCollapsible(false);
  notes_->setContentsMargins(12, 6, 12, 8);
  notes_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setContentsMargins(40, 20, 40, 20);
  body_->addWidget(halves);
  body_->addWidget(empty_);
  column->addWidget(body_, 1);
  column->addWidget(notes_);
  setFocusProxy(table_);

  connect(run_, &QPushButton::clicked, this, &MethodsTab::run);
  connect(stop_, &QPushButton::clicked, this, &MethodsTab::cancel);
  connect(measure_, &QPushButton::clicked, this, &MethodsTab::measuredRequested);
  connect(forget_, &QPushButton::clicked, this, [this] {
    measured_.reset();
    if (comparison()) run();
    refresh();
  });
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            const QString layer = model_->layerOf(current.row());
            plot_->setCurrentLayer(layer);
            if (!following_ && !layer.isEmpty()) Q_EMIT layerSelected(layer);
          });
  connect(plot_, &MethodPlot::layerSelected, this, [this](const QString& layer) {
    setCurrentLayer(layer);
    Q_EMIT layerSelected(layer);
  });
  connect(&estimates_, &EstimateController::inputChanged, this, &MethodsTab::refresh);
  connect(&estimates_, &EstimateController::stateChanged, this, &MethodsTab::refresh);
  connect(&theme_, &Theme::changed, this, &MethodsTab::refresh);
  refresh();
}

QWidget* MethodsTab::makeHead() {
  run_->setProperty("primary", true);
  limit_->setRange(0, 10'000'000);
  limit_->setSingleStep(10'000);
  limit_->setGroupSeparatorShown(true);
  limit_->setValue(static_cast<int>(MethodOptions().simulateLimit));
  limit_->setAccessibleName(tr("Instructions of a layer that is simulated"));
  limit_->setToolTip(tr("The simulation looks at every cycle: larger layers would take long"));
  progress_->setTextVisible(false);
  progress_->setRange(0, 0);
  progress_->setFixedWidth(90);
  standing_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* simulate = new QLabel(tr("Simulate layers up to"));
  simulate->setBuddy(limit_);
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(12, 8, 12, 8);
  row->setSpacing(8);
  row->addWidget(run_);
  row->addWidget(stop_);
  row->addWidget(progress_);
  row->addWidget(standing_, 1);
  row->addWidget(simulate);
  row->addWidget(limit_);
  row->addWidget(new QLabel(tr("instructions")));
  row->addWidget(measure_);
  row->addWidget(forget_);
  return head;
}

const std::shared_ptr<const MethodComparison>& MethodsTab::comparison() const {
  return model_->comparison();
}

bool MethodsTab::outOfDate() const {
  return comparison() && !isSame(input_, estimates_.input());
}

QString MethodsTab::standingText() const {
  return standing_->text();
}

void MethodsTab::setSimulateLimit(int instructions) {
  limit_->setValue(instructions);
}

MethodOptions MethodsTab::options() const {
  MethodOptions options;
  options.measured = measured_;
  options.simulateLimit = limit_->value();
  return options;
}

void MethodsTab::run() {
  if (!estimates_.whyNotRunnable().isEmpty()) return;
  input_ = estimates_.input();
  used_ = options();
  cancelled_ = false;
  next_ = 0;
  show(nullptr);
  Q_EMIT runningChanged();
  jobs_.start(
      comparisons, tr("Timing by auto"), this,
      [input = input_, used = used_](Progress& progress) {
        const Result<Study> study = studyOf(input);
        MethodComparison comparison;
        comparison.diagnostics = study.diagnostics;
        if (hasErrors(study.diagnostics) || progress.cancelled()) {
          comparison.cancelled = progress.cancelled();
          return comparison;
        }
        return beginMethods(*study, used, *input.memory, progress);
      },
      [this](MethodComparison comparison) { take(std::move(comparison)); });
  refresh();
}

void MethodsTab::runNext() {
  const ComparedMethod method = furtherMethods[next_ - 1];
  jobs_.start(
      comparisons, tr("Timing by %1").arg(nameOf(method)), this,
      [before = comparison(), method, used = used_, memory = input_.memory](Progress& progress) {
        return withMethod(*before, method, used, *memory, progress);
      },
      [this](MethodComparison comparison) { take(std::move(comparison)); });
}

void MethodsTab::take(MethodComparison comparison) {
  const bool stopped = comparison.cancelled || cancelled_;
  comparison.cancelled = false;  // what is there counts
  const bool failed = hasErrors(comparison.diagnostics) || comparison.columns.empty();
  if (!comparison.columns.empty() || (failed && !stopped)) {
    show(std::make_shared<const MethodComparison>(std::move(comparison)));
  }
  cancelled_ = stopped;
  ++next_;
  if (failed || stopped || next_ > static_cast<int>(std::size(furtherMethods))) {
    next_ = -1;
    Q_EMIT runningChanged();
  } else {
    runNext();
  }
  refresh();
}

void MethodsTab::cancel() {
  cancelled_ = true;
  jobs_.cancel(comparisons, this);
  refresh();
}

void MethodsTab::openMeasured(const QString& path) {
  jobs_.start(
      tables, tr("Reading %1").arg(QFileInfo(path).fileName()), this,
      [path](Progress&) { return readMeasuredCycles(toPath(path)); },
      [this, path](Result<MeasuredCycles> table) {
        if (!table) return Q_EMIT failed(path, table.diagnostics);
        measured_ = std::make_shared<const MeasuredCycles>(std::move(*table));
        Q_EMIT failed(path, {});
        if (comparison()) run();
        refresh();
      });
}

void MethodsTab::show(std::shared_ptr<const MethodComparison> comparison) {
  const QString layer = model_->layerOf(table_->currentIndex().row());
  following_ = true;
  shownOutOfDate_ = comparison && !isSame(input_, estimates_.input());
  plot_->setComparison(comparison, shownOutOfDate_);
  model_->setComparison(std::move(comparison), shownOutOfDate_);
  following_ = false;
  for (int column = 0; column < model_->columnCount(); ++column) table_->resizeColumnToContents(column);
  setCurrentLayer(layer);
}

/// Of a run that is under way or at its end.
QString MethodsTab::standing() const {
  const auto& found = comparison();
  if (running()) {
    return cancelled_   ? tr("Cancelling…")
           : next_ == 0 ? tr("timing by auto")
                        : tr("timing by %1").arg(nameOf(furtherMethods[next_ - 1]));
  }
  if (!found) {
    if (cancelled_) return tr("cancelled");
    return measured_ ? tr("to be judged by %1").arg(shortened(measured_->file, 100)) : QString();
  }
  if (hasErrors(found->diagnostics)) return tr("no result");
  if (outOfDate()) return tr("out of date: what was timed has changed since");
  const QString against = QString::fromStdString(referenceInWords(*found));
  return cancelled_ ? tr("cancelled: %1").arg(against) : against;
}

/// Why there is no table, and what to do.
QString MethodsTab::whyEmpty() const {
  const auto& found = comparison();
  if (running()) return {};
  if (found && hasErrors(found->diagnostics)) {
    return tr("Not timed: %1.").arg(shortened(found->diagnostics.front().message));
  }
  if (QString whyNot = estimates_.whyNotRunnable(); !whyNot.isEmpty()) return whyNot;
  if (found) return tr("No layer could be timed: the Layers table says why.");
  return tr(
      "Run the methods to see how far each is off. Every layer is timed as Taktwerk times it (auto), the "
      "papers' "
      "way (published), by what fetch, units and memories need at least (roofline), by a regression fitted "
      "on "
      "half of the layers, and by the reference simulation where layers are small. They are judged by auto "
      "where "
      "that is exact, or by cycles that you measured.");
}

void MethodsTab::refresh() {
  if (outOfDate() != shownOutOfDate_) show(comparison());
  const QString whyNot = estimates_.whyNotRunnable();
  run_->setVisible(!running());
  run_->setEnabled(whyNot.isEmpty());
  run_->setToolTip(whyNot.isEmpty() ? tr("Time every layer by each of the methods") : whyNot);
  stop_->setVisible(running());
  progress_->setVisible(running());
  forget_->setVisible(measured_ != nullptr);
  const QString text = standing();
  standing_->setText(text);
  standing_->setToolTip(text);
  standing_->setStyleSheet(
      QStringLiteral("color: %1;")
          .arg(theme_.colour(outOfDate() ? &Palette::warning : &Palette::mutedText).name()));
  const bool any = comparison() && !comparison()->layers.empty();
  body_->setCurrentIndex(any ? 0 : 1);
  empty_->setText(whyEmpty());
  showNotes();
}

void MethodsTab::showNotes() {
  QStringList notes;
  if (comparison() && !comparison()->layers.empty()) {
    for (const std::string& note : methodNotes(*comparison())) notes << shortened(note);
  }
  constexpr qsizetype enough = 6;
  if (const auto more = notes.size() - enough; more > 0) {
    notes = notes.mid(0, enough) << tr("and %1 more").arg(more);
  }
  notes_->setText(notes.join(QLatin1Char('\n')));
  notes_->setVisible(!notes.isEmpty());
  notes_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::mutedText).name()));
}

void MethodsTab::setCurrentLayer(const QString& name) {
  following_ = true;
  for (int row = 0; row < model_->rowCount(); ++row) {
    if (name.isEmpty() || model_->layerOf(row) != name) continue;
    table_->setCurrentIndex(model_->index(row, 0));
    table_->scrollTo(model_->index(row, 0));
  }
  plot_->setCurrentLayer(name);
  following_ = false;
}

}  // namespace taktwerk
