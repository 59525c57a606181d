// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/method_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "core/analysis/method_regression.h"
#include "core/report/json_writer.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

using Align = TextTable::Align;

std::string count(std::size_t number, const char* one, const char* many) {
  return groupedDigits(static_cast<std::int64_t>(number)) + ' ' + (number == 1 ? one : many);
}

std::string cellOf(const MethodFigure& figure) {
  if (!figure.cycles) return '(' + figure.why + ')';
  std::string text = methodCyclesInWords(*figure.cycles);
  if (figure.error) text += " (" + errorInWords(*figure.error) + ')';
  return text;
}

}  // namespace

std::string errorInWords(double error) {
  std::array<char, 64> digits{};
  std::snprintf(digits.data(), digits.size(), "%.1f %%", std::abs(error) * 100);
  std::string size(digits.data());
  if (size == "0.0 %") return size;
  return (error < 0 ? "−" : "+") + size;
}

std::string methodCyclesInWords(double cycles) {
  const double rounded = std::round(cycles * 10) / 10;
  const auto whole = static_cast<std::int64_t>(std::trunc(rounded));
  std::string text = whole < 0 ? "−" + groupedDigits(-whole) : groupedDigits(whole);
  const auto tenths = static_cast<int>(std::round(std::abs(rounded - static_cast<double>(whole)) * 10));
  if (tenths > 0) text += '.' + std::to_string(tenths);
  return text;
}

std::string referenceInWords(const MethodComparison& comparison) {
  if (comparison.reference != ComparedMethod::Measured) return "methods against auto, where that is exact";
  for (const MethodColumn& column : comparison.columns) {
    if (column.method == ComparedMethod::Measured) {
      return "methods against measured cycles (" + printable(column.note) + ')';
    }
  }
  return "methods against measured cycles";
}

std::string meanInWords(const MethodComparison& comparison, const MethodColumn& column) {
  if (column.method == comparison.reference) return "the reference";
  if (!column.meanError) return "no layer to judge by";
  return percentage(*column.meanError) + " of " + count(column.compared, "layer", "layers");
}

std::vector<std::string> methodNotes(const MethodComparison& comparison) {
  std::vector<std::string> notes;
  for (const MeasuredLayer& layer : comparison.unmatched) {
    notes.push_back("measured: no layer \"" + layer.layer + "\" was timed (line " +
                    std::to_string(layer.position.line) + ')');
  }
  std::size_t none = 0, zero = 0;
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    const auto reference = referenceOf(comparison, i);
    none += reference ? 0 : 1;
    zero += reference && *reference == 0 ? 1 : 0;
  }
  const auto leftOut = [&](std::size_t layers, const std::string& why) {
    if (layers > 0) notes.push_back(count(layers, "layer has ", "layers have ") + why + " in no mean");
  };
  leftOut(none, "no reference and " + std::string(none == 1 ? "is" : "are"));
  leftOut(zero, "a reference of 0 cycles and " + std::string(zero == 1 ? "is" : "are"));
  for (const MethodColumn& column : comparison.columns) {
    if (column.note.empty() || column.method == ComparedMethod::Measured) continue;
    notes.push_back(std::string(toString(column.method)) + ": " + column.note);
  }
  if (!comparison.unmapped.empty()) {
    notes.push_back(count(comparison.unmapped.size(), "layer is", "layers are") +
                    " not mapped, so that no method has cycles for " +
                    (comparison.unmapped.size() == 1 ? "it" : "them"));
  }
  return notes;
}

void writeMethodsText(std::ostream& out, const MethodComparison& comparison) {
  out << printable(comparison.architecture) << " running " << printable(comparison.network) << ": "
      << referenceInWords(comparison) << "\n\n";
  std::vector<TextTable::Column> titles{{"layer"}};
  for (const MethodColumn& column : comparison.columns) {
    titles.push_back({std::string(toString(column.method)), Align::Right});
  }
  TextTable table(std::move(titles));
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    std::vector<std::string> cells{printable(comparison.layers[i].name)};
    for (const MethodColumn& column : comparison.columns) cells.push_back(cellOf(column.figures[i]));
    table.add(std::move(cells));
  }
  table.addRule();
  std::vector<std::string> means{"mean absolute percentage error"};
  for (const MethodColumn& column : comparison.columns) means.push_back(meanInWords(comparison, column));
  table.add(std::move(means));
  table.write(out);
  const std::vector<std::string> notes = methodNotes(comparison);
  if (!notes.empty()) out << '\n';
  for (const std::string& note : notes) out << printable(note) << '\n';
}

namespace {

/// A member of an object for each column that has one.
template <class Write>
void writeByMethod(JsonWriter& json, const char* key, const MethodComparison& comparison, std::size_t layer,
                   const Write& write) {
  json.openObject(key);
  for (const MethodColumn& column : comparison.columns) write(toString(column.method), column.figures[layer]);
  json.closeObject();
}

void writeColumn(JsonWriter& json, const MethodColumn& column) {
  json.openObject().member("method", toString(column.method));
  if (column.meanError) json.member("mean_absolute_percentage_error", *column.meanError * 100);
  json.member("layers", column.compared)
      .member("without_reference", column.noReference)
      .member("reference_of_zero", column.zeroReference)
      .member("note", column.note)
      .closeObject();
}

}  // namespace

void writeMethodsJson(std::ostream& out, const MethodComparison& comparison) {
  constexpr auto lines = JsonWriter::Layout::Lines;
  JsonWriter json(out);
  json.openObject({}, lines)
      .member("architecture", comparison.architecture)
      .member("network", comparison.network)
      .member("reference", toString(comparison.reference))
      .openArray("layers", lines);
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    const ComparedLayer& layer = comparison.layers[i];
    json.openObject().member("name", layer.name).openArray("fused");
    for (const std::string& name : layer.fused) json.item(name);
    json.closeArray().member("instructions", layer.instructions).member("exact", layer.exact);
    writeByMethod(json, "cycles", comparison, i, [&](std::string_view name, const MethodFigure& figure) {
      if (figure.cycles) json.member(name, *figure.cycles);
    });
    writeByMethod(json, "errors", comparison, i, [&](std::string_view name, const MethodFigure& figure) {
      if (figure.error) json.member(name, *figure.error);
    });
    writeByMethod(json, "why", comparison, i, [&](std::string_view name, const MethodFigure& figure) {
      if (!figure.cycles) json.member(name, figure.why);
    });
    json.closeObject();
  }
  json.closeArray().openArray("methods", lines);
  for (const MethodColumn& column : comparison.columns) writeColumn(json, column);
  json.closeArray().openArray("unmatched");
  for (const MeasuredLayer& layer : comparison.unmatched) json.item(layer.layer);
  json.closeArray().openArray("unmapped");
  for (const UnmappedLayer& layer : comparison.unmapped) json.item(layer.name);
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
