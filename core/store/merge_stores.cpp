// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/merge_stores.h"

#include <map>
#include <sstream>
#include <utility>

#include "core/store/database.h"
#include "core/store/result_store.h"
#include "core/store/store_schema.h"

namespace taktwerk {
namespace {

/// The studies of a store, by their numbers in it.
std::map<std::int64_t, StoredStudy> studiesOf(Database& database) {
  std::map<std::int64_t, StoredInput> inputs;
  Statement ofInputs = database.prepare("SELECT id, kind, path, text FROM inputs");
  while (ofInputs.step()) inputs[ofInputs.number(0)] = {ofInputs.text(1), ofInputs.text(2), ofInputs.text(3)};
  std::map<std::int64_t, StoredStudy> studies;
  Statement ofStudies = database.prepare("SELECT id, how, inputs FROM studies");
  while (ofStudies.step()) {
    StoredStudy& study = studies[ofStudies.number(0)];
    study.how = ofStudies.text(1);
    std::istringstream numbers(ofStudies.text(2));
    for (std::int64_t number = 0; numbers >> number;) study.inputs.push_back(inputs[number]);
  }
  return studies;
}

Diagnostics copyInto(ResultStore& store, Database& from, MergedStores& merged, const Progress& progress) {
  std::map<std::int64_t, std::int64_t> numbers;
  for (const auto& [number, study] : studiesOf(from)) {
    const std::vector<std::int64_t> own = store.studies({study});
    if (own.empty()) return store.problems();
    numbers[number] = own.front();
  }
  Statement rows = from.prepare(
      "SELECT study, point, state, reason, cycles, instructions, macs, exact, complete, missing FROM "
      "results");
  while (!progress.cancelled() && rows.step()) {
    SweepRow row;
    row.state = pointStateFrom(rows.text(2)).value_or(PointState::Failed);
    row.reason = rows.text(3);
    row.cycles = rows.number(4);
    row.instructions = rows.number(5);
    row.macs = rows.number(6);
    row.exact = rows.number(7) != 0;
    row.complete = rows.number(8) != 0;
    row.missingLayers = rows.number(9);
    ++merged.rows;
    const std::int64_t study = numbers[rows.number(0)];
    const std::string point = rows.text(1);
    const auto known = store.find(study, point);
    if (known && known->state != PointState::Failed) continue;
    merged.added += known ? 0 : 1;
    if (!store.add(study, point, row)) return store.problems();
  }
  return from.problems();
}

}  // namespace

Result<MergedStores> mergeStores(const std::vector<std::string>& from, const std::string& into,
                                 const Progress& progress) {
  // Every file is looked at before one is written.
  for (const std::string& path : from) {
    if (const auto summary = readStoreSummary(path); !summary) return summary.diagnostics;
  }
  auto store = ResultStore::open(into, ResultStore::Existing::Continue);
  if (!store) return std::move(store.diagnostics);
  MergedStores merged;
  for (const std::string& path : from) {
    Database database;
    if (!database.open(path, Database::Mode::Write) || !database.execute("PRAGMA locking_mode = EXCLUSIVE")) {
      return database.problems();
    }
    if (Diagnostics problems = checkSchema(database, path); hasErrors(problems)) return problems;
    if (Diagnostics problems = copyInto(**store, database, merged, progress); hasErrors(problems))
      return problems;
    if (progress.cancelled()) break;
  }
  if (!(*store)->commit()) return (*store)->problems();
  return merged;
}

}  // namespace taktwerk
