// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_cards.h"

#include <algorithm>

#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {
constexpr JobChannel<std::shared_ptr<const PointCard>> drawings{"card of a point"};
}

PointCards::PointCards(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

std::shared_ptr<const PointCard> PointCards::find(std::uint32_t row) {
  const auto found =
      std::find_if(cards_.begin(), cards_.end(), [row](const auto& each) { return each.first == row; });
  if (found == cards_.end()) return nullptr;
  cards_.splice(cards_.begin(), cards_, found);
  return cards_.front().second;
}

void PointCards::want(QObject& who, std::uint32_t row) {
  if (find(row)) return leave(who);
  auto source = source_ ? source_(row) : std::nullopt;
  if (!source) return;
  jobs_.start(
      drawings, tr("Looking at point %1").arg(source->design.number), &who,
      [source = std::move(*source)](Progress& progress) {
        return std::make_shared<const PointCard>(pointCardOf(source, progress));
      },
      [this, row, results = results_](const std::shared_ptr<const PointCard>& card) {
        // One that was stopped halfway would be looked at for ever.
        if (card && !card->cancelled && results == results_) keep(row, card);
      });
}

void PointCards::leave(const QObject& who) {
  jobs_.cancel(drawings, &who);
}

void PointCards::forget() {
  ++results_;
  cards_.clear();
}

void PointCards::keep(std::uint32_t row, std::shared_ptr<const PointCard> card) {
  cards_.emplace_front(row, std::move(card));
  if (cards_.size() > mostCards) cards_.pop_back();
  Q_EMIT ready(row);
}

}  // namespace taktwerk
