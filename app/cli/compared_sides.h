// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "core/analysis/stored_result.h"

namespace taktwerk::cli {

/// What `compare` is told to set side by side: files of results, a study, and in what another one is
/// different from it.
struct ComparedArguments {
  std::vector<std::string> results;  ///< files of `estimate --json`
  InputArguments study;
  InputArguments against;  ///< what is empty is as in `study`
  std::string method{toString(Method::Auto)};
  std::string againstMethod;
  std::string jobs;

  [[nodiscard]] bool hasStudy() const { return !study.architecture.empty(); }
  [[nodiscard]] bool hasAgainst() const;
};

struct ComparedSides {
  StoredResult before, now;
};

/// Two files are before and now. One file is before, and the study now. Without a file the study that
/// `against` makes of the first is before. Problems are reported and end in a status.
[[nodiscard]] std::variant<ComparedSides, ExitStatus> comparedSides(const ComparedArguments& arguments,
                                                                    const Context& context);

}  // namespace taktwerk::cli
