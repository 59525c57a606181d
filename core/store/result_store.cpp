// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/result_store.h"

#include <chrono>
#include <utility>

#include "core/store/database.h"
#include "core/store/file_identity.h"
#include "core/store/store_lock.h"
#include "core/store/store_schema.h"
#include "core/store/store_writer.h"

namespace taktwerk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t rowsBetweenCommits = 1000;
constexpr auto timeBetweenCommits = std::chrono::milliseconds(500);

/// The figures of a row in the order in which they are wanted; none: one is not there.
std::optional<std::vector<double>> inOrder(const FoundRow& found, const std::vector<Figure>& wanted) {
  std::vector<double> values;
  values.reserve(wanted.size());
  for (const Figure& figure : wanted) {
    const auto place = findFigure(found.figures, figure.name);
    if (!place || found.figures[*place].unit != figure.unit) return std::nullopt;
    values.push_back(found.row.figures[*place]);
  }
  return values;
}

}  // namespace

struct ResultStore::State {
  std::string path;
  std::vector<Figure> figures;
  std::unique_ptr<StoreLock> lock;  // goes last
  Database database;
  std::optional<StoreWriter> writer;
  FilesOfStore files;
  bool gone = false;      ///< somebody removed the file, or put another in its place
  std::int64_t open = 0;  ///< rows of the transaction that is under way
  Clock::time_point began;
};

ResultStore::ResultStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

ResultStore::~ResultStore() {
  (void)commit();
}

Result<std::shared_ptr<ResultStore>> ResultStore::open(const std::string& path, Existing existing,
                                                       std::vector<Figure> figures) {
  if (Diagnostics problems = checkKind(path); hasErrors(problems)) return problems;
  auto state = std::make_unique<State>();
  state->path = path;
  state->figures = std::move(figures);
  auto lock = StoreLock::take(path);
  if (!lock) return std::move(lock.diagnostics);
  state->lock = std::move(*lock);
  Database& database = state->database;
  if (!database.open(path)) return database.problems();
  if (Diagnostics problems = prepareSchema(database, path); hasErrors(problems)) return problems;
  if (existing == Existing::Refuse && database.number("SELECT EXISTS (SELECT 1 FROM points)") != 0) {
    return Diagnostic{
        Severity::Error,
        path,
        {1, 1},
        "S0306",
        "the store holds results already; say --resume to go on with them, or name another file",
        {}};
  }
  state->writer.emplace(database);
  if (database.failure()) return database.problems();
  state->files = FilesOfStore(path);
  return std::shared_ptr<ResultStore>(new ResultStore(std::move(state)));
}

std::vector<std::int64_t> ResultStore::studies(const std::vector<StoredStudy>& studies) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(studies.size());
  if (!commit() || !state_->database.execute("BEGIN IMMEDIATE")) return {};
  for (const StoredStudy& study : studies) {
    numbers.push_back(state_->writer->study(study, StoreWriter::Paths::Update));
    if (numbers.back() == 0) return {};
  }
  return state_->database.execute("COMMIT") ? numbers : std::vector<std::int64_t>();
}

std::optional<SweepRow> ResultStore::find(std::int64_t study, const StudySettings& settings) {
  auto found = state_->writer->find(study, settings);
  if (!found) return std::nullopt;
  if (found->row.state == PointState::Done) {
    auto values = inOrder(*found, state_->figures);
    if (!values) return std::nullopt;
    found->row.figures = std::move(*values);
  }
  return std::move(found->row);
}

bool ResultStore::add(std::int64_t study, const SweepRow& row) {
  if (state_->open == 0) {
    if (state_->gone || !state_->database.execute("BEGIN IMMEDIATE")) return false;
    state_->began = Clock::now();
  }
  if (!state_->writer->add(study, row, state_->figures)) return false;
  ++state_->open;
  const bool due = state_->open >= rowsBetweenCommits || Clock::now() - state_->began >= timeBetweenCommits;
  return !due || commit();
}

bool ResultStore::commit() {
  if (state_->open > 0) {
    state_->open = 0;
    (void)(state_->writer->writeCount() && state_->database.execute("COMMIT"));
  }
  if (!state_->gone && !state_->files.areThere()) {
    state_->gone = true;
    state_->files.removeLog();
  }
  return !state_->gone && !state_->database.failure();
}

Diagnostics ResultStore::problems() const {
  if (!state_->gone) return state_->database.problems();
  return {{Severity::Error,
           state_->path,
           {1, 1},
           "S0308",
           "the store was removed or replaced while it was written; results that were found since the sweep "
           "began are not in it",
           {}}};
}

Result<StoreSummary> readStoreSummary(const std::string& path) {
  auto database = openStoreToRead(path);
  if (!database) return std::move(database.diagnostics);
  StoreSummary summary;
  summary.studies = (*database)->number("SELECT count(*) FROM studies");
  summary.rows = (*database)->number("SELECT count(*) FROM points");
  Statement inputs = (*database)->prepare("SELECT kind, path FROM inputs ORDER BY id");
  while (inputs.step()) summary.inputs.emplace_back(inputs.text(0), inputs.text(1));
  if ((*database)->failure()) return (*database)->problems();
  return summary;
}

}  // namespace taktwerk
