// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/feasibility.h"

#include <algorithm>

#include "core/architecture/feasibility.h"
#include "core/architecture/parameters.h"
#include "core/base/problems.h"

namespace taktwerk {

std::string whyInfeasible(const Study& study) {
  if (!study.architecture) return {};
  Problems problems(study.architecture->file);
  const ParameterMap values = resolveParameters(*study.architecture, study.settings.architecture, problems);
  if (!problems.hasErrors()) return {};
  // What bounds and constraints say of the point, without the word that is the row's state already.
  const auto broken = infeasibility(*study.architecture, values);
  const auto& kept = problems.kept();
  const bool other = std::any_of(kept.begin(), kept.end(), [](const auto& d) { return d.code != "A0117"; });
  return broken && !other ? broken->reason : kept.front().message;
}

}  // namespace taktwerk
