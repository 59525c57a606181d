// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/navigator.h"

#include "widgets/view/models.h"
#include "widgets/view/view_host.h"

namespace taktwerk {

Navigator::Navigator(Models& models, ViewHost& views, QObject* parent)
    : QObject(parent), models_(models), views_(views) {
  bindCommands();
  connect(&views_, &ViewHost::frontChanged, this, &Navigator::note);
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, this, [this] {
    if (!models_.session.selection().names().empty()) note();
  });
  connect(&models_.session, &Session::aboutToJump, this, [this] {
    update();
    moving_ = true;
  });
  connect(&models_.session, &Session::jumped, this, [this] {
    moving_ = false;
    note();
  });
  for (const ViewSpec& spec : views_.specs()) {
    View* view = views_.find(spec.id);
    connect(view, &View::moved, this, [this, view] {
      if (&views_.front() == view) update();
    });
  }
  connect(&models_.documents, &DocumentController::documentChanged, this, [this] {
    if (!isAnother(models_.documents)) return;
    history_.clear();
    note();
    models_.commands.refresh();
  });
}

void Navigator::bindCommands() {
  const auto whyNot = [this](bool possible, const QString& none) {
    const QString reason = whyNothingOpen(models_);
    return !reason.isEmpty() ? reason : possible ? QString() : none;
  };
  models_.commands.bind(
      QStringLiteral("view.back"),
      {[this] { go(history_.back(now())); },
       [this, whyNot] { return whyNot(history_.canGoBack(), tr("There is no place to go back to.")); }});
  models_.commands.bind(QStringLiteral("view.forward"),
                        {[this] { go(history_.forward(now())); },
                         [this, whyNot] {
                           return whyNot(history_.canGoForward(), tr("There is no place to go forward to."));
                         }});
}

ShownPlace Navigator::now() const {
  ShownPlace place;
  place.page = views_.frontId().toStdString();
  const SelectionModel::Names& names = models_.session.selection().names();
  place.objects.assign(names.begin(), names.end());
  place.at = views_.front().position().value_or(ViewPosition{});
  return place;
}

void Navigator::update() {
  if (!moving_ && models_.document()) history_.update(now());
}

void Navigator::note() {
  if (moving_ || !models_.document()) return;
  history_.visit(now());
  for (const char* id : {"view.back", "view.forward"}) models_.commands.command(QLatin1String(id)).refresh();
}

void Navigator::go(const std::optional<ShownPlace>& place) {
  if (!place) return;
  moving_ = true;
  views_.show(QString::fromStdString(place->page));
  models_.session.selection().select(SelectionModel::Names(place->objects.begin(), place->objects.end()));
  views_.front().setPosition(place->at);
  moving_ = false;
}

}  // namespace taktwerk
