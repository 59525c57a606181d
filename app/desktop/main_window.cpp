// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "app/desktop/data_paths.h"
#include "app/desktop/exporting.h"
#include "app/desktop/left_overs.h"
#include "app/desktop/lost_files.h"
#include "app/desktop/notices.h"
#include "app/desktop/opening.h"
#include "app/desktop/palette_places.h"
#include "app/desktop/recovery.h"
#include "app/desktop/saving.h"
#include "app/desktop/status_line.h"
#include "app/desktop/unsaved_work.h"
#include "app/desktop/view_registry.h"
#include "widgets/actions/command_palette.h"
#include "widgets/actions/focus_keeper.h"
#include "widgets/actions/shortcut_editor.h"
#include "widgets/actions/text_box_keys.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"
#include "widgets/view/docks.h"
#include "widgets/view/dropped_files.h"
#include "widgets/view/navigator.h"
#include "widgets/view/view_host.h"

namespace taktwerk {

namespace {

DataPlaces dataPlaces(bool remember) {
  return {examplesFolder(), knownNetworks(), layoutProgram(), autosaveFolder(remember), shippedFiles()};
}

QString always() {
  return {};
}

}  // namespace

MainWindow::MainWindow(Theme& theme, bool remember, QWidget* parent)
    : QMainWindow(parent),
      theme_(theme),
      remember_(remember),
      settings_(remember ? Settings::load() : Settings()),
      models_(theme, dataPlaces(remember), viewCommands(viewRegistry(), false),
              viewCommands(viewRegistry(), true)),
      services_(new QObject(this)) {
  setWindowTitle(QStringLiteral("Taktwerk"));
  setAcceptDrops(true);
  setDockOptions(AllowTabbedDocks | AllowNestedDocks | AnimatedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setDocumentMode(true);
  setMinimumSize(1024, 700);
  resize(1440, 900);
  models_.ask = dialogsOver(this);
  views_ = std::make_unique<ViewHost>(*this, models_, viewRegistry());
  buildCentre();
  buildServices();
  buildBars();
  bindCommands();
  bindRefreshing();
  new Navigator(models_, *views_, services_);
  new FocusKeeper(*this, [this] { return views_->front().widget(); });
  new TextBoxKeys(this);
  restoreSettings();
  models_.estimates.setLive(true);
  takeDocument();
}

MainWindow::~MainWindow() {
  // What goes tells of it: views that nothing is selected, histories that they are empty. Nobody is left here
  // to hear that.
  delete services_;
  recovery_.reset();
  unsaved_.reset();
  // Views before what they look at: as children they would outlive the models.
  delete runBar_;
  delete palette_;
  delete shortcuts_;
  views_.reset();
  delete takeCentralWidget();
}

void MainWindow::buildCentre() {
  banner_ = new Banner(theme_);
  auto* centre = new QWidget;
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(banner_);
  column->addWidget(views_->centre(), 1);
  setCentralWidget(centre);
}

void MainWindow::buildServices() {
  auto& network = *qobject_cast<NetworkPage*>(views_->find(QStringLiteral("network"))->widget());
  auto& mapping = *qobject_cast<MappingPage*>(views_->find(QStringLiteral("mapping"))->widget());
  const WorkPages pages{network, mapping, models_.workspace, *banner_};
  saving_ = new Saving(models_, *banner_, network, mapping, services_);
  unsaved_ = std::make_unique<UnsavedWork>(models_, *views_, *banner_, *saving_);
  recovery_ = std::make_unique<Recovery>(models_, pages, *unsaved_, models_.opener,
                                         [this] { return mayLeave(true); });
  connect(&models_.opener, &FileOpener::opened, unsaved_.get(), [this](const QString& workspace) {
    unsaved_->drop();
    models_.workspace.begin(workspace);
  });
  opening_ = new Opening(
      models_, *banner_, settings_, [this](bool everything) { return mayLeave(everything); }, *this,
      services_);
  new LostFiles(models_, *banner_, *saving_, network, mapping, services_);
  auto* leftOvers = new LeftOvers(
      models_, *banner_, *saving_, *recovery_, [this] { return mayLeave(false); }, remember_, *this,
      services_);
  new Notices(
      models_, *banner_, [leftOvers] { return leftOvers->offerOfOpen(); }, services_);
  new Exporting(models_, *banner_, *saving_, services_);
  new StatusLine(*statusBar(), models_, *views_);
  leftOvers->offerAll();
}

void MainWindow::buildBars() {
  models_.commands.fill(*menuBar());
  const auto bar = [this](const QString& title, const char* name) {
    auto* made = new QToolBar(title);
    made->setObjectName(QLatin1String(name));
    made->setMovable(false);
    made->setIconSize(QSize(18, 18));
    made->setContextMenuPolicy(Qt::PreventContextMenu);
    addToolBar(Qt::TopToolBarArea, made);
    return made;
  };
  models_.commands.fill(*bar(tr("Files and steps"), "tools"), false);
  canvasTools_ = bar(tr("Canvas"), "canvasTools");
  models_.commands.fill(*canvasTools_, true);
  runTools_ = bar(tr("Estimate"), "runTools");
  runBar_ = new RunBar(theme_, models_.session, models_.estimates, models_.jobs, models_.commands);
  runBar_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  runBar_->setNetworks(models_.places.networks);
  runBar_->addAction(models_.commands.action(QStringLiteral("edit.delete")));  // it has nothing to delete
  runTools_->addWidget(runBar_);
  connect(runBar_, &RunBar::openNetworkRequested, this,
          [this] { models_.session.run(QStringLiteral("file.openNetwork")); });
  palette_ = new CommandPalette(models_.commands, this);
  palette_->setPlaces([this] { return panelEntries(models_, *views_); },
                      [this] { return placeEntries(models_, *views_); });
  shortcuts_ = new ShortcutEditor(models_.commands, this);
}

void MainWindow::bindCommands() {
  CommandTable& commands = models_.commands;
  const auto open = [this] { return whyNothingOpen(models_); };
  commands.bind(QStringLiteral("file.quit"), {[this] { close(); }, always});
  commands.bind(QStringLiteral("file.saveWorkspace"),
                {[this] {
                   if (!unsaved_->saveWorkspace(true)) return;
                   models_.session.say(tr("Saved %1").arg(models_.workspace.path()));
                 },
                 open});
  commands.bind(QStringLiteral("view.theme"),
                {[this] { theme_.setDark(!theme_.dark()); }, always, [this] { return theme_.dark(); }});
  commands.bind(QStringLiteral("view.fullScreen"),
                {[this] { setWindowState(windowState() ^ Qt::WindowFullScreen); }, always,
                 [this] { return isFullScreen(); }});
  commands.bind(QStringLiteral("view.restore"), {[this] { views_->docks().restoreDefault(); }, open});
  commands.bind(QStringLiteral("help.palette"), {[this] { palette_->popUp(); }, always});
  commands.bind(QStringLiteral("help.keys"), {[this] { shortcuts_->popUp(); }, always});
  commands.bind(QStringLiteral("help.about"), {[this] { showAbout(); }, always});
  connect(&models_.session, &Session::commandRequested, services_,
          [this](const QString& id) { models_.commands.command(id).run(); });
  connect(&commands, &CommandTable::keysChanged, services_, [this] {
    settings_.keys = models_.commands.changedKeys();
    if (remember_) settings_.save();
  });
}

void MainWindow::bindRefreshing() {
  const auto refresh = [this] { models_.commands.refresh(); };
  connect(&models_.documents, &DocumentController::documentChanged, services_, [this] { takeDocument(); });
  connect(&models_.documents, &DocumentController::modifiedChanged, services_, refresh);
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, services_, refresh);
  connect(&models_.estimates, &EstimateController::inputChanged, services_, refresh);
  connect(&models_.estimates, &EstimateController::outcomeChanged, services_, refresh);
  connect(&models_.history, &History::indexChanged, services_, refresh);
  connect(&models_.documents, &DocumentController::modifiedChanged, services_, [this] { refreshTitle(); });
  connect(unsaved_.get(), &UnsavedWork::changed, services_, [this] { refreshTitle(); });
  connect(unsaved_.get(), &UnsavedWork::changed, services_, refresh);
  connect(views_.get(), &ViewHost::frontChanged, services_,
          [this] { canvasTools_->setVisible(views_->frontId() == QLatin1String("diagram")); });
  connect(&theme_, &Theme::changed, services_, [this] {
    theme_.apply(*qApp);
    models_.commands.refresh();
  });
}

void MainWindow::restoreSettings() {
  models_.jobs.setThreads(settings_.threads);
  connect(&models_.jobs, &JobManager::threadsChanged, services_, [this] {
    settings_.threads = models_.jobs.threads();
    if (remember_) settings_.save();
  });
  models_.commands.applyKeys(settings_.keys);
  if (!settings_.geometry.isEmpty()) restoreGeometry(settings_.geometry);
  views_->docks().setLayouts(settings_.layouts);
}

void MainWindow::takeDocument() {
  const bool open = models_.document() != nullptr;
  views_->setOpen(open);
  runTools_->setVisible(open);
  canvasTools_->setVisible(!open || views_->frontId() == QLatin1String("diagram"));
  models_.commands.refresh();
  refreshTitle();
  const bool opened = models_.documents.lastChange() == DocumentController::Change::Opened;
  if (open && opened) views_->front().widget()->setFocus();
}

void MainWindow::refreshTitle() {
  const auto& document = models_.document();
  setWindowModified(models_.documents.isModified() || (document && unsaved_->any()));
  if (!document) return setWindowTitle(QStringLiteral("Taktwerk"));
  const QString name = shortened(document->architecture->name, 200);
  setWindowTitle(document->copyOf.isEmpty() ? tr("%1[*] — Taktwerk").arg(name)
                                            : tr("%1 (copy, not saved)[*] — Taktwerk").arg(name));
}

void MainWindow::openFiles(const QStringList& paths) {
  opening_->files(paths);
}

void MainWindow::openExample(const QString& path) {
  opening_->example(path);
}

bool MainWindow::busy() const {
  return !models_.jobs.states().empty() || models_.estimates.isWaiting() || views_->isWaiting();
}

bool MainWindow::mayLeave(bool everything) {
  using Leaving = UnsavedWork::Leaving;
  return unsaved_->mayLeave(everything ? Leaving::Everything : Leaving::Architecture);
}

void MainWindow::showAbout() {
  auto* box = new QMessageBox(this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setModal(false);
  box->setWindowTitle(tr("About Taktwerk"));
  box->setIconPixmap(QIcon(QStringLiteral(":/taktwerk/icons/taktwerk.svg")).pixmap(64, 64));
  box->setText(tr("<b>Taktwerk %1</b><br>Design accelerators for deep neural networks and see their cycles.")
                   .arg(QCoreApplication::applicationVersion()));
  box->setInformativeText(
      tr("Free software under the GNU General Public License, version 3 or later.\nBuilt with Qt "
         "%1 and QCustomPlot.")
          .arg(QLatin1String(qVersion())));
  box->show();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!mayLeave(true) || !unsaved_->mayClose()) {
    event->ignore();
    return;
  }
  if (remember_) {
    settings_.dark = theme_.dark();
    settings_.geometry = saveGeometry();
    settings_.layouts = views_->docks().layouts();
    settings_.save();
  }
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QStringList paths = filesIn(*event->mimeData());
  if (paths.isEmpty()) return;
  event->acceptProposedAction();
  openFiles(paths);
}

}  // namespace taktwerk
