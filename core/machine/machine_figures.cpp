// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/machine_figures.h"

#include <string_view>
#include <unordered_map>

#include "core/architecture/class_specification.h"
#include "core/architecture/quantity.h"

namespace taktwerk {

std::vector<MachineFigure> figuresOf(const Architecture& architecture, const ValueContext& context) {
  std::vector<MachineFigure> figures;
  figures.reserve(architecture.figures.size());
  for (const DeclaredFigure& declared : architecture.figures) {
    MachineFigure figure{declared, 0};
    std::unordered_map<std::string_view, double> known;  // elements of an array say the same
    for (const ObjectDeclaration& object : architecture.objects) {
      const Attribute* attribute = object.find("figures");
      const YamlNode* value = attribute != nullptr ? attribute->value.find(declared.name) : nullptr;
      const ClassSpecification* ofClass = specificationOf(object.objectClass);
      const AttributeSpecification* specification = ofClass != nullptr ? ofClass->find("figures") : nullptr;
      if (value == nullptr || specification == nullptr) continue;
      auto found = known.find(value->scalar);
      if (found == known.end()) {
        const auto quantity = figureValue(*specification, declared.name, *value, object, context);
        found = known.emplace(value->scalar, quantity ? realOf(quantity->constant) : 0.0).first;
      }
      figure.total += found->second;
    }
    figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace taktwerk
