// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/calibration_report.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ostream>
#include <vector>

#include "core/report/cause_text.h"
#include "core/report/json_writer.h"
#include "core/report/method_report.h"
#include "core/report/text_table.h"

namespace taktwerk {
namespace {

using Align = TextTable::Align;

std::string rowsInWords(std::size_t rows) {
  return groupedDigits(static_cast<std::int64_t>(rows)) + (rows == 1 ? " row" : " rows");
}

std::string_view keyOf(FittedParameter::Determined determined) {
  using Determined = FittedParameter::Determined;
  switch (determined) {
    case Determined::Yes:
      return "yes";
    case Determined::FromBelow:
      return "from below";
    case Determined::FromAbove:
      return "from above";
    case Determined::No:
      return "no";
  }
  return {};
}

/// Rows by how far they are off, the worst first; those without an estimate before all.
std::vector<std::size_t> byError(const Measurements& measurements, const std::vector<EstimatedRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t i) {
    const auto error = errorOf(measurements.rows[i], rows[i]);
    return error ? std::abs(*error) : HUGE_VAL;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  return order;
}

std::string halfOf(const Calibration& calibration, std::size_t row) {
  if (calibration.after.empty()) return {};
  return calibration.fitted[row] ? "fitted" : "judged";
}

void writeRows(std::ostream& out, const Measurements& measurements, const Calibration& calibration,
               std::size_t worst) {
  const std::vector<EstimatedRow>& rows = calibration.last();
  const bool halves = !calibration.after.empty();
  std::vector<TextTable::Column> titles{{"layer"},
                                        {"measured", Align::Right},
                                        {"runs"},
                                        {"estimated", Align::Right},
                                        {"error", Align::Right},
                                        {"most of the time"}};
  if (halves) titles.push_back({"half"});
  TextTable table(std::move(titles));
  std::size_t shown = 0;
  for (const std::size_t i : byError(measurements, rows)) {
    if (shown++ >= worst) break;
    const Measurement& measured = measurements.rows[i];
    const EstimatedRow& row = rows[i];
    const auto error = errorOf(measured, row);
    std::string runs;
    if (measured.least && measured.most) {
      runs = methodCyclesInWords(*measured.least) + " … " + methodCyclesInWords(*measured.most);
    }
    std::vector<std::string> cells{
        printable(measured.name),
        methodCyclesInWords(measured.cycles),
        runs,
        row.cycles ? groupedDigits(*row.cycles) + (row.exact ? "" : " (about)") : "",
        error ? errorInWords(*error) : "",
        row.cause ? causeKey(*row.cause) : printable(row.reason)};
    if (halves) cells.push_back(halfOf(calibration, i));
    table.add(std::move(cells));
  }
  const std::size_t all = rows.size();
  out << (all > worst ? "The " + std::to_string(worst) + " rows that are furthest off, of " +
                            groupedDigits(static_cast<std::int64_t>(all))
                      : std::string("Rows, the one that is furthest off first"))
      << "\n\n";
  table.write(out);
}

void writeGroups(std::ostream& out, const Measurements& measurements, const Calibration& calibration) {
  TextTable table({{"rows with"},
                   {"rows", Align::Right},
                   {"off in the mean", Align::Right},
                   {"bias", Align::Right},
                   {"most", Align::Right}});
  std::string before;
  bool first = true;
  for (const RowGroup& group : groupsOf(measurements, calibration.last())) {
    if (group.accuracy.rows == 0) continue;
    if (!first && group.of != before) table.addRule();
    first = false;
    before = group.of;
    std::string what = group.cause ? causeKey(*group.cause)
                                   : group.of + ' ' + groupedDigits(group.first) +
                                         (group.last > group.first ? " … " + groupedDigits(group.last) : "");
    const Accuracy& accuracy = group.accuracy;
    table.add({printable(what), groupedDigits(static_cast<std::int64_t>(accuracy.rows)),
               percentage(accuracy.meanAbsolute), errorInWords(accuracy.bias), percentage(accuracy.largest)});
  }
  table.write(out);
}

void writeHalves(std::ostream& out, const Measurements& measurements, const Calibration& calibration) {
  TextTable table({{"rows"},
                   {"before", Align::Right},
                   {"fitted", Align::Right},
                   {"bias", Align::Right},
                   {"most", Align::Right}});
  const auto add = [&](const char* name, Rows which) {
    const Accuracy before = accuracyOf(measurements, calibration.before, calibration.fitted, which);
    const Accuracy after = accuracyOf(measurements, calibration.after, calibration.fitted, which);
    table.add({name, percentage(before.meanAbsolute), percentage(after.meanAbsolute),
               errorInWords(after.bias), percentage(after.largest)});
  };
  add("fitted on", Rows::Fitted);
  add("judged on", Rows::Judged);
  table.write(out);
}

void writeParameters(std::ostream& out, const Calibration& calibration) {
  TextTable table({{"parameter"},
                   {"before", Align::Right},
                   {"on the half", Align::Right},
                   {"on all", Align::Right},
                   {"explained about as well by"}});
  for (const FittedParameter& each : calibration.parameters) {
    table.add({printable(each.name), groupedDigits(each.before), groupedDigits(each.half),
               groupedDigits(each.value), bandInWords(each)});
  }
  table.write(out);
}

}  // namespace

std::string accuracyInWords(const Accuracy& accuracy) {
  std::string text = rowsInWords(accuracy.rows);
  if (accuracy.rows > 0) {
    text += ", " + percentage(accuracy.meanAbsolute) + " off in the mean, bias " +
            errorInWords(accuracy.bias) + ", at most " + percentage(accuracy.largest);
  }
  if (accuracy.missing > 0) text += "; " + rowsInWords(accuracy.missing) + " without an estimate";
  return text;
}

std::string bandInWords(const FittedParameter& parameter) {
  using Determined = FittedParameter::Determined;
  switch (parameter.determined) {
    case Determined::Yes:
      if (parameter.least == parameter.most) return "no other value";
      return groupedDigits(parameter.least) + " … " + groupedDigits(parameter.most);
    case Determined::FromBelow:
      return "at least " + groupedDigits(parameter.least) + ", the range's end is as good";
    case Determined::FromAbove:
      return "at most " + groupedDigits(parameter.most) + ", the range's end is as good";
    case Determined::No:
      return "not determined by these layers";
  }
  return {};
}

std::string fittedInWords(const FittedParameter& parameter) {
  return parameter.name + ' ' + groupedDigits(parameter.before) + " → " + groupedDigits(parameter.value) +
         ", " + bandInWords(parameter);
}

void writeCalibrationText(std::ostream& out, const Study& study, const Measurements& measurements,
                          const Calibration& calibration, const CalibrationTextOptions& options) {
  out << printable(study.architecture->name) << " against " << printable(measurements.file) << ": "
      << accuracyInWords(accuracyOf(measurements, calibration.before)) << '\n';
  if (const auto spread = spreadOf(measurements)) {
    out << "runs of one layer differ by " << percentage(*spread) << " to either side in the mean\n";
  }
  if (!calibration.after.empty()) {
    const auto fitted =
        static_cast<std::size_t>(std::count(calibration.fitted.begin(), calibration.fitted.end(), true));
    const std::size_t judged =
        accuracyOf(measurements, calibration.after, calibration.fitted, Rows::Judged).rows;
    out << "fitted on " << rowsInWords(fitted) << ", judged on the " << judged << " others (seed "
        << options.seed << ", " << groupedDigits(calibration.designs) << " designs)\n\n";
    writeHalves(out, measurements, calibration);
    out << '\n';
    writeParameters(out, calibration);
  }
  if (options.worst > 0) {
    out << '\n';
    writeRows(out, measurements, calibration, options.worst);
  }
  out << '\n';
  writeGroups(out, measurements, calibration);
}

namespace {

void writeAccuracy(JsonWriter& json, const char* key, const Accuracy& accuracy) {
  json.openObject(key).member("rows", accuracy.rows).member("without_estimate", accuracy.missing);
  if (accuracy.rows > 0) {
    json.member("mean_absolute_percentage_error", accuracy.meanAbsolute * 100)
        .member("bias_percent", accuracy.bias * 100)
        .member("largest_percent", accuracy.largest * 100);
  }
  json.closeObject();
}

void writeRow(JsonWriter& json, const Measurement& measured, const EstimatedRow& row,
              const std::string& half) {
  json.openObject().member("layer", measured.name).member("operator", measured.operatorName);
  json.member("measured", measured.cycles);
  if (measured.least) json.member("measured_least", *measured.least);
  if (measured.most) json.member("measured_most", *measured.most);
  if (row.cycles) json.member("cycles", *row.cycles).member("exact", row.exact);
  if (const auto error = errorOf(measured, row)) json.member("error_percent", *error * 100);
  if (row.cause) json.member("most_of_the_time", causeKey(*row.cause));
  if (!row.reason.empty()) json.member("reason", row.reason);
  if (!half.empty()) json.member("half", half);
  json.closeObject();
}

void writeAccuracies(JsonWriter& json, const char* key, const Measurements& measurements,
                     const std::vector<EstimatedRow>& rows, const std::vector<bool>& fitted, bool halves) {
  json.openObject(key);
  writeAccuracy(json, "all", accuracyOf(measurements, rows));
  if (halves) {
    writeAccuracy(json, "fitted", accuracyOf(measurements, rows, fitted, Rows::Fitted));
    writeAccuracy(json, "judged", accuracyOf(measurements, rows, fitted, Rows::Judged));
  }
  json.closeObject();
}

}  // namespace

void writeCalibrationJson(std::ostream& out, const Study& study, const Measurements& measurements,
                          const Calibration& calibration, const CalibrationTextOptions& options) {
  constexpr auto lines = JsonWriter::Layout::Lines;
  const bool halves = !calibration.after.empty();
  JsonWriter json(out);
  json.openObject({}, lines)
      .member("architecture", study.architecture->name)
      .member("measured", measurements.file);
  if (const auto spread = spreadOf(measurements)) json.member("spread_of_runs_percent", *spread * 100);
  writeAccuracies(json, "before", measurements, calibration.before, calibration.fitted, halves);
  if (halves) {
    json.member("seed", options.seed).member("designs", calibration.designs);
    writeAccuracies(json, "after", measurements, calibration.after, calibration.fitted, true);
    json.openArray("parameters", lines);
    for (const FittedParameter& each : calibration.parameters) {
      json.openObject().member("name", each.name).member("before", each.before).member("value", each.value);
      json.member("value_on_fitted_half", each.half);
      json.member("determined", keyOf(each.determined)).member("least", each.least).member("most", each.most);
      json.closeObject();
    }
    json.closeArray();
  }
  json.openArray("rows", lines);
  for (std::size_t i = 0; i < measurements.rows.size(); ++i) {
    writeRow(json, measurements.rows[i], calibration.last()[i], halfOf(calibration, i));
  }
  json.closeArray().openArray("groups", lines);
  for (const RowGroup& group : groupsOf(measurements, calibration.last())) {
    json.openObject();
    if (group.cause) {
      json.member("most_of_the_time", causeKey(*group.cause));
    } else {
      json.member("dimension", group.of).member("first", group.first).member("last", group.last);
    }
    writeAccuracy(json, "accuracy", group.accuracy);
    json.closeObject();
  }
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
