// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/document_reader.h"

namespace taktwerk {

/// `from`, …, up to `to`: each `step` more than the one before, or `step` times it. They are not listed.
struct ValueRange {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t step = 1;
  bool factor = false;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// What a parameter may be: these values in this order, or a range.
using DimensionValues = std::variant<std::vector<std::int64_t>, ValueRange>;
/// How many they are, at most 2^62; of a range with something wrong none.
[[nodiscard]] std::int64_t sizeOf(const DimensionValues& values);
[[nodiscard]] std::int64_t valueAt(const DimensionValues& values, std::int64_t place);
/// What is wrong with a range, with what would be right; empty: nothing.
[[nodiscard]] std::string whatIsWrongWith(const ValueRange& range);

/// One of several architectures, networks or sets of mappings.
struct Alternative {
  std::string name;                ///< what tables call it
  std::vector<std::string> files;  ///< paths; one, but of mappings any number
  SourcePosition position;
};

/// One thing that is varied: a parameter, or which architecture, network or mappings there are.
struct Dimension {
  enum class Of : std::uint8_t { Parameter, Architecture, Network, Mappings };
  Of of = Of::Parameter;
  std::string name;  ///< "rows" or "arch.rows"; of alternatives "architecture", "network", "mappings"
  SourcePosition position;
  DimensionValues values;                 ///< of a parameter
  std::vector<Alternative> alternatives;  ///< of the others
  /// Where it is 0 the parameter is not varied and keeps the value that it has anyway.
  std::optional<PlacedExpression> when;
  /// What the name stands for in expressions where it is not varied; none: it then has no value there.
  std::optional<PlacedExpression> otherwise;
  /// It exists only with these places of another dimension, of alternatives: not every architecture has the
  /// parameter.
  struct Only {
    std::size_t dimension = 0;
    std::vector<bool> places;
  };
  std::vector<Only> only;

  [[nodiscard]] std::int64_t size() const;
};

/// A parameter that follows from others.
struct DerivedValue {
  std::string name;
  SourcePosition position;
  PlacedExpression value;
  bool set = true;  ///< else only a name for expressions: a parameter that is not varied
};

/// What must hold in a point; where it does not, there is no point.
struct SpaceConstraint {
  PlacedExpression condition;
  std::string reason;  ///< in the words of its author, or empty
};

/// A design space: all combinations of what its dimensions hold that meet its constraints. Its points are
/// never listed; they are numbered in the order of the grid, the last dimension fastest (grid.h), drawn
/// (sample.h) and counted (count.h).
///
///     format: taktwerk-space/1
///     vary:
///       arch.rows: {from: 2, to: 32}
///       arch.memory_port_width: {from: 1, to: 16, factor: 4}
///       mapping.tile_k: {values: [1, 2, 4], when: rows > 4}
///     derived:
///       arch.columns: 2 * rows
///     constraints:
///       - {condition: rows * columns <= 256, reason: the array has 256 elements}
struct Space {
  std::string file;  ///< path as given, or empty
  std::string name;
  std::string description;
  std::vector<Dimension> dimensions;
  std::vector<DerivedValue> derived;
  std::vector<SpaceConstraint> constraints;
};

/// Grids of more places than this (2^62) are refused: points have numbers of 64 bits.
inline constexpr std::int64_t mostPlaces = std::int64_t{1} << 62;
/// The places of the whole grid, whether they are points or not; more than `mostPlaces`: none.
[[nodiscard]] std::optional<std::int64_t> placesOf(const Space& space);

}  // namespace taktwerk
