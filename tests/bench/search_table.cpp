// SPDX-License-Identifier: GPL-3.0-or-later
//
// How near the search comes to the front of a space of which every point is known. Usage:
//   search_table TABLE.csv EVALUATIONS OBJECTIVE OBJECTIVE…
// TABLE is what `sweep` wrote of the full grid of a space without conditions; an OBJECTIVE, to be small, is
// one of its columns or an expression over them. Prints the share of the true front's hypervolume
// (logarithmic, reference 1.1 times the worst of all points) that searches and random samples of the seeds 1
// to 10 find.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/expression.h"
#include "core/front/front.h"
#include "core/front/hypervolume.h"
#include "core/search/search.h"
#include "core/space/sample.h"

namespace taktwerk {
namespace {

/// All points of a space, by their numbers, with their objectives; none of those that are not done.
struct RecordedTable {
  std::shared_ptr<const SpaceJudge> judge;
  std::vector<ObjectiveValues> values;
};

std::vector<std::string> cellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
  return cells;
}

std::string withoutOwner(const std::string& name) {
  return name.substr(name.find('.') + 1);
}

/// The cells of a line by their headings, parameters without their owner.
using TableRow = std::map<std::string, std::string, std::less<>>;

double valueOf(const std::string& objective, const TableRow& row) {
  if (const auto cell = row.find(objective); cell != row.end())
    return std::strtod(cell->second.c_str(), nullptr);
  const auto parsed = Expression::parse(objective);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) throw std::runtime_error(error->message);
  const auto value =
      std::get<Expression>(parsed).evaluate([&](std::string_view name) -> std::optional<Rational> {
        const auto found = row.find(name);
        if (found == row.end()) return std::nullopt;
        return Rational(std::strtoll(found->second.c_str(), nullptr, 10));
      });
  if (const auto* error = std::get_if<ExpressionError>(&value)) throw std::runtime_error(error->message);
  const Rational& number = std::get<Rational>(value);
  return static_cast<double>(number.numerator) / static_cast<double>(number.denominator);
}

RecordedTable readTable(const std::string& path, const std::vector<std::string>& objectives) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error(path + " cannot be read");
  const std::vector<std::string> heading = cellsOf(line);
  const std::size_t state = std::find(heading.begin(), heading.end(), "state") - heading.begin();
  RecordedTable table;
  std::vector<std::vector<std::int64_t>> places(state);
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cellsOf(line);
    TableRow row;
    for (std::size_t c = 0; c < std::min(cells.size(), heading.size()); ++c) {
      row[withoutOwner(heading[c])] = cells[c];
    }
    for (std::size_t c = 1; c < state; ++c) {
      const std::int64_t value = std::strtoll(cells[c].c_str(), nullptr, 10);
      if (std::find(places[c].begin(), places[c].end(), value) == places[c].end()) places[c].push_back(value);
    }
    ObjectiveValues& values = table.values.emplace_back();
    if (cells[state] != "done") continue;
    for (const std::string& objective : objectives) values.push_back(valueOf(objective, row));
  }
  Space space;
  for (std::size_t c = 1; c < state; ++c) {
    Dimension& dimension = space.dimensions.emplace_back();
    dimension.name = heading[c];
    dimension.values = places[c];
  }
  auto judge = SpaceJudge::create(std::move(space));
  if (!judge || judge->places() != std::ssize(table.values))
    throw std::runtime_error(path + " is not a table of a full grid");
  table.judge = std::make_shared<const SpaceJudge>(std::move(*judge));
  return table;
}

double volumeOf(const RecordedTable& table, const std::vector<std::int64_t>& numbers) {
  const auto valued =
      std::find_if(table.values.begin(), table.values.end(), [](const auto& v) { return !v.empty(); });
  if (valued == table.values.end()) throw std::runtime_error("no point of the table is done");
  std::vector<std::vector<double>> all(valued->size()), found(valued->size());
  for (std::size_t o = 0; o < all.size(); ++o) {
    for (const ObjectiveValues& values : table.values) {
      if (!values.empty()) all[o].push_back(values[o]);
    }
    for (const std::int64_t number : numbers) {
      const ObjectiveValues& values = table.values[static_cast<std::size_t>(number)];
      if (!values.empty()) found[o].push_back(values[o]);
    }
  }
  const std::vector<double> reference = referenceBeyond(columnsOf(all));
  return hypervolume(columnsOf(found), reference, FrontScale::Logarithmic);
}

std::vector<std::int64_t> searched(const RecordedTable& table, std::size_t objectives,
                                   std::int64_t evaluations, std::uint64_t seed) {
  SearchOptions options;
  options.larger.assign(objectives, false);
  options.evaluations = evaluations;
  options.seed = seed;
  const auto recorded = [&](const std::vector<NumberedPoint>& batch) {
    std::vector<ObjectiveValues> values;
    values.reserve(batch.size());
    for (const NumberedPoint& point : batch)
      values.push_back(table.values[static_cast<std::size_t>(point.number)]);
    return values;
  };
  std::vector<std::int64_t> numbers;
  numbers.reserve(static_cast<std::size_t>(evaluations));
  for (const JudgedPoint& point : searchFront(table.judge, options, recorded).points)
    numbers.push_back(point.number);
  return numbers;
}

void run(const std::string& path, std::int64_t evaluations, const std::vector<std::string>& objectives) {
  const RecordedTable table = readTable(path, objectives);
  std::vector<std::int64_t> every(table.values.size());
  std::iota(every.begin(), every.end(), std::int64_t{0});
  const double whole = volumeOf(table, every);
  constexpr std::uint64_t seeds = 10;
  double searchSum = 0, randomSum = 0, searchLeast = 1, randomLeast = 1;
  std::cout << std::fixed << std::setprecision(2)
            << "seed  search  random   (% of the true front's hypervolume)\n";
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const double search = volumeOf(table, searched(table, objectives.size(), evaluations, seed)) / whole;
    const double random = volumeOf(table, drawRandom(*table.judge, evaluations, seed).places) / whole;
    searchSum += search, randomSum += random;
    searchLeast = std::min(searchLeast, search), randomLeast = std::min(randomLeast, random);
    std::cout << std::setw(4) << seed << std::setw(8) << 100 * search << std::setw(8) << 100 * random << '\n';
  }
  std::cout << "mean" << std::setw(8) << 100 * searchSum / seeds << std::setw(8) << 100 * randomSum / seeds
            << '\n'
            << "min " << std::setw(8) << 100 * searchLeast << std::setw(8) << 100 * randomLeast << '\n';
}

}  // namespace
}  // namespace taktwerk

int main(int count, char** words) {
  try {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() < 4) {
      std::cerr << "usage: search_table TABLE.csv EVALUATIONS OBJECTIVE OBJECTIVE…\n";
      return 2;
    }
    taktwerk::run(arguments[0], std::strtoll(arguments[1].c_str(), nullptr, 10),
                  {arguments.begin() + 2, arguments.end()});
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
  }
  return 0;
}
