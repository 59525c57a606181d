// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
  /// What tables call it, by what studies can differ in: "architecture", "network", "mappings", "how". No
  /// result depends on it.
  std::vector<std::pair<std::string, std::string>> words;
};

/// Texts to be taken in the place of files, by path: of documents that are not saved.
using TextsInPlace = std::map<std::string, std::shared_ptr<const std::string>>;

/// Reads what goes into each study of a sweep. Errors: files that are gone meanwhile.
[[nodiscard]] Result<std::vector<StoredStudy>> storedStudies(const Sweep& sweep, const StudyOptions& options,
                                                             StudyMemory& memory,
                                                             const TextsInPlace& texts = {});

/// The choices of layers that a study was timed with, out of its `how`; none where that says them in a way
/// that is not known here.
[[nodiscard]] std::optional<std::map<std::string, LayerChoice>> choicesOfStudy(std::string_view how);

/// How a study was timed, out of its `how`: method, search and budget. None where that says them in a way
/// that is not known here, or where it is of a single layer.
[[nodiscard]] std::optional<EstimateOptions> optionsOfStudy(std::string_view how);

/// The values of a point as text, always in the same order: "arch.rows=4 network.batch=1".
[[nodiscard]] std::string settingsText(const StudySettings& settings);

/// What inputs are called by the names of their files.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> wordsOf(
    const std::vector<StoredInput>& inputs);

}  // namespace taktwerk
