// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_page.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "widgets/compare/methods_tab.h"
#include "widgets/compare/pin_panel.h"
#include "widgets/compare/result_files.h"
#include "widgets/compare/results_tab.h"
#include "widgets/document/document.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/dropped_files.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

/// "base.json, line 3, column 7: cycles of … is NaN, …, and 2 more".
QString firstOf(const QString& path, const Diagnostics& diagnostics) {
  if (diagnostics.empty()) return {};
  const Diagnostic& first = diagnostics.front();
  QString text = ComparePage::tr("%1, line %2, column %3: %4")
                     .arg(QFileInfo(path).fileName())
                     .arg(first.position.line)
                     .arg(first.position.column)
                     .arg(shortened(first.message));
  if (diagnostics.size() > 1)
    text += ComparePage::tr(", and %1 more; see Problems").arg(diagnostics.size() - 1);
  return text;
}

}  // namespace

ComparePage::ComparePage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      tabs_(new QTabBar),
      shown_(new QStackedWidget),
      files_(new ResultFiles(models.session, models.jobs, this)),
      results_(new ResultsTab(models.theme, models.session, models.estimates, models.commands)),
      methods_(new MethodsTab(models.theme, models.estimates, models.jobs)) {
  setAcceptDrops(true);
  tabs_->setExpanding(false);
  tabs_->setDrawBase(false);
  tabs_->setAccessibleName(tr("What is compared"));
  tabs_->addTab(tr("Results"));
  tabs_->addTab(tr("Methods"));
  shown_->addWidget(results_);
  shown_->addWidget(methods_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(tabs_);
  column->addWidget(shown_, 1);
  setFocusProxy(results_);
  connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
    shown_->setCurrentIndex(tab);
    setFocusProxy(shown_->currentWidget());
  });
  connect(results_, &ResultsTab::layerSelected, this, [this](const QString& layer) {
    methods_->setCurrentLayer(layer);
    Q_EMIT layerSelected(layer);
  });
  connect(methods_, &MethodsTab::layerSelected, this, [this](const QString& layer) {
    results_->setCurrentLayer(layer);
    Q_EMIT layerSelected(layer);
  });
  bindFiles();
}

void ComparePage::show(Tab tab) {
  tabs_->setCurrentIndex(static_cast<int>(tab));
}

void ComparePage::bindFiles() {
  connect(&results_->pins(), &PinPanel::openRequested, this, [this] {
    if (models_.ask.resultsToOpen) openResults(models_.ask.resultsToOpen());
  });
  connect(&results_->pins(), &PinPanel::saveRequested, this, &ComparePage::save);
  connect(methods_, &MethodsTab::measuredRequested, this, [this] {
    const QString path = models_.ask.measuredToOpen ? models_.ask.measuredToOpen() : QString();
    if (!path.isEmpty()) methods_->openMeasured(path);
  });
  const auto tell = [this](const QString& path, const Diagnostics& diagnostics) {
    models_.problems.setFailure(diagnostics);
    results_->say(firstOf(path, diagnostics));
    if (!diagnostics.empty()) models_.session.say(firstOf(path, diagnostics));
  };
  connect(files_, &ResultFiles::opened, this, tell);
  connect(files_, &ResultFiles::failed, this, tell);
  connect(methods_, &MethodsTab::failed, this, tell);
}

void ComparePage::openResults(const QStringList& paths) {
  if (!paths.isEmpty()) files_->open(paths);
}

bool ComparePage::isWaiting() const {
  return files_->isReading() || methods_->running();
}

void ComparePage::setCurrentLayer(const QString& name) {
  results_->setCurrentLayer(name);
  methods_->setCurrentLayer(name);
}

void ComparePage::save(std::size_t pin) {
  if (!models_.ask.resultPath || pin >= models_.session.pins().size()) return;
  QString name = models_.session.pins()[pin].title;
  for (QChar& c : name) {
    if (!c.isLetterOrNumber()) c = QLatin1Char('-');
  }
  const auto& document = models_.document();
  const QString folder =
      document && !document->path.isEmpty() ? QFileInfo(document->path).path() + QLatin1Char('/') : QString();
  const QString path = models_.ask.resultPath(folder + name.toLower() + QStringLiteral(".json"));
  if (!path.isEmpty()) files_->save(pin, path);
}

void ComparePage::dragEnterEvent(QDragEnterEvent* event) {
  const QStringList paths = filesIn(*event->mimeData());
  const bool table = shown_->currentWidget() == methods_ && paths.size() == 1 && isTable(paths.front());
  if (table || (!paths.isEmpty() && resultsAmong(paths) == paths)) event->acceptProposedAction();
}

void ComparePage::dropEvent(QDropEvent* event) {
  const QStringList paths = filesIn(*event->mimeData());
  if (paths.isEmpty()) return;
  event->acceptProposedAction();
  if (isTable(paths.front())) return methods_->openMeasured(paths.front());
  show(Tab::Results);
  openResults(paths);
}

}  // namespace taktwerk
