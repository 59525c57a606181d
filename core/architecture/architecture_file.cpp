// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/architecture_file.h"

#include <unordered_map>

#include "core/architecture/approvals.h"
#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/constraint_reader.h"
#include "core/architecture/cost_source_reader.h"
#include "core/architecture/declaration_reader.h"
#include "core/architecture/expand.h"
#include "core/architecture/figure_reader.h"
#include "core/architecture/object_reader.h"
#include "core/architecture/range_rules.h"
#include "core/architecture/validate.h"
#include "core/architecture/validation_reader.h"
#include "core/base/files.h"
#include "core/base/problems.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

constexpr std::string_view formatName = "taktwerk-architecture/1";

bool readClock(YamlNode& node, Architecture& architecture, Problems& problems) {
  if (!node.isScalar() || node.scalar.empty()) {
    return refuse(node, problems, "A1001", "clock must be a number of MHz or an expression over parameters");
  }
  const SourcePosition position = textPosition(node);
  architecture.clock = {std::move(node.scalar), position};
  return true;
}

/// Turns the YAML tree into a document as written; takes texts out of the tree instead of copying them.
/// Whether every connection of the file could be read.
bool readSections(YamlNode& root, Architecture& architecture, Problems& problems) {
  bool complete = true;
  for (YamlNode::Entry& entry : root.entries) {
    bool understood = true;
    if (entry.key == "format") continue;
    if (entry.key == "name") {
      architecture.name = readText(entry.value, "name", problems);
    } else if (entry.key == "description") {
      architecture.description = readText(entry.value, "description", problems);
    } else if (entry.key == "validation") {
      understood = readValidations(entry.value, architecture.validation, problems);
    } else if (entry.key == "parameters") {
      understood = readParameters(entry.value, architecture.parameters, problems);
    } else if (entry.key == "constraints") {
      understood = readConstraints(entry.value, architecture.constraints, problems);
    } else if (entry.key == "costs") {
      understood = readCostSources(entry.value, architecture.costs, problems);
    } else if (entry.key == "figures") {
      understood = readFigures(entry.value, architecture.figures, problems);
    } else if (entry.key == "clock") {
      understood = readClock(entry.value, architecture, problems);
    } else if (entry.key == "templates") {
      understood = readTemplates(entry.value, architecture.templates, problems);
    } else if (entry.key == "objects") {
      understood = readObjects(entry.value, architecture.declared, problems);
    } else if (entry.key == "connections") {
      understood = readConnections(entry.value, architecture.rules, problems, complete);
    } else if (entry.key == "approved") {
      std::vector<Approval> approvals;  // whoever shows problems reads them from the text
      understood = readApprovals(entry.value, approvals, problems);
    } else {
      problems.error(
          entry.position, "A0004",
          "unknown key " + inQuotes(entry.key) +
              problems.suggestion(entry.key, {"format", "name", "description", "validation", "parameters",
                                              "constraints", "costs", "figures", "clock", "templates",
                                              "objects", "connections", "approved"}));
      understood = false;
    }
    if (!understood) architecture.readOnly = true;
  }
  return complete;
}

/// What is written is what there is, where a file uses neither templates nor arrays nor ranges.
bool takeFlat(Architecture& architecture, Problems& problems) {
  architecture.objects.reserve(architecture.declared.size());
  for (DeclaredObject& declared : architecture.declared) {
    architecture.objects.push_back(std::move(declared.object));
  }
  std::unordered_map<std::string_view, ObjectId> ids;
  ids.reserve(architecture.objects.size());
  for (const ObjectDeclaration& object : architecture.objects) ids.try_emplace(object.name, object.id);
  std::vector<std::string> names;  // for suggestions; filled at the first unknown name
  const auto resolve = [&](const ScalarText& end) -> ObjectId {
    const auto found = ids.find(end.text);
    if (found != ids.end()) return found->second;
    if (names.empty()) {
      for (const ObjectDeclaration& object : architecture.objects) names.push_back(object.name);
    }
    problems.error(end.position, "A0405",
                   "there is no object " + inQuotes(end.text) + problems.suggestion(end.text, names));
    return {};
  };
  bool complete = true;
  architecture.connections.reserve(architecture.rules.size());
  for (const ConnectionRule& rule : architecture.rules) {
    const ObjectId from = resolve(rule.from);
    const ObjectId to = resolve(rule.to);
    if (from.valid() && to.valid()) {
      architecture.connections.push_back({rule.kind, from, to, rule.position, rule.via});
    } else {
      complete = false;
    }
  }
  architecture.declared.clear();
  architecture.rules.clear();
  return complete;
}

/// Whether the file says that it is an architecture of a version this program reads.
bool checkFormat(const YamlNode& root, Problems& problems) {
  if (!root.isMap()) {
    return refuse(
        root, problems, "A0003",
        "an architecture is a map that begins with " + inQuotes("format: " + std::string(formatName)));
  }
  const YamlNode* format = root.find("format");
  if (format == nullptr) {
    problems.error({1, 1}, "A0001",
                   "format is missing; write " + inQuotes("format: " + std::string(formatName)));
    return false;
  }
  if (format->isScalar() && format->scalar == formatName) return true;
  const bool newer = format->isScalar() && format->scalar.starts_with("taktwerk-architecture/");
  problems.error(format->position, "A0002",
                 "format must be " + std::string(formatName) + ", found " + describe(*format) +
                     (newer ? "; this version does not read it" : ""));
  return false;
}

/// Attributes that no class of this version has cannot be kept by editing, only by leaving the text alone.
bool hasUnknownAttribute(const Architecture& architecture) {
  for (const ObjectDeclaration& object : architecture.objects) {
    const ClassSpecification* specification = specificationOf(object.objectClass);
    if (specification == nullptr) return true;
    for (const Attribute& attribute : object.attributes) {
      if (specification->find(attribute.name) == nullptr) return true;
    }
  }
  return false;
}

/// The values of defaults and bounds that are expressions, for who shows them; `validate` reports their
/// problems.
void computeDefaults(Architecture& architecture) {
  Problems ignored(architecture.file);
  const ParameterMap values = resolveParameters(architecture, {}, ignored);
  for (Parameter& parameter : architecture.parameters) {
    if (!parameter.expression.empty()) parameter.defaultValue = values.find(parameter.name)->second;
  }
  for (Parameter& parameter : architecture.parameters) setBoundValues(parameter, values);
}

}  // namespace

Result<Architecture> readArchitecture(const std::filesystem::path& path) {
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  return parseArchitecture(*text, path.string());
}

Result<Architecture> parseArchitecture(std::string_view text, const std::string& file) {
  YamlLimits limits;
  limits.keepRepeatedKeys = true;
  Result<YamlNode> yaml = parseYaml(text, file, limits);
  if (!yaml) return std::move(yaml.diagnostics);
  Problems problems(file);
  problems.append(std::move(yaml.diagnostics));
  if (!checkFormat(*yaml, problems)) return std::move(problems).take("A0000");
  Architecture architecture;
  architecture.file = file;
  bool complete = readSections(*yaml, architecture, problems);
  computeDefaults(architecture);
  if (!architecture.templates.empty() || needExpanding(architecture.declared, architecture.rules)) {
    problems.mergeRepeated();
    Problems ignored(file);  // validate tells what is wrong with parameters
    complete = expand(architecture, resolveParameters(architecture, {}, ignored), problems) && complete;
  } else {
    complete = takeFlat(architecture, problems) && complete;
  }
  if (hasUnknownAttribute(architecture)) architecture.readOnly = true;
  validate(architecture, problems, complete);
  return {std::move(architecture), std::move(problems).take("A0000")};
}

}  // namespace taktwerk
