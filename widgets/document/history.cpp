// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/history.h"

#include <QFileInfo>
#include <algorithm>

namespace taktwerk {

bool HistoryStep::mergeWith(const HistoryStep& /*next*/) {
  return false;
}

History::~History() = default;

void History::push(std::unique_ptr<HistoryStep> step) {
  steps_.resize(static_cast<std::size_t>(index_));  // what was undone is gone
  touch(step->owner());
  step->redo();
  HistoryStep* latest = merges_ && index_ > 0 ? steps_.back().get() : nullptr;
  if (latest && &latest->owner() == &step->owner() && !latest->sealed_ && latest->mergeWith(*step)) {
    if (latest->isEmpty()) steps_.pop_back();
  } else {
    steps_.push_back(std::move(step));
  }
  index_ = count();
  merges_ = true;
  letCatchUp();
  Q_EMIT indexChanged();
}

void History::forget(const HistoryOwner& owner) {
  std::erase(touched_, &owner);
  const int all = count(owner);
  if (all == 0) return;
  const HistoryStep* latest = index_ > 0 ? steps_[static_cast<std::size_t>(index_ - 1)].get() : nullptr;
  if (latest && &latest->owner() == &owner) merges_ = false;  // what is before it had a step behind it
  index_ -= done(owner);
  std::erase_if(steps_, [&](const auto& step) { return &step->owner() == &owner; });
  Q_EMIT indexChanged();
}

void History::seal(const HistoryOwner& owner) {
  const int latest = latestOf(owner);
  if (latest >= 0) steps_[static_cast<std::size_t>(latest)]->sealed_ = true;
  if (count(owner) > 0) Q_EMIT indexChanged();  // its steps name its file
}

void History::undoLatestOf(const HistoryOwner& owner) {
  if (const int latest = latestOf(owner); latest >= 0) setIndex(latest);
}

int History::latestOf(const HistoryOwner& owner) const {
  int at = index_ - 1;
  while (at >= 0 && &steps_[static_cast<std::size_t>(at)]->owner() != &owner) --at;
  return at;
}

int History::done(const HistoryOwner& owner) const {
  return static_cast<int>(std::count_if(steps_.begin(), steps_.begin() + index_,
                                        [&](const auto& step) { return &step->owner() == &owner; }));
}

int History::count(const HistoryOwner& owner) const {
  return static_cast<int>(std::count_if(steps_.begin(), steps_.end(),
                                        [&](const auto& step) { return &step->owner() == &owner; }));
}

QString History::text(int step) const {
  if (step < 0 || step >= count()) return {};
  const HistoryStep& shown = *steps_[static_cast<std::size_t>(step)];
  const HistoryPlace place = shown.owner().historyPlace();
  if (place.kind == HistoryPlace::Kind::Architecture) return shown.name();
  const QString where = place.path.isEmpty() ? tr("choices") : QFileInfo(place.path).fileName();
  return QStringLiteral("%1 (%2)").arg(shown.name(), where);
}

void History::setIndex(int index) {
  index = std::clamp(index, 0, count());
  if (index == index_) return;
  const int steps = std::abs(index - index_);
  const bool back = index < index_;
  const int last = back ? index : index - 1;
  const HistoryPlace place = steps_[static_cast<std::size_t>(last)]->owner().historyPlace();
  const QString text = this->text(last);
  merges_ = false;
  while (index_ != index) {
    HistoryStep& step = *steps_[static_cast<std::size_t>(back ? index_ - 1 : index_)];
    touch(step.owner());
    if (back) {
      step.undo();
    } else {
      step.redo();
    }
    index_ += back ? -1 : 1;
  }
  letCatchUp();
  Q_EMIT indexChanged();
  if (back) {
    Q_EMIT undone(place, text, steps);
  } else {
    Q_EMIT redone(place, text, steps);
  }
}

void History::touch(HistoryOwner& owner) {
  if (std::find(touched_.begin(), touched_.end(), &owner) == touched_.end()) touched_.push_back(&owner);
}

void History::letCatchUp() {
  // Whoever sees one of them changed may give another one up.
  while (!touched_.empty()) {
    HistoryOwner* owner = touched_.front();
    touched_.erase(touched_.begin());
    owner->catchUp();
  }
}

}  // namespace taktwerk
