// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/cost_source_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/architecture/names.h"
#include "core/base/quotes.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

constexpr std::string_view badEntry = "A1003";

bool takeText(const YamlNode::Entry& field, std::string& into, Problems& problems) {
  if (!field.value.isScalar() || field.value.scalar.empty()) {
    return refuse(field.value, problems, badEntry, field.key + " of a source of costs must be a text");
  }
  into = field.value.scalar;
  return true;
}

bool takeScale(const YamlNode::Entry& field, CostSource& source, Problems& problems) {
  const std::string text = field.value.isScalar() ? field.value.scalar : std::string();
  if (text != "absolute" && text != "relative") {
    return refuse(
        field.value, problems, badEntry,
        "scale of a source of costs must be absolute, or relative where its costs are only good for "
        "comparing");
  }
  source.relative = text == "relative";
  return true;
}

bool readField(const YamlNode::Entry& field, CostSource& source, Problems& problems) {
  if (field.key == "source") return takeText(field, source.source, problems);
  if (field.key == "technology") return takeText(field, source.technology, problems);
  if (field.key == "note") return takeText(field, source.note, problems);
  if (field.key == "scale") return takeScale(field, source, problems);
  problems.error(field.position, badEntry,
                 "unknown key " + inQuotes(field.key) + " of a source of costs" +
                     problems.suggestion(field.key, {"source", "technology", "scale", "note"}));
  return false;
}

std::optional<CostSource> readSource(const YamlNode::Entry& entry, Problems& problems) {
  if (!isIdentifier(entry.key)) {
    problems.error(entry.position, badEntry,
                   inQuotes(entry.key) +
                       " is not the name of a source of costs; write letters, digits and _, not beginning "
                       "with a digit");
    return std::nullopt;
  }
  if (!entry.value.isMap()) {
    refuse(entry.value, problems, badEntry,
           "a source of costs is a map as in {source: where it can be read, scale: absolute}");
    return std::nullopt;
  }
  CostSource source;
  source.name = entry.key;
  source.position = entry.position;
  bool good = true;
  for (const YamlNode::Entry& field : entry.value.entries) good = readField(field, source, problems) && good;
  for (const char* key : {"source", "scale"}) {
    if (entry.value.find(key) != nullptr) continue;
    problems.error(entry.position, badEntry,
                   "source of costs " + inQuotes(entry.key) + " has no " + std::string(key));
    good = false;
  }
  return good ? std::optional(std::move(source)) : std::nullopt;
}

}  // namespace

bool readCostSources(const YamlNode& node, std::vector<CostSource>& sources, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isMap() || node.entries.size() > mostCostSources) {
    return refuse(node, problems, "A1002",
                  "costs must be a map of at most " + std::to_string(mostCostSources) +
                      " sources as in {mine: {source: my own measurements, scale: absolute}}");
  }
  bool good = true;
  sources.reserve(node.entries.size());
  for (const YamlNode::Entry& entry : node.entries) {
    const bool twice = std::any_of(sources.begin(), sources.end(),
                                   [&](const CostSource& other) { return other.name == entry.key; });
    if (twice) {
      problems.error(entry.position, badEntry, inQuotes(entry.key) + " is there twice under costs");
      good = false;
    } else if (auto source = readSource(entry, problems)) {
      sources.push_back(std::move(*source));
    } else {
      good = false;
    }
  }
  return good;
}

}  // namespace taktwerk
