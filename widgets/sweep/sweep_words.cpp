// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/sweep_words.h"

#include <QCoreApplication>

#include "core/estimate/threads.h"
#include "core/report/text_table.h"
#include "core/space/space_writer.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/sweep_run.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Sweep", text);
}

QString pointsText(const PointCount& count) {
  const QString most = grouped(count.atMost);
  if (count.exact()) return count.atMost == 1 ? tr("1 point") : tr("%1 points").arg(most);
  return tr("At most %1 points").arg(most);
}

QString rateText(double rate) {
  return rate >= 10 ? grouped(static_cast<std::int64_t>(rate))
                    : QString::number(rate, 'f', rate >= 1 ? 1 : 2);
}

QString durationText(double seconds) {
  return QString::fromStdString(durationInWords(seconds));
}

QString totalsText(const SweepTotals& totals) {
  QString text = totals.all() == 1 ? tr("1 point") : tr("%1 points").arg(grouped(totals.all()));
  if (totals.known > 0) text += tr(", %1 of them known before").arg(grouped(totals.known));
  return totals.stopped ? tr("Stopped: %1").arg(text) : text;
}

}  // namespace

QString outlookInWords(const SpaceSetup& setup, unsigned threads) {
  if (setup.isEmpty()) return {};
  const auto& outlook = setup.outlook();
  if (!outlook) {
    return setup.isLooking()    ? tr("Counting points…")
           : setup.wasStopped() ? tr("Counting the points was stopped; Run counts them first.")
                                : QString();
  }
  if (!outlook->sweep) return {};
  QString text = pointsText(outlook->count);
  if (outlook->missed > 0)
    text += tr(" (%1 draws hit none, or one that was there)").arg(grouped(outlook->missed));
  if (const auto& forecast = setup.forecast()) {
    const unsigned used = threadsOf(threads);
    const double seconds = forecast->secondsEach * static_cast<double>(outlook->count.atMost) / used;
    text +=
        (outlook->count.exact() ? tr(", about %1") : tr(", at most about %1")).arg(durationText(seconds)) +
        (used == 1 ? tr(" on 1 thread") : tr(" on %1 threads").arg(used)) +
        tr(" (measured on %1)").arg(forecast->measured);
  } else if (setup.isLooking()) {
    text += tr(", measuring…");
  }
  return text;
}

QString runInWords(const SweepRun& run) {
  using State = SweepRun::State;
  if (!run.isRunning()) return run.totals() ? totalsText(*run.totals()) : QString();
  QString text = run.total() ? tr("%1 of %2 points").arg(grouped(run.done()), grouped(run.total()->atMost))
                             : tr("%1 points").arg(grouped(run.done()));
  const QString between = QStringLiteral(" · ");
  if (run.state() == State::Stopping) return text + between + tr("stopping…");
  if (run.state() == State::Pausing) return text + between + tr("pausing: points under way are finished");
  if (run.state() == State::Paused) return text + between + tr("paused");
  if (run.rate() > 0) text += between + tr("%1 a second").arg(rateText(run.rate()));
  if (const auto left = run.secondsLeft()) text += between + tr("%1 left").arg(durationText(*left));
  return text;
}

bool canResume(const SweepRun& run, const SpaceSetup& setup) {
  if (run.isRunning() || !run.totals() || !run.totals()->stopped || !setup.outlook()) return false;
  const auto& then = run.request().sweep;
  return then && setup.outlook()->sweep == then;
}

}  // namespace taktwerk
