// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/feasibility.h"
#include "core/architecture/object_reader.h"
#include "core/architecture/validation_reader.h"
#include "core/base/yaml_text.h"

namespace taktwerk {
namespace {

std::string line(const Parameter& parameter, const std::string& indent) {
  std::string text = indent + yamlText(parameter.name) + ": {default: ";
  text +=
      parameter.expression.empty() ? std::to_string(parameter.defaultValue) : yamlText(parameter.expression);
  if (parameter.minimum) text += ", minimum: " + yamlText(boundText(*parameter.minimum));
  if (parameter.maximum) text += ", maximum: " + yamlText(boundText(*parameter.maximum));
  if (parameter.step) text += ", step: " + yamlText(boundText(*parameter.step));
  std::string values;
  for (const ParameterBound& each : parameter.values) {
    values += (values.empty() ? "" : ", ") + yamlText(boundText(each));
  }
  if (!values.empty()) text += ", values: [" + values + ']';
  if (!parameter.description.empty()) text += ", description: " + yamlText(parameter.description);
  if (!parameter.source.empty()) text += ", source: " + yamlText(parameter.source);
  return text + "}\n";
}

std::string line(const ParameterConstraint& constraint) {
  std::string text = "  - {condition: " + yamlText(constraint.condition.text);
  if (!constraint.reason.empty()) text += ", reason: " + yamlText(constraint.reason);
  return text + "}\n";
}

std::string flow(const std::vector<ScalarText>& texts) {
  if (texts.size() == 1) return yamlText(texts.front().text);
  return '[' + yamlText(texts[0].text) + ", " + yamlText(texts[1].text) + ']';
}

std::string line(const ObjectDeclaration& object, const std::string& indent,
                 const DeclaredObject* declared = nullptr) {
  std::string text = indent + yamlText(object.name) + ": {";
  if (declared != nullptr && !declared->templateName.text.empty()) {
    text += "template: " + yamlText(declared->templateName.text);
  } else {
    text +=
        "class: " + (object.objectClass == ObjectClass::Unknown ? yamlText(object.className)
                                                                : std::string(toString(object.objectClass)));
  }
  if (declared != nullptr && !declared->size.empty()) text += ", size: " + flow(declared->size);
  if (declared != nullptr && !declared->index.empty()) text += ", index: " + flow(declared->index);
  for (const Attribute& attribute : object.attributes) {
    text += ", " + yamlText(attribute.name) + ": " + yamlText(attribute.value);
  }
  if (object.at) text += ", at: [" + coordinateText(object.at->x) + ", " + coordinateText(object.at->y) + ']';
  if (!object.note.empty()) text += ", note: " + yamlText(object.note);
  if (!object.colour.empty()) text += ", colour: " + yamlText(object.colour);
  if (object.pinned) text += ", pinned: true";
  return text + "}\n";
}

std::string viaOf(const std::vector<CanvasPoint>& via) {
  std::string text;
  for (const CanvasPoint& p : via) {
    text += (text.empty() ? ", via: [[" : ", [") + coordinateText(p.x) + ", " + coordinateText(p.y) + ']';
  }
  return text.empty() ? text : text + ']';
}

std::string line(const ConnectionRule& rule, const std::string& indent) {
  const std::string ends = std::string(toString(rule.kind)) + ": [" + yamlText(rule.from.text) + ", " +
                           yamlText(rule.to.text) + ']';
  if (rule.ranges.empty() && rule.when.text.empty() && rule.via.empty()) {
    return indent + "- " + ends + '\n';
  }
  std::string ranges;
  for (const ConnectionRange& range : rule.ranges) {
    ranges += (ranges.empty() ? "" : ", ") + yamlText(range.name) + ": ";
    if (range.from.text.empty() && range.step.text.empty()) {
      ranges += yamlText(range.to.text);
      continue;
    }
    ranges += '{';
    if (!range.from.text.empty()) ranges += "from: " + yamlText(range.from.text) + ", ";
    ranges += "to: " + yamlText(range.to.text);
    if (!range.step.text.empty()) ranges += ", step: " + yamlText(range.step.text);
    ranges += '}';
  }
  std::string text = indent + "- {" + ends;
  if (!rule.ranges.empty()) text += ", for: {" + ranges + '}';
  if (!rule.when.text.empty()) text += ", when: " + yamlText(rule.when.text);
  return text + viaOf(rule.via) + "}\n";
}

std::string lines(const std::vector<DeclaredObject>& objects, const std::vector<ConnectionRule>& rules,
                  const std::string& indent) {
  std::string text = indent + (objects.empty() ? "objects: {}\n" : "objects:\n");
  for (const DeclaredObject& d : objects) text += line(d.object, indent + "  ", &d);
  text += indent + (rules.empty() ? "connections: []\n" : "connections:\n");
  for (const ConnectionRule& rule : rules) text += line(rule, indent + "  ");
  return text;
}

std::string lines(const TemplateDeclaration& t) {
  std::string text = "  " + yamlText(t.name) + ":\n";
  if (!t.description.empty()) text += "    description: " + yamlText(t.description) + '\n';
  if (!t.from.empty()) text += "    from: " + yamlText(t.from) + '\n';
  if (!t.parameters.empty()) text += "    parameters:\n";
  for (const Parameter& parameter : t.parameters) text += line(parameter, "      ");
  return text + lines(t.objects, t.connections, "    ");
}

std::string lines(const DeclaredValidation& validation) {
  std::string text = "  - against: " + yamlText(validation.against) + '\n';
  text += "    points: " + std::to_string(validation.points) + '\n';
  text += "    mean_error: " + percentText(validation.meanError) + '\n';
  if (validation.largestError) text += "    largest_error: " + percentText(*validation.largestError) + '\n';
  text += "    source: " + yamlText(validation.source) + '\n';
  if (!validation.note.empty()) text += "    note: " + yamlText(validation.note) + '\n';
  return text;
}

std::string lines(const CostSource& source) {
  std::string text = "  " + yamlText(source.name) + ":\n    source: " + yamlText(source.source) + '\n';
  if (!source.technology.empty()) text += "    technology: " + yamlText(source.technology) + '\n';
  text += std::string("    scale: ") + (source.relative ? "relative" : "absolute") + '\n';
  if (!source.note.empty()) text += "    note: " + yamlText(source.note) + '\n';
  return text;
}

std::string lines(const DeclaredFigure& figure) {
  std::string text = "  " + yamlText(figure.name) + ":\n";
  if (!figure.unit.empty()) text += "    unit: " + yamlText(figure.unit) + '\n';
  text += std::string("    better: ") + (figure.moreIsBetter ? "more" : "less") + '\n';
  if (!figure.description.empty()) text += "    description: " + yamlText(figure.description) + '\n';
  return text;
}

}  // namespace

std::string writeArchitecture(const Architecture& architecture) {
  std::string text = "format: taktwerk-architecture/1\n";
  if (!architecture.name.empty()) text += "name: " + yamlText(architecture.name) + '\n';
  if (!architecture.description.empty()) text += "description: " + yamlText(architecture.description) + '\n';
  if (!architecture.validation.empty()) text += "validation:\n";
  for (const DeclaredValidation& validation : architecture.validation) text += lines(validation);
  if (!architecture.parameters.empty()) text += "parameters:\n";
  for (const Parameter& parameter : architecture.parameters) text += line(parameter, "  ");
  if (!architecture.constraints.empty()) text += "constraints:\n";
  for (const ParameterConstraint& constraint : architecture.constraints) text += line(constraint);
  if (!architecture.costs.empty()) text += "costs:\n";
  for (const CostSource& source : architecture.costs) text += lines(source);
  if (!architecture.figures.empty()) text += "figures:\n";
  for (const DeclaredFigure& figure : architecture.figures) text += lines(figure);
  if (!architecture.clock.text.empty()) text += "clock: " + yamlText(architecture.clock.text) + '\n';
  if (!architecture.templates.empty()) text += "templates:\n";
  for (const TemplateDeclaration& t : architecture.templates) text += lines(t);
  if (architecture.isGenerated()) return text + lines(architecture.declared, architecture.rules, "");
  text += architecture.objects.empty() ? "objects: {}\n" : "objects:\n";
  for (const ObjectDeclaration& object : architecture.objects) text += line(object, "  ");
  text += architecture.connections.empty() ? "connections: []\n" : "connections:\n";
  for (const Connection& connection : architecture.connections) {
    if (connection.from.index() >= architecture.objects.size()) continue;
    if (connection.to.index() >= architecture.objects.size()) continue;
    const std::string ends = std::string(toString(connection.kind)) + ": [" +
                             yamlText(architecture.objects[connection.from.index()].name) + ", " +
                             yamlText(architecture.objects[connection.to.index()].name) + ']';
    text += "  - ";
    text += connection.via.empty() ? ends + '\n' : '{' + ends + viaOf(connection.via) + "}\n";
  }
  return text;
}

}  // namespace taktwerk
