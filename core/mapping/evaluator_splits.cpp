// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the answer to a question differs between iterations: the smallest request that makes it the same.
#include <numeric>

#include "core/mapping/evaluator.h"

namespace taktwerk {
namespace {

/// First t with factor · t + offset >= 0 (factor > 0), or with < 0 (factor < 0).
std::int64_t firstCrossing(std::int64_t factor, std::int64_t offset) {
  return factor > 0 ? -floorOfQuotient(offset, factor) : floorOfQuotient(offset, -factor) + 1;
}

}  // namespace

/// Asks for the iterations [first, end) of a loop one by one.
Outcome Evaluator::takeInParts(std::uint32_t level, std::int64_t first, std::int64_t end,
                               std::uint32_t column) {
  first = std::max<std::int64_t>(first, 0);
  end = std::min(end, levels_[level].trips);
  if (end - first >= mostParts) {
    return fail(column, "would split the loop over " +
                            (levels_[level].name != nullptr ? *levels_[level].name : std::string("it")) +
                            " into " + std::to_string(end - first) + " parts, at most " +
                            std::to_string(mostParts) +
                            " are allowed; make it depend on one loop variable, or give the tensor a halo");
  }
  request_.kind = SplitRequest::Kind::Breakpoints;
  request_.level = level;
  request_.breakpoints.clear();
  for (std::int64_t t = first; t <= end; ++t) request_.breakpoints.push_back(t);
  return Outcome::Split;
}

Outcome Evaluator::notNegative(const Affine& value, std::uint32_t column, bool& result) {
  if (value.levels == 0 || value.denominator != 1) {
    result = value.base >= 0;
    return Outcome::Done;
  }
  const auto range = rangeOf(value, levels_);
  if (!range) return overflow(column);
  result = range->low >= 0;
  if (result || range->high < 0) return Outcome::Done;
  std::uint32_t outer = 0;
  while (value.coefficient[outer] == 0) ++outer;
  Affine rest = value;
  rest.coefficient[outer] = 0;
  const auto others = rangeOf(rest, levels_);
  if (!others) return overflow(column);
  const std::int64_t factor = value.coefficient[outer];
  const std::int64_t a = firstCrossing(factor, others->high);
  const std::int64_t b = firstCrossing(factor, others->low);
  return takeInParts(outer, std::min(a, b), std::max(a, b), column);
}

Outcome Evaluator::isZero(const Affine& value, std::uint32_t column, bool& result) {
  if (value.levels == 0) {
    result = value.base == 0;
    return Outcome::Done;
  }
  const auto range = rangeOf(value, levels_);
  if (!range) return overflow(column);
  result = range->low == 0 && range->high == 0;
  if (result || range->low > 0 || range->high < 0) return Outcome::Done;
  std::int64_t divisor = 0;
  std::uint32_t outer = deepestLoops;
  for (std::uint32_t level = 0; level < value.levels; ++level) {
    if (value.coefficient[level] == 0) continue;
    divisor = std::gcd(divisor, value.coefficient[level]);
    if (outer == deepestLoops) outer = level;
  }
  if (value.base % divisor != 0) return Outcome::Done;  // never 0
  Affine rest = value;
  rest.coefficient[outer] = 0;
  const auto others = rangeOf(rest, levels_);
  if (!others) return overflow(column);
  // Outside of the iterations where the rest can make up for this variable it is never 0.
  const std::int64_t factor = value.coefficient[outer];
  std::int64_t first = firstCrossing(factor, factor > 0 ? others->high : others->low - 1);
  std::int64_t end = firstCrossing(factor, factor > 0 ? others->low - 1 : others->high);
  if (first >= end) return Outcome::Done;
  return takeInParts(outer, first, end, column);
}

/// `value % divisor` differs between iterations: the outermost loop that makes it differ has to be taken
/// `divisor / gcd` iterations at a time, or in a few parts if it crosses a multiple just a few times.
Outcome Evaluator::requestFactor(const Affine& value, std::int64_t divisor, std::uint32_t column) {
  std::uint32_t level = 0;
  while (value.coefficient[level] % divisor == 0) ++level;
  const std::int64_t factor = divisor / std::gcd(divisor, value.coefficient[level]);
  const std::int64_t trips = levels_[level].trips;
  if (use_ == Use::Fixed || factor <= mostUnrolledForAddresses) {
    if (factor > mostUnrolled) {
      return fail(column, "would unroll the loop over " + variablesOf(value) + " by " +
                              std::to_string(factor) + ", at most " + std::to_string(mostUnrolled) +
                              " is allowed");
    }
    request_.kind = SplitRequest::Kind::Unroll;
    request_.level = level;
    request_.factor = std::min(factor, trips);
    return Outcome::Split;
  }
  Affine rest = value;
  rest.coefficient[level] = 0;
  const auto others = rangeOf(rest, levels_);
  if (trips <= factor && others && others->low == others->high) {
    // This loop alone crosses multiples of the divisor: split it there.
    const std::int64_t step = value.coefficient[level];
    request_.kind = SplitRequest::Kind::Breakpoints;
    request_.level = level;
    request_.breakpoints.clear();
    std::int64_t before = floorOfQuotient(others->low, divisor);
    for (std::int64_t t = 1; t < trips; ++t) {
      const std::int64_t now = floorOfQuotient(others->low + step * t, divisor);
      if (now != before) request_.breakpoints.push_back(t);
      before = now;
      if (static_cast<std::int64_t>(request_.breakpoints.size()) > mostParts) break;
    }
    return Outcome::Split;
  }
  if (trips <= factor) return takeInParts(level, 0, trips, column);
  request_.kind = SplitRequest::Kind::StripMine;
  request_.level = level;
  request_.factor = factor;
  return Outcome::Split;
}

}  // namespace taktwerk
