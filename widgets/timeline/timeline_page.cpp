// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_page.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>

#include "core/report/timeline_words.h"
#include "widgets/estimate/block_shares.h"
#include "widgets/estimate/wanted_layer.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/timeline/range_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_export.h"
#include "widgets/timeline/timeline_loader.h"
#include "widgets/timeline/timeline_minimap.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<std::shared_ptr<const LayerTime>> timelines{"timeline"};
constexpr JobChannel<std::shared_ptr<const TimelineSlice>> overviews{"timeline overview"};
constexpr JobChannel<Diagnostics> exports{"timeline export"};

QString firstOf(const Diagnostics& diagnostics) {
  for (const Diagnostic& each : diagnostics) {
    if (each.severity == Severity::Error) return QString::fromStdString(each.message);
  }
  return {};
}

}  // namespace

TimelinePage::TimelinePage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      selection_(models.session.selection(),
                 [this] {
                   const auto& document = models_.estimates.outcome().document;
                   return document ? document->shown : nullptr;
                 }),
      loader_(new TimelineLoader(models.jobs, this)) {
  build();
  connectParts();
  connectCanvas();
  refresh();
}

void TimelinePage::connectParts() {
  const EstimateController& estimates = models_.estimates;
  connect(&estimates, &EstimateController::outcomeChanged, this, &TimelinePage::refresh);
  connect(&estimates, &EstimateController::stateChanged, this, &TimelinePage::showSummary);
  connect(layers_, &QComboBox::activated, this, [this] {
    const QString name = layers_->currentData().toString();
    Q_EMIT layerSelected(name);
    setCurrentLayer(name);
  });
  connect(rows_, &QComboBox::activated, this, [this](int rows) {
    canvas_->setRows(rows == 0 ? TimelineRows::Blocks : TimelineRows::Instructions);
    showSummary();
  });
  connect(place_, &QLineEdit::returnPressed, this, [this] { goToText(place_->text()); });
  connect(idle_, &QToolButton::toggled, canvas_, &TimelineCanvas::setIdleShown);
  connect(stop_, &QPushButton::clicked, this, [this] {
    stopped_ = models_.jobs.running(timelines, this);
    if (stopped_) return models_.jobs.cancel(timelines, this);
    look();
  });
  connect(graph_, &QPushButton::clicked, this, &TimelinePage::showInGraph);
  connect(more_, &QPushButton::clicked, canvas_, &TimelineCanvas::showMoreArrows);
  connect(export_, &QPushButton::clicked, this, &TimelinePage::exportTimeline);
  connect(bookmarks_->menu(), &QMenu::aboutToShow, this, &TimelinePage::fillBookmarks);
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, this, &TimelinePage::markSelected);
}

void TimelinePage::connectCanvas() {
  connect(canvas_, &TimelineCanvas::sightChanged, this, [this] {
    const TimelineSight sight = canvas_->sight();
    minimap_->setSight(sight.from, sight.to);
    loader_->want(sight);
    showSummary();
  });
  connect(loader_, &TimelineLoader::sliceChanged, this, [this] { canvas_->setSlice(loader_->slice()); });
  connect(loader_, &TimelineLoader::fineChanged, this, [this] {
    canvas_->setFine(loader_->fine());
    showDetail();
    showSummary();
  });
  connect(minimap_, &TimelineMinimap::moved, this, [this](double cycle) {
    const TimelineSight sight = canvas_->sight();
    canvas_->panBy((cycle - (sight.from + sight.to) / 2) * sight.perCycle);
  });
  connect(minimap_, &TimelineMinimap::zoomed, this, [this](double factor) {
    canvas_->zoomBy(factor, {(canvas_->viewport()->width() + TimelineScale::gutter) / 2, 0});
  });
  connect(canvas_, &TimelineCanvas::selected, this, [this](qint64, qint64 object) {
    showDetail();
    if (object >= 0) selectBlock(object);
  });
  connect(canvas_, &TimelineCanvas::blockChosen, this, &TimelinePage::selectBlock);
  connect(canvas_, &TimelineCanvas::measured, this, &TimelinePage::measure);
  connect(canvas_, &TimelineCanvas::arrowsChanged, this,
          [this] { more_->setEnabled(canvas_->hasMoreArrows()); });
  connect(canvas_, &TimelineCanvas::bookmarksChanged, this, [this] {
    const auto count = canvas_->look().bookmarks.size();
    bookmarks_->setText(count == 0 ? tr("Bookmarks") : tr("Bookmarks (%1)").arg(count));
  });
}

QString TimelinePage::wantedLayer() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  return estimate ? taktwerk::wantedLayer(*estimate, models_.session.layer()) : QString();
}

std::shared_ptr<const TimelineFine> TimelinePage::fine() const {
  const auto& fine = loader_->fine();
  return canvas_->look().single && fine && fine->made && fine->of == time_ ? fine : nullptr;
}

QString TimelinePage::whyEmpty() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  if (!estimate || !estimate->layers.empty()) return {};
  return tr("No cycles to show: no layer could be timed. The Layers table has the reasons.");
}

QString TimelinePage::message() const {
  return stack_->currentIndex() == 0 ? message_->text() : QString();
}

QString TimelinePage::summary() const {
  return summary_->text();
}

QString TimelinePage::detail() const {
  return detail_->toPlainText();
}

bool TimelinePage::isWaiting() const {
  return models_.jobs.running(timelines, this) || models_.jobs.running(overviews, this) ||
         loader_->isWaiting();
}

void TimelinePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  look();
}

void TimelinePage::setCurrentLayer(const QString&) {
  stopped_ = false;
  refresh();
}

void TimelinePage::refresh() {
  fillLayers();
  look();
  showSummary();
  Q_EMIT emptinessChanged();
}

void TimelinePage::fillLayers() {
  const QSignalBlocker quiet(layers_);
  layers_->clear();
  if (const auto& estimate = models_.estimates.outcome().estimate) {
    for (const LayerEstimate& layer : estimate->layers) {
      const QString name = QString::fromStdString(layer.name);
      layers_->addItem(layer.fused.empty() ? name : tr("%1 and %2 more").arg(name).arg(layer.fused.size()),
                       name);
    }
  }
  layers_->setCurrentIndex(layers_->findData(wantedLayer()));
}

/// Starts the job, if what is there is not what is wanted.
void TimelinePage::look() {
  const auto& estimate = models_.estimates.outcome().estimate;
  const QString layer = wantedLayer();
  if (!isVisible() || !estimate || layer.isEmpty() || stopped_) return;
  if (lookedAt_ == estimate && asked_ == layer) return;  // it is there, could not be made, or is being made
  asked_.clear();
  if (const UnmappedLayer* unmapped = unmappedLayer(*estimate, layer)) {
    return say(
        tr("No cycles to show: %1 has no program: %2").arg(layer, QString::fromStdString(unmapped->reason)));
  }
  if (models_.estimates.outOfDate()) {
    const bool there = time_ && time_->layer == layer;
    return there ? showTime() : say(tr("The result is out of date. Press F5 to look at %1.").arg(layer));
  }
  asked_ = layer;
  lookedAt_ = estimate;
  // What is out of date stays in sight until the next is there.
  const bool stays = stack_->currentIndex() == 1 && time_ && time_->layer == layer;
  if (!stays) say(tr("Looking at all of %1 …").arg(layer), true);
  models_.jobs.start(
      timelines, tr("Making the timeline of %1").arg(layer), this,
      [input = models_.estimates.input(), layer](Progress& progress) {
        return timeOfLayer(input, layer, progress);
      },
      [this, estimate](const std::shared_ptr<const LayerTime>& time) { take(time, estimate); });
}

void TimelinePage::take(const std::shared_ptr<const LayerTime>& time,
                        const std::shared_ptr<const NetworkEstimate>& of) {
  if (of != lookedAt_ || time->layer != asked_) return;  // something else is wanted by now
  // What came to its end just before it could be stopped was not wanted either.
  if (time->cancelled || stopped_) {
    stopped_ = true;
    asked_.clear();
    return say(tr("Making the timeline was stopped."));
  }
  if (!time->made) return say(tr("No timeline of %1: %2").arg(time->layer, firstOf(time->diagnostics)));
  if (time->timeline.known == 0) {
    return say(time->timeline.instructions == 0
                   ? tr("No cycles to show: the program of %1 has no instructions.").arg(time->layer)
                   : tr("No timeline of %1: it accesses a cache, and its %2 instructions are too many to be "
                        "timed one by one. The Graph page shows windows of it.")
                         .arg(time->layer, grouped(time->timeline.instructions)));
  }
  const bool same = time_ && time_->layer == time->layer && time_->cycles() == time->cycles() &&
                    time_->lanes.lanes.size() == time->lanes.lanes.size();
  time_ = time;
  shownOf_ = of;
  const auto& document = models_.estimates.outcome().document;
  objects_ = document ? ObjectTable(*time->program.machine, *document->architecture) : ObjectTable();
  loader_->setTime(time_);
  minimap_->setTime(time_);
  canvas_->setTime(time_, same);
  measure();
  models_.jobs.start(
      overviews, tr("Looking at all of %1").arg(time->layer), this,
      [time, wish = minimap_->wish()](Progress&) { return sliceOf(time, wish); },
      [this](const std::shared_ptr<const TimelineSlice>& slice) { minimap_->setSlice(slice); });
  markSelected();
  showTime();
  showDetail();
  if (goTo_) goTo(*goTo_);
}

void TimelinePage::showTime() {
  stack_->setCurrentIndex(1);
  stop_->hide();
  showSummary();
}

/// In place of the timeline. One that was there is not kept: it is of something else.
void TimelinePage::say(const QString& message, bool running) {
  message_->setText(message);
  stack_->setCurrentIndex(0);
  stop_->setText(running ? tr("Stop") : tr("Make it"));
  stop_->setVisible(running || stopped_);
  showSummary();
}

void TimelinePage::showSummary() {
  const bool shown = time_ && stack_->currentIndex() == 1;
  for (QWidget* each :
       {static_cast<QWidget*>(rows_), static_cast<QWidget*>(place_), static_cast<QWidget*>(idle_),
        static_cast<QWidget*>(export_), static_cast<QWidget*>(bookmarks_)}) {
    each->setEnabled(shown);
  }
  if (!shown) return summary_->clear();
  const bool out = models_.estimates.outOfDate() || shownOf_ != models_.estimates.outcome().estimate;
  const LayerTimeline& all = time_->timeline;
  QString text = tr("%1 cycles, %2 instructions").arg(grouped(all.cycles), grouped(all.instructions));
  if (!all.finished) text += tr(", the first %1 of which are known").arg(grouped(all.known));
  if (models_.session.layer().isEmpty()) text += tr(", of the layer that takes most cycles");
  const TimelineSight sight = canvas_->sight();
  const auto from = static_cast<Cycles>(sight.from),
             to = std::min(all.cycles, static_cast<Cycles>(sight.to) + 1);
  const InstructionWindow window = instructionsIn(all, from, to);
  text += tr(". In sight: cycles %1 to %2, %3 instructions")
              .arg(grouped(from), grouped(to), grouped(window.end - window.first));
  const auto& fine = loader_->fine();
  if (!sight.single) {
    text += canvas_->look().rows == TimelineRows::Instructions
                ? tr(": zoom in to %1 to see them one by one").arg(grouped(singleAtMost))
                : QString();
  } else if (fine && fine->of == time_ && !fine->diagnostics.empty()) {
    text += tr("; single ones are not shown here: %1").arg(firstOf(fine->diagnostics));
  }
  if (!all.occupiedKnown && !sight.single)
    text += tr("; how busy blocks are is not known from afar, as a cache is accessed");
  summary_->setText(out ? tr("Out of date. %1").arg(text) : text);
}

void TimelinePage::showDetail() {
  const auto& selected = canvas_->look().selected;
  graph_->setEnabled(selected.has_value());
  if (!selected || !time_) {
    detail_->setPlainText(
        tr("Zoom in and select an instruction to see where it was and what it waited for. "
           "N and P go from one to the next."));
    return;
  }
  const auto& fine = loader_->fine();
  const TimelineInstruction* const found =
      fine && fine->made && fine->of == time_ ? fine->find(*selected) : nullptr;
  if (!found) {
    detail_->setPlainText(tr("Instruction %1: Enter shows it").arg(*selected));
    return;
  }
  QString text;
  for (const std::string& line : instructionInWords(*found, *time_->program.machine)) {
    if (!text.isEmpty()) text += QLatin1Char('\n');
    text += shortened(line, 240);
  }
  if (detail_->toPlainText() != text) detail_->setPlainText(text);
}

void TimelinePage::goTo(std::int64_t instruction) {
  goTo_ = instruction;
  if (!time_ || stack_->currentIndex() != 1 || time_->layer != wantedLayer()) return;
  goTo_.reset();
  canvas_->goTo(instruction);
}

void TimelinePage::goToText(const QString& text) {
  QString digits = text.trimmed();
  const bool cycle = digits.startsWith(QLatin1Char('@'));
  if (cycle) digits.remove(0, 1);
  digits.remove(QLatin1Char(',')).remove(QLatin1Char(' ')).remove(QChar(0x202F));
  bool fine = false;
  const qint64 number = digits.toLongLong(&fine);
  if (!time_ || !fine || number < 0) {
    return models_.session.say(
        tr("“%1” is neither the number of an instruction nor @ and a cycle.").arg(text));
  }
  const std::int64_t most = cycle ? time_->cycles() : time_->timeline.known - 1;
  if (number > most) {
    return models_.session.say(cycle ? tr("The layer ends at cycle %1.").arg(grouped(most))
                                     : tr("The last instruction is %1.").arg(grouped(most)));
  }
  if (!cycle) return canvas_->goTo(number);
  const TimelineSight sight = canvas_->sight();
  canvas_->panBy((static_cast<double>(number) - (sight.from + sight.to) / 2) * sight.perCycle);
}

void TimelinePage::selectBlock(qint64 object) {
  const auto& document = models_.estimates.outcome().document;
  if (!document || object < 0) return;
  const MachineObjectId id{static_cast<std::uint32_t>(object)};
  const ShownId shown = shownObject(id, objects_, *document);
  if (shown.valid()) selection_.select({shown}, this);
}

void TimelinePage::markSelected() {
  if (!time_) return;
  std::vector<bool> marked;
  const ShownSelection::Objects& selected = selection_.objects();
  const auto& document = models_.estimates.outcome().document;
  if (document && !selected.empty()) {
    marked.resize(time_->program.machine->objectNames.size());
    for (std::size_t object = 0; object < marked.size(); ++object) {
      const MachineObjectId id{static_cast<std::uint32_t>(object)};
      const ShownId shown = shownObject(id, objects_, *document);
      marked[object] = shown.valid() && selected.contains(shown);
    }
  }
  canvas_->setMarked(std::move(marked));
}

void TimelinePage::measure() {
  const auto& range = canvas_->look().measured;
  if (!range || !time_) return range_->clearRange();
  range_->measure(time_, range->first, range->second);
}

void TimelinePage::fillBookmarks() {
  QMenu* const menu = bookmarks_->menu();
  menu->clear();
  menu->addAction(tr("Mark this place, or no more\tB"), canvas_, &TimelineCanvas::toggleBookmark);
  const auto& all = canvas_->look().bookmarks;
  if (all.empty()) return;
  menu->addSeparator();
  for (std::size_t place = 0; place < all.size(); ++place) {
    const QString cycle = tr("Cycle %1").arg(grouped(all[place].cycle));
    const QString text =
        all[place].instruction < 0
            ? cycle
            : tr("Instruction %1, cycle %2").arg(all[place].instruction).arg(grouped(all[place].cycle));
    menu->addAction(text, canvas_, [this, place] { canvas_->showBookmark(place); });
  }
  menu->addSeparator();
  menu->addAction(tr("Remove all"), canvas_, &TimelineCanvas::clearBookmarks);
}

void TimelinePage::exportTimeline() {
  if (!time_ || stack_->currentIndex() != 1) return;
  QString path = models_.ask.timelinePath(time_->layer + QStringLiteral(".json"));
  if (path.isEmpty()) return;
  const QStringList kinds{QStringLiteral("json"), QStringLiteral("kanata"), QStringLiteral("svg"),
                          QStringLiteral("png")};
  if (!kinds.contains(QFileInfo(path).suffix().toLower())) path += QStringLiteral(".json");
  const auto tell = [this, path](const Diagnostics& problems) {
    models_.session.say(hasErrors(problems) ? tr("%1 was not written: %2").arg(path, firstOf(problems))
                                            : tr("Wrote %1").arg(path));
  };
  const qsizetype kind = kinds.indexOf(QFileInfo(path).suffix().toLower());
  if (kind >= 2) return tell(exportTimelinePicture(*canvas_, path));
  const TimelineSight sight = canvas_->sight();
  auto range = canvas_->look().measured.value_or(
      std::pair(static_cast<Cycles>(sight.from), static_cast<Cycles>(sight.to) + 1));
  const InstructionWindow window = instructionsIn(time_->timeline, range.first, range.second);
  if (window.end - window.first > writtenAtMost) {
    return models_.session.say(
        tr("%1 instructions are too many for a file: zoom in, or measure a range, of %2 at most.")
            .arg(grouped(window.end - window.first), grouped(writtenAtMost)));
  }
  models_.jobs.start(
      exports, tr("Writing %1").arg(QFileInfo(path).fileName()), this,
      [time = time_, range, path](Progress& progress) {
        return exportInstructions(*time, range.first, range.second, path, progress);
      },
      tell);
}

/// The instructions about the selected one.
void TimelinePage::showInGraph() {
  const auto& selected = canvas_->look().selected;
  if (!selected) return;
  constexpr std::int64_t before = 12, count = 25;
  models_.session.jump([this, first = std::max<std::int64_t>(0, *selected - before)] {
    models_.session.setWindow({ProgramWindow::Unit::Instructions, first, count}, this);
    models_.session.reveal(QStringLiteral("graph"), time_->layer);
  });
}

}  // namespace taktwerk
