// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/result_store.h"

#include <chrono>
#include <filesystem>
#include <utility>

#include "core/store/database.h"
#include "core/store/store_schema.h"

namespace taktwerk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t rowsBetweenCommits = 1000;
constexpr auto timeBetweenCommits = std::chrono::milliseconds(500);

}  // namespace

struct ResultStore::State {
  std::string path;
  Database database;
  Statement findInput, addInput, findStudy, addStudy, findRow, addRow;
  std::int64_t open = 0;  ///< rows of the transaction that is under way
  Clock::time_point began;
};

ResultStore::ResultStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

ResultStore::~ResultStore() {
  (void)commit();
}

Result<std::shared_ptr<ResultStore>> ResultStore::open(const std::string& path, Existing existing) {
  auto state = std::make_unique<State>();
  state->path = path;
  Database& database = state->database;
  if (!database.open(path, Database::Mode::Create) || !database.execute("PRAGMA locking_mode = EXCLUSIVE")) {
    return database.problems();
  }
  if (Diagnostics problems = prepareSchema(database, path); hasErrors(problems)) return problems;
  if (existing == Existing::Refuse && database.number("SELECT EXISTS (SELECT 1 FROM results)") != 0) {
    return Diagnostic{
        Severity::Error,
        path,
        {1, 1},
        "S0306",
        "the store holds results already; say --resume to go on with them, or name another file",
        {}};
  }
  state->findInput = database.prepare("SELECT id FROM inputs WHERE kind = ? AND text = ?");
  state->addInput = database.prepare("INSERT INTO inputs (kind, path, text) VALUES (?, ?, ?)");
  state->findStudy = database.prepare("SELECT id FROM studies WHERE how = ? AND inputs = ?");
  state->addStudy = database.prepare("INSERT INTO studies (how, inputs) VALUES (?, ?)");
  state->findRow = database.prepare(
      "SELECT state, reason, cycles, instructions, macs, exact, complete, missing FROM results WHERE study = "
      "? "
      "AND point = ?");
  state->addRow = database.prepare(
      "INSERT OR REPLACE INTO results (study, point, state, reason, cycles, instructions, macs, exact, "
      "complete, "
      "missing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (database.failure()) return database.problems();
  return std::shared_ptr<ResultStore>(new ResultStore(std::move(state)));
}

std::vector<std::int64_t> ResultStore::studies(const std::vector<StoredStudy>& studies) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(studies.size());
  Database& database = state_->database;
  if (!database.execute("BEGIN IMMEDIATE")) return {};
  const auto numberOf = [&](Statement& find, Statement& add) {
    std::int64_t number = find.step() ? find.number(0) : 0;
    find.reset();
    if (number == 0 && add.run()) number = database.lastRow();
    return number;
  };
  for (const StoredStudy& study : studies) {
    std::string inputs;
    for (const StoredInput& input : study.inputs) {
      // Where a file lies changes no figure: the path is kept for people only.
      state_->findInput.bind(0, input.kind).bind(1, input.text);
      state_->addInput.bind(0, input.kind).bind(1, input.path).bind(2, input.text);
      inputs += (inputs.empty() ? "" : " ") + std::to_string(numberOf(state_->findInput, state_->addInput));
    }
    state_->findStudy.bind(0, study.how).bind(1, inputs);
    state_->addStudy.bind(0, study.how).bind(1, inputs);
    numbers.push_back(numberOf(state_->findStudy, state_->addStudy));
  }
  return database.execute("COMMIT") ? numbers : std::vector<std::int64_t>();
}

std::optional<SweepRow> ResultStore::find(std::int64_t study, const std::string& settings) {
  Statement& find = state_->findRow;
  find.bind(0, study).bind(1, settings);
  if (!find.step()) return std::nullopt;
  SweepRow row;
  const auto state = pointStateFrom(find.text(0));
  row.state = state.value_or(PointState::Failed);
  row.reason = find.text(1);
  row.cycles = find.number(2);
  row.instructions = find.number(3);
  row.macs = find.number(4);
  row.exact = find.number(5) != 0;
  row.complete = find.number(6) != 0;
  row.missingLayers = find.number(7);
  find.reset();
  return state ? std::optional(std::move(row)) : std::nullopt;
}

bool ResultStore::add(std::int64_t study, const std::string& settings, const SweepRow& row) {
  if (state_->open == 0) {
    if (!state_->database.execute("BEGIN IMMEDIATE")) return false;
    state_->began = Clock::now();
  }
  const bool added = state_->addRow.bind(0, study)
                         .bind(1, settings)
                         .bind(2, toString(row.state))
                         .bind(3, row.reason)
                         .bind(4, row.cycles)
                         .bind(5, row.instructions)
                         .bind(6, row.macs)
                         .bind(7, std::int64_t{row.exact})
                         .bind(8, std::int64_t{row.complete})
                         .bind(9, row.missingLayers)
                         .run();
  if (!added) return false;
  ++state_->open;
  const bool due = state_->open >= rowsBetweenCommits || Clock::now() - state_->began >= timeBetweenCommits;
  return !due || commit();
}

bool ResultStore::commit() {
  if (state_->open == 0) return !state_->database.failure();
  state_->open = 0;
  return state_->database.execute("COMMIT");
}

Diagnostics ResultStore::problems() const {
  return state_->database.problems();
}

Result<StoreSummary> readStoreSummary(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return Diagnostic{Severity::Error, path, {1, 1}, "S0301", "there is no such store", {}};
  }
  Database database;
  if (!database.open(path, Database::Mode::Write) || !database.execute("PRAGMA locking_mode = EXCLUSIVE")) {
    return database.problems();
  }
  if (Diagnostics problems = checkSchema(database, path); hasErrors(problems)) return problems;
  StoreSummary summary;
  summary.studies = database.number("SELECT count(*) FROM studies");
  summary.rows = database.number("SELECT count(*) FROM results");
  Statement inputs = database.prepare("SELECT kind, path FROM inputs ORDER BY id");
  while (inputs.step()) summary.inputs.emplace_back(inputs.text(0), inputs.text(1));
  if (database.failure()) return database.problems();
  return summary;
}

}  // namespace taktwerk
