// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/figure_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/architecture/names.h"
#include "core/base/quotes.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

constexpr std::string_view badFigure = "A1008";

bool readField(const YamlNode::Entry& field, DeclaredFigure& figure, Problems& problems) {
  const bool isText = field.value.isScalar() && !field.value.scalar.empty();
  if (field.key == "unit" || field.key == "description") {
    if (!isText) return refuse(field.value, problems, badFigure, field.key + " of a figure must be a text");
    (field.key == "unit" ? figure.unit : figure.description) = field.value.scalar;
    return true;
  }
  if (field.key == "better") {
    if (!isText || (field.value.scalar != "less" && field.value.scalar != "more"))
      return refuse(field.value, problems, badFigure, "better of a figure must be less or more");
    figure.moreIsBetter = field.value.scalar == "more";
    return true;
  }
  problems.error(field.position, badFigure,
                 "unknown key " + inQuotes(field.key) + " of a figure" +
                     problems.suggestion(field.key, {"unit", "better", "description"}));
  return false;
}

std::optional<DeclaredFigure> readFigure(const YamlNode::Entry& entry, Problems& problems) {
  if (!isIdentifier(entry.key)) {
    problems.error(entry.position, badFigure,
                   inQuotes(entry.key) +
                       " is not the name of a figure; write letters, digits and _, not beginning with a "
                       "digit");
    return std::nullopt;
  }
  DeclaredFigure figure;
  figure.name = entry.key;
  figure.position = entry.position;
  if (!entry.value.isMap() && !entry.value.isNull()) {
    refuse(entry.value, problems, badFigure,
           "a figure is a map as in {unit: EUR, better: less, description: of the parts}");
    return std::nullopt;
  }
  bool good = true;
  for (const YamlNode::Entry& field : entry.value.entries) good = readField(field, figure, problems) && good;
  return good ? std::optional(std::move(figure)) : std::nullopt;
}

}  // namespace

bool readFigures(const YamlNode& node, std::vector<DeclaredFigure>& figures, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isMap() || node.entries.size() > mostDeclaredFigures) {
    return refuse(node, problems, badFigure,
                  "figures must be a map of at most " + std::to_string(mostDeclaredFigures) +
                      " figures as in {price: {unit: EUR}}");
  }
  bool good = true;
  for (const YamlNode::Entry& entry : node.entries) {
    const auto isIt = [&](const DeclaredFigure& other) { return other.name == entry.key; };
    if (std::any_of(figures.begin(), figures.end(), isIt)) {
      problems.error(entry.position, badFigure, inQuotes(entry.key) + " is there twice under figures");
      good = false;
    } else if (auto figure = readFigure(entry, problems)) {
      figures.push_back(std::move(*figure));
    } else {
      good = false;
    }
  }
  return good;
}

}  // namespace taktwerk
