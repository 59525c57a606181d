// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does when a document, its problems or a failure are to be shown.
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <algorithm>

#include "app/desktop/data_paths.h"
#include "app/desktop/main_window.h"
#include "core/editing/approve.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/file_kind.h"
#include "widgets/inspector/inspector.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/palette/palette_panel.h"
#include "widgets/problems/banner.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/problems/source_view.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

/// Commands that have nothing to work on while no architecture is open.
bool needsDocument(const QString& id) {
  static const QStringList others{QStringLiteral("file.reload"),  QStringLiteral("file.saveWorkspace"),
                                  QStringLiteral("file.export"),  QStringLiteral("file.print"),
                                  QStringLiteral("file.close"),   QStringLiteral("file.saveNetwork"),
                                  QStringLiteral("view.fit"),     QStringLiteral("view.fitSelection"),
                                  QStringLiteral("view.zoomIn"),  QStringLiteral("view.zoomOut"),
                                  QStringLiteral("view.zoom100"), QStringLiteral("view.diagram"),
                                  QStringLiteral("view.source"),  QStringLiteral("view.restore"),
                                  QStringLiteral("view.network"), QStringLiteral("view.mapping")};
  if (id == QLatin1String("edit.undo") || id == QLatin1String("edit.redo")) return false;  // the history's
  for (const char* group : {"edit.", "insert.", "tool.", "arrange.", "group."}) {
    if (id.startsWith(QLatin1String(group))) return true;
  }
  return others.contains(id);
}

}  // namespace

bool MainWindow::busy() const {
  return !jobs_.states().empty() || estimates_.isWaiting() || mapping_->isWaiting();
}

void MainWindow::openFiles(const QStringList& paths) {
  const bool replaces = std::any_of(paths.begin(), paths.end(), [](const QString& path) {
    const FileKind kind = fileKindOf(path);
    return kind == FileKind::Architecture || kind == FileKind::Workspace;
  });
  const bool workspace = std::any_of(paths.begin(), paths.end(), [](const QString& path) {
    return fileKindOf(path) == FileKind::Workspace;  // brings a network, too
  });
  if (replaces && !mayLeave(workspace)) return;
  failure_.clear();
  banner_->dismiss();
  opener_.open(paths);
}

void MainWindow::openExample(const QString& path) {
  if (!mayLeave()) return;
  failure_.clear();
  banner_->dismiss();
  opener_.openExample(path);
}

void MainWindow::refreshDocument() {
  failure_.clear();
  if (documents_.document() && (documents_.lastChange() == DocumentController::Change::Edited ||
                                documents_.lastChange() == DocumentController::Change::Viewed)) {
    showEdited();
  } else {
    showDocument();
  }
  refreshHistory();
  refreshProblems();
  refreshStatus();
}

void MainWindow::showEdited() {
  const auto& document = documents_.document();
  const std::vector<std::string> selected = selectedNames();  // names outlive an edit, ids do not
  const std::optional<AddConnection> wire = selectedConnection();
  shown_ = document;
  // What is selected stays selected all the while: a panel that saw nothing selected for a moment would make
  // its rows anew under the mouse and the text cursor.
  selection_.renumber(objectsNamed(selected), wire ? connectionOf(*wire) : ShownConnectionId{});
  scene_->setDocument(document);
  outline_->setDocument(document);
  blocks_->setDocument(document);
  inspector_->setDocument(document);
  if (estimates_.input().document != document) estimates_.setDocument(document);
  if (!selected.empty() || wire) selection_.tell();
  refreshShares();
  refreshTitle();
  source_->setSource(document->name(), document->text);
}

void MainWindow::refreshTitle() {
  const auto& document = documents_.document();
  if (!document) {
    setWindowTitle(QStringLiteral("Taktwerk"));
    return;
  }
  const QString name = shortened(document->architecture->name, 200);
  setWindowTitle(document->copyOf.isEmpty() ? tr("%1[*] — Taktwerk").arg(name)
                                            : tr("%1 (copy, not saved)[*] — Taktwerk").arg(name));
  tabs_->setTabText(1, document->place().isEmpty() ? tr("Text") : QFileInfo(document->place()).fileName());
}

void MainWindow::showDocument() {
  const auto& document = documents_.document();
  selection_.clear();
  shown_ = document;
  scene_->setDocument(document);
  outline_->setDocument(document);
  blocks_->setDocument(document);
  inspector_->setDocument(document);
  refreshOverrides();
  if (estimates_.input().document != document) estimates_.setDocument(document);
  const bool open = document != nullptr;
  if (open && pages_->currentWidget() == start_) showDocks(true);
  if (!open && pages_->currentWidget() == tabs_) {
    dockLayout_ = saveState();
    showDocks(false);
  }
  pages_->setCurrentWidget(open ? static_cast<QWidget*>(tabs_) : start_);
  for (const CommandSpec& spec : commandSpecs()) {
    const QString id = QLatin1String(spec.id);
    if (!needsDocument(id)) continue;
    commands_.setDisabledReason(id, open ? QString() : tr("Open an architecture first."));
  }
  runBarAction_->setVisible(open);
  refreshTitle();
  settleDocument();
  if (!open) return;
  source_->setSource(document->name(), document->text);
  if (!document->path.isEmpty()) settings_.addRecent(document->path);
  refreshRecent();
  view_->fit();
  page()->setFocus();
  const QStringList networks = knownNetworks();
  if (estimates_.input().networkPath.isEmpty() && !networks.isEmpty()) {
    const QStringList small = networks.filter(QStringLiteral("tc-resnet8"));
    estimates_.setNetwork(small.isEmpty() ? networks.front() : small.front());
    workspace_.takeNetwork();
  }
  if (document->place().isEmpty()) {
    banner_->dismiss();
    return;
  }
  if (!document->diagnostics.empty()) docks_[4]->raise();
  if (offerLeftOvers()) return;
  if (document->architecture->readOnly) {
    banner_->announce(
        Banner::Kind::Warning,
        tr("%1 holds something this version does not know. It is shown with placeholders and cannot be "
           "estimated.")
            .arg(QFileInfo(document->place()).fileName()),
        {{tr("Show problems"), [this] { showProblems(); }}});
  } else if (document->hasProblems()) {
    banner_->announce(Banner::Kind::Error, tr("The architecture has errors and cannot be estimated."),
                      {{tr("Show problems"), [this] { showProblems(); }}});
  } else {
    const QString copy = tr(" It is a copy of the example %1, which stays as it is.")
                             .arg(QFileInfo(document->copyOf).fileName());
    banner_->announce(
        Banner::Kind::Info,
        tr("Press F5 to estimate this design.") + (document->copyOf.isEmpty() ? QString() : copy),
        {{tr("Run"), [this] { estimates_.run(); }}});
  }
}

std::vector<std::string> MainWindow::selectedNames() const {
  std::vector<std::string> names;
  for (const ShownId id : selection_.objects()) {
    if (shown_ && id.index() < shown_->shown->objects.size()) {
      names.push_back(shown_->shown->objects[id.index()].name);
    }
  }
  return names;
}

std::optional<AddConnection> MainWindow::selectedConnection() const {
  if (!shown_ || selection_.connection().index() >= shown_->shown->connections.size()) return {};
  const ShownConnection& c = shown_->shown->connections[selection_.connection().index()];
  const auto& objects = shown_->shown->objects;
  return AddConnection{c.kind, objects[c.from.index()].name, objects[c.to.index()].name};
}

ShownConnectionId MainWindow::connectionOf(const AddConnection& wire) const {
  const ShownObject* from = shown_->shown->find(wire.from);
  const ShownObject* to = shown_->shown->find(wire.to);
  if (!from || !to) return {};
  const auto& all = shown_->shown->connections;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].kind == wire.kind && all[i].from == from->shown && all[i].to == to->shown) {
      return ShownConnectionId{i};
    }
  }
  return {};
}

SelectionModel::Objects MainWindow::objectsNamed(const std::vector<std::string>& names) const {
  SelectionModel::Objects objects;
  for (const std::string& name : names) {
    if (const ShownObject* object = shown_->shown->find(name)) objects.insert(object->shown);
  }
  return objects;
}

void MainWindow::refreshOverrides() {
  const StudySettings::Values values = sortParameters(estimates_.input().parameters).architecture;
  const QString path = workspace_.path();
  inspector_->setOverrides(
      {{values.begin(), values.end()}, path.isEmpty() ? tr("the workspace") : QFileInfo(path).fileName()});
}

const Diagnostics& MainWindow::problems() const {
  return problems_->model().problems();
}

void MainWindow::refreshProblems() {
  Diagnostics all = failure_;
  if (documents_.document()) {
    const Diagnostics& own = documents_.document()->diagnostics;
    all.insert(all.end(), own.begin(), own.end());
  }
  for (const Diagnostic& d : estimates_.problems()) {
    if (std::find(all.begin(), all.end(), d) == all.end()) all.push_back(d);
  }
  const auto& document = documents_.document();
  const std::vector<Approval> approvals = document ? approvalsOf(document->bytes) : std::vector<Approval>();
  const JudgedProblems judged = judge(all, approvals);
  problems_->setProblems(judged, approvals);
  source_->setProblems(judged.open);
  refreshProblemsTitle();
  refreshStatus();
}

void MainWindow::refreshProblemsTitle() {
  const int open = problems_->model().open();
  // Those of a run may be solved by what has changed since; only the next run knows.
  const bool old = open > 0 && estimates_.outOfDate() && !estimates_.outcome().diagnostics.empty();
  docks_[4]->setWindowTitle(open == 0 ? tr("Problems")
                            : old     ? tr("Problems (%1, of the run before)").arg(open)
                                      : tr("Problems (%1)").arg(open));
}

void MainWindow::refreshStatus() {
  zoom_->setText(documents_.document() ? tr("%1 %").arg(view_->zoom() * 100, 0, 'f', 0) : QString());
  const auto total = static_cast<std::size_t>(problems_->model().open());
  const int errors = problems_->model().errors();
  const auto warnings = total - static_cast<std::size_t>(errors);
  QString text;
  if (errors > 0) text += tr("✕ %1").arg(errors);
  if (warnings > 0) text += (text.isEmpty() ? QString() : QStringLiteral("   ")) + tr("⚠ %1").arg(warnings);
  if (const auto& document = documents_.document()) {
    const auto blocks = document->architecture->objects.size();
    const auto wires = document->architecture->connections.size();
    text += text.isEmpty() ? QString() : QStringLiteral("   ");
    text += blocks == 1 ? tr("1 block, ") : tr("%1 blocks, ").arg(blocks);
    text += wires == 1 ? tr("1 connection") : tr("%1 connections").arg(wires);
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
    if (const ShownObject* object = document->shown->find(diagnostic.object)) {
      selection_.select({object->shown});
    }
  }
  const bool own = diagnostic.file.empty() && document;  // an approval of nothing
  showSource(own ? document->name() : QString::fromStdString(diagnostic.file), diagnostic.position);
}

void MainWindow::approve(const Diagnostic& warning) {
  const auto document = documents_.document();  // kept while the user is asked
  if (!document || warning.severity != Severity::Warning) return;
  const Diagnostics& own = document->diagnostics;
  if (std::find(own.begin(), own.end(), warning) == own.end()) {
    statusBar()->showMessage(tr("Only warnings of the architecture can be approved."), 6000);
    return;
  }
  const std::optional<QString> note = askNote(QString::fromStdString(warning.message));
  if (!note || documents_.document() != document) return;
  const Approval approval{warning.code, warning.object, note->trimmed().toStdString()};
  const QString object = QString::fromStdString(warning.object);
  const QString reason = documents_.replace(
      object.isEmpty() ? tr("Approve %1").arg(QString::fromStdString(warning.code))
                       : tr("Approve %1 of %2").arg(QString::fromStdString(warning.code), object),
      taktwerk::approve(document->bytes, approval));
  if (!reason.isEmpty()) statusBar()->showMessage(reason, 6000);
}

void MainWindow::withdraw(std::size_t approval) {
  const auto& document = documents_.document();
  if (!document) return;
  const QString reason =
      documents_.replace(tr("Withdraw an approval"), withdrawApproval(document->bytes, approval));
  if (!reason.isEmpty()) statusBar()->showMessage(reason, 6000);
}

}  // namespace taktwerk
