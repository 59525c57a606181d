// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <vector>

#include "core/architecture/attribute_values.h"
#include "core/base/quotes.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {

std::optional<QuantityValue> figureValue(AttributeSpecification specification, std::string_view figure,
                                         const YamlNode& value, const ObjectDeclaration& object,
                                         ValueContext context) {
  specification.name = figure;
  return quantityValue(specification, value, object, context);
}

bool checkOwnFigures(const AttributeSpecification& specification, const YamlNode& value,
                     const Architecture& architecture, const ObjectDeclaration& object,
                     ValueContext context) {
  constexpr std::string_view badFigures = "A1009";
  if (!value.isMap()) {
    return refuse(value, context.problems, badFigures,
                  "figures of an object must be a map as in {price: 3 / 2}", object.name);
  }
  std::vector<std::string> names;
  names.reserve(architecture.figures.size());
  for (const DeclaredFigure& figure : architecture.figures) names.push_back(figure.name);
  bool good = true;
  for (const YamlNode::Entry& entry : value.entries) {
    if (std::find(names.begin(), names.end(), entry.key) != names.end()) {
      good = figureValue(specification, entry.key, entry.value, object, context).has_value() && good;
      continue;
    }
    context.problems.error(entry.position, badFigures,
                           "the file declares no figure " + inQuotes(entry.key) +
                               context.problems.suggestion(entry.key, names) + "; say figures: {" +
                               entry.key + ": {unit: …}} at its top",
                           object.name);
    good = false;
  }
  return good;
}

}  // namespace taktwerk
