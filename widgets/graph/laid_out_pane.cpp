// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/laid_out_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <optional>
#include <utility>

#include "widgets/graph/laid_out_canvas.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<std::shared_ptr<const LaidOutGraph>> layouts{"graph layout"};

}  // namespace

LaidOutPane::LaidOutPane(Models& models, QWidget* parent) : QWidget(parent), models_(models) {
  build();
  connect(canvas_, &LaidOutCanvas::openAsked, this, [this](quint32 box) { open(box); });
  connect(canvas_, &LaidOutCanvas::closeAsked, this, &LaidOutPane::close);
  connect(canvas_, &LaidOutCanvas::neighboursChanged, this, &LaidOutPane::tell);
  const auto onSelected = [this](QPushButton* button, auto act) {
    connect(button, &QPushButton::clicked, this, [this, act] {
      if (const auto box = canvas_->look().selected) act(*box);
    });
  };
  onSelected(open_, [this](std::uint32_t box) { open(box); });
  onSelected(apart_, [this](std::uint32_t box) { open(box, FoldState::Apart); });
  onSelected(close_, [this](std::uint32_t box) { close(box); });
  connect(openAll_, &QPushButton::clicked, this, [this] {
    want([from = shown()] {
      return withAllOpened(from->graph->window, *from->graph->program.program, from->fold);
    });
  });
  connect(foldAll_, &QPushButton::clicked, this, [this] { want({}); });
  connect(act_, &QPushButton::clicked, this, [this] {
    if (isWaiting()) return models_.jobs.cancel(layouts, this);
    if (latest_ && latest_->state == LaidOutGraph::State::TooMany)
      return want([large = latest_] { return large->fold; }, boxesAtMost);
    done_ = false;
    look();
  });
}

void LaidOutPane::build() {
  canvas_ = new LaidOutCanvas(models_.theme);
  message_ = new WrappedLabel;
  message_->setAlignment(Qt::AlignCenter);
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(canvas_);
  open_ = new QPushButton(tr("Open"));
  open_->setToolTip(tr("Show what is in the selected box (Enter, or a double-click on it)"));
  apart_ = new QPushButton(tr("Iterations apart"));
  apart_->setToolTip(tr("Show each iteration of the selected loop by itself"));
  close_ = new QPushButton(tr("Close"));
  close_->setToolTip(tr("Draw the group that the selected box stands in as one box (Backspace)"));
  openAll_ = new QPushButton(tr("Open all"));
  openAll_->setToolTip(tr("Open every box down to single nodes, iterations apart"));
  foldAll_ = new QPushButton(tr("Fold all"));
  foldAll_->setToolTip(tr("Close every box again"));
  note_ = new WrappedLabel;
  note_->setWordWrap(false);
  act_ = new QPushButton;
  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 2, 8, 2);
  row->setSpacing(6);
  for (QPushButton* button : {open_, apart_, close_, openAll_, foldAll_}) row->addWidget(button);
  row->addWidget(note_, 1);
  row->addWidget(act_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(stack_, 1);
  setFocusProxy(canvas_);
  tell();
}

const std::shared_ptr<const LaidOutGraph>& LaidOutPane::shown() const {
  return canvas_->graph();
}

bool LaidOutPane::isWaiting() const {
  return models_.jobs.running(layouts, this);
}

QString LaidOutPane::message() const {
  return stack_->currentIndex() == 0 ? message_->text() : QString();
}

QString LaidOutPane::note() const {
  return note_->text();
}

void LaidOutPane::setGraph(std::shared_ptr<const LayerGraph> graph) {
  if (graph == graph_) return;
  graph_ = std::move(graph);
  fold_ = {};
  most_ = boxesUnasked;
  done_ = false;
  latest_.reset();
  canvas_->setGraph(nullptr);
  look();
  Q_EMIT changed();
}

void LaidOutPane::setBy(FoldBy by) {
  if (by == by_) return;
  by_ = by;
  fold_ = {};
  most_ = boxesUnasked;
  done_ = false;
  look();
}

void LaidOutPane::open(std::uint32_t box, FoldState state) {
  const FoldedBox& opened = shown()->folded.boxes[box];
  if (!opened.canOpen() || (state == FoldState::Apart && opened.kind != FoldedKind::Loop)) return;
  want([from = shown(), box, state] {
    return withOpened(from->graph->window, *from->graph->program.program, from->fold, from->folded.boxes[box],
                      state);
  });
}

void LaidOutPane::close(std::uint32_t box) {
  if (shown()->folded.boxes[box].within.empty()) return;
  want([from = shown(), box] { return withClosed(from->fold, from->folded.boxes[box]); });
}

void LaidOutPane::want(Fold fold, std::size_t most) {
  fold_ = std::move(fold);
  // What was laid out once though it was large may be so again.
  const std::size_t boxes = shown() ? shown()->boxes.size() : 0;
  most_ = std::max(most, boxes > boxesUnasked ? boxesAtMost : boxesUnasked);
  done_ = false;
  look();
}

void LaidOutPane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  look();
}

void LaidOutPane::look() {
  if (!graph_ || !isVisible() || done_) return tell();
  done_ = true;
  models_.jobs.start(
      layouts, tr("Laying the graph out"), this,
      [graph = graph_, fold = fold_, by = by_, most = most_,
       program = models_.places.layoutProgram](Progress& progress) {
        const GraphFold wanted = fold ? fold() : usualFold(graph->window, *graph->program.program, by);
        return layOutFolded(graph, wanted, most, program, progress);
      },
      [this](const std::shared_ptr<const LaidOutGraph>& graph) { take(graph); });
  tell();
}

void LaidOutPane::take(const std::shared_ptr<const LaidOutGraph>& graph) {
  if (graph->graph != graph_) return;  // something else is wanted by now
  latest_ = graph;
  const bool stays = shown() && shown()->fold.by == graph->fold.by;
  if (graph->state == LaidOutGraph::State::Made) canvas_->setGraph(graph);
  // What stays is how it was asked for last.
  if (graph->state != LaidOutGraph::State::Made && !stays) canvas_->setGraph(nullptr);
  tell();
  Q_EMIT changed();
}

/// What is being done or stands in the way, and what the buttons can do.
void LaidOutPane::tell() {
  using State = LaidOutGraph::State;
  QString text, act;
  const auto boxes = static_cast<qlonglong>(latest_ ? latest_->folded.boxes.size() : 0);
  if (isWaiting()) {
    text = tr("Laying the graph out …");
    act = tr("Stop");
  } else if (!latest_) {
    text.clear();
  } else if (latest_->state == State::TooMany && boxes > static_cast<qlonglong>(boxesAtMost)) {
    text = tr("%1 boxes; at most %2 can be laid out. Choose a shorter window.")
               .arg(grouped(boxes), grouped(static_cast<qlonglong>(boxesAtMost)));
  } else if (latest_->state == State::TooMany) {
    text = tr("%1 boxes; more than %2 are not laid out unasked.")
               .arg(grouped(boxes), grouped(static_cast<qlonglong>(boxesUnasked)));
    act = tr("Lay out all %1").arg(grouped(boxes));
  } else if (latest_->state == State::Cancelled) {
    text = tr("Laying out was stopped.");
    act = tr("Lay it out");
  } else if (!latest_->problem.isEmpty()) {
    text = latest_->problem;
    act = tr("Try again");
  }
  const bool picture = shown() != nullptr;
  const bool inTime = !picture && latest_ && latest_->state != State::Made && !isWaiting();
  note_->setText(picture ? text : QString());
  note_->setToolTip(note_->text());
  message_->setText(
      inTime ? tr("%1\n\nThe graph along time is there all the same: choose it above.").arg(text) : text);
  stack_->setCurrentIndex(picture ? 1 : 0);
  act_->setText(act);
  act_->setVisible(!act.isEmpty());
  const std::optional<std::uint32_t> selected = picture ? canvas_->look().selected : std::nullopt;
  const FoldedBox* box = selected ? &shown()->folded.boxes[*selected] : nullptr;
  open_->setEnabled(box != nullptr && box->canOpen());
  apart_->setEnabled(box != nullptr && box->canOpen() && box->kind == FoldedKind::Loop);
  close_->setEnabled(box != nullptr && !box->within.empty());
  openAll_->setEnabled(picture);
  foldAll_->setEnabled(picture);
}

}  // namespace taktwerk
