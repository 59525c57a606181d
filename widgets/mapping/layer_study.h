// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/mapping/mapping.h"
#include "core/mapping/placed_storage.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

/// One mapping as an answer to one layer: what it would take, or why it does not fit.
struct MappingCandidate {
  QString name;
  QString file;
  bool fits = false;
  bool otherOperator = false;  ///< it is for other operators: nothing is wrong
  QString reason;              ///< of one that does not fit, or that fails
  std::optional<Cycles> cycles;
  bool exact = true;
  QStringList fused;  ///< further layers it takes with this one
};

/// An instruction of one iteration as a line of text, and where it comes from.
struct ListedInstruction {
  QString text;
  std::uint32_t line = 0;
};

struct MemoryUse {
  QString memory;
  std::int64_t used = 0;      ///< words
  std::int64_t capacity = 0;  ///< words; 0: any address is legal
  std::vector<PlacedStorage> contents;
};

/// All there is to say of one layer and the mappings, and of one of them in detail.
struct LayerStudy {
  QString layer, operatorName;
  std::vector<MappingCandidate> candidates;  ///< those that fit by cycles, then the others
  QString shown;                             ///< the mapping the rest is about; empty: none
  std::vector<Tunable> tunables;
  std::map<std::string, std::int64_t> values;  ///< of the tunables as timed
  std::vector<MemoryUse> memories;
  QString iteration;  ///< "in a row × 3, column × 4": the loops around the instructions
  std::vector<ListedInstruction> instructions;
  QString noProgram;        ///< why there are none
  QStringList names;        ///< of the machine: operations, registers, memories, units; for completion
  Diagnostics diagnostics;  ///< of the mapping shown
};

/// What is to be studied; `file` is that of the mapping to look at, whatever its name is just now. Without
/// it, or when it is there no more, the mapping that the choice says, or the best.
struct StudyRequest {
  EstimateInput input;
  QString layer;
  QString file;
};
/// Reads, matches and times. For job threads.
[[nodiscard]] LayerStudy studyLayer(const StudyRequest& request, Progress& progress);

/// The instructions of one iteration of the loop that runs most, at most `limit`, and the loops around it.
[[nodiscard]] std::vector<ListedInstruction> oneIteration(const Program& program, const Machine& machine,
                                                          QString& around, std::size_t limit = 400);

}  // namespace taktwerk
