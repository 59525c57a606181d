// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/measurements.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "core/base/files.h"
#include "core/base/problems.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/calibration/measured_layer.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostRows = 100'000;

std::string lowered(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// What a column holds.
struct Column {
  enum class Kind : std::uint8_t {
    Unused,
    Layer,
    Operator,
    Cycles,
    Least,
    Most,
    Bits,
    Bias,
    Setting,
    Dimension
  };
  Kind kind = Kind::Unused;
  std::string name;  ///< of a setting or a dimension
};

bool isDimensionOfSome(const std::string& name) {
  const auto specifications = operatorSpecifications();
  return std::any_of(specifications.begin(), specifications.end(),
                     [&](const OperatorSpecification& each) { return each.findDimension(name) != nullptr; });
}

Column columnOf(const std::string& heading) {
  using Kind = Column::Kind;
  static const std::map<std::string, Kind, std::less<>> known = {
      {"layer", Kind::Layer},     {"name", Kind::Layer},         {"operator", Kind::Operator},
      {"cycles", Kind::Cycles},   {"cycles_mean", Kind::Cycles}, {"cycles_min", Kind::Least},
      {"cycles_max", Kind::Most}, {"bits", Kind::Bits},          {"bias", Kind::Bias}};
  if (isDimensionOfSome(heading)) return {Kind::Dimension, heading};
  for (const char* owner : {"arch.", "mapping.", "network."}) {
    if (heading.starts_with(owner)) return {Kind::Setting, heading};
  }
  const auto found = known.find(lowered(heading));
  return found == known.end() ? Column{} : Column{found->second, {}};
}

std::optional<double> cyclesIn(const std::string& cell) {
  double value = 0;
  const auto [last, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool whole = failure == std::errc{} && last == cell.data() + cell.size();
  constexpr double largest = 1e18;
  if (!whole || !std::isfinite(value) || value < 1 || value > largest) return std::nullopt;
  return value;
}

class MeasurementReader {
 public:
  MeasurementReader(const std::string& file, const MeasurementOptions& options)
      : problems_(file), options_(options) {
    measurements_.file = file;
  }

  Result<Measurements> run(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";  // that spreadsheets begin a text with
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    TableLines lines(text);
    readHeadings(lines.next());
    while (!problems_.hasErrors() || !columns_.empty()) {
      const auto line = lines.next();
      if (!line) break;
      if (measurements_.rows.size() >= mostRows) {
        problems_.error(line->position(0), "R0023", "there are more than 100,000 rows");
        break;
      }
      readRow(*line);
    }
    if (measurements_.rows.empty() && !problems_.hasErrors()) {
      problems_.error({1, 1}, "R0023", "there is no row below the headings");
    }
    findVaried();
    if (problems_.hasErrors()) return std::move(problems_).take();
    return {std::move(measurements_), std::move(problems_).take()};
  }

 private:
  void readHeadings(const std::optional<TableLine>& line) {
    std::set<std::string> seen;
    bool cycles = false;
    const std::size_t count = line ? line->cells.size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& heading = line->cells[i];
      Column column = columnOf(heading);
      cycles = cycles || column.kind == Column::Kind::Cycles;
      const std::string what =
          column.name.empty() ? std::to_string(static_cast<int>(column.kind)) : column.name;
      if (column.kind == Column::Kind::Unused) {
        problems_.warning(line->position(i), "R0021",
                          "the column " + inQuotes(heading) +
                              " is passed over: it is no dimension of an operator, no setting "
                              "(arch.NAME, mapping.NAME), and none of layer, operator, cycles, cycles_min, "
                              "cycles_max, bits, bias");
      } else if (!seen.insert(what).second) {
        problems_.error(line->position(i), "R0020", "a second column says the same as " + inQuotes(heading));
      }
      columns_.push_back(std::move(column));
    }
    if (cycles) return;
    columns_.clear();
    problems_.error({line ? line->number : 1, 1}, "R0020",
                    "there is no heading \"cycles\"; the first line names the columns, as in "
                    "operator,C,K,W,F,cycles");
  }

  [[nodiscard]] std::optional<std::int64_t> whole(const TableLine& line, std::size_t cell) {
    const auto value = wholeNumber(line.cells[cell]);
    if (!value) problems_.error(line.position(cell), "R0022", whyNotWholeNumber(line.cells[cell]));
    return value;
  }

  [[nodiscard]] std::optional<double> cycles(const TableLine& line, std::size_t cell) {
    const auto value = cyclesIn(line.cells[cell]);
    if (!value) {
      problems_.error(line.position(cell), "R0022",
                      "cycles have to be a number of at least 1, found " + inQuotes(line.cells[cell]));
    }
    return value;
  }

  /// What the cells of a row say.
  struct Row {
    Measurement measurement;
    LayerDimensions dimensions;
    std::int64_t bits = 8;
    bool bias = false;
  };

  void readCell(const TableLine& line, std::size_t i, Row& row) {
    using Kind = Column::Kind;
    Measurement& measurement = row.measurement;
    const std::string& cell = line.cells[i];
    switch (columns_[i].kind) {
      case Kind::Unused:
        break;
      case Kind::Layer:
        measurement.name = cell;
        break;
      case Kind::Operator:
        measurement.operatorName = cell;
        break;
      case Kind::Cycles:
        measurement.cycles = cycles(line, i).value_or(0);
        break;
      case Kind::Least:
        measurement.least = cycles(line, i);
        break;
      case Kind::Most:
        measurement.most = cycles(line, i);
        break;
      case Kind::Bits:
        row.bits = whole(line, i).value_or(row.bits);
        break;
      case Kind::Bias:
        row.bias = whole(line, i).value_or(0) != 0;
        break;
      case Kind::Setting:
        if (const auto value = whole(line, i)) measurement.settings.push_back({columns_[i].name, *value});
        break;
      case Kind::Dimension:
        if (const auto value = whole(line, i)) row.dimensions[columns_[i].name] = *value;
        break;
    }
  }

  void readRow(const TableLine& line) {
    const std::size_t before = problems_.count(Severity::Error);
    Row row;
    row.measurement.position = line.position(0);
    row.measurement.operatorName = options_.operatorName;
    for (std::size_t i = 0; i < std::min(columns_.size(), line.cells.size()); ++i) {
      if (!line.cells[i].empty()) readCell(line, i, row);
    }
    if (line.cells.size() > columns_.size()) {
      problems_.error(line.position(columns_.size()), "R0022",
                      "the row has " + std::to_string(line.cells.size()) + " cells, there are " +
                          std::to_string(columns_.size()) + " headings");
    }
    if (problems_.count(Severity::Error) > before) return;
    if (row.measurement.cycles == 0) {
      return problems_.error(line.position(0), "R0022", "the row has no cycles");
    }
    complete(row);
  }

  void complete(Row& row) {
    Measurement& measurement = row.measurement;
    const SourcePosition place = measurement.position;
    if (measurement.operatorName.empty()) {
      return problems_.error(
          place, "R0022",
          "nothing says the operator: a column operator does, or one that is given for all rows "
          "(--operator)");
    }
    const OperatorSpecification* specification = findOperator(measurement.operatorName);
    if (specification == nullptr) {
      return problems_.error(place, "R0022",
                             "unknown operator " + inQuotes(measurement.operatorName) +
                                 didYouMean(measurement.operatorName, operatorNames()));
    }
    // A table may hold several operators, each with dimensions of its own.
    std::erase_if(row.dimensions,
                  [&](const auto& each) { return specification->findDimension(each.first) == nullptr; });
    auto completed = completeDimensions(*specification, row.dimensions);
    if (const auto* wrong = std::get_if<std::string>(&completed)) {
      return problems_.error(place, "R0022", *wrong);
    }
    measurement.operatorName = specification->name;
    measurement.dimensions = std::get<LayerDimensions>(std::move(completed));
    if (measurement.name.empty()) measurement.name = nameOf(measurement, row.dimensions);
    measurement.network.path = "row " + std::to_string(place.line) + " of " + measurements_.file;
    measurement.network.text = std::make_shared<const std::string>(
        networkOfLayer(*specification, measurement.name, measurement.dimensions, row.bits, row.bias));
    measurements_.rows.push_back(std::move(measurement));
  }

  /// "conv2d C=64 K=64 R=3 …", as the row says it.
  static std::string nameOf(const Measurement& measurement, const LayerDimensions& given) {
    std::string name = measurement.operatorName;
    for (const auto& [dimension, value] : given) name += ' ' + dimension + '=' + std::to_string(value);
    for (const Setting& setting : measurement.settings) {
      name += ' ' + setting.name + '=' + std::to_string(setting.value);
    }
    return name;
  }

  /// Of what the table has columns for.
  void findVaried() {
    std::map<std::string, std::set<std::int64_t>> values;
    for (const Measurement& row : measurements_.rows) {
      for (const auto& [name, value] : row.dimensions) values[name].insert(value);
      for (const Setting& setting : row.settings) values[setting.name].insert(setting.value);
    }
    for (const Column& column : columns_) {
      if (values[column.name].size() > 1) measurements_.varied.push_back(column.name);
    }
    std::sort(measurements_.varied.begin(), measurements_.varied.end());
  }

  Problems problems_;
  const MeasurementOptions& options_;
  Measurements measurements_;
  std::vector<Column> columns_;
};

}  // namespace

Result<Measurements> parseMeasurements(std::string_view text, const std::string& file,
                                       const MeasurementOptions& options) {
  return MeasurementReader(file, options).run(text);
}

Result<Measurements> readMeasurements(const std::filesystem::path& path, const MeasurementOptions& options) {
  const Result<std::string> text = readFile(path);
  if (!text) return text.diagnostics;
  return parseMeasurements(*text, path.string(), options);
}

}  // namespace taktwerk
