// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/feasibility.h"

#include <utility>

#include "core/architecture/parameters.h"
#include "core/base/problems.h"

namespace taktwerk {

std::string whyInfeasible(const Study& study) {
  if (!study.architecture) return {};
  Problems problems(study.architecture->file);
  (void)resolveParameters(*study.architecture, study.settings.architecture, problems);
  return problems.hasErrors() ? problems.kept().front().message : std::string();
}

}  // namespace taktwerk
