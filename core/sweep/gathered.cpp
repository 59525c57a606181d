// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/gathered.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/architecture/structural_parameters.h"
#include "core/mapping/mapping.h"

namespace taktwerk {
namespace {

constexpr std::size_t look = 16'384;  ///< points that are read ahead

/// The parameters of architectures that programs may follow from.
std::set<std::string, std::less<>> decisiveParameters(const Sweep& sweep) {
  std::set<std::string, std::less<>> names;
  for (const Study& study : sweep.studies) {
    if (study.architecture) names.merge(structuralParameters(*study.architecture));
    for (const Mapping& mapping : *study.mappings) {
      for (const std::string& name : parameterNames(mapping)) names.insert(name);
    }
  }
  return names;
}

/// Points that were read ahead, in the order in which they are given away.
class Ahead {
 public:
  Ahead(PointStream stream, std::vector<bool> columns)
      : stream_(std::move(stream)), columns_(std::move(columns)) {}

  std::optional<SweepPoint> next(const Progress& progress) {
    if (at_ == points_.size()) read(progress);
    if (at_ == points_.size() || progress.cancelled()) return std::nullopt;
    return std::move(points_[at_++]);
  }

 private:
  using Values = std::vector<std::optional<std::int64_t>>;

  Values decisive(const SweepPoint& point) const {
    Values values;
    for (std::size_t c = 0; c < columns_.size() && c < point.values.size(); ++c) {
      if (columns_[c]) values.push_back(point.values[c]);
    }
    return values;
  }

  void read(const Progress& progress) {
    std::vector<SweepPoint> read;
    std::vector<std::pair<std::size_t, std::size_t>> order;  ///< group, and place in what was read
    std::map<Values, std::size_t> groups;
    while (read.size() < look) {
      auto point = stream_(progress);
      if (!point) break;
      point->sequence = read_++;
      const std::size_t group = groups.try_emplace(decisive(*point), groups.size()).first->second;
      order.emplace_back(group, read.size());
      read.push_back(std::move(*point));
    }
    std::sort(order.begin(), order.end());
    points_.clear();
    points_.reserve(read.size());
    for (const auto& [group, place] : order) points_.push_back(std::move(read[place]));
    at_ = 0;
  }

  PointStream stream_;
  std::vector<bool> columns_;
  std::vector<SweepPoint> points_;
  std::size_t at_ = 0;
  std::int64_t read_ = 0;
};

}  // namespace

std::vector<bool> programColumns(const Sweep& sweep) {
  const std::set<std::string, std::less<>> decisive = decisiveParameters(sweep);
  constexpr std::string_view architecture = "arch.";
  std::vector<bool> columns;
  for (const SweepColumn& column : sweep.columns) {
    const std::string_view name = column.name;
    columns.push_back(!name.starts_with(architecture) || decisive.contains(name.substr(architecture.size())));
  }
  return columns;
}

PointStream gathered(const std::shared_ptr<const Sweep>& sweep, PointStream stream) {
  std::vector<bool> columns = programColumns(*sweep);
  // Nothing is shared, or everything.
  if (std::all_of(columns.begin(), columns.end(), [&](bool is) { return is == columns.front(); }))
    return stream;
  const auto ahead = std::make_shared<Ahead>(std::move(stream), std::move(columns));
  return [ahead](const Progress& progress) { return ahead->next(progress); };
}

}  // namespace taktwerk
