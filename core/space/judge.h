// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/space/space.h"

namespace taktwerk {

/// One design of a space.
struct SpacePoint {
  /// By dimension: the parameter's value, or the place among the alternatives; none where it is not varied.
  std::vector<std::optional<std::int64_t>> values;
  /// By `Space::derived`; none where it cannot be computed.
  std::vector<std::optional<std::int64_t>> derived;
  /// Why there is no such design though no constraint rules it out: an expression cannot be computed, as it
  /// divides by 0. Empty: nothing.
  std::string problem = {};
};

/// What a place of the grid is.
struct Judgement {
  /// Repeated: it differs from an earlier place only in dimensions that are not varied there. Excluded: a
  /// constraint does not hold, or a derived value is no whole number.
  enum class Is : std::uint8_t { Point, Repeated, Excluded };
  Is is = Is::Point;
  SpacePoint point;    ///< of a point
  std::string reason;  ///< of what is excluded
  /// Of what is repeated: a dimension that is not varied here; with its first place it is another place.
  std::size_t repeats = 0;
  /// The last dimension that this depends on: with other places of later ones it is the same.
  std::size_t last = 0;
  /// Of a point with a problem: what cannot be computed, and where in the expression.
  const PlacedExpression* uncomputable = nullptr;
  std::uint32_t column = 1;
};

/// Tells points of a space from places of its grid that are none. Immutable: any number of threads may ask.
class SpaceJudge {
 public:
  /// Errors, at their places: a name twice, an expression with a name that the space does not have (or that
  /// is ambiguous), values that depend on each other in a circle, more places than `mostPlaces`, no
  /// dimensions.
  [[nodiscard]] static Result<SpaceJudge> create(Space space);

  [[nodiscard]] const Space& space() const { return space_; }
  /// Places of the grid, points or not.
  [[nodiscard]] std::int64_t places() const { return places_; }
  /// Judges the place with these places of the dimensions.
  [[nodiscard]] Judgement judge(std::span<const std::int64_t> places) const;

  /// Dimensions that conditions and derived values relate, and what is to be judged of them.
  struct Part {
    std::vector<std::size_t> dimensions;
    std::vector<std::size_t> order;        ///< names to compute, each behind those that it needs
    std::vector<std::size_t> constraints;  ///< of the space
    std::vector<std::size_t> conditional;  ///< names whose values depend on others
    /// Every combination is a point.
    [[nodiscard]] bool free() const { return conditional.empty() && constraints.empty(); }
  };
  /// The space in parts that have nothing to do with each other.
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
  /// As `judge`, of a part alone: places of other dimensions do not matter, and of the point only its problem
  /// is said.
  [[nodiscard]] Judgement judge(const Part& part, std::span<const std::int64_t> places) const;

  /// The name that a name in an expression stands for: itself, or the only one that is the same but for the
  /// part before the dot.
  [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const;

 private:
  struct Evaluation;
  explicit SpaceJudge(Space space) : space_(std::move(space)) {}
  void number(Diagnostics& problems);
  void bind(const PlacedExpression& expression, std::vector<std::size_t>& reads, Diagnostics& problems);
  void sortNames(Diagnostics& problems);
  void makeParts();
  [[nodiscard]] Judgement judgePart(const Part& part, std::span<const std::int64_t> places,
                                    bool wantsPoint) const;

  Space space_;
  std::int64_t places_ = 1;
  /// Names: the dimensions, then the derived values.
  std::vector<std::string> names_;
  std::map<std::string, std::size_t, std::less<>> byText_;  ///< of every name in an expression
  std::vector<std::vector<std::size_t>> reads_;             ///< names that a name's value needs
  std::vector<std::vector<std::size_t>> constraintReads_;   ///< names that a constraint needs
  std::vector<std::size_t> lastOfName_, lastOfConstraint_;  ///< dimensions
  Part whole_;
  std::vector<Part> parts_;
};

}  // namespace taktwerk
