// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/space_panel.h"

#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/space/sample.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/space_tree.h"
#include "widgets/sweep/sweep_words.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

/// The choices of which points are estimated, in the order of the box.
constexpr const char* samples[] = {"", "random", "lhs"};

QToolButton* textButton(const QString& text, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setToolTip(tip);
  return button;
}

}  // namespace

SpacePanel::SpacePanel(Models& models, SpaceSetup& setup, SweepRun& run, QWidget* parent)
    : QWidget(parent),
      models_(models),
      setup_(setup),
      run_(run),
      tree_(new SpaceTree(models.theme)),
      hint_(new WrappedLabel),
      anew_(textButton(tr("Begin another space"),
                       tr("Give up the text that cannot be read; Undo brings it back"))),
      vary_(textButton(tr("+ Vary"), tr("Choose what else is varied"))),
      varyMenu_(new QMenu(this)),
      line_(new QLineEdit),
      message_(new WrappedLabel),
      how_(new QComboBox),
      wanted_(new QSpinBox),
      seedLabel_(new QLabel(tr("seed"))),
      seed_(new QSpinBox),
      store_(new WrappedLabel),
      forget_(textButton(QStringLiteral("✕"), tr("Keep results only as long as the window is open"))),
      outlook_(new WrappedLabel),
      start_(new QPushButton(tr("Run"))),
      pause_(new QPushButton(tr("Pause"))),
      stop_(new QPushButton(tr("Stop"))) {
  layOut();
  connectAll();
  refreshSpace();
  refreshOutlook();
  refreshRun();
}

QWidget* SpacePanel::makeHead() {
  auto* title = new QLabel(tr("Design space"));
  title->setFont(models_.theme.font(10, true));
  vary_->setMenu(varyMenu_);
  vary_->setPopupMode(QToolButton::InstantPopup);
  auto* open = textButton(tr("Open…"), tr("Read a space from a file"));
  auto* save = textButton(tr("Save as…"), tr("Write the space to a file, for the command line too"));
  connect(open, &QToolButton::clicked, this,
          [this] { models_.session.run(QStringLiteral("sweep.openSpace")); });
  connect(save, &QToolButton::clicked, this,
          [this] { models_.session.run(QStringLiteral("sweep.saveSpace")); });
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(12, 6, 6, 6);
  row->setSpacing(2);
  row->addWidget(title, 1);
  row->addWidget(vary_);
  row->addWidget(open);
  row->addWidget(save);
  return head;
}

QWidget* SpacePanel::makeFoot() {
  how_->addItems({tr("All points"), tr("Random sample"), tr("Latin hypercube")});
  how_->setAccessibleName(tr("Which points are estimated"));
  wanted_->setRange(1, static_cast<int>(largestSample));
  wanted_->setValue(100);
  wanted_->setGroupSeparatorShown(true);
  wanted_->setAccessibleName(tr("Points of the sample"));
  wanted_->setKeyboardTracking(false);
  seed_->setRange(0, 999'999);
  seed_->setAccessibleName(tr("Seed of the sample"));
  seed_->setKeyboardTracking(false);
  auto* choose =
      textButton(tr("Keep in…"), tr("Choose a file that results are kept in, and goes on with what it has"));
  connect(choose, &QToolButton::clicked, this, &SpacePanel::chooseStore);
  forget_->setAccessibleName(tr("Keep results in no file"));
  outlook_->setAccessibleName(tr("Points and time"));
  start_->setProperty("primary", true);
  auto* foot = new QWidget;
  auto* grid = new QGridLayout(foot);
  grid->setContentsMargins(12, 8, 12, 10);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(6);
  auto* sample = new QHBoxLayout;
  sample->setSpacing(6);
  sample->addWidget(how_, 1);
  sample->addWidget(wanted_);
  sample->addWidget(seedLabel_);
  sample->addWidget(seed_);
  auto* kept = new QHBoxLayout;
  kept->setSpacing(2);
  kept->addWidget(store_, 1);
  kept->addWidget(forget_);
  kept->addWidget(choose);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(start_, 2);
  buttons->addWidget(pause_, 1);
  buttons->addWidget(stop_, 1);
  grid->addLayout(sample, 0, 0);
  grid->addLayout(kept, 1, 0);
  grid->addWidget(outlook_, 2, 0);
  grid->addLayout(buttons, 3, 0);
  return foot;
}

void SpacePanel::layOut() {
  anew_->setObjectName(QStringLiteral("anew"));
  hint_->setContentsMargins(12, 4, 12, 8);
  line_->setPlaceholderText(tr("Add: rows = 1:8, columns = 2 * rows, rows * columns <= 256"));
  line_->setAccessibleName(tr("Add to the space"));
  line_->setToolTip(
      tr("Values (rows = 4,8,16 or 1:64:*2), what follows from others (columns = 2 * rows), or what "
         "must hold (rows * columns <= 256: the array has 256 elements)"));
  message_->setContentsMargins(12, 0, 12, 4);
  message_->setAccessibleName(tr("What is wrong with the space"));
  auto* add = new QHBoxLayout;
  add->setContentsMargins(12, 6, 12, 6);
  add->addWidget(line_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  column->addWidget(hint_);
  column->addWidget(anew_, 0, Qt::AlignHCenter);
  column->addWidget(tree_, 1);
  column->addLayout(add);
  column->addWidget(message_);
  column->addWidget(makeFoot());
}

void SpacePanel::connectAll() {
  tree_->setEditor(
      [this](const QString& step, EditedSpace next) { return setup_.change(step, std::move(next)); });
  connect(tree_, &SpaceTree::told, this, &SpacePanel::tell);
  connect(line_, &QLineEdit::returnPressed, this, &SpacePanel::addLine);
  connect(line_, &QLineEdit::textEdited, this, [this] { tell({}); });
  connect(anew_, &QToolButton::clicked, this, &SpacePanel::beginAnew);
  connect(varyMenu_, &QMenu::aboutToShow, this, &SpacePanel::fillVaryMenu);
  connect(how_, &QComboBox::activated, this, &SpacePanel::setSample);
  connect(wanted_, &QSpinBox::valueChanged, this, &SpacePanel::setSample);
  connect(seed_, &QSpinBox::valueChanged, this, &SpacePanel::setSample);
  connect(forget_, &QToolButton::clicked, this, [this] { setup_.setStore({}); });
  const std::pair<QPushButton*, const char*> commands[] = {
      {start_, "sweep.run"}, {pause_, "sweep.pause"}, {stop_, "sweep.stop"}};
  for (const auto& [button, id] : commands) {
    connect(button, &QPushButton::clicked, models_.commands.action(QLatin1String(id)), &QAction::trigger);
  }
  connect(&setup_, &SpaceSetup::spaceChanged, this, &SpacePanel::refreshSpace);
  connect(&setup_, &SpaceSetup::outlookChanged, this, &SpacePanel::refreshOutlook);
  connect(&models_.jobs, &JobManager::threadsChanged, this, &SpacePanel::refreshOutlook);
  connect(&models_.theme, &Theme::changed, this, &SpacePanel::refreshOutlook);
  connect(&run_, &SweepRun::changed, this, &SpacePanel::refreshRun);
}

void SpacePanel::showEvent(QShowEvent* event) {
  setup_.setWatched(true);
  QWidget::showEvent(event);
}

void SpacePanel::hideEvent(QHideEvent* event) {
  setup_.setWatched(false);
  QWidget::hideEvent(event);
}

void SpacePanel::tell(const QString& message) {
  told_ = message;
  refreshOutlook();
}

QString SpacePanel::messageText() const {
  return message_->text();
}

QString SpacePanel::hintText() const {
  return hint_->text();
}

QString SpacePanel::outlookText() const {
  return outlook_->text();
}

void SpacePanel::beginAnew() {
  setup_.replace(tr("Begin another space"), {});
  tell({});
}

void SpacePanel::addLine() {
  const QString text = line_->text();
  const QString wrong =
      setup_.change(tr("Add %1 to the space").arg(text), withLine(setup_.space(), text.toStdString()));
  if (wrong.isEmpty()) line_->clear();
  tell(wrong);
}

void SpacePanel::vary(const QString& name, const std::vector<std::int64_t>& values) {
  tell(setup_.vary(name, values));
  if (const auto dimension = setup_.find(name)) {
    tree_->selectDimension(*dimension);
    tree_->setFocus();
  }
}

void SpacePanel::refreshSpace() {
  tree_->setSpace(setup_.space());
  hint_->setVisible(setup_.isEmpty());
  const QString unreadable = setup_.whyUnreadable();
  anew_->setVisible(!unreadable.isEmpty());
  hint_->setText(unreadable.isEmpty()
                     ? tr("Nothing is varied yet. Choose parameters with “+ Vary”, or with “Vary this” in "
                          "the inspector, "
                          "beside a mapping’s sliders and among a network’s parameters.")
                     : tr("%1 It stays in the workspace as it is, until you open or begin another one.")
                           .arg(unreadable));
  const WorkspaceSweep& sweep = models_.workspace.sweep();
  showing_ = true;
  const PointChoice choice = setup_.choice();
  how_->setCurrentIndex(static_cast<int>(choice.how));
  if (choice.how != PointChoice::How::Grid) wanted_->setValue(static_cast<int>(choice.wanted));
  seed_->setValue(static_cast<int>(sweep.seed));
  for (QWidget* each : std::initializer_list<QWidget*>{wanted_, seedLabel_, seed_}) {
    each->setVisible(choice.how != PointChoice::How::Grid);
  }
  showing_ = false;
  const QString store = setup_.store();
  store_->setText(store.isEmpty() ? tr("Results are kept while the window is open")
                                  : tr("Results are kept in %1").arg(QFileInfo(store).fileName()));
  store_->setToolTip(store);
  forget_->setVisible(!store.isEmpty());
  refreshOutlook();
}

void SpacePanel::setSample() {
  if (showing_) return;
  const auto how = static_cast<std::size_t>(how_->currentIndex());
  const QString sample =
      how == 0 ? QString() : QStringLiteral("%1:%2").arg(QLatin1String(samples[how])).arg(wanted_->value());
  setup_.setSample(sample, seed_->value());
}

void SpacePanel::refreshOutlook() {
  const auto& outlook = setup_.outlook();
  QString message = told_;
  bool wrong = !told_.isEmpty();
  if (message.isEmpty() && outlook) {
    for (const Diagnostic& problem : outlook->problems) {
      wrong = problem.severity == Severity::Error;
      message = (wrong ? QStringLiteral("✕ ") : QStringLiteral("⚠ ")) + shortened(problem.message);
      if (wrong) break;
    }
  }
  message_->setText(message);
  message_->setVisible(!message.isEmpty());
  message_->setStyleSheet(QStringLiteral("color: %1")
                              .arg(models_.theme.colour(wrong ? &Palette::error : &Palette::warning).name()));
  outlook_->setText(outlookInWords(setup_, models_.jobs.threads()));
  refreshRun();
}

void SpacePanel::refreshRun() {
  const bool runs = run_.isRunning();
  const bool paused = run_.state() == SweepRun::State::Pausing || run_.state() == SweepRun::State::Paused;
  start_->setText(canResume(run_, setup_) ? tr("Resume") : tr("Run"));
  start_->setVisible(!runs);
  pause_->setVisible(runs);
  stop_->setVisible(runs);
  pause_->setText(paused ? tr("Continue") : tr("Pause"));
  stop_->setText(run_.state() == SweepRun::State::Stopping ? tr("Stopping…") : tr("Stop"));
  for (const char* id : {"sweep.run", "sweep.pause", "sweep.stop"}) {
    models_.commands.command(QLatin1String(id)).refresh();
  }
  const QString whyNot = models_.commands.command(QStringLiteral("sweep.run")).whyNot();
  start_->setEnabled(whyNot.isEmpty());
  start_->setToolTip(whyNot);
  stop_->setEnabled(run_.state() != SweepRun::State::Stopping);
  pause_->setEnabled(run_.state() != SweepRun::State::Stopping);
}

}  // namespace taktwerk
