// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/store/result_store.h"

namespace taktwerk {

/// Reads all of a store and checks that it is as it was written: the pages of the file and its indices
/// (SQLite's own check), the bytes of every text, study, row and layer, that all they name is there, and how
/// many rows there are. Minutes for a store of gigabytes. Errors: as of `readStoreSummary`. Cancelled: what
/// was counted at once.
[[nodiscard]] Result<StoreSummary> checkStore(const std::string& path, const Progress& progress);

/// A file that went into results, where it lies now.
struct WrittenInput {
  std::string kind;            ///< "architecture", "network", "mapping"
  std::string path;            ///< where it was when the results were made
  std::filesystem::path file;  ///< where it is
  bool isNew = false;          ///< it was not there
};

/// Puts the texts of the files that went into the results of a store into a folder, as they were, byte by
/// byte: of one study the architecture and the network in it and the mappings in `mappings`, where they are
/// found without being named; of several in folders 1, 2, … by study. A file that is there is compared and
/// left alone. Errors: of the store, one that is there with another text (S0310), and files that cannot be
/// written.
[[nodiscard]] Result<std::vector<WrittenInput>> writeStoredInputs(const std::string& path,
                                                                  const std::filesystem::path& folder);

}  // namespace taktwerk
