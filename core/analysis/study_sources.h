// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/analysis/stored_result.h"
#include "core/study/study.h"

namespace taktwerk {

/// The files of a study with their texts: those of `texts` by path where they are there, else what the files
/// hold just now. An imported network has no text; one of a file that cannot be read is not known.
[[nodiscard]] std::vector<StoredSource> storedSources(
    const Study& study, const std::map<std::string, std::shared_ptr<const std::string>>& texts = {});

}  // namespace taktwerk
