// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/space_writer.h"

#include "core/base/yaml_text.h"

namespace taktwerk {
namespace {

std::string listed(const std::vector<std::int64_t>& values, const char* between) {
  std::string text;
  for (const std::int64_t value : values) {
    if (!text.empty()) text += between;
    text += std::to_string(value);
  }
  return text;
}

std::string listText(const std::vector<std::int64_t>& values) {
  return '[' + listed(values, ", ") + ']';
}

/// "from: 1, to: 8, factor: 2"
std::string rangeText(const ValueRange& range, const char* between) {
  std::string text = "from: " + std::to_string(range.from) + between + "to: " + std::to_string(range.to);
  if (range.factor) return text + between + "factor: " + std::to_string(range.step);
  return range.step == 1 ? text : text + between + "step: " + std::to_string(range.step);
}

void writeDimension(std::string& text, const Dimension& dimension) {
  text += "  " + yamlText(dimension.name) + ':';
  const auto* range = std::get_if<ValueRange>(&dimension.values);
  if (!dimension.when) {
    text += range == nullptr ? ' ' + listText(std::get<std::vector<std::int64_t>>(dimension.values))
                             : " {" + rangeText(*range, ", ") + '}';
    text += '\n';
    return;
  }
  text += "\n    ";
  text += range == nullptr ? "values: " + listText(std::get<std::vector<std::int64_t>>(dimension.values))
                           : rangeText(*range, "\n    ");
  text += "\n    when: " + yamlText(dimension.when->expression.text()) + '\n';
}

std::string pathText(const std::string& path, const std::filesystem::path& folder) {
  const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
  if (folder.empty()) return yamlText(absolute.generic_string());
  const std::filesystem::path relative =
      absolute.lexically_relative(std::filesystem::absolute(folder).lexically_normal());
  return yamlText((relative.empty() ? absolute : relative).generic_string());
}

void writeAlternatives(std::string& text, const Dimension& dimension, const std::filesystem::path& folder) {
  text += dimension.name + ":\n";
  for (const Alternative& each : dimension.alternatives) {
    text += "  - name: " + yamlText(each.name) + '\n';
    if (dimension.of != Dimension::Of::Mappings) {
      text += "    file: " + pathText(each.files.front(), folder) + '\n';
      continue;
    }
    text += "    files:\n";
    for (const std::string& file : each.files) text += "      - " + pathText(file, folder) + '\n';
  }
}

void writeDerived(std::string& text, const Space& space) {
  bool any = false;
  for (const DerivedValue& each : space.derived) {
    if (!each.set) continue;
    if (!any) text += "derived:\n";
    any = true;
    text += "  " + yamlText(each.name) + ": " + yamlText(each.value.expression.text()) + '\n';
  }
}

void writeConstraints(std::string& text, const Space& space) {
  if (!space.constraints.empty()) text += "constraints:\n";
  for (const SpaceConstraint& each : space.constraints) {
    const std::string condition = yamlText(each.condition.expression.text());
    text += each.reason.empty()
                ? "  - " + condition + '\n'
                : "  - condition: " + condition + "\n    reason: " + yamlText(each.reason) + '\n';
  }
}

}  // namespace

std::string writeSpace(const Space& space, const std::filesystem::path& folder) {
  std::string text = "format: taktwerk-space/1\n";
  if (!space.name.empty()) text += "name: " + yamlText(space.name) + '\n';
  if (!space.description.empty()) text += "description: " + yamlText(space.description) + '\n';
  // In the order in which they are read, which numbers the points.
  using Of = Dimension::Of;
  for (const Of of : {Of::Architecture, Of::Network, Of::Mappings}) {
    for (const Dimension& dimension : space.dimensions) {
      if (dimension.of == of) writeAlternatives(text, dimension, folder);
    }
  }
  bool any = false;
  for (const Dimension& dimension : space.dimensions) {
    if (dimension.of != Of::Parameter) continue;
    if (!any) text += "vary:\n";
    any = true;
    writeDimension(text, dimension);
  }
  writeDerived(text, space);
  writeConstraints(text, space);
  return text;
}

std::string valuesText(const DimensionValues& values) {
  const auto* range = std::get_if<ValueRange>(&values);
  if (range == nullptr) return listed(std::get<std::vector<std::int64_t>>(values), ",");
  std::string text = std::to_string(range->from) + ':' + std::to_string(range->to);
  if (range->factor) return text + ":*" + std::to_string(range->step);
  return range->step == 1 ? text : text + ':' + std::to_string(range->step);
}

}  // namespace taktwerk
