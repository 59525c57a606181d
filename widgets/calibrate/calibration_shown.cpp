// SPDX-License-Identifier: GPL-3.0-or-later
// What the results show of a run, and what they say while there is nothing to show.
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

#include "core/report/calibration_report.h"
#include "widgets/calibrate/calibration_results.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/calibrate/figure_table.h"
#include "widgets/calibrate/measured_rows.h"
#include "widgets/document/file_kind.h"
#include "widgets/theme/agreement_plot.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"
#include "widgets/view/source_place.h"

namespace taktwerk {

namespace {

/// As high as its lines, up to so many.
void fitHeight(QTableView& table, int most) {
  const int lines = std::clamp(table.model()->rowCount(), 1, most);
  table.setFixedHeight(table.horizontalHeader()->sizeHint().height() +
                       lines * table.verticalHeader()->defaultSectionSize() + 6);
}

QString fileNameOf(const std::string& path) {
  return fromPath(std::filesystem::path(path).filename());
}

/// "layers.csv, line 3, column 7: …, and at 4 other places".
QString problemText(const Diagnostic& problem, std::size_t again) {
  QString text = CalibrationResults::tr("%1 %2, line %3, column %4: %5")
                     .arg(problem.severity == Severity::Error ? QStringLiteral("✕") : QStringLiteral("⚠"),
                          fileNameOf(problem.file))
                     .arg(problem.position.line)
                     .arg(problem.position.column)
                     .arg(shortened(problem.message));
  if (again == 0) return text;
  return again == 1 ? CalibrationResults::tr("%1, and at another place").arg(text)
                    : CalibrationResults::tr("%1, and at %2 other places")
                          .arg(text, grouped(static_cast<std::int64_t>(again)));
}

/// As wide as what is in them; what is left is `stretched`'s.
void fitTightly(QTableView& table, int stretched) {
  table.setTextElideMode(Qt::ElideRight);
  table.horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
  for (int column = 0; column < table.model()->columnCount(); ++column) {
    if (column != stretched) table.resizeColumnToContents(column);
  }
}

}  // namespace

void CalibrationResults::fill() {
  tell({});
  const auto outcome = run_.outcome() && run_.outcome()->compared() ? run_.outcome() : nullptr;
  rows_->setOutcome(outcome);
  accuracy_->setLines(outcome ? accuracyLines(*outcome) : std::vector<FigureTable::Line>());
  parameters_->setLines(outcome ? parameterLines(*outcome) : std::vector<FigureTable::Line>());
  groups_->setLines(outcome ? groupLines(*outcome) : std::vector<FigureTable::Line>());
  faint_ = outcome && run_.outOfDate();
  plot_->setMarked({});  // what was chosen is chosen no more
  fillPlot();
  if (outcome) {
    fitTightly(*accuracyTable_, 0);
    fitTightly(*parameterTable_, 3);
    fitTightly(*groupTable_, 0);
    const auto& all = outcome->measurements.rows;
    const bool spread =
        std::any_of(all.begin(), all.end(), [](const Measurement& each) { return each.least && each.most; });
    table_->setColumnHidden(MeasuredRows::Runs, !spread);
    table_->setColumnHidden(MeasuredRows::Half, !outcome->fitted());
    // Once the table has the size that it is shown with.
    QMetaObject::invokeMethod(this, &CalibrationResults::fitRows, Qt::QueuedConnection);
    parameterTable_->setVisible(outcome->fitted());
    fitHeight(*accuracyTable_, 3);
    fitHeight(*parameterTable_, 4);
  }
  fillProblems();
  refresh();
}

/// So that the error is in sight, and of names what there is room for.
void CalibrationResults::fitRows() {
  table_->resizeColumnsToContents();
  constexpr int most = 230, least = 150, enough = 190, mostOfName = 400;
  int figures = 0;
  for (int column = MeasuredRows::Measured; column < rows_->columnCount(); ++column) {
    table_->setColumnWidth(column, std::min(table_->columnWidth(column) + 4, most));
    if (column <= MeasuredRows::Error) figures += table_->columnWidth(column);
  }
  const int room = table_->viewport()->width() - figures;
  const int name = room > 2 * enough ? std::min(room / 2, mostOfName) : std::clamp(room, least, enough);
  table_->setColumnWidth(MeasuredRows::Layer, std::min(table_->columnWidth(MeasuredRows::Layer) + 4, name));
}

void CalibrationResults::fillPlot() {
  const auto& outcome = run_.outcome();
  std::vector<AgreementPlot::Point> points;
  plotted_.clear();
  QStringList series;
  if (outcome && outcome->compared()) {
    series = outcome->fitted() ? QStringList{tr("fitted on"), tr("judged on")} : QStringList{tr("all rows")};
    const std::vector<EstimatedRow>& rows = outcome->calibration.last();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!rows[row].cycles || *rows[row].cycles < 1) continue;
      const Measurement& measured = outcome->measurements.rows[row];
      AgreementPlot::Point point{measured.cycles, static_cast<double>(*rows[row].cycles)};
      point.series = outcome->fitted() && !outcome->calibration.fitted[row] ? 1 : 0;
      if (measured.least && measured.most) {
        point.least = *measured.least;
        point.most = *measured.most;
      }
      points.push_back(point);
      plotted_.push_back(row);
    }
  }
  plot_->setPoints(std::move(points), series, faint_);
}

void CalibrationResults::fillProblems() {
  if (run_.problems() != listed_) {
    listed_ = run_.problems();
    problems_->clear();
    for (std::size_t i = 0; i < listed_.first.size(); ++i) {
      const Diagnostic& problem = listed_.first[i];
      auto* item = new QListWidgetItem(problemText(problem, listed_.again[i]), problems_);
      item->setToolTip(QString::fromStdString(toString(problem)).left(1000));
    }
    if (listed_.more > 0)
      problems_->addItem(tr("and %1 more").arg(grouped(static_cast<std::int64_t>(listed_.more))));
  }
  const Diagnostics& first = listed_.first;
  for (int i = 0; i < problems_->count(); ++i) {
    const auto place = static_cast<std::size_t>(i);
    const bool error = place < first.size() && first[place].severity == Severity::Error;
    problems_->item(i)->setForeground(models_.theme.colour(error ? &Palette::error : &Palette::warning));
  }
  problems_->setVisible(!first.empty());
  // Warnings leave the room to what was found.
  const int lines = std::min(problems_->count(), hasErrors(first) ? 12 : 2);
  problems_->setFixedHeight(lines * std::max(problems_->sizeHintForRow(0), 1) + 4);
}

void CalibrationResults::openProblem(int line) {
  if (line < 0 || static_cast<std::size_t>(line) >= listed_.first.size()) return;
  const Diagnostic& problem = listed_.first[static_cast<std::size_t>(line)];
  models_.session.reveal(
      QStringLiteral("source"),
      QVariant::fromValue(SourcePlace{QString::fromStdString(problem.file), problem.position}));
}

QString CalibrationResults::howToBegin() const {
  const QString muted = models_.theme.colour(&Palette::mutedText).name();
  QString next =
      tr("<p><b>Compare</b> estimates every row. Parameters of which nothing better is known are fitted: add "
         "them under <b>Fit</b> with a range. Half of the rows, drawn at random, is fitted on; the others "
         "judge what was found.</p>"
         "<p style='color: %1'>On the command line: taktwerk-cli calibrate. The guide has a page on it, "
         "“Hold an architecture against measurements”.</p>")
          .arg(muted);
  if (run_.table().rows > 0) return next;
  return tr("<h3>Hold this architecture against measured layers</h3>"
            "<p>Choose a table (<b>*.csv</b>) at the left, or drop one here. It has a row for each layer "
            "that "
            "was measured alone; its first line names the columns, in any order:</p>"
            "<table cellspacing='0' cellpadding='3'>"
            "<tr><td><tt>operator</tt></td><td>matmul, conv2d, …, or chosen at the left for all "
            "rows</td></tr>"
            "<tr><td><tt>M</tt>, <tt>K</tt>, <tt>stride</tt>, …&nbsp;</td><td>the operator’s "
            "dimensions</td></tr>"
            "<tr><td><tt>cycles</tt></td><td>what was measured; of several runs their mean</td></tr>"
            "<tr><td><tt>cycles_min</tt>, <tt>cycles_max</tt>&nbsp;</td><td>perhaps, of several "
            "runs</td></tr>"
            "<tr><td><tt>layer</tt>, <tt>bits</tt>, <tt>bias</tt></td><td>perhaps: a name; bits of an "
            "element; "
            "1 where there is a bias</td></tr>"
            "<tr><td><tt>arch.NAME</tt></td><td>perhaps: a parameter’s value for the row alone</td></tr>"
            "</table>"
            "<pre style='color: %1'>operator,M,K,N,cycles\nmatmul,24,16,16,201\nmatmul,48,64,64,4169</pre>")
             .arg(muted) +
         next;
}

QString CalibrationResults::stateInWords() const {
  const auto& outcome = run_.outcome();
  if (!outcome || !outcome->compared()) {
    if (run_.running()) return tr("Estimating the rows…");
    if (run_.stopped()) return tr("Stopped before there was a result.");
    if (outcome && !run_.outOfDate()) return tr("Nothing was compared: see below.");
    if (hasErrors(run_.table().problems.first)) return tr("The table cannot be read: see below.");
    return run_.table().path.isEmpty() ? tr("Choose a table of measured layers.")
                                       : tr("Compare, to see how far the estimates are off.");
  }
  const Calibration& found = outcome->calibration;
  const QString architecture = shortened(outcome->study.architecture->name, 60);
  const QString accuracy =
      QString::fromStdString(accuracyInWords(accuracyOf(outcome->measurements, found.before)));
  QString text = tr("%1 against %2%3: %4.")
                     .arg(architecture, fileNameOf(outcome->measurements.file),
                          outcome->fitted() ? tr(", before fitting") : QString(), accuracy);
  if (outcome->fitted()) {
    const auto fitted = std::count(found.fitted.begin(), found.fitted.end(), true);
    const Accuracy judged = accuracyOf(outcome->measurements, found.after, found.fitted, Rows::Judged);
    text += tr(" Fitted on %1 rows, judged on the %2 others (seed %3, %4 designs).")
                .arg(fitted)
                .arg(judged.rows)
                .arg(outcome->request.seed)
                .arg(grouped(found.designs));
  }
  if (run_.running()) return tr("Running again. %1").arg(text);
  if (run_.outOfDate()) return tr("Out of date: run again. %1").arg(text);
  return run_.stopped() ? tr("Stopped; of the run before: %1").arg(text) : text;
}

void CalibrationResults::refresh() {
  const bool old = run_.outOfDate();
  rows_->setOutOfDate(old);
  for (FigureTable* each : {accuracy_, parameters_, groups_}) each->setOutOfDate(old);
  if (faint_ != old) {
    faint_ = old;
    fillPlot();
  }
  sentence_->setText(stateInWords());
  sentence_->setToolTip(sentence_->text());
  sentence_->setStyleSheet(
      QStringLiteral("color: %1").arg(models_.theme.colour(old ? &Palette::warning : &Palette::text).name()));
  empty_->setText(howToBegin());
  const bool any = rows_->rowCount() > 0;
  body_->setCurrentIndex(any ? 1 : 0);
}

}  // namespace taktwerk
