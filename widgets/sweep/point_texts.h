// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/store/store_inputs.h"
#include "widgets/workspace/design_files.h"

namespace taktwerk {

struct EstimateInput;

/// What went into studies, in their order; equal texts, of which there are many, are one.
[[nodiscard]] std::vector<DesignTexts> textsOf(std::vector<StoredStudy>&& studies);

/// What the files hold that an estimate is of, edited ones as edited; none where some cannot be read. For job
/// threads.
[[nodiscard]] std::optional<DesignTexts> textsOf(const EstimateInput& input);

/// What else than the architecture holds something else, in words for a sentence; nothing where a text is not
/// known. Where files lie and what they are called makes no difference.
[[nodiscard]] QStringList changedFiles(const DesignTexts& then, const DesignTexts& now);

}  // namespace taktwerk
