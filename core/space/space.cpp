// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/space.h"

namespace taktwerk {

namespace {

/// Between the first and the last value of a range without a factor.
std::uint64_t stepsOf(const ValueRange& range) {
  const std::uint64_t width = static_cast<std::uint64_t>(range.to) - static_cast<std::uint64_t>(range.from);
  return width / static_cast<std::uint64_t>(range.step);
}

}  // namespace

std::int64_t sizeOf(const DimensionValues& values) {
  if (const auto* listed = std::get_if<std::vector<std::int64_t>>(&values)) return std::ssize(*listed);
  const ValueRange& range = std::get<ValueRange>(values);
  if (!whatIsWrongWith(range).empty()) return 0;
  if (range.factor) {
    std::int64_t size = 1;
    for (std::int64_t value = range.from; value <= range.to / range.step; value *= range.step) ++size;
    return size;
  }
  return static_cast<std::int64_t>(stepsOf(range)) + 1;
}

std::int64_t valueAt(const DimensionValues& values, std::int64_t place) {
  if (const auto* listed = std::get_if<std::vector<std::int64_t>>(&values)) {
    return (*listed)[static_cast<std::size_t>(place)];
  }
  const ValueRange& range = std::get<ValueRange>(values);
  if (!range.factor) return range.from + place * range.step;
  std::int64_t value = range.from;
  for (; place > 0; --place) value *= range.step;
  return value;
}

std::string whatIsWrongWith(const ValueRange& range) {
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  if (range.from > range.to) {
    return "a range goes upwards; found from " + number(range.from) + " to " + number(range.to);
  }
  if (range.factor && range.step < 2) return "a factor must be at least 2, found " + number(range.step);
  if (range.factor && range.from < 1) {
    return "a range with a factor must begin with at least 1, found " + number(range.from);
  }
  if (range.step < 1) return "a step must be at least 1, found " + number(range.step);
  if (!range.factor && stepsOf(range) >= static_cast<std::uint64_t>(mostPlaces)) {
    return "a range has at most 2^62 values; take a larger step";
  }
  return {};
}

std::int64_t Dimension::size() const {
  return of == Of::Parameter ? sizeOf(values) : std::ssize(alternatives);
}

std::optional<std::int64_t> placesOf(const Space& space) {
  std::int64_t places = 1;
  for (const Dimension& dimension : space.dimensions) {
    if (__builtin_mul_overflow(places, dimension.size(), &places) || places > mostPlaces) return std::nullopt;
  }
  return places;
}

}  // namespace taktwerk
