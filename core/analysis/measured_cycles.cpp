// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/measured_cycles.h"

#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "core/base/files.h"
#include "core/base/problems.h"
#include "core/base/quotes.h"
#include "core/import/table_lines.h"

namespace taktwerk {

namespace {

/// Which cell of a line holds what.
struct Headings {
  std::size_t layer = 0, cycles = 0;
};

std::optional<Headings> headingsOf(const std::optional<TableLine>& line, Problems& problems) {
  std::map<std::string, std::size_t> places;
  const std::size_t count = line ? line->cells.size() : 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = line->cells[i];
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (places.emplace(name, i).second || (name != "layer" && name != "cycles")) continue;
    problems.error(line->position(i), "R0010", "the heading " + inQuotes(name) + " is there twice");
  }
  for (const char* wanted : {"layer", "cycles"}) {
    if (places.contains(wanted)) continue;
    problems.error(line ? SourcePosition{line->number, 1} : SourcePosition{1, 1}, "R0010",
                   std::string("there is no heading \"") + wanted +
                       "\"; the first line has to name the columns, as in layer,cycles");
  }
  if (problems.hasErrors()) return std::nullopt;
  return Headings{places["layer"], places["cycles"]};
}

std::optional<double> cyclesIn(const std::string& cell) {
  double value = 0;
  const auto [last, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (failure != std::errc{} || last != cell.data() + cell.size()) return std::nullopt;
  constexpr double largest = 1e18;
  if (!std::isfinite(value) || value < 0 || value > largest) return std::nullopt;
  return value;
}

}  // namespace

Result<MeasuredCycles> parseMeasuredCycles(std::string_view text, const std::string& file) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";  // that spreadsheets begin a text with
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  Problems problems(file);
  TableLines lines(text);
  const auto headings = headingsOf(lines.next(), problems);
  if (!headings) return std::move(problems).take();
  MeasuredCycles measured;
  measured.file = file;
  std::map<std::string, std::uint32_t> seen;  // line by layer
  while (const auto line = lines.next()) {
    const auto cell = [&](std::size_t place) {
      return place < line->cells.size() ? line->cells[place] : std::string();
    };
    const std::string name = cell(headings->layer);
    const auto cycles = cyclesIn(cell(headings->cycles));
    const SourcePosition place = line->position(headings->layer);
    if (name.empty()) {
      problems.error(place, "R0011", "a row has no layer");
      continue;
    }
    if (!cycles) {
      problems.error(line->position(headings->cycles), "R0011",
                     "cycles of layer " + inQuotes(name) +
                         " have to be a finite number of at least 0, found " +
                         inQuotes(cell(headings->cycles)));
    }
    if (const auto [first, isNew] = seen.emplace(name, line->number); !isNew) {
      problems.error(
          place, "R0011",
          "layer " + inQuotes(name) + " was there before, in line " + std::to_string(first->second));
      continue;
    }
    if (cycles) measured.layers.push_back({name, *cycles, place});
  }
  if (seen.empty() && !problems.hasErrors())
    problems.error({1, 1}, "R0011", "there is no row below the headings");
  if (problems.hasErrors()) return std::move(problems).take();
  return {std::move(measured), std::move(problems).take()};
}

Result<MeasuredCycles> readMeasuredCycles(const std::filesystem::path& path) {
  const Result<std::string> text = readFile(path);
  if (!text) return text.diagnostics;
  return parseMeasuredCycles(*text, path.string());
}

}  // namespace taktwerk
