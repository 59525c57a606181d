// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/validate.h"

#include <unordered_map>

#include "core/architecture/architecture_file.h"
#include "core/architecture/names.h"
#include "core/architecture/quantity.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

void validateParameter(const Parameter& parameter, Problems& problems) {
  if (!isIdentifier(parameter.name)) {
    problems.error(
        parameter.position, "A0106",
        inQuotes(parameter.name) +
            " is not the name of a parameter; write letters, digits and _, not beginning with a digit");
  } else if (isReservedName(parameter.name)) {
    problems.error(parameter.position, "A0106",
                   "a parameter cannot be called " + inQuotes(parameter.name) +
                       ", which means something else in expressions");
  }
  if (parameter.minimum && parameter.maximum && parameter.minimum->value > parameter.maximum->value) {
    problems.error(parameter.position, "A0112",
                   "parameter " + inQuotes(parameter.name) + " has a minimum of " +
                       std::to_string(parameter.minimum->value) + " above its maximum of " +
                       std::to_string(parameter.maximum->value));
  }
}

}  // namespace

void validateDeclarations(const Architecture& architecture, Problems& problems) {
  std::unordered_map<std::string_view, SourcePosition> seen;
  for (const Parameter& parameter : architecture.parameters) {
    validateParameter(parameter, problems);
    const auto [first, isNew] = seen.try_emplace(parameter.name, parameter.position);
    if (isNew) continue;
    problems.error(parameter.position, "A0113",
                   "parameter " + inQuotes(parameter.name) + " is already given in line " +
                       std::to_string(first->second.line));
  }
  seen.clear();
  seen.reserve(architecture.objects.size());
  for (const ObjectDeclaration& object : architecture.objects) {
    if (!isObjectName(object.name)) {
      problems.error(object.position, "A0206",
                     inQuotes(object.name) + " is not the name of an object; " + std::string(objectNameRule),
                     object.name);
    }
    const auto [first, isNew] = seen.try_emplace(object.name, object.position);
    if (isNew) continue;
    problems.error(
        object.position, "A0207",
        "object " + inQuotes(object.name) + " is already given in line " + std::to_string(first->second.line),
        object.name);
  }
}

void validate(const Architecture& architecture, Problems& problems, bool complete) {
  validateDeclarations(architecture, problems);
  const ParameterMap parameters = resolveParameters(architecture, {}, problems);
  (void)clockOf(architecture, {parameters, problems});
  validateAttributes(architecture, parameters, problems);
  validateStructure(architecture, problems, complete);
}

}  // namespace taktwerk
