// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/corners.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/architecture/feasibility.h"
#include "core/base/problems.h"
#include "core/base/quotes.h"
#include "core/machine/elaborate.h"

namespace taktwerk {
namespace {

/// An end of a parameter's range.
struct Corner {
  std::int64_t value = 0;
  const char* what = "";
  SourcePosition position;
};

std::vector<Corner> cornersOf(const Parameter& parameter, const ParameterBounds& bounds) {
  std::vector<Corner> corners;
  if (!bounds.values.empty()) {
    const auto [least, most] = std::minmax_element(bounds.values.begin(), bounds.values.end());
    for (const auto end : {least, most}) {
      const auto place = static_cast<std::size_t>(end - bounds.values.begin());
      corners.push_back({*end, "one of its values", parameter.values[place].position});
    }
    return corners;
  }
  if (bounds.minimum) corners.push_back({*bounds.minimum, "its minimum", parameter.minimum->position});
  if (!bounds.maximum) return corners;
  std::int64_t most = *bounds.maximum;
  if (bounds.step) {  // the greatest value on the steps, which begin at the minimum or at 0
    std::int64_t distance = 0;
    if (__builtin_sub_overflow(most, bounds.minimum.value_or(0), &distance) || distance < 0) return corners;
    most -= distance % *bounds.step;
  }
  corners.push_back({most, "its maximum", parameter.maximum->position});
  return corners;
}

/// " (regs, line 13)"
std::string placeOf(const Diagnostic& problem) {
  return " (" + (problem.object.empty() ? std::string() : problem.object + ", ") + "line " +
         std::to_string(problem.position.line) + ')';
}

}  // namespace

Diagnostics unworkableCorners(const Architecture& architecture) {
  Problems problems(architecture.file);
  Problems ofDefaults(architecture.file);
  const ParameterMap defaults = resolveParameters(architecture, {}, ofDefaults);
  Elaboration elaboration(std::make_shared<const Architecture>(architecture));
  for (const Parameter& parameter : architecture.parameters) {
    const auto bounds = boundsOf(parameter, defaults);
    if (!std::holds_alternative<ParameterBounds>(bounds)) continue;
    for (const Corner& corner : cornersOf(parameter, std::get<ParameterBounds>(bounds))) {
      if (corner.value == defaults.find(parameter.name)->second) continue;
      const ParameterMap point = {{parameter.name, corner.value}};
      Problems infeasible(architecture.file);
      static_cast<void>(resolveParameters(architecture, point, infeasible));
      if (infeasible.hasErrors()) continue;
      const auto machine = elaboration.machine(point);
      const auto wrong = std::find_if(machine.diagnostics.begin(), machine.diagnostics.end(),
                                      [](const Diagnostic& d) { return d.severity == Severity::Error; });
      if (wrong == machine.diagnostics.end()) continue;
      problems.error(corner.position, "A0118",
                     "parameter " + inQuotes(parameter.name) + " may be " + std::to_string(corner.value) +
                         ", " + corner.what + ", which cannot work: " + wrong->message + placeOf(*wrong));
    }
  }
  return std::move(problems).take();
}

}  // namespace taktwerk
