// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/feasibility.h"

#include <utility>

#include "core/architecture/feasibility.h"
#include "core/architecture/parameters.h"
#include "core/base/problems.h"

namespace taktwerk {

std::string whyInfeasible(const Study& study) {
  if (!study.architecture) return {};
  Problems problems(study.architecture->file);
  const ParameterMap values = resolveParameters(*study.architecture, study.settings.architecture, problems);
  if (auto found = infeasibility(*study.architecture, values)) return std::move(found->reason);
  return problems.hasErrors() ? problems.kept().front().message : std::string();
}

}  // namespace taktwerk
