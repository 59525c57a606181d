// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/calibration_run.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

constexpr JobChannel<CalibrationOutcome> runs{"calibrate", "rows"};
constexpr JobChannel<ChosenTable> tables{"measured layers"};

void append(Diagnostics& all, const Diagnostics& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// What of a run is no matter of the network.
struct Design {
  std::map<std::string, std::int64_t> parameters;
  std::map<QString, std::shared_ptr<const std::string>> texts;
  friend bool operator==(const Design&, const Design&) = default;
};

Design designOf(const EstimateInput& input) {
  Design design{input.parameters, input.texts};
  std::erase_if(design.parameters, [](const auto& each) { return each.first.starts_with("network."); });
  design.texts.erase(input.networkPath);
  return design;
}

ChosenTable readTable(ChosenTable table) {
  const auto read = readMeasurements(toPath(table.path), {table.operatorName.toStdString()});
  table.problems = CalibrationProblems(read.diagnostics);
  if (!read) return table;
  table.rows = read->rows.size();
  for (const std::string& name : read->varied) table.varied << QString::fromStdString(name);
  return table;
}

}  // namespace

CalibrationProblems::CalibrationProblems(const Diagnostics& all) {
  std::map<std::pair<std::string, std::string>, std::size_t> known;  // places by file and message
  for (const Severity severity : {Severity::Error, Severity::Warning}) {
    for (const Diagnostic& each : all) {
      if (each.severity != severity) continue;
      const auto found = known.find({each.file, each.message});
      if (found != known.end()) {
        ++again[found->second];
      } else if (first.size() < most) {
        known.emplace(std::pair(each.file, each.message), first.size());
        first.push_back(each);
        again.push_back(0);
      } else {
        ++more;
      }
    }
  }
}

bool sameDesign(const EstimateInput& a, const EstimateInput& b) {
  if (!a.document || !b.document) return false;
  // Undoing an edit makes another document of the same text.
  const bool same =
      a.document->architecture == b.document->architecture || a.document->bytes == b.document->bytes;
  return same && a.mappingPaths == b.mappingPaths && a.addedMappings == b.addedMappings &&
         designOf(a) == designOf(b);
}

namespace {

/// Fills in what was found, and gives what is wrong with it.
Diagnostics compare(CalibrationOutcome& outcome, Progress& work, Progress& rows) {
  const CalibrationRequest& request = outcome.request;
  const EstimateInput& input = request.input;
  auto measurements = readMeasurements(toPath(request.table), {request.operatorName.toStdString()});
  Diagnostics problems = std::move(measurements.diagnostics);
  if (!measurements) return problems;
  outcome.measurements = std::move(*measurements);
  StudyFiles files = filesOf(input);
  files.trace.clear();
  auto study = readStudy(outcome.measurements, std::move(files), *input.memory);
  append(problems, study.diagnostics);
  if (!study || hasErrors(problems)) return problems;
  outcome.study = std::move(*study);
  outcome.study.settings = sortParameters(input.parameters);
  outcome.study.settings.network.clear();  // of another network
  CalibrationOptions options;
  options.vary = request.vary;
  options.seed = request.seed;
  options.how.jobs = input.threads;
  // How many designs a fit tries is not known before.
  if (request.vary.empty()) rows.total = static_cast<std::int64_t>(outcome.measurements.rows.size());
  options.estimated = [&rows] { rows.done.fetch_add(1, std::memory_order_relaxed); };
  outcome.calibration = calibrate(outcome.study, outcome.measurements, options, *input.memory, work);
  append(problems, outcome.calibration.diagnostics);
  return problems;
}

}  // namespace

CalibrationOutcome runCalibration(const CalibrationRequest& request, Progress& work, Progress& rows) {
  CalibrationOutcome outcome;
  outcome.request = request;
  outcome.problems = CalibrationProblems(compare(outcome, work, rows));
  outcome.cancelled = outcome.calibration.cancelled || work.cancelled();
  if (!outcome.cancelled && outcome.compared())
    outcome.groups = groupsOf(outcome.measurements, outcome.calibration.last());
  return outcome;
}

CalibrationRun::CalibrationRun(JobManager& jobs, EstimateController& estimates, QObject* parent)
    : QObject(parent), jobs_(jobs), estimates_(estimates) {
  connect(&jobs_, &JobManager::progressed, this, [this] {
    const auto state = jobs_.state(runs, this);
    if (!state) return;
    if (state->cancelling && work_) work_->cancel();  // by the list of jobs
    Q_EMIT changed();
  });
  connect(&jobs_, &JobManager::finished, this, &CalibrationRun::changed);
  connect(&estimates_, &EstimateController::inputChanged, this, &CalibrationRun::compareInput);
}

CalibrationRun::~CalibrationRun() {
  if (work_) work_->cancel();
}

void CalibrationRun::chooseTable(const QString& path) {
  choose(path, table_.operatorName);
}

void CalibrationRun::chooseOperator(const QString& name) {
  if (name == table_.operatorName) return;
  choose(table_.path, name);
}

void CalibrationRun::choose(const QString& path, const QString& operatorName) {
  table_ = {path, operatorName, 0, {}, {}};
  stopped_ = false;
  // What a run failed for may be mended by now.
  if (outcome_ && !outcome_->compared()) {
    outcome_.reset();
    Q_EMIT outcomeChanged();
  }
  if (!path.isEmpty()) return read();
  compareInput();
  Q_EMIT changed();
}

void CalibrationRun::read() {
  jobs_.start(
      tables, tr("Reading %1").arg(QFileInfo(table_.path).fileName()), this,
      [table = table_](Progress&) { return readTable(table); },
      [this](ChosenTable table) {
        table_ = std::move(table);
        compareInput();
        Q_EMIT changed();
      });
  compareInput();
  Q_EMIT changed();
}

bool CalibrationRun::reading() const {
  return jobs_.running(tables, this);
}

QString CalibrationRun::whyNotStartable() const {
  const auto& document = estimates_.input().document;
  if (!document) return tr("Open an architecture first.");
  if (document->architecture->readOnly)
    return tr("The architecture holds something this version does not understand; see Problems.");
  if (document->hasProblems()) return tr("The architecture has errors; see Problems.");
  if (table_.path.isEmpty()) return tr("Choose a table of measured layers first.");
  return running() ? tr("Rows are being compared already.") : QString();
}

void CalibrationRun::start(std::vector<Dimension> vary, std::uint64_t seed) {
  if (!whyNotStartable().isEmpty()) return;
  stopped_ = false;
  work_ = std::make_shared<Progress>();
  const QString name = QFileInfo(table_.path).fileName();
  const QString title = vary.empty() ? tr("Comparing with %1").arg(name) : tr("Fitting to %1").arg(name);
  CalibrationRequest request{estimates_.input(), table_.path, table_.operatorName, std::move(vary), seed};
  jobs_.start(
      runs, title, this,
      [request = std::move(request), work = work_](Progress& progress) {
        if (progress.cancelled()) work->cancel();
        return runCalibration(request, *work, progress);
      },
      [this, work = work_](CalibrationOutcome outcome) {
        if (work == work_) take(std::move(outcome));  // else of a design that is open no more
      });
  Q_EMIT changed();
}

void CalibrationRun::stop() {
  if (!running()) return;
  if (work_) work_->cancel();
  jobs_.cancel(runs, this);
}

void CalibrationRun::forget() {
  stop();
  work_.reset();
  stopped_ = false;
  outcome_.reset();
  outOfDate_ = false;
  Q_EMIT outcomeChanged();
  Q_EMIT changed();
}

bool CalibrationRun::running() const {
  return jobs_.running(runs, this);
}

std::int64_t CalibrationRun::done() const {
  const auto state = jobs_.state(runs, this);
  return state ? state->done : 0;
}

std::int64_t CalibrationRun::total() const {
  const auto state = jobs_.state(runs, this);
  return state ? state->total : 0;
}

void CalibrationRun::take(CalibrationOutcome outcome) {
  stopped_ = outcome.cancelled;
  if (stopped_) return;
  if (isOfTable(outcome.request)) table_.problems = {};  // the run's are later
  outcome_ = std::make_shared<const CalibrationOutcome>(std::move(outcome));
  outOfDate_ = isOutOfDate();
  Q_EMIT outcomeChanged();
}

const CalibrationProblems& CalibrationRun::problems() const {
  const bool ofRun = table_.problems.first.empty() && outcome_ && isOfTable(outcome_->request);
  return ofRun ? outcome_->problems : table_.problems;
}

bool CalibrationRun::isOfTable(const CalibrationRequest& request) const {
  return request.table == table_.path && request.operatorName == table_.operatorName;
}

bool CalibrationRun::isOutOfDate() const {
  return outcome_ &&
         !(isOfTable(outcome_->request) && sameDesign(outcome_->request.input, estimates_.input()));
}

void CalibrationRun::compareInput() {
  const bool now = isOutOfDate();
  if (now == outOfDate_) return;
  outOfDate_ = now;
  Q_EMIT changed();
}

}  // namespace taktwerk
