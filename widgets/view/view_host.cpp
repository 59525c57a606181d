// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/view_host.h"

#include <QMainWindow>
#include <QStackedWidget>
#include <QTabWidget>

#include "widgets/view/docks.h"
#include "widgets/view/models.h"
#include "widgets/view/view_frame.h"

namespace taktwerk {

namespace {

QString commandOf(const ViewSpec& spec) {
  return QStringLiteral("view.") + spec.id;
}

}  // namespace

std::vector<CommandSpec> viewCommands(const std::vector<ViewSpec>& specs, bool panels) {
  std::vector<CommandSpec> commands;
  for (const ViewSpec& spec : specs) {
    if (spec.place == ViewPlace::Start || spec.isPanel() != panels) continue;
    commands.push_back({commandOf(spec), QObject::tr("&View"),
                        spec.menuText.isEmpty() ? spec.title : spec.menuText, spec.keys, spec.icon, spec.help,
                        false, commands.empty()});
  }
  return commands;
}

ViewHost::ViewHost(QMainWindow& window, Models& models, std::vector<ViewSpec> specs)
    : QObject(&window),
      models_(models),
      specs_(std::move(specs)),
      docks_(std::make_unique<Docks>(window)),
      centre_(new QStackedWidget),
      tabs_(new QTabWidget) {
  tabs_->setDocumentMode(true);
  // Where there is little room titles are scrolled, never cut.
  tabs_->setUsesScrollButtons(true);
  tabs_->setElideMode(Qt::ElideNone);
  QStringList alone;
  for (const ViewSpec& spec : specs_) {
    if (spec.alone) alone << spec.id;
  }
  docks_->setAlone(alone);
  for (const ViewSpec& spec : specs_) make(spec);
  centre_->addWidget(tabs_);
  docks_->arrange();
  giveRoom();
  for (const ViewSpec& spec : specs_) bind(spec);
  connect(tabs_, &QTabWidget::currentChanged, this, &ViewHost::follow);
  connect(&models_.session, &Session::revealRequested, this, &ViewHost::reveal);
  connect(&models_.session, &Session::attractRequested, docks_.get(), &Docks::raise);
  connect(docks_.get(), &Docks::changed, &models_.commands, &CommandTable::refresh);
}

ViewHost::~ViewHost() {
  docks_->disconnect();
  tabs_->disconnect(this);
  // What is selected or shown is told while views go; those that are left hear it, so the last made go first.
  while (!made_.empty()) made_.pop_back();
}

void ViewHost::make(const ViewSpec& spec) {
  std::unique_ptr<View> view = spec.make(models_);
  view->setParent(this);
  QWidget* frame = new ViewFrame(spec, *view, models_);
  if (spec.place == ViewPlace::Start) {
    centre_->insertWidget(0, frame);
  } else if (spec.place == ViewPlace::Page) {
    const int tab = tabs_->addTab(frame, spec.title);
    tabs_->setTabToolTip(tab, tr("%1: %2").arg(spec.title, spec.help));
    connect(view.get(), &View::titleChanged, this, [this, tab, view = view.get(), title = spec.title] {
      const QString now = view->title();
      tabs_->setTabText(tab, now.isEmpty() ? title : now);
    });
  } else {
    docks_->add(spec, *view, frame);
  }
  made_.push_back({std::move(view), frame});
}

void ViewHost::bind(const ViewSpec& spec) {
  if (spec.place == ViewPlace::Start) return;
  CommandBehaviour behaviour;
  behaviour.whyNot = [this] { return whyNothingOpen(models_); };
  if (spec.isPanel()) {
    behaviour.run = [this, id = spec.id] {
      if (docks_->isShown(id)) {
        docks_->hide(id);
      } else {
        show(id);
      }
    };
    behaviour.checked = [this, id = spec.id] { return docks_->isShown(id); };
  } else {
    behaviour.run = [this, id = spec.id] { show(id); };
  }
  models_.commands.bind(commandOf(spec), std::move(behaviour));
}

QWidget* ViewHost::centre() const {
  return centre_;
}

View* ViewHost::find(const QString& id) const {
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    if (specs_[i].id == id) return made_[i].view.get();
  }
  return nullptr;
}

std::size_t ViewHost::frontIndex() const {
  const QWidget* front =
      centre_->currentWidget() == tabs_ ? tabs_->currentWidget() : centre_->currentWidget();
  for (std::size_t i = 0; i < made_.size(); ++i) {
    if (made_[i].frame == front) return i;
  }
  return 0;
}

View& ViewHost::front() const {
  return *made_[frontIndex()].view;
}

const QString& ViewHost::frontId() const {
  return specs_[frontIndex()].id;
}

void ViewHost::bring(const QString& id) {
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    if (specs_[i].id != id) continue;
    if (specs_[i].place == ViewPlace::Page) tabs_->setCurrentWidget(made_[i].frame);
    if (specs_[i].isPanel()) docks_->show(id);
  }
}

void ViewHost::show(const QString& id) {
  bring(id);
  if (const View* view = find(id)) view->widget()->setFocus();
}

void ViewHost::reveal(const QString& id, const QVariant& what) {
  View* view = find(id);
  if (!view) return;
  models_.session.jump([&] {
    bring(id);
    if (what.isValid()) view->reveal(what);
  });
}

void ViewHost::setOpen(bool open) {
  if (open == (centre_->currentWidget() == tabs_)) return;
  centre_->setCurrentIndex(open ? centre_->indexOf(tabs_) : 0);
  follow();
}

bool ViewHost::isWaiting() const {
  for (const Made& made : made_) {
    if (made.view->isWaiting()) return true;
  }
  return false;
}

/// What pages need that are not in front must not take the room of the panels beside the one that is.
void ViewHost::giveRoom() {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    if (specs_[i].place != ViewPlace::Page) continue;
    QSizePolicy policy = made_[i].frame->sizePolicy();
    const auto room = i == frontIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
    policy.setHorizontalPolicy(room);
    policy.setVerticalPolicy(room);
    made_[i].frame->setSizePolicy(policy);
  }
}

void ViewHost::follow() {
  const bool open = centre_->currentWidget() == tabs_;
  giveRoom();
  models_.session.setPage(frontId());
  docks_->follow(open ? frontId() : QString());
  Q_EMIT frontChanged();
}

}  // namespace taktwerk
