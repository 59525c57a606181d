// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/space/grid.h"
#include "core/space/judge.h"
#include "core/space/space.h"
#include "core/study/settings.h"
#include "core/study/study.h"
#include "core/sweep/figures.h"
#include "core/sweep/objective.h"

namespace taktwerk {

class StudyMemory;

/// What is different from point to point.
struct SweepColumn {
  std::string name;                ///< "arch.rows", "network.batch", "mapping.tile_k", "architecture"
  std::vector<std::string> words;  ///< of alternatives: what their places are called
};

/// One design to be estimated.
struct SweepPoint {
  std::int64_t number = 0;  ///< in the grid, in the sample or in the table of points, from 0
  std::size_t study = 0;    ///< of `Sweep::studies`
  StudySettings settings;   ///< all that it is estimated with
  /// By column: a value, or the place of a word; none where it has no meaning for this point.
  std::vector<std::optional<std::int64_t>> values;
  std::string problem = {};  ///< why there is no such design (SpacePoint); empty: it can be estimated
  /// Its place among the points that are run, from 0, where they are not asked for in their order; see
  /// `gathered`.
  std::optional<std::int64_t> sequence = {};
};

/// A space, or a table of points, over studies that were read: what a sweep runs through. Immutable once it
/// is made; shared by threads.
struct Sweep {
  /// One for each combination of architecture, network and mappings, with the settings of every point.
  std::vector<Study> studies;
  std::vector<SweepColumn> columns;
  /// What every point that is done has a value of.
  std::vector<Figure> figures = standardFigures();
  /// What is looked for: `figures` has them, and tables a column each. See `wish`.
  std::vector<Objective> objectives;
  /// Rows tell what became of their layers, for a store.
  bool layers = false;
  /// Inferences one after another that the figure `total` is of.
  std::int64_t batch = 1;
  /// The space with the full names of parameters; null of a table of points.
  std::shared_ptr<const SpaceJudge> judge;

  /// Where the columns come from: dimensions, then derived values.
  std::vector<std::size_t> columnNames;
  /// By study and column: it has such a parameter.
  std::vector<std::vector<bool>> offered;
};

/// What a sweep is made of.
struct SweepFiles {
  StudyFiles files;               ///< what the space has no alternatives of
  std::vector<Setting> settings;  ///< of every point
};

/// Reads the studies of a space and finds out what its names mean. Errors: of the files (at their places),
/// parameters that none of them has, that are ambiguous, or that are set and varied (S0201), a file that the
/// space and `files` both name or that neither does (S0202), too many combinations of files (S0203), and
/// those of SpaceJudge.
[[nodiscard]] Result<Sweep> bindSpace(Space space, const SweepFiles& files, StudyMemory& memory);

/// A sweep over points that a table lists under these names (S0201).
[[nodiscard]] Result<Sweep> bindTable(const std::vector<std::string>& names, const SweepFiles& files,
                                      StudyMemory& memory);

/// A point of the sweep's space.
[[nodiscard]] SweepPoint sweepPoint(const Sweep& sweep, const NumberedPoint& point);
/// A point of a table, with a value or nothing in each column.
[[nodiscard]] SweepPoint sweepPoint(const Sweep& sweep, std::int64_t number,
                                    std::vector<std::optional<std::int64_t>> values);
/// The study of a point.
[[nodiscard]] Study studyOf(const Sweep& sweep, const SweepPoint& point);
/// A value as tables show it: a number or an alternative's name; empty where there is none.
[[nodiscard]] std::string valueText(const SweepColumn& column, const std::optional<std::int64_t>& value);

}  // namespace taktwerk
