// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <initializer_list>

#include "app/desktop/data_paths.h"
#include "app/desktop/recovery.h"
#include "app/desktop/unsaved_work.h"
#include "widgets/actions/command_palette.h"
#include "widgets/actions/focus_keeper.h"
#include "widgets/actions/shortcut_editor.h"
#include "widgets/actions/text_box_keys.h"
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/history_view.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/inspector/inspector.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/palette/palette_panel.h"
#include "widgets/problems/banner.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/problems/source_view.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// The title of a dock, which takes no room in a group of tabs: there the tab is title enough.
class DockTitle : public QLabel {
 public:
  explicit DockTitle(const QString& title) : QLabel(title) { setObjectName(QStringLiteral("dockTitle")); }
  void setCollapsed(bool collapsed) {
    if (collapsed == collapsed_) return;
    collapsed_ = collapsed;
    updateGeometry();
  }
  [[nodiscard]] QSize sizeHint() const override { return collapsed_ ? QSize(0, 0) : QLabel::sizeHint(); }
  [[nodiscard]] QSize minimumSizeHint() const override {
    return collapsed_ ? QSize(0, 0) : QLabel::minimumSizeHint();
  }

 private:
  bool collapsed_ = false;
};

}  // namespace

MainWindow::MainWindow(Theme& theme, bool remember, QWidget* parent)
    : QMainWindow(parent),
      theme_(theme),
      remember_(remember),
      settings_(remember ? Settings::load() : Settings()),
      commands_(theme),
      documents_(jobs_, history_, layoutProgram()),
      autosave_(documents_, autosaveFolder(remember)),
      estimates_(jobs_),
      workspace_(documents_, estimates_, history_),
      opener_(jobs_, documents_, estimates_) {
  opener_.shipped() = shippedFiles();
  setWindowTitle(QStringLiteral("Taktwerk"));
  setAcceptDrops(true);
  setDockOptions(AllowTabbedDocks | AllowNestedDocks | AnimatedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setDocumentMode(true);
  resize(1440, 900);
  buildCentre();
  buildDocks();
  buildBars();
  bindCommands();
  bindSignals();
  bindHistory();
  bindEditor();
  bindPlaces();
  bindUnsaved();
  bindAutosave();
  new FocusKeeper(*this, [this] { return page(); });
  new TextBoxKeys(this);
  arrangeDocks();
  if (!settings_.geometry.isEmpty()) restoreGeometry(settings_.geometry);
  if (!settings_.layout.isEmpty()) restoreState(settings_.layout);
  dockLayout_ = saveState();
  showDocks(false);
  runBar_->setNetworks(knownNetworks());
  start_->setExamplesRoot(examplesFolder());
  refreshRecent();
  refreshDocument();
}

MainWindow::~MainWindow() {
  recovery_.reset();
  unsaved_.reset();
  // What goes tells of it: views that nothing is selected, histories that they are empty. Nobody is left here
  // to hear that.
  for (QObject* member :
       std::initializer_list<QObject*>{&selection_, &commands_, &jobs_, &documents_, &history_, &autosave_,
                                       &estimates_, &opener_, &theme_}) {
    member->disconnect(this);
  }
  // Views before what they look at: as children they would outlive the members.
  delete editor_;
  delete takeCentralWidget();
  for (QDockWidget* dock : docks_) delete dock;
  delete runBar_;
  delete palette_;
  delete shortcuts_;
  delete scene_;
}

void MainWindow::buildCentre() {
  banner_ = new Banner(theme_);
  pages_ = new QStackedWidget;
  start_ = new StartPage(theme_, jobs_);
  tabs_ = new QTabWidget;
  tabs_->setDocumentMode(true);
  scene_ = new DiagramScene(theme_, selection_, this);
  view_ = new DiagramView(*scene_, theme_);
  editor_ = new DiagramEditor(*scene_, *view_, documents_, selection_, theme_, this);
  view_->setInput(editor_);
  source_ = new SourceView(theme_);
  tabs_->addTab(view_, tr("Diagram"));
  tabs_->addTab(source_, tr("Text"));
  network_ = new NetworkPage(theme_, estimates_, history_);
  tabs_->addTab(network_, tr("Network"));
  mapping_ = new MappingPage(theme_, estimates_, workspace_, jobs_, history_);
  tabs_->addTab(mapping_, tr("Mapping"));
  pages_->addWidget(start_);
  pages_->addWidget(tabs_);
  auto* centre = new QWidget;
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(banner_);
  column->addWidget(pages_, 1);
  setCentralWidget(centre);
}

QWidget* MainWindow::page() const {
  return pages_->currentWidget() == tabs_ ? tabs_->currentWidget() : start_;
}

void MainWindow::showPage(QWidget* page) {
  tabs_->setCurrentWidget(page);
  page->setFocus();
}

void MainWindow::buildDocks() {
  outline_ = new OutlinePanel(theme_, selection_);
  inspector_ = new Inspector(theme_, selection_);
  problems_ = new ProblemsPanel(theme_);
  layers_ = new LayersPanel(theme_, estimates_);
  breakdown_ = new BreakdownPage(theme_, estimates_, selection_);
  const auto add = [this](const char* name, const QString& title, QWidget* widget) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(widget);
    auto* label = new DockTitle(title);
    dock->setTitleBarWidget(label);
    connect(dock, &QDockWidget::windowTitleChanged, label, &QLabel::setText);
    // Once the layout has settled: signals come before the groups of tabs are there.
    const auto retitle = [this] {
      QMetaObject::invokeMethod(this, &MainWindow::retitleDocks, Qt::QueuedConnection);
    };
    connect(dock, &QDockWidget::dockLocationChanged, this, retitle);
    connect(dock, &QDockWidget::topLevelChanged, this, retitle);
    connect(dock, &QDockWidget::visibilityChanged, this, retitle);
    docks_.push_back(dock);
  };
  add("outline", tr("Outline"), outline_);
  add("inspector", tr("Inspector"), inspector_);
  add("layers", tr("Layers"), layers_);
  add("breakdown", tr("Breakdown"), breakdown_);
  add("problems", tr("Problems"), problems_);
  historyView_ = new HistoryView(history_);
  add("history", tr("History"), historyView_);
  blocks_ = new PalettePanel(theme_);
  add("palette", tr("Palette"), blocks_);
}

void MainWindow::arrangeDocks() {
  setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
  addDockWidget(Qt::LeftDockWidgetArea, dockNamed("palette"));
  addDockWidget(Qt::LeftDockWidgetArea, dockNamed("outline"));
  addDockWidget(Qt::RightDockWidgetArea, dockNamed("inspector"));
  addDockWidget(Qt::BottomDockWidgetArea, dockNamed("layers"));
  splitDockWidget(dockNamed("layers"), dockNamed("breakdown"), Qt::Horizontal);
  tabifyDockWidget(dockNamed("layers"), dockNamed("problems"));
  tabifyDockWidget(dockNamed("inspector"), dockNamed("history"));
  defaultLayout_ = saveState();
  restoreDefaultLayout();
}

/// Docks that are put to their places one by one leave groups of tabs behind where they were.
void MainWindow::restoreDefaultLayout() {
  restoreState(defaultLayout_);
  for (QDockWidget* each : docks_) each->show();
  dockNamed("layers")->raise();
  dockNamed("inspector")->raise();
  resizeDocks({dockNamed("outline"), dockNamed("inspector")}, {220, 365}, Qt::Horizontal);
  resizeDocks({dockNamed("layers"), dockNamed("breakdown")}, {width() * 12 / 20, width() * 8 / 20},
              Qt::Horizontal);
  resizeDocks({dockNamed("palette"), dockNamed("outline")}, {250, 300}, Qt::Vertical);
  resizeDocks({dockNamed("layers")}, {300}, Qt::Vertical);
}

QDockWidget* MainWindow::dockNamed(const char* name) const {
  const auto found = std::find_if(docks_.begin(), docks_.end(), [name](const QDockWidget* each) {
    return each->objectName() == QLatin1String(name);
  });
  return found == docks_.end() ? nullptr : *found;
}

void MainWindow::retitleDocks() {
  for (QDockWidget* dock : docks_) {
    if (auto* title = dynamic_cast<DockTitle*>(dock->titleBarWidget())) {
      title->setCollapsed(!dock->isFloating() && !tabifiedDockWidgets(dock).isEmpty());
    }
  }
}

void MainWindow::showDocks(bool shown) {
  if (shown) {
    restoreState(dockLayout_);
  } else {
    for (QDockWidget* dock : docks_) dock->hide();
  }
  for (QDockWidget* dock : docks_) dock->toggleViewAction()->setEnabled(shown);
}

void MainWindow::buildBars() {
  commands_.fill(*menuBar());
  for (QAction* menu : menuBar()->actions()) {
    if (menu->text() != tr("&View")) continue;
    menu->menu()->addSeparator();
    for (QDockWidget* dock : docks_) menu->menu()->addAction(dock->toggleViewAction());
  }
  auto* tools = new QToolBar(tr("Tools"));
  tools->setObjectName(QStringLiteral("tools"));
  tools->setMovable(false);
  tools->setIconSize(QSize(18, 18));
  tools->setContextMenuPolicy(Qt::PreventContextMenu);
  commands_.fill(*tools);
  tools->addSeparator();
  runBar_ = new RunBar(theme_, estimates_, jobs_, commands_);
  runBar_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  runBarAction_ = tools->addWidget(runBar_);
  addToolBar(Qt::TopToolBarArea, tools);
  palette_ = new CommandPalette(commands_, this);
  commands_.applyKeys(settings_.keys);
  shortcuts_ = new ShortcutEditor(commands_, this);
  hint_ = new QLabel;
  statusBar()->addWidget(hint_, 1);
  zoom_ = new QLabel;
  counts_ = new QLabel;
  counts_->setContentsMargins(0, 0, 16, 0);
  statusBar()->addPermanentWidget(counts_);
  statusBar()->addPermanentWidget(zoom_);
  statusBar()->setSizeGripEnabled(false);
  statusBar()->setContentsMargins(8, 0, 12, 0);
}

void MainWindow::bindCommands() {
  const auto on = [this](const char* id, std::function<void()> run) {
    commands_.onTriggered(QLatin1String(id), std::move(run));
  };
  on("file.new", [this] {
    if (!mayLeave()) return;
    documents_.create();
    showPage(view_);
  });
  on("file.open", [this] { browse(); });
  on("file.reload", [this] { documents_.reload(); });
  on("file.saveWorkspace", [this] { saveWorkspace(); });
  on("file.export", [this] { exportPicture(); });
  on("file.print", [this] { print(); });
  on("file.close", [this] {
    if (mayLeave(true)) documents_.close();
  });
  on("file.save", [this] { save(false); });
  on("file.saveAs", [this] { save(true); });
  on("edit.undo", [this] { history_.undo(); });
  on("edit.redo", [this] { history_.redo(); });
  on("file.quit", [this] { close(); });
  on("edit.selectAll", [this] {
    SelectionModel::Objects all;
    if (const auto& document = documents_.document()) {
      for (const ShownObject& object : document->shown->objects) all.insert(object.shown);
    }
    selection_.select(all);
  });
  on("edit.find", [this] {
    docks_[0]->show();
    docks_[0]->raise();
    outline_->focusFilter();
  });
  on("view.fit", [this] { jump([this] { view_->fit(); }); });
  on("view.fitSelection", [this] { jump([this] { view_->fitSelection(); }); });
  on("view.zoomIn", [this] { view_->zoomBy(1.25); });
  on("view.zoomOut", [this] { view_->zoomBy(1 / 1.25); });
  on("view.zoom100", [this] { view_->zoomTo100(); });
  on("view.diagram", [this] { showPage(view_); });
  on("view.source", [this] { showPage(source_); });
  on("view.network", [this] { showPage(network_); });
  on("view.mapping", [this] { showPage(mapping_); });
  on("file.saveNetwork", [this] { saveNetworkAs(network_->document().path()); });
  on("view.theme", [this] { theme_.setDark(!theme_.dark()); });
  on("view.fullScreen", [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  on("view.restore", [this] { restoreDefaultLayout(); });
  on("analyse.run", [this] { estimates_.run(); });
  on("analyse.stop", [this] { estimates_.cancel(); });
  on("analyse.nextProblem", [this] { problems_->go(1); });
  on("analyse.previousProblem", [this] { problems_->go(-1); });
  on("help.palette", [this] { palette_->popUp(); });
  on("help.keys", [this] { shortcuts_->popUp(); });
  on("analyse.approve", [this] { problems_->approveCurrent(); });
  on("help.about", [this] { showAbout(); });
  commands_.action(QStringLiteral("view.theme"))->setChecked(theme_.dark());
}

void MainWindow::bindSignals() {
  connect(&documents_, &DocumentController::documentChanged, this, &MainWindow::refreshDocument);
  connect(&documents_, &DocumentController::openFailed, this, &MainWindow::showFailure);
  connect(&estimates_, &EstimateController::inputChanged, this, &MainWindow::refreshOverrides);
  connect(&opener_, &FileOpener::failed, this, &MainWindow::showFailure);
  connect(&estimates_, &EstimateController::problemsChanged, this, &MainWindow::refreshProblems);
  connect(&estimates_, &EstimateController::stateChanged, this, &MainWindow::refreshProblemsTitle);
  connect(&estimates_, &EstimateController::inputChanged, this, &MainWindow::refreshSource);
  connect(&estimates_, &EstimateController::outcomeChanged, this, [this] {
    if (estimates_.outcome().estimate) banner_->dismiss();
  });
  connect(&jobs_, &JobManager::failed, this, [this](const QString& message) {
    banner_->announce(Banner::Kind::Error, tr("Something went wrong inside Taktwerk: %1").arg(message));
  });
  connect(problems_, &ProblemsPanel::activated, this,
          [this](const Diagnostic& d) { jump([this, d] { goTo(d); }); });
  connect(problems_, &ProblemsPanel::approveRequested, this, &MainWindow::approve);
  connect(problems_, &ProblemsPanel::withdrawRequested, this, &MainWindow::withdraw);
  const auto refreshApprove = [this] {
    commands_.setDisabledReason(
        QStringLiteral("analyse.approve"),
        problems_->canApprove() ? QString() : tr("Choose a warning in the list of problems first."));
  };
  connect(problems_, &ProblemsPanel::currentChanged, this, refreshApprove);
  refreshApprove();
  connect(&commands_, &CommandTable::keysChanged, this, [this] {
    settings_.keys = commands_.changedKeys();
    if (remember_) settings_.save();
  });
  connect(outline_, &OutlinePanel::activated, this, [this] {
    jump([this] {
      tabs_->setCurrentWidget(view_);
      view_->fitSelection();
    });
  });
  connect(&selection_, &SelectionModel::selectionChanged, this, [this](const QObject* origin) {
    if (origin == scene_ || selection_.objects().size() != 1 || !scene_->diagram()) return;
    const ShownId id = *selection_.objects().begin();
    if (id.index() >= scene_->diagram()->blocks.size()) return;
    const Rect& r = scene_->diagram()->blocks[id.index()].rect;
    view_->reveal(QRectF(r.x, r.y, r.width, r.height));
  });
  estimates_.setLive(true);
  connect(network_, &NetworkPage::importRequested, this, &MainWindow::browseForNetwork);
  connect(network_, &NetworkPage::saveRequested, this,
          [this] { saveNetworkAs(network_->document().path()); });
  connect(network_, &NetworkPage::layerSelected, layers_, &LayersPanel::setCurrentLayer);
  connect(network_, &NetworkPage::layerSelected, breakdown_, &BreakdownPage::setCurrentLayer);
  connect(mapping_, &MappingPage::saveRequested, this, &MainWindow::saveMapping);
  connect(mapping_, &MappingPage::layerSelected, layers_, &LayersPanel::setCurrentLayer);
  connect(layers_, &LayersPanel::layerSelected, mapping_, &MappingPage::setCurrentLayer);
  connect(network_, &NetworkPage::layerSelected, mapping_, &MappingPage::setCurrentLayer);
  connect(layers_, &LayersPanel::layerSelected, network_, &NetworkPage::setCurrentLayer);
  connect(layers_, &LayersPanel::layerSelected, breakdown_, &BreakdownPage::setCurrentLayer);
  connect(breakdown_, &BreakdownPage::layerSelected, layers_, &LayersPanel::setCurrentLayer);
  connect(view_, &DiagramView::zoomChanged, this, &MainWindow::refreshStatus);
  connect(start_, &StartPage::recentRequested, this, [this](const QString& path) { openFiles({path}); });
  connect(start_, &StartPage::openRequested, this, &MainWindow::openExample);
  connect(start_, &StartPage::browseRequested, this, &MainWindow::browse);
  connect(runBar_, &RunBar::openNetworkRequested, this, &MainWindow::browseForNetwork);
  connect(&theme_, &Theme::changed, this, [this] {
    theme_.apply(*qApp);
    commands_.action(QStringLiteral("view.theme"))->setChecked(theme_.dark());
  });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!mayLeave(true)) {
    event->ignore();
    return;
  }
  if (remember_) {
    settings_.dark = theme_.dark();
    settings_.geometry = saveGeometry();
    settings_.layout = pages_->currentWidget() == tabs_ ? saveState() : dockLayout_;
    settings_.save();
  }
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  QStringList paths;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) paths << url.toLocalFile();
  }
  if (paths.isEmpty()) return;
  event->acceptProposedAction();
  openFiles(paths);
}

}  // namespace taktwerk
