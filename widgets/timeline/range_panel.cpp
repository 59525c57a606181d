// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/range_panel.h"

#include <QHeaderView>
#include <algorithm>

#include "core/report/cause_text.h"
#include "core/report/graph_words.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

struct Measured {
  RangeStatistics range;
  Diagnostics diagnostics;
};
constexpr JobChannel<std::shared_ptr<const Measured>> ranges{"timeline range"};
constexpr std::int64_t lookedAtAtMost = 20'000;

QString percent(double share) {
  return QString::number(share * 100, 'f', share < 0.1 ? 2 : 1) + QStringLiteral(" %");
}

}  // namespace

RangePanel::RangePanel(JobManager& jobs, QWidget* parent) : QTreeWidget(parent), jobs_(jobs) {
  setAccessibleName(tr("Measured range"));
  setColumnCount(2);
  setHeaderLabels({tr("Measured range"), tr("Figure")});
  header()->setSectionResizeMode(0, QHeaderView::Stretch);
  header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  header()->setStretchLastSection(false);
  setFrameShape(QFrame::NoFrame);
  setUniformRowHeights(true);
  setMinimumWidth(220);
  hide();
}

void RangePanel::clearRange() {
  time_.reset();
  jobs_.cancel(ranges, this);
  clear();
  hide();
}

bool RangePanel::isWaiting() const {
  return jobs_.running(ranges, this);
}

QTreeWidgetItem* RangePanel::add(QTreeWidgetItem* in, const QString& what, const QString& figure) {
  auto* item = new QTreeWidgetItem(QStringList{what, figure});
  item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  item->setToolTip(0, what);
  if (in) {
    in->addChild(item);
  } else {
    addTopLevelItem(item);
  }
  return item;
}

void RangePanel::say(const QString& sentence) {
  add(nullptr, sentence, {});
}

void RangePanel::measure(const std::shared_ptr<const LayerTime>& time, Cycles begin, Cycles end) {
  time_ = time;
  begin_ = begin;
  end_ = end;
  clear();
  setVisible(true);
  add(nullptr, tr("Cycles %1 to %2").arg(grouped(begin), grouped(end)), grouped(end - begin));
  say(tr("Counting …"));
  jobs_.start(
      ranges, tr("Measuring a range of %1").arg(time->layer), this,
      [time, begin, end](Progress& progress) {
        const auto measured = std::make_shared<Measured>();
        Result<RangeStatistics> range =
            statisticsOf(time->timeline, time->lanes, begin, end, lookedAtAtMost, progress);
        if (range) {
          measured->range = std::move(*range);
        } else {
          measured->diagnostics = range.diagnostics;
        }
        return std::shared_ptr<const Measured>(measured);
      },
      [this, time, begin, end](const std::shared_ptr<const Measured>& measured) {
        if (time != time_ || begin != begin_ || end != end_ || measured->range.cancelled) return;
        clear();
        add(nullptr, tr("Cycles %1 to %2").arg(grouped(begin), grouped(end)), grouped(end - begin));
        if (!measured->diagnostics.empty()) {
          return say(QString::fromStdString(measured->diagnostics.front().message));
        }
        show(*time, measured->range);
      });
}

void RangePanel::show(const LayerTime& time, const RangeStatistics& range) {
  add(nullptr, range.single ? tr("Instructions that begin") : tr("Instructions, about"),
      grouped(range.instructions));
  QTreeWidgetItem* const busy = add(nullptr, tr("Busy, of all places"), {});
  if (range.shares.empty()) busy->setText(1, tr("not known: a cache is accessed"));
  std::vector<std::uint32_t> lanes;
  for (const std::uint32_t lane : time.lanes.outermost) {
    if (lane < range.shares.size() && time.used[lane]) lanes.push_back(lane);
  }
  std::stable_sort(lanes.begin(), lanes.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return range.shares[a] > range.shares[b]; });
  for (const std::uint32_t lane : lanes) {
    add(busy, shortened(time.lanes.lanes[lane].name), percent(range.shares[lane]));
  }
  QTreeWidgetItem* const waits = add(nullptr, tr("Cycles waited, of all instructions together"), {});
  if (!range.single) {
    waits->setText(1, tr("of %1 at most").arg(grouped(lookedAtAtMost)));
    waits->setToolTip(1, tr("Waits are looked at one by one, in ranges of so many instructions at most"));
  }
  Cycles sum = 0;
  std::vector<std::pair<Cycles, Cause>> causes;
  for (const auto& [cause, cycles] : range.waits) {
    causes.emplace_back(cycles, cause);
    sum += cycles;
  }
  if (range.single) waits->setText(1, grouped(sum));
  std::stable_sort(causes.begin(), causes.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [cycles, cause] : causes) {
    add(waits, shortened(stepInWords(cause, *time.program.machine)), grouped(cycles));
  }
  expandAll();
}

QString RangePanel::text() const {
  QStringList lines;
  for (int i = 0; i < topLevelItemCount(); ++i) {
    const QTreeWidgetItem* const item = topLevelItem(i);
    lines << item->text(0) + QStringLiteral(": ") + item->text(1);
    for (int child = 0; child < item->childCount(); ++child) {
      lines << QStringLiteral("  ") + item->child(child)->text(0) + QStringLiteral(": ") +
                   item->child(child)->text(1);
    }
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace taktwerk
