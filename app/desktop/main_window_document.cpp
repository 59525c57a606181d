// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does when a document, its problems or a failure are to be shown.
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QTabWidget>
#include <algorithm>

#include "app/desktop/data_paths.h"
#include "app/desktop/main_window.h"
#include "widgets/diagram/diagram_scene.h"
#include "widgets/diagram/diagram_view.h"
#include "widgets/inspector/inspector.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/problems/banner.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/problems/source_view.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

void MainWindow::openFiles(const QStringList& paths) {
  failure_.clear();
  banner_->dismiss();
  opener_.open(paths);
}

void MainWindow::refreshDocument() {
  const auto& document = documents_.document();
  failure_.clear();
  const bool again = document && document->path == shownPath_;
  std::vector<std::string> selected;  // names outlive a reload, ids do not
  if (again) selected = selectedNames();
  shownPath_ = document ? document->path : QString();
  selection_.clear();
  shown_ = document;
  scene_->setDocument(document);
  outline_->setDocument(document);
  inspector_->setDocument(document);
  if (estimates_.input().document != document) estimates_.setDocument(document);
  const bool open = document != nullptr;
  if (open && pages_->currentWidget() == start_) showDocks(true);
  if (!open && pages_->currentWidget() == tabs_) {
    dockLayout_ = saveState();
    showDocks(false);
  }
  pages_->setCurrentWidget(open ? static_cast<QWidget*>(tabs_) : start_);
  for (const char* id :
       {"file.reload", "file.saveWorkspace", "file.exportSvg", "file.close", "edit.selectAll", "edit.find",
        "view.fit", "view.fitSelection", "view.zoomIn", "view.zoomOut", "view.zoom100", "view.diagram",
        "view.source", "view.network", "file.saveNetwork", "view.restore"}) {
    commands_.setDisabledReason(QLatin1String(id), open ? QString() : tr("Open an architecture first."));
  }
  runBarAction_->setVisible(open);
  setWindowTitle(QStringLiteral("Taktwerk"));
  if (open) {
    setWindowTitle(tr("%1 — Taktwerk").arg(shortened(document->architecture->name, 200)));
    tabs_->setTabText(1, QFileInfo(document->path).fileName());
    source_->setSource(document->path, document->text);
    settings_.addRecent(document->path);
    refreshRecent();
    if (again) {
      selectNames(selected);
    } else {
      view_->fit();
    }
    const QStringList networks = knownNetworks();
    if (estimates_.input().networkPath.isEmpty() && !networks.isEmpty()) {
      const QStringList small = networks.filter(QStringLiteral("tc-resnet8"));
      estimates_.setNetwork(small.isEmpty() ? networks.front() : small.front());
    }
    if (!document->diagnostics.empty()) docks_[4]->raise();
    if (document->architecture->readOnly) {
      banner_->announce(
          Banner::Kind::Warning,
          tr("%1 holds something this version does not know. It is shown with placeholders and cannot be "
             "estimated.")
              .arg(QFileInfo(document->path).fileName()),
          {{tr("Show problems"), [this] { showProblems(); }}});
    } else if (document->hasProblems()) {
      banner_->announce(Banner::Kind::Error, tr("The architecture has errors and cannot be estimated."),
                        {{tr("Show problems"), [this] { showProblems(); }}});
    } else {
      banner_->announce(Banner::Kind::Info, tr("Press F5 to estimate this design."),
                        {{tr("Run"), [this] { estimates_.run(); }}});
    }
  }
  refreshProblems();
  refreshStatus();
}

std::vector<std::string> MainWindow::selectedNames() const {
  std::vector<std::string> names;
  for (const ObjectId id : selection_.objects()) {
    if (shown_ && id.index() < shown_->architecture->objects.size()) {
      names.push_back(shown_->architecture->objects[id.index()].name);
    }
  }
  return names;
}

void MainWindow::selectNames(const std::vector<std::string>& names) {
  SelectionModel::Objects objects;
  for (const std::string& name : names) {
    if (const ObjectDeclaration* object = shown_->architecture->find(name)) objects.insert(object->id);
  }
  selection_.select(objects);
}

void MainWindow::refreshProblems() {
  Diagnostics all = failure_;
  if (const auto& document = documents_.document()) {
    all.insert(all.end(), document->diagnostics.begin(), document->diagnostics.end());
  }
  for (const Diagnostic& d : estimates_.problems()) {
    if (std::find(all.begin(), all.end(), d) == all.end()) all.push_back(d);
  }
  problems_->setProblems(all);
  source_->setProblems(all);
  docks_[4]->setWindowTitle(all.empty() ? tr("Problems") : tr("Problems (%1)").arg(all.size()));
  refreshStatus();
}

void MainWindow::refreshStatus() {
  zoom_->setText(documents_.document() ? tr("%1 %").arg(view_->zoom() * 100, 0, 'f', 0) : QString());
  const auto total = problems_->model().problems().size();
  const int errors = problems_->model().errors();
  const auto warnings = total - static_cast<std::size_t>(errors);
  QString text;
  if (errors > 0) text += tr("✕ %1").arg(errors);
  if (warnings > 0) text += (text.isEmpty() ? QString() : QStringLiteral("   ")) + tr("⚠ %1").arg(warnings);
  if (const auto& document = documents_.document()) {
    text +=
        (text.isEmpty() ? QString() : QStringLiteral("   ")) + tr("%1 blocks, %2 connections")
                                                                   .arg(document->whole->objects.size())
                                                                   .arg(document->whole->connections.size());
  }
  counts_->setText(text);
}

void MainWindow::showFailure(const QString& path, const Diagnostics& diagnostics) {
  failure_ = diagnostics;
  const QString what = diagnostics.empty() ? QString() : QString::fromStdString(diagnostics.front().message);
  std::vector<Banner::Button> buttons;
  if (documents_.document()) {
    buttons.push_back({tr("Show problems"), [this] { showProblems(); }});
    if (QFileInfo(path).isFile()) {
      const SourcePosition at = diagnostics.empty() ? SourcePosition{1, 1} : diagnostics.front().position;
      buttons.push_back({tr("Open as text"), [this, path, at] { showSource(path, at); }});
    }
  }
  QString text = tr("%1 could not be opened: %2").arg(QFileInfo(path).fileName(), what);
  if (!diagnostics.empty() && diagnostics.front().position.line > 0) {
    text += tr(" (line %1, column %2)")
                .arg(diagnostics.front().position.line)
                .arg(diagnostics.front().position.column);
  }
  if (diagnostics.size() > 1) text += tr(", and %1 more").arg(diagnostics.size() - 1);
  banner_->announce(Banner::Kind::Error, text, buttons);
  refreshProblems();
}

void MainWindow::showProblems() {
  docks_[4]->show();
  docks_[4]->raise();
}

void MainWindow::goTo(const Diagnostic& diagnostic) {
  const auto& document = documents_.document();
  if (document && !diagnostic.object.empty()) {
    if (const ObjectDeclaration* object = document->architecture->find(diagnostic.object)) {
      selection_.select({object->id});
    }
  }
  showSource(QString::fromStdString(diagnostic.file), diagnostic.position);
}

}  // namespace taktwerk
