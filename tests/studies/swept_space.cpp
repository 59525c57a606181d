// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/studies/swept_space.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <utility>

#include "core/report/text_table.h"
#include "core/search/front_rows.h"
#include "core/space/space_file.h"
#include "core/study/study_estimate.h"
#include "core/sweep/in_order.h"
#include "core/sweep/row_filter.h"
#include "core/sweep/run_sweep.h"
#include "core/sweep/wishes.h"
#include "tests/support/places.h"

namespace taktwerk::studies {
namespace {

[[noreturn]] void fail(const std::string& file, const std::string& what) {
  throw std::runtime_error(file + ": " + what);
}

void refuse(const std::string& file, const Diagnostics& problems) {
  for (const Diagnostic& problem : problems) fail(file, toString(problem));
}

std::size_t columnOf(const SweptSpace& space, const std::string& name) {
  const auto column = space.table.find(name);
  if (!column) fail(space.file, "it has no column " + name);
  return *column;
}

}  // namespace

void requireClaim(const std::string& claim, bool holds) {
  if (!holds)
    throw std::runtime_error("the guide says: " + claim +
                             "; that is so no more, and the page has to be rewritten");
}

SweptSpace sweepSpace(const std::string& file, const std::vector<std::string>& objectives) {
  SweptSpace swept;
  swept.file = file;
  swept.memory = std::make_shared<StudyMemory>();
  Result<Space> space = readSpace(std::filesystem::path(sourceDirectory()) / file);
  refuse(file, space.diagnostics);
  Result<Sweep> bound = bindSpace(std::move(*space), {}, *swept.memory);
  refuse(file, bound.diagnostics);
  if (const auto problem = wish(*bound, {objectives, 1})) fail(file, problem->message);
  swept.sweep = std::make_shared<const Sweep>(std::move(*bound));
  swept.table = RowTable(swept.sweep->columns, swept.sweep->figures);

  SweepOptions options;
  options.study.how.jobs = 1;
  options.study.keep = false;
  SweepControl control;
  InOrder inOrder([&](const SweepRow& row) {
    swept.table.add(row);
    swept.rows.push_back(row);
  });
  const PointSupply supply = pointsOf(swept.sweep, {});
  refuse(file, supply.problems);
  const SweepTotals totals = runSweep(*swept.sweep, supply.stream, options, *swept.memory, control,
                                      [&](SweepRow row) { inOrder.add(std::move(row)); });
  inOrder.finish();
  for (const SweepRow& row : swept.rows) {
    if (row.state == PointState::Failed) fail(file, "a point failed: " + row.reason);
  }
  if (totals.done == 0) fail(file, "no point of it is done");
  return swept;
}

std::vector<std::uint32_t> rowsWhere(const SweptSpace& space, const std::string& condition) {
  const auto filter = RowFilter::parse(condition, space.table);
  if (const auto* problem = std::get_if<ExpressionError>(&filter))
    fail(space.file, condition + ": " + problem->message);
  std::vector<std::uint32_t> rows;
  std::get<RowFilter>(filter).select(space.table, 0, space.table.rows(), rows);
  return rows;
}

std::uint32_t rowWhere(const SweptSpace& space, const std::string& condition) {
  const auto rows = rowsWhere(space, condition);
  if (rows.size() != 1) fail(space.file, std::to_string(rows.size()) + " rows where " + condition);
  return rows.front();
}

std::int64_t cyclesWhere(const SweptSpace& space, const std::string& condition) {
  const SweepRow& row = space.rows[rowWhere(space, condition)];
  if (row.state != PointState::Done) fail(space.file, condition + ": " + row.reason);
  return row.cycles;
}

std::uint32_t fastestWhere(const SweptSpace& space, const std::string& condition) {
  std::optional<std::uint32_t> fastest;
  for (const std::uint32_t row : rowsWhere(space, condition)) {
    if (space.rows[row].state != PointState::Done) continue;
    if (!fastest || space.rows[row].cycles < space.rows[*fastest].cycles) fastest = row;
  }
  if (!fastest) fail(space.file, "no row is done where " + condition);
  return *fastest;
}

std::string valueOf(const SweptSpace& space, const std::string& column, std::uint32_t row) {
  return space.table.text(columnOf(space, column), row);
}

Explanation explained(const SweptSpace& space, std::uint32_t row) {
  StudyOptions options;
  options.how.usage = true;
  options.how.jobs = 1;
  options.keep = false;
  Progress progress;
  const auto result =
      estimate(studyOf(*space.sweep, space.rows[row].point), options, *space.memory, progress);
  if (!result->estimate) fail(space.file, "a row cannot be explained");
  return explain(result->estimate);
}

std::string whatDecides(const Explanation& explanation) {
  return plainText(explanation.sentence);
}

std::string whatIsEmpty(const Explanation& explanation) {
  if (explanation.filling.empty()) return {};
  const PartlyFilled& heaviest = explanation.filling.front();
  return heaviest.layer + " fills " + percentage(heaviest.meanShare()) + " of the " +
         std::to_string(heaviest.full) + ' ' + heaviest.dimension + " of `" + heaviest.name + '`';
}

std::vector<std::uint32_t> frontOf(const SweptSpace& space, const std::vector<std::uint32_t>& rows) {
  FrontRows front(*space.sweep);
  std::map<std::int64_t, std::uint32_t> byPoint;
  for (const std::uint32_t row : rows) {
    if (space.rows[row].state != PointState::Done) continue;
    front.add(space.rows[row]);
    byPoint[space.rows[row].point.number] = row;
  }
  const std::vector<SweepRow> best = front.rows();
  std::vector<std::uint32_t> found;
  found.reserve(best.size());
  for (const SweepRow& row : best) found.push_back(byPoint.at(row.point.number));
  return found;
}

}  // namespace taktwerk::studies
