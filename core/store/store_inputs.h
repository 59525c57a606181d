// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

/// One file that went into results, with its whole text.
struct StoredInput {
  std::string kind;  ///< "architecture", "network", "mapping"
  std::string path;  ///< where it was
  std::string text;
};

/// All that figures of a study depend on besides the values of a point.
struct StoredStudy {
  std::vector<StoredInput> inputs;
  std::string how;  ///< the way of timing and the version of the program, as text
};

/// Reads what goes into each study of a sweep. Errors: files that are gone meanwhile.
[[nodiscard]] Result<std::vector<StoredStudy>> storedStudies(const Sweep& sweep, const StudyOptions& options,
                                                             StudyMemory& memory);

/// The values of a point as text, always in the same order: "arch.rows=4 network.batch=1".
[[nodiscard]] std::string settingsText(const StudySettings& settings);

}  // namespace taktwerk
