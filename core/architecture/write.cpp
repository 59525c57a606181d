// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <charconv>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/base/yaml_text.h"

namespace taktwerk {
namespace {

/// The shortest text that reads back as the same number.
std::string number(double value) {
  std::array<char, 400> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), result.ptr};
}

std::string line(const Parameter& parameter) {
  std::string text = "  " + yamlText(parameter.name) + ": {default: ";
  text +=
      parameter.expression.empty() ? std::to_string(parameter.defaultValue) : yamlText(parameter.expression);
  if (parameter.minimum) text += ", minimum: " + std::to_string(*parameter.minimum);
  if (parameter.maximum) text += ", maximum: " + std::to_string(*parameter.maximum);
  if (!parameter.description.empty()) text += ", description: " + yamlText(parameter.description);
  return text + "}\n";
}

std::string line(const ObjectDeclaration& object) {
  std::string text = "  " + yamlText(object.name) + ": {class: ";
  text += object.objectClass == ObjectClass::Unknown ? yamlText(object.className)
                                                     : std::string(toString(object.objectClass));
  for (const Attribute& attribute : object.attributes) {
    text += ", " + yamlText(attribute.name) + ": " + yamlText(attribute.value);
  }
  if (object.at) text += ", at: [" + number(object.at->x) + ", " + number(object.at->y) + ']';
  if (!object.note.empty()) text += ", note: " + yamlText(object.note);
  if (!object.colour.empty()) text += ", colour: " + yamlText(object.colour);
  return text + "}\n";
}

}  // namespace

std::string writeArchitecture(const Architecture& architecture) {
  std::string text = "format: taktwerk-architecture/1\n";
  if (!architecture.name.empty()) text += "name: " + yamlText(architecture.name) + '\n';
  if (!architecture.description.empty()) text += "description: " + yamlText(architecture.description) + '\n';
  if (!architecture.parameters.empty()) text += "parameters:\n";
  for (const Parameter& parameter : architecture.parameters) text += line(parameter);
  text += architecture.objects.empty() ? "objects: {}\n" : "objects:\n";
  for (const ObjectDeclaration& object : architecture.objects) text += line(object);
  text += architecture.connections.empty() ? "connections: []\n" : "connections:\n";
  for (const Connection& connection : architecture.connections) {
    if (connection.from.index() >= architecture.objects.size()) continue;
    if (connection.to.index() >= architecture.objects.size()) continue;
    text += "  - " + std::string(toString(connection.kind)) + ": [" +
            yamlText(architecture.objects[connection.from.index()].name) + ", " +
            yamlText(architecture.objects[connection.to.index()].name) + "]\n";
  }
  return text;
}

}  // namespace taktwerk
