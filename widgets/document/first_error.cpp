// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/first_error.h"

#include <algorithm>

namespace taktwerk {

const Diagnostic* firstError(const Diagnostics& problems) {
  const auto found = std::find_if(problems.begin(), problems.end(), [](const Diagnostic& problem) {
    return problem.severity == Severity::Error;
  });
  return found == problems.end() ? nullptr : &*found;
}

}  // namespace taktwerk
