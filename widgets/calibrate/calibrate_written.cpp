// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of what was found: written into the architecture, into a file, onto the clipboard.
#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QTableView>
#include <algorithm>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/calibration/calibration_edits.h"
#include "core/report/calibration_report.h"
#include "widgets/calibrate/calibrate_page.h"
#include "widgets/calibrate/calibration_results.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/calibrate/measured_rows.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/first_error.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<Diagnostics> exports{"export comparison"};
constexpr JobChannel<QString> copies{"copy measured layers"};

std::vector<const FittedParameter*> writtenOf(const Calibration& calibration) {
  std::vector<const FittedParameter*> written;
  for (const FittedParameter& each : calibration.parameters) {
    if (isWritten(each)) written.push_back(&each);
  }
  return written;
}

Diagnostics writeComparison(const QString& path, const CalibrationOutcome& outcome) {
  auto file = AtomicFile::create(toPath(path));
  if (!file) return file.diagnostics;
  const CalibrationTextOptions options{std::numeric_limits<std::size_t>::max(), outcome.request.seed};
  const bool json = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
  (json ? writeCalibrationJson : writeCalibrationText)(file->stream(), outcome.study, outcome.measurements,
                                                       outcome.calibration, options);
  return file->commit();
}

/// A line a row with tabs between its cells, as spreadsheets take it; a heading above.
QString rowsAsText(const CalibrationOutcome& outcome, const std::vector<std::size_t>& rows) {
  const bool spread = std::any_of(rows.begin(), rows.end(), [&](std::size_t row) {
    const Measurement& measured = outcome.measurements.rows[row];
    return measured.least && measured.most;
  });
  const auto tab = QLatin1Char('\t');
  QString text = CalibratePage::tr("layer\tmeasured");
  if (spread) text += CalibratePage::tr("\tleast\tmost");
  text += CalibratePage::tr("\testimated\terror %\tmost of the time");
  if (outcome.fitted()) text += CalibratePage::tr("\thalf");
  text += QLatin1Char('\n');
  const auto figure = [](const std::optional<double>& value) {
    return value ? QString::number(*value, 'g', 15) : QString();
  };
  for (const std::size_t row : rows) {
    const Measurement& measured = outcome.measurements.rows[row];
    const EstimatedRow& estimated = outcome.calibration.last()[row];
    const auto error = errorOf(measured, estimated);
    QString name = QString::fromStdString(measured.name);
    text += name.replace(tab, QLatin1Char(' ')) + tab + figure(measured.cycles) + tab;
    if (spread) text += figure(measured.least) + tab + figure(measured.most) + tab;
    text += (estimated.cycles ? QString::number(*estimated.cycles) : QString()) + tab +
            (error ? QString::number(*error * 100, 'f', 2) : QString()) + tab +
            MeasuredRows::causeText(estimated);
    if (outcome.fitted()) text += tab + MeasuredRows::halfText(outcome, row);
    text += QLatin1Char('\n');
  }
  return text;
}

}  // namespace

QString CalibratePage::whyNotWritable() const {
  if (run_->running()) return tr("Rows are being compared; wait for what that finds.");
  if (QString nothing = whyNothingFound(); !nothing.isEmpty()) return nothing;
  const CalibrationOutcome& outcome = *run_->outcome();
  if (!outcome.fitted()) return tr("Nothing was fitted: add parameters under Fit, and run.");
  if (run_->outOfDate()) return tr("What was found is out of date: run again.");
  if (!writtenOf(outcome.calibration).empty()) return {};
  const auto& parameters = outcome.calibration.parameters;
  const bool tunables =
      std::all_of(parameters.begin(), parameters.end(), [](const auto& each) { return each.key.empty(); });
  return tunables ? tr("Only tunables of mappings were fitted: the architecture has no place for them.")
                  : tr("No parameter of the architecture is determined by these layers.");
}

void CalibratePage::write() {
  if (!whyNotWritable().isEmpty() || !models_.document()) return;
  const auto outcome = run_->outcome();
  const auto written = writtenOf(outcome->calibration);
  QStringList names;
  for (const FittedParameter* each : written) names << QString::fromStdString(each->key);
  const auto edits =
      editsOf(outcome->study, outcome->measurements, outcome->calibration, outcome->request.seed);
  QString step = tr("Write fitted %1").arg(names.join(QStringLiteral(", ")));
  if (step.size() > 80) step = tr("Write %1 fitted parameters").arg(names.size());
  const QString reason = models_.documents.edit(step, edits);
  if (!reason.isEmpty()) return results_->tell(reason);
  WorkspaceChoices choices = models_.workspace.choices();
  const auto dropped = std::erase_if(choices.parameters, [&](const auto& each) {
    return std::any_of(written.begin(), written.end(),
                       [&](const FittedParameter* one) { return each.first == "arch." + one->key; });
  });
  if (dropped > 0) models_.workspace.change({tr("Estimate with what was fitted")}, choices);
  models_.session.say(dropped > 0
                          ? tr("Written into the architecture, and what was set in its place for the "
                               "estimate is set no more. Run again to compare.")
                          : tr("Written into the architecture; Undo takes it back. Run again to compare."));
}

void CalibratePage::exportComparison() {
  const auto outcome = run_->outcome();
  if (!outcome || !outcome->compared()) return;
  const QString stem = QFileInfo(outcome->request.table).completeBaseName();
  const QString path = models_.ask.comparisonPath
                           ? models_.ask.comparisonPath(stem + QStringLiteral("-compared.txt"))
                           : QString();
  if (path.isEmpty()) return;
  models_.jobs.start(
      exports, tr("Writing %1").arg(QFileInfo(path).fileName()), this,
      [path, outcome](Progress&) { return writeComparison(path, *outcome); },
      [this, path](const Diagnostics& problems) {
        const Diagnostic* error = firstError(problems);
        results_->tell(error ? QString::fromStdString(error->message) : QString());
        if (!error) models_.session.say(tr("Wrote %1").arg(path));
      });
}

void CalibratePage::copyRows() {
  const auto outcome = run_->outcome();
  if (!outcome || !outcome->compared()) return;
  std::vector<int> places;
  for (const QItemSelectionRange& range : results_->table().selectionModel()->selection()) {
    for (int place = range.top(); place <= range.bottom(); ++place) places.push_back(place);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  if (places.empty()) {
    for (int place = 0; place < results_->rows().rowCount(); ++place) places.push_back(place);
  }
  std::vector<std::size_t> rows;
  rows.reserve(places.size());
  for (const int place : places) {
    if (const auto row = results_->rows().rowAt(place)) rows.push_back(*row);
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  models_.jobs.start(
      copies, tr("Copying %1 rows").arg(grouped(count)), this,
      [outcome, rows = std::move(rows)](Progress&) { return rowsAsText(*outcome, rows); },
      [this, count](const QString& text) {
        QApplication::clipboard()->setText(text);
        models_.session.say(count == 1 ? tr("Copied 1 row") : tr("Copied %1 rows").arg(grouped(count)));
      });
}

}  // namespace taktwerk
