// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/progress.h"
#include "core/drawing/block_diagram.h"
#include "core/study/study.h"
#include "core/study/study_memory.h"
#include "widgets/sweep/point_settings.h"

namespace taktwerk {

/// What a card of a point is made of; a copy goes to the job that makes it.
struct CardSource {
  PointDesign design;
  std::optional<Study> study;  ///< of a run: as it was read, with the settings of the point
  StudyFiles files;            ///< else what is read, with the texts of then
  std::shared_ptr<StudyMemory> memory;
  EstimateOptions how;  ///< that its cycles were found with
  bool timed = true;    ///< the point has a result, so something decides how long it takes
};

/// What a design looks like, and what decides how long the network takes on it.
struct PointCard {
  std::shared_ptr<const BlockDiagram> diagram;  ///< null: it could not be drawn
  std::optional<std::uint32_t> limiting;        ///< the block that decides
  double limitingShare = 0;                     ///< of the critical path, 0 to 1
  QString bottleneck;                           ///< "mesher decides 47 % of …"; empty: not known
  QString problem;                              ///< what is missing, and why
  bool cancelled = false;                       ///< and therefore not all of it
};

/// The design of a row of a run.
[[nodiscard]] CardSource cardSourceOf(const RowTable& table, std::size_t row, const SweepRun& run);
/// The same of a row that was read from a store. `memory`: what it is estimated with.
[[nodiscard]] CardSource storedCardSourceOf(const RowTable& table, std::size_t row,
                                            const StoredOrigins& origins, const Document* open,
                                            std::shared_ptr<StudyMemory> memory);

/// Draws the architecture with the values of the point, so that arrays are as large as they are there, and
/// estimates it, which a memory of the run knows most of. For job threads.
[[nodiscard]] PointCard pointCardOf(const CardSource& source, Progress& progress);

}  // namespace taktwerk
