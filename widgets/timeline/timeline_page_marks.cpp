// SPDX-License-Identifier: GPL-3.0-or-later
// What the user measures, marks, keeps and takes away.
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include "widgets/timeline/range_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_export.h"
#include "widgets/timeline/timeline_loader.h"
#include "widgets/timeline/timeline_page.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<Diagnostics> exports{"timeline export"};

}  // namespace

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
    models_.session.say(
        hasErrors(problems)
            ? tr("%1 was not written: %2").arg(path, QString::fromStdString(problems.front().message))
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

bool TimelinePage::isWriting() const {
  return models_.jobs.running(exports, this);
}

void TimelinePage::keep(bool kept) {
  kept_ = kept ? time_ : nullptr;
  showKept();
}

/// Of the same layer alone.
void TimelinePage::showKept() {
  const bool shown = kept_ && time_ && kept_->layer == time_->layer;
  keptLoader_->setTime(shown ? kept_ : nullptr);
  canvas_->setKept(shown ? kept_ : nullptr);
  align_->setEnabled(shown);
  showSummary();
}

void TimelinePage::align() {
  const auto& selected = canvas_->look().selected;
  if (!selected) return models_.session.say(tr("Select the instruction at which both shall begin together."));
  if (*selected >= kept_->timeline.known) {
    return models_.session.say(tr("What was kept has no instruction %1.").arg(*selected));
  }
  canvas_->alignAt(*selected);
}

}  // namespace taktwerk
