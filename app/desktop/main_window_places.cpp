// SPDX-License-Identifier: GPL-3.0-or-later
// Back and forward among the places that were shown.
#include <QScrollBar>
#include <QTabWidget>

#include "app/desktop/main_window.h"
#include "widgets/diagram/scene/diagram_view.h"

namespace taktwerk {

namespace {
constexpr const char* pageNames[] = {"diagram", "source", "network", "mapping"};
}

ShownPlace MainWindow::placeNow() const {
  ShownPlace place;
  const int page = tabs_->currentIndex();
  place.page = page >= 0 && page < 4 ? pageNames[page] : std::to_string(page);
  place.objects = selectedNames();
  place.x = view_->middle().x();
  place.y = view_->middle().y();
  place.zoom = view_->zoom();
  return place;
}

void MainWindow::notePlace() {
  if (jumping_ || !documents_.document()) return;
  places_.visit(placeNow());
  refreshPlaces();
}

void MainWindow::jump(const std::function<void()>& go) {
  if (jumping_) return go();
  if (documents_.document()) places_.update(placeNow());
  jumping_ = true;
  go();
  jumping_ = false;
  notePlace();
}

void MainWindow::goToPlace(const std::optional<ShownPlace>& place) {
  if (!place) return;
  jumping_ = true;
  for (int page = 0; page < 4; ++page) {
    if (place->page == pageNames[page]) tabs_->setCurrentIndex(page);
  }
  selection_.select(objectsNamed(place->objects));
  view_->showPlace({place->x, place->y}, place->zoom);
  jumping_ = false;
  refreshPlaces();
}

void MainWindow::refreshPlaces() {
  const bool open = documents_.document() != nullptr;
  const auto set = [&](const char* id, bool possible, const QString& none) {
    commands_.setDisabledReason(QLatin1String(id), !open      ? tr("Open an architecture first.")
                                                   : possible ? QString()
                                                              : none);
  };
  set("view.back", places_.canGoBack(), tr("There is no place to go back to."));
  set("view.forward", places_.canGoForward(), tr("There is no place to go forward to."));
}

void MainWindow::bindPlaces() {
  commands_.onTriggered(QStringLiteral("view.back"), [this] { goToPlace(places_.back(placeNow())); });
  commands_.onTriggered(QStringLiteral("view.forward"), [this] { goToPlace(places_.forward(placeNow())); });
  connect(tabs_, &QTabWidget::currentChanged, this, &MainWindow::notePlace);
  connect(&selection_, &SelectionModel::selectionChanged, this, [this] {
    if (!selection_.objects().empty()) notePlace();
  });
  const auto scrolled = [this] {
    if (!jumping_ && documents_.document()) places_.update(placeNow());
  };
  connect(view_->horizontalScrollBar(), &QScrollBar::valueChanged, this, scrolled);
  connect(view_->verticalScrollBar(), &QScrollBar::valueChanged, this, scrolled);
  connect(view_, &DiagramView::zoomChanged, this, scrolled);
  connect(&documents_, &DocumentController::documentChanged, this, [this] {
    if (documents_.lastChange() == DocumentController::Change::Edited) return;
    places_.clear();
    notePlace();
    refreshPlaces();
  });
  refreshPlaces();
}

}  // namespace taktwerk
