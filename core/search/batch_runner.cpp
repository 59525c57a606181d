// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/batch_runner.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/estimate/threads.h"

namespace taktwerk {

std::vector<SweepRow> BatchRunner::run(const std::vector<NumberedPoint>& batch) {
  SweepOptions options = options_;
  // Threads that have no point of their own help with the layers of others.
  const std::int64_t threads = threadsOf(options.jobs), points = std::ssize(batch);
  options.study.how.jobs =
      static_cast<unsigned>(std::max<std::int64_t>(1, threads / std::max<std::int64_t>(1, points)));
  auto next = batch.begin();
  const PointStream stream = [&](const Progress&) -> std::optional<SweepPoint> {
    if (next == batch.end()) return std::nullopt;
    return sweepPoint(sweep_, *next++);
  };
  std::vector<std::optional<SweepRow>> found(batch.size());
  totals_ += runSweep(sweep_, stream, options, memory_, control_, [&](SweepRow row) {
    const auto place = static_cast<std::size_t>(row.sequence);
    row.sequence += sequence_;
    listener_(row);
    row.layers.clear();  // they are for a store, and many
    if (row.state != PointState::Cancelled) found[place] = std::move(row);
  });
  sequence_ += points;
  std::vector<SweepRow> rows;
  rows.reserve(found.size());
  for (std::optional<SweepRow>& row : found) {
    if (!row) break;
    rows.push_back(std::move(*row));
  }
  return rows;
}

ObjectiveValues objectiveValues(const Sweep& sweep, const SweepRow& row) {
  if (row.state != PointState::Done || !row.complete) return {};
  ObjectiveValues values;
  values.reserve(sweep.objectives.size());
  for (const Objective& objective : sweep.objectives) {
    const auto place = findFigure(sweep.figures, objective.figure);
    if (!place || *place >= row.figures.size() || std::isnan(row.figures[*place])) return {};
    values.push_back(row.figures[*place]);
  }
  return values;
}

}  // namespace taktwerk
