// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/docks.h"

#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <algorithm>

namespace taktwerk {

namespace {

/// The title of a dock, which takes no room in a group of tabs.
class DockTitle : public QLabel {
 public:
  explicit DockTitle(const QString& title) : QLabel(title) {
    setObjectName(QStringLiteral("dockTitle"));
    setIndent(0);  // the theme's padding alone, as with what stands below it
  }
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

Qt::DockWidgetArea areaOf(ViewPlace place) {
  return place == ViewPlace::Left    ? Qt::LeftDockWidgetArea
         : place == ViewPlace::Right ? Qt::RightDockWidgetArea
                                     : Qt::BottomDockWidgetArea;
}

}  // namespace

Docks::Docks(QMainWindow& window) : window_(window) {}

Docks::~Docks() {
  for (const Panel& panel : panels_) delete panel.dock;
}

void Docks::add(const ViewSpec& spec, View& view, QWidget* frame) {
  auto* dock = new QDockWidget(spec.title);
  dock->setObjectName(spec.id);
  dock->setWidget(frame);
  auto* label = new DockTitle(spec.title);
  dock->setTitleBarWidget(label);
  connect(dock, &QDockWidget::windowTitleChanged, label, &QLabel::setText);
  connect(&view, &View::titleChanged, dock, [dock, &view, title = spec.title] {
    const QString now = view.title();
    dock->setWindowTitle(now.isEmpty() ? title : now);
  });
  // Once the layout has settled: signals come before the groups of tabs are there.
  const auto retitleSoon = [this] { QMetaObject::invokeMethod(this, &Docks::retitle, Qt::QueuedConnection); };
  connect(dock, &QDockWidget::dockLocationChanged, this, retitleSoon);
  connect(dock, &QDockWidget::topLevelChanged, this, retitleSoon);
  connect(dock, &QDockWidget::visibilityChanged, this, retitleSoon);
  connect(dock->toggleViewAction(), &QAction::toggled, this, &Docks::changed);
  panels_.push_back({spec, dock});
}

QDockWidget* Docks::find(const QString& id) const {
  const auto found =
      std::find_if(panels_.begin(), panels_.end(), [&](const Panel& panel) { return panel.spec.id == id; });
  return found == panels_.end() ? nullptr : found->dock;
}

void Docks::place(const Panel& panel) {
  const Qt::DockWidgetArea area = areaOf(panel.spec.place);
  if (QDockWidget* with = find(panel.spec.tabWith)) {
    window_.addDockWidget(area, panel.dock);
    window_.tabifyDockWidget(with, panel.dock);
    return;
  }
  QDockWidget* last = nullptr;  // of those that begin a group of their own in this area
  for (const Panel& other : panels_) {
    if (other.dock == panel.dock) break;
    if (other.spec.place == panel.spec.place && !find(other.spec.tabWith)) last = other.dock;
  }
  window_.addDockWidget(area, panel.dock);
  const bool below = panel.spec.place == ViewPlace::Bottom;
  if (last && below) window_.splitDockWidget(last, panel.dock, Qt::Horizontal);
}

void Docks::arrange() {
  window_.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  window_.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
  // Groups first: a split behind a group of tabs would go into it.
  for (const Panel& panel : panels_) {
    if (!find(panel.spec.tabWith)) place(panel);
  }
  for (const Panel& panel : panels_) {
    if (find(panel.spec.tabWith)) place(panel);
  }
  allPlaced_ = window_.saveState();
  hideAll();
}

void Docks::follow(const QString& page) {
  if (page == page_) return;
  if (!page_.isEmpty()) layouts_[page_] = window_.saveState();
  page_ = page;
  const bool known = layouts_.contains(page) && window_.restoreState(layouts_[page]);
  if (page.isEmpty()) hideAll();
  if (!page.isEmpty() && !known) applyDefault(page);
  Q_EMIT changed();
}

bool Docks::belongs(const Panel& panel, const QString& page) const {
  return panel.spec.beside.isEmpty() ? !alone_.contains(page) : panel.spec.beside.contains(page);
}

void Docks::hideAll() const {
  for (const Panel& panel : panels_) panel.dock->hide();
}

void Docks::restoreDefault() {
  if (page_.isEmpty()) return;
  applyDefault(page_);
  Q_EMIT changed();
}

/// Docks that are put to their places one by one leave groups of tabs behind where they were, so that all
/// are put there at once, and those that do not belong to the page are hidden then.
void Docks::applyDefault(const QString& page) {
  window_.restoreState(allPlaced_);
  for (const Panel& panel : panels_) panel.dock->show();
  for (const Panel& panel : panels_) {
    if (!belongs(panel, page)) panel.dock->hide();
  }
  for (const Panel& panel : panels_) {
    const QDockWidget* with = find(panel.spec.tabWith);
    if (with && with->isHidden() && !panel.dock->isHidden()) joinNeighbour(panel);
  }
  for (const Panel& panel : panels_) {
    if (!find(panel.spec.tabWith) && !panel.dock->isHidden()) panel.dock->raise();
  }
  resizePlaces([](const Panel&) { return true; });
}

/// One whose partner does not belong to the page shares the place of another, rather than to take half.
void Docks::joinNeighbour(const Panel& panel) {
  for (const Panel& other : panels_) {
    if (other.dock == panel.dock || other.dock->isHidden() || other.spec.place != panel.spec.place) continue;
    window_.tabifyDockWidget(other.dock, panel.dock);
    return;
  }
}

void Docks::resizePlaces(const std::function<bool(const Panel&)>& concerned) {
  QList<QDockWidget*> sides, columns, tall;
  QList<int> sideWidths, columnWidths, heights;
  for (const Panel& panel : panels_) {
    if (panel.dock->isHidden() || !concerned(panel)) continue;
    const bool below = panel.spec.place == ViewPlace::Bottom;
    if (panel.spec.width > 0) {
      (below ? columns : sides) << panel.dock;
      (below ? columnWidths : sideWidths)
          << (below ? window_.width() * panel.spec.width / 100 : panel.spec.width);
    }
    if (panel.spec.height > 0) {
      tall << panel.dock;
      heights << panel.spec.height;
    }
  }
  if (!sides.isEmpty()) window_.resizeDocks(sides, sideWidths, Qt::Horizontal);
  if (columns.size() > 1) window_.resizeDocks(columns, columnWidths, Qt::Horizontal);
  if (!tall.isEmpty()) window_.resizeDocks(tall, heights, Qt::Vertical);
}

Docks::Layouts Docks::layouts() const {
  Layouts all = layouts_;
  if (!page_.isEmpty()) all[page_] = window_.saveState();
  return all;
}

void Docks::setLayouts(const Layouts& layouts) {
  layouts_ = layouts;
}

bool Docks::isShown(const QString& id) const {
  const QDockWidget* dock = find(id);
  return dock && !dock->isHidden();
}

void Docks::show(const QString& id) {
  QDockWidget* dock = find(id);
  if (!dock) return;
  const bool was = !dock->isHidden();
  dock->show();
  dock->raise();
  if (was) return;
  // It is not squeezed by those it comes beside; what stands elsewhere stays as the user has it.
  const auto own =
      std::find_if(panels_.begin(), panels_.end(), [&](const Panel& p) { return p.dock == dock; });
  resizePlaces([&](const Panel& panel) { return panel.spec.place == own->spec.place; });
}

void Docks::hide(const QString& id) const {
  if (QDockWidget* dock = find(id)) dock->hide();
}

void Docks::raise(const QString& id) const {
  if (isShown(id)) find(id)->raise();
}

void Docks::retitle() {
  for (const Panel& panel : panels_) {
    if (auto* title = dynamic_cast<DockTitle*>(panel.dock->titleBarWidget())) {
      const QList<QDockWidget*> group = window_.tabifiedDockWidgets(panel.dock);
      const bool tabs =
          std::any_of(group.begin(), group.end(), [](const QDockWidget* d) { return !d->isHidden(); });
      title->setCollapsed(!panel.dock->isFloating() && tabs);
    }
  }
}

}  // namespace taktwerk
