// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/front_report.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <utility>

#include "core/base/whole_number.h"
#include "core/report/text_table.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

std::string figureInWords(double value) {
  if (std::isnan(value)) return "none";
  if (const auto whole = exactWhole(value)) return groupedDigits(*whole);
  constexpr double wholeFrom = 1000, wholeTo = 1e15;
  if (std::abs(value) >= wholeFrom && std::abs(value) < wholeTo) return groupedDigits(std::llround(value));
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.4g", value);
  return {text.data(), static_cast<std::size_t>(length)};
}

void writeFrontText(std::ostream& out, const Sweep& sweep, const std::vector<SweepRow>& front,
                    const std::optional<FrontVolume>& volume, std::int64_t leftOut) {
  using Align = TextTable::Align;
  std::string title = "front of ";
  std::vector<TextTable::Column> heading{{"point", Align::Right}};
  for (const SweepColumn& column : sweep.columns) {
    heading.push_back({printable(column.name), column.words.empty() ? Align::Right : Align::Left});
  }
  for (std::size_t o = 0; o < sweep.objectives.size(); ++o) {
    heading.push_back({printable(sweep.objectives[o].figure), Align::Right});
    title += (o > 0 ? ", " : "") + toString(sweep.objectives[o]);
  }
  out << title << ": " << groupedDigits(std::ssize(front)) << (front.size() == 1 ? " point\n" : " points\n");
  TextTable table(std::move(heading));
  for (const SweepRow& row : front) {
    std::vector<std::string> cells{std::to_string(row.point.number)};
    for (std::size_t c = 0; c < sweep.columns.size(); ++c) {
      cells.push_back(printable(valueText(sweep.columns[c], row.point.values[c])));
    }
    for (const double value : objectiveValues(sweep, row)) cells.push_back(figureInWords(value));
    table.add(std::move(cells));
  }
  if (!front.empty()) table.write(out);
  if (volume) {
    out << "it dominates " << percentage(volume->share)
        << " of the box from the best figures to a tenth beyond the worst (hypervolume"
        << (volume->logarithmic ? ", by logarithms)\n" : ")\n");
  }
  if (leftOut > 0) {
    out << groupedDigits(leftOut) << (leftOut == 1 ? " point is" : " points are")
        << " left out: layers are missing, or a value\n";
  }
}

void writeFrontJson(JsonWriter& json, const std::vector<SweepRow>& front,
                    const std::optional<FrontVolume>& volume) {
  json.openArray("front");
  for (const SweepRow& row : front) json.member({}, row.point.number);
  json.closeArray();
  if (!volume) return;
  json.openObject("hypervolume")
      .member("share", volume->share)
      .member("logarithmic", volume->logarithmic)
      .openArray("reference");
  for (const double value : volume->reference) json.member({}, value);
  json.closeArray().closeObject();
}

}  // namespace taktwerk
