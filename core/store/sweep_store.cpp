// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sweep_store.h"

#include <utility>

namespace taktwerk {

Result<std::shared_ptr<SweepStore>> SweepStore::open(const std::string& path, bool resume, const Sweep& sweep,
                                                     const StudyOptions& options, StudyMemory& memory,
                                                     const TextsInPlace& texts,
                                                     std::vector<StoredStudy>* inputs) {
  auto studies = storedStudies(sweep, options, memory, texts);
  if (!studies) return std::move(studies.diagnostics);
  using Existing = ResultStore::Existing;
  auto opened = ResultStore::open(path, resume ? Existing::Continue : Existing::Refuse, sweep.figures);
  if (!opened) return std::move(opened.diagnostics);
  auto store = std::make_shared<SweepStore>();
  store->store_ = *opened;
  store->studies_ = store->store_->studies(*studies);
  if (store->studies_.empty()) return store->store_->problems();
  if (inputs != nullptr) *inputs = std::move(*studies);
  return store;
}

std::optional<SweepRow> SweepStore::find(const SweepPoint& point) {
  const std::scoped_lock lock(mutex_);
  auto row = store_->find(studies_[point.study], point.settings);
  return row && row->state != PointState::Failed ? std::move(row) : std::nullopt;
}

bool SweepStore::add(const SweepRow& row) {
  if (row.known || row.state == PointState::Cancelled || !row.point.problem.empty()) return true;
  const std::scoped_lock lock(mutex_);
  return store_->add(studies_[row.point.study], row);
}

bool SweepStore::commit() {
  const std::scoped_lock lock(mutex_);
  return store_->commit();
}

Diagnostics SweepStore::problems() {
  const std::scoped_lock lock(mutex_);
  return store_->problems();
}

}  // namespace taktwerk
