// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/opening.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <algorithm>

#include "app/desktop/data_paths.h"
#include "widgets/compare/result_files.h"
#include "widgets/document/file_kind.h"
#include "widgets/problems/banner.h"
#include "widgets/view/models.h"
#include "widgets/view/source_place.h"

namespace taktwerk {

Opening::Opening(Models& models, Banner& banner, Settings& settings, std::function<bool(bool)> mayLeave,
                 QWidget& window, QObject* parent)
    : QObject(parent),
      models_(models),
      banner_(banner),
      settings_(settings),
      mayLeave_(std::move(mayLeave)),
      window_(window) {
  models_.open.files = [this](const QStringList& paths) { files(paths); };
  models_.open.example = [this](const QString& path) { example(path); };
  models_.open.design = [this](const DesignToOpen& wanted) { design(wanted); };
  bindCommands();
  connect(&models_.documents, &DocumentController::documentChanged, this, &Opening::takeDocument);
  connect(&models_.documents, &DocumentController::openFailed, this, &Opening::showFailure);
  connect(&models_.opener, &FileOpener::failed, this, &Opening::showFailure);
  connect(&models_.opener, &FileOpener::architectureMissing, this, [this](const QString& trace) {
    banner_.announce(Banner::Kind::Info,
                     tr("%1 is a trace: open the architecture that it was written for, and it can be "
                        "estimated on that.")
                         .arg(QFileInfo(trace).fileName()),
                     {{tr("Open…"), [this] { browse(); }}});
  });
  connect(&models_.documents, &DocumentController::saved, this, &Opening::remember);
  fillRecent();
}

void Opening::bindCommands() {
  const auto always = [] { return QString(); };
  models_.commands.bind(QStringLiteral("file.new"), {[this] {
                                                       if (!mayLeave_(false)) return;
                                                       models_.documents.create();
                                                       models_.session.run(QStringLiteral("view.diagram"));
                                                     },
                                                     always});
  models_.commands.bind(QStringLiteral("file.open"), {[this] { browse(); }, always});
  models_.commands.bind(QStringLiteral("file.openNetwork"),
                        {[this] { browseForNetwork(); }, [this] { return whyNothingOpen(models_); }});
  models_.commands.bind(QStringLiteral("file.reload"),
                        {[this] { models_.documents.reload(); }, [this] { return whyNothingOpen(models_); }});
  models_.commands.bind(QStringLiteral("file.close"), {[this] {
                                                         if (mayLeave_(true)) models_.documents.close();
                                                       },
                                                       [this] { return whyNothingOpen(models_); }});
  models_.commands.bind(
      QStringLiteral("file.recent"),
      {{}, [this] { return settings_.recentFiles.isEmpty() ? tr("Nothing was opened yet.") : QString(); }});
}

void Opening::forgetFailure() {
  models_.problems.setFailure({});
  banner_.dismiss();
}

void Opening::files(const QStringList& given) {
  const QStringList results = resultsAmong(given);
  if (!results.isEmpty()) {
    models_.session.reveal(QStringLiteral("compare"), results);
    if (!models_.document() && results == given)
      models_.session.say(tr("Results are on the page Compare once an architecture is open."));
  }
  QStringList paths = given;
  paths.removeIf([&](const QString& path) { return results.contains(path); });
  if (paths.isEmpty()) return;
  const auto any = [&](auto kinds) { return std::any_of(paths.begin(), paths.end(), kinds); };
  const bool workspace = any([](const QString& path) {  // brings a network, too
    return fileKindOf(path) == FileKind::Workspace;
  });
  const bool replaces =
      workspace || any([](const QString& path) { return fileKindOf(path) == FileKind::Architecture; });
  if (replaces && !mayLeave_(workspace)) return;
  forgetFailure();
  models_.opener.open(paths);
}

void Opening::example(const QString& path) {
  if (!mayLeave_(fileKindOf(path) == FileKind::Workspace)) return;
  forgetFailure();
  models_.opener.openExample(path);
}

void Opening::design(const DesignToOpen& wanted) {
  if (!mayLeave_(false)) return;
  forgetFailure();
  models_.opener.openDesign(wanted);
}

void Opening::browse() {
  const auto& document = models_.document();
  const QString from = !document                     ? models_.places.examples
                       : document->place().isEmpty() ? QDir::homePath()
                                                     : QFileInfo(document->place()).path();
  const QStringList paths =
      QFileDialog::getOpenFileNames(&window_, tr("Open"), from,
                                    tr("Taktwerk files (*.arch.yaml *.network.yaml *.mapping.yaml "
                                       "*.trace.jsonl *.taktwerk *.onnx *.csv *.json);;All files (*)"));
  if (!paths.isEmpty()) files(paths);
}

void Opening::browseForNetwork() {
  const QString path =
      QFileDialog::getOpenFileName(&window_, tr("Open a network"), dataRoot(),
                                   tr("Networks (*.network.yaml *.onnx *.csv);;All files (*)"));
  if (path.isEmpty()) return;
  models_.opener.shipped().nameByUser(path);
  models_.estimates.setNetwork(path);
}

void Opening::takeDocument() {
  const auto& document = models_.document();
  if (!document || !isAnother(models_.documents)) return;
  if (!document->path.isEmpty()) remember(document->path);
  chooseNetwork();
}

/// A small one, for want of a choice.
void Opening::chooseNetwork() {
  const QStringList& networks = models_.places.networks;
  const EstimateInput& input = models_.estimates.input();
  if (!input.networkPath.isEmpty() || !input.tracePath.isEmpty() || networks.isEmpty()) return;
  const QStringList small = networks.filter(QStringLiteral("tc-resnet8"));
  models_.estimates.setNetwork(small.isEmpty() ? networks.front() : small.front());
  models_.workspace.takeNetwork();
}

void Opening::remember(const QString& path) {
  settings_.addRecent(path);
  fillRecent();
}

void Opening::fillRecent() {
  models_.session.setRecentFiles(settings_.recentFiles);
  QAction* action = models_.commands.action(QStringLiteral("file.recent"));
  QMenu* menu = action->menu();
  if (!menu) {
    menu = new QMenu(&window_);
    action->setMenu(menu);
  }
  for (QAction* old : menu->actions()) {  // perhaps the one that was chosen
    menu->removeAction(old);
    old->deleteLater();
  }
  for (const QString& path : settings_.recentFiles) {
    QAction* entry = menu->addAction(QFileInfo(path).fileName());
    entry->setStatusTip(path);
    entry->setEnabled(QFileInfo(path).isFile());
    connect(entry, &QAction::triggered, this, [this, path] { files({path}); });
  }
  models_.commands.command(QStringLiteral("file.recent")).refresh();
}

void Opening::showFailure(const QString& path, const Diagnostics& diagnostics) {
  models_.problems.setFailure(diagnostics);
  const QString what = diagnostics.empty() ? QString() : QString::fromStdString(diagnostics.front().message);
  std::vector<Banner::Button> buttons;
  if (models_.document()) {
    buttons.push_back({tr("Show problems"), [this] { models_.session.reveal(QStringLiteral("problems")); }});
    if (QFileInfo(path).isFile()) {
      const SourcePosition at = diagnostics.empty() ? SourcePosition{1, 1} : diagnostics.front().position;
      buttons.push_back(
          {tr("Open as text"), [this, path, at] {
             models_.session.reveal(QStringLiteral("source"), QVariant::fromValue(SourcePlace{path, at}));
           }});
    }
  }
  QString text = tr("%1 could not be opened: %2").arg(QFileInfo(path).fileName(), what);
  if (!diagnostics.empty() && diagnostics.front().position.line > 0) {
    text += tr(" (line %1, column %2)")
                .arg(diagnostics.front().position.line)
                .arg(diagnostics.front().position.column);
  }
  if (diagnostics.size() > 1) text += tr(", and %1 more").arg(diagnostics.size() - 1);
  banner_.announce(Banner::Kind::Error, text, buttons);
}

}  // namespace taktwerk
