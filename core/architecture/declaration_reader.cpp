// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/declaration_reader.h"

#include <algorithm>
#include <optional>

#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/names.h"
#include "core/architecture/object_reader.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

ScalarText textOf(YamlNode& node) {
  const SourcePosition position = textPosition(node);
  return {std::move(node.scalar), position};
}

std::optional<ParameterBound> readBound(YamlNode& node, const std::string& key, const std::string& parameter,
                                        Problems& problems) {
  const auto wrong = [&]() -> std::optional<ParameterBound> {
    refuse(node, problems, "A0105",
           key + " of parameter " + inQuotes(parameter) + " must be a whole number or an expression");
    return std::nullopt;
  };
  if (!node.isScalar()) return wrong();
  const SourcePosition position = textPosition(node);
  if (const auto value = wholeNumber(node.scalar)) return ParameterBound{*value, {}, position};
  // A number that is none, such as 1.5, is told as one and not as an expression.
  const auto parsed = Expression::parse(node.scalar);
  const auto* expression = std::get_if<Expression>(&parsed);
  if (expression == nullptr && node.scalar.find_first_not_of("0123456789.") == std::string::npos)
    return wrong();
  return ParameterBound{0, std::move(node.scalar), position};
}

/// `values: [1, 2, 4]`
void readValues(YamlNode& node, Parameter& parameter, Problems& problems) {
  if (!node.isSequence() || node.items.empty() || node.items.size() > mostParameterValues) {
    refuse(node, problems, "A0105",
           "values of parameter " + inQuotes(parameter.name) + " must be a list of 1 to " +
               std::to_string(mostParameterValues) + " numbers or expressions as in [1, 2, 4]");
    return;
  }
  for (YamlNode& item : node.items) {
    if (auto value = readBound(item, "a value", parameter.name, problems)) {
      parameter.values.push_back(*std::move(value));
    }
  }
}

void readDefault(YamlNode& node, Parameter& parameter, Problems& problems) {
  parameter.valuePosition = textPosition(node);
  if (!node.isScalar()) {
    refuse(node, problems, "A0105",
           "default of parameter " + inQuotes(parameter.name) + " must be a whole number or an expression");
  } else if (const std::optional<std::int64_t> value = wholeNumber(node.scalar)) {
    parameter.defaultValue = *value;
  } else {
    parameter.expression = std::move(node.scalar);
  }
}

bool readParameter(YamlNode::Entry& entry, std::vector<Parameter>& parameters, Problems& problems) {
  Parameter& parameter = parameters.emplace_back();
  parameter.name = std::move(entry.key);
  parameter.position = entry.position;
  if (!entry.value.isMap()) {
    return refuse(entry.value, problems, "A0102",
                  "parameter " + inQuotes(parameter.name) + " must be a map as in {default: 4}");
  }
  bool hasDefault = false, understood = true;
  for (YamlNode::Entry& field : entry.value.entries) {
    if (field.key == "default") {
      hasDefault = true;
      readDefault(field.value, parameter, problems);
    } else if (field.key == "minimum") {
      parameter.minimum = readBound(field.value, field.key, parameter.name, problems);
    } else if (field.key == "maximum") {
      parameter.maximum = readBound(field.value, field.key, parameter.name, problems);
    } else if (field.key == "step") {
      parameter.step = readBound(field.value, field.key, parameter.name, problems);
    } else if (field.key == "values") {
      readValues(field.value, parameter, problems);
    } else if (field.key == "description") {
      parameter.description = readText(field.value, "description", problems);
    } else if (field.key == "source") {
      parameter.source = readText(field.value, "source", problems);
    } else {
      problems.error(field.position, "A0103",
                     "unknown key " + inQuotes(field.key) + " of parameter " + inQuotes(parameter.name) +
                         problems.suggestion(field.key, {"default", "minimum", "maximum", "step", "values",
                                                         "description", "source"}));
      understood = false;
    }
  }
  if (!hasDefault) {
    problems.error(parameter.position, "A0104", "parameter " + inQuotes(parameter.name) + " has no default");
  }
  return understood;
}

/// A scalar of an object's or a connection's map, or the problem.
bool takeScalar(YamlNode& node, const std::string& what, ScalarText& into, Problems& problems) {
  if (node.isScalar()) {
    into = textOf(node);
    return true;
  }
  return refuse(node, problems, "A0609", what + " must be a number, an expression or a name");
}

/// A scalar or a list of up to two.
bool takeOneOrTwo(YamlNode& node, const std::string& what, std::vector<ScalarText>& into,
                  Problems& problems) {
  if (!node.isSequence()) return takeScalar(node, what, into.emplace_back(), problems);
  if (node.items.empty() || node.items.size() > 2) {
    problems.error(node.position, "A0609",
                   what + " must have one or two entries as in [rows, columns], found " +
                       std::to_string(node.items.size()));
    return false;
  }
  bool good = true;
  for (YamlNode& item : node.items) good = takeScalar(item, what, into.emplace_back(), problems) && good;
  return good;
}

bool readRange(YamlNode::Entry& entry, ConnectionRange& range, Problems& problems) {
  range.name = entry.key;
  range.position = entry.position;
  const std::string what = "range of " + inQuotes(range.name);
  if (!isIdentifier(range.name) || isReservedName(range.name)) {
    problems.error(entry.position, "A0609", inQuotes(range.name) + " cannot be the name of an index");
    return false;
  }
  if (!entry.value.isMap()) return takeScalar(entry.value, what, range.to, problems);
  bool good = true;
  for (YamlNode::Entry& field : entry.value.entries) {
    ScalarText* into = field.key == "from"   ? &range.from
                       : field.key == "to"   ? &range.to
                       : field.key == "step" ? &range.step
                                             : nullptr;
    if (into != nullptr) {
      good = takeScalar(field.value, what, *into, problems) && good;
    } else {
      problems.error(field.position, "A0609",
                     "unknown key " + inQuotes(field.key) + " of the " + what +
                         problems.suggestion(field.key, {"from", "to", "step"}));
      good = false;
    }
  }
  if (good && range.to.text.empty()) {
    problems.error(entry.position, "A0609", what + " has no end; write {from: 1, to: rows}");
    good = false;
  }
  return good;
}

std::optional<ConnectionKind> kindOf(std::string_view name) {
  for (const ConnectionKind kind :
       {ConnectionKind::Contains, ConnectionKind::Forward, ConnectionKind::Reads, ConnectionKind::Writes}) {
    if (toString(kind) == name) return kind;
  }
  return std::nullopt;
}

bool readEnds(YamlNode::Entry& entry, ConnectionRule& rule, Problems& problems) {
  std::vector<YamlNode>& ends = entry.value.items;
  if (!entry.value.isSequence() || ends.size() != 2 || !ends[0].isScalar() || !ends[1].isScalar()) {
    problems.error(
        entry.value.position, "A0404",
        entry.key + " must name two objects as in [fetch, execute], found " +
            (entry.value.isSequence() ? "a list of " + std::to_string(ends.size()) : describe(entry.value)));
    return false;
  }
  rule.position = entry.position;
  rule.from = {std::move(ends[0].scalar), ends[0].position};
  rule.to = {std::move(ends[1].scalar), ends[1].position};
  return true;
}

/// The bends of a connection's line.
void readVia(const YamlNode::Entry& entry, ConnectionRule& rule, Problems& problems) {
  if (!entry.value.isSequence()) {
    refuse(entry.value, problems, "A0408", "via must be a list of points as in [[120, 40], [120, 200]]");
    return;
  }
  if (entry.value.items.size() > mostBends) {
    problems.error(entry.value.position, "A0408",
                   "via must have at most " + std::to_string(mostBends) + " points, found " +
                       std::to_string(entry.value.items.size()));
    return;
  }
  for (const YamlNode& item : entry.value.items) {
    if (const std::optional<CanvasPoint> point = pointOf(item)) {
      rule.via.push_back(*point);
      continue;
    }
    refuse(item, problems, "A0408", "a point of via must be two numbers as in [120, 40]");
  }
}

bool readConnection(YamlNode& item, ConnectionRule& rule, Problems& problems) {
  YamlNode::Entry* kind = nullptr;
  const YamlNode::Entry* via = nullptr;
  bool good = item.isMap();
  std::size_t others = 0;
  for (YamlNode::Entry& entry : item.entries) {
    if (entry.key == "for") {
      if (!entry.value.isMap()) {
        return refuse(entry.value, problems, "A0609", "for must be a map as in {r: rows, c: columns - 1}");
      }
      for (YamlNode::Entry& range : entry.value.entries) {
        if (!readRange(range, rule.ranges.emplace_back(), problems)) return false;
      }
    } else if (entry.key == "when") {
      if (!takeScalar(entry.value, "when", rule.when, problems)) return false;
    } else if (entry.key == "via") {
      via = &entry;
      readVia(entry, rule, problems);
    } else {
      kind = &entry;
      ++others;
    }
  }
  if (!good || others != 1) {
    problems.error(item.position, "A0402",
                   "a connection is one of contains, forward, reads and writes with two objects, as in "
                   "{forward: [fetch, execute]}, found " +
                       (item.isMap() ? "a map of " + std::to_string(item.entries.size()) : describe(item)));
    return false;
  }
  const std::optional<ConnectionKind> which = kindOf(kind->key);
  if (!which) {
    problems.error(
        kind->position, "A0403",
        "unknown connection " + inQuotes(kind->key) +
            problems.suggestion(kind->key, {"contains", "forward", "reads", "writes", "for", "when", "via"}));
    return false;
  }
  if (via != nullptr && !rule.ranges.empty()) {
    problems.error(via->position, "A0409", "via is of one line; a connection with for stands for several");
    rule.via.clear();
  }
  rule.kind = *which;
  return readEnds(*kind, rule, problems);
}

/// Takes `template`, `size` and `index` out of what readObject held for attributes.
bool takeArrayKeys(DeclaredObject& declared, Problems& problems) {
  std::vector<Attribute>& attributes = declared.object.attributes;
  bool good = true;
  const auto isKey = [&](Attribute& attribute) {
    const std::string what = attribute.name + " of " + inQuotes(declared.object.name);
    if (attribute.name == "template") {
      good = takeScalar(attribute.value, what, declared.templateName, problems) && good;
    } else if (attribute.name == "size") {
      good = takeOneOrTwo(attribute.value, what, declared.size, problems) && good;
    } else if (attribute.name == "index") {
      good = takeOneOrTwo(attribute.value, what, declared.index, problems) && good;
    } else {
      return false;
    }
    return true;
  };
  attributes.erase(std::remove_if(attributes.begin(), attributes.end(), isKey), attributes.end());
  if (good && declared.index.size() > declared.size.size()) {
    problems.error(declared.index.back().position, "A0609",
                   inQuotes(declared.object.name) + " has more names of indices than sizes");
    good = false;
  }
  for (const ScalarText& index : declared.index) {
    if (!good || (isIdentifier(index.text) && !isReservedName(index.text))) continue;
    problems.error(index.position, "A0609", inQuotes(index.text) + " cannot be the name of an index");
    good = false;
  }
  return good;
}

}  // namespace

bool readParameters(YamlNode& node, std::vector<Parameter>& parameters, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isMap()) {
    return refuse(node, problems, "A0101", "parameters must be a map as in {rows: {default: 4}}");
  }
  parameters.reserve(node.entries.size());
  bool understood = true;
  for (YamlNode::Entry& entry : node.entries)
    understood = readParameter(entry, parameters, problems) && understood;
  return understood;
}

bool readObjects(YamlNode& node, std::vector<DeclaredObject>& objects, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isMap()) {
    return refuse(node, problems, "A0201", "objects must be a map as in {regs: {class: RegisterFile}}");
  }
  objects.reserve(node.entries.size());
  bool understood = true;
  for (YamlNode::Entry& entry : node.entries) {
    DeclaredObject& declared = objects.emplace_back();
    const ObjectId id{static_cast<std::uint32_t>(objects.size() - 1)};
    declared.object = readObject(std::move(entry), id, problems, understood);
    if (!takeArrayKeys(declared, problems)) understood = false;
  }
  return understood;
}

bool readConnections(YamlNode& node, std::vector<ConnectionRule>& rules, Problems& problems, bool& complete) {
  if (node.isNull()) return true;
  if (!node.isSequence()) {
    refuse(node, problems, "A0401", "connections must be a list as in [{forward: [fetch, execute]}]");
    complete = false;
    return false;
  }
  rules.reserve(node.items.size());
  bool understood = true;
  for (YamlNode& item : node.items) {
    ConnectionRule rule;
    if (readConnection(item, rule, problems)) {
      rules.push_back(std::move(rule));
    } else {
      understood = complete = false;
    }
  }
  return understood;
}

bool readTemplates(YamlNode& node, std::vector<TemplateDeclaration>& templates, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isMap()) {
    return refuse(node, problems, "A0610",
                  "templates must be a map as in {element: {objects: {…}, connections: […]}}");
  }
  bool understood = true;
  for (YamlNode::Entry& entry : node.entries) {
    TemplateDeclaration& t = templates.emplace_back();
    t.name = entry.key;
    t.position = entry.position;
    if (!isIdentifier(t.name)) {
      problems.error(t.position, "A0610",
                     inQuotes(t.name) +
                         " is not the name of a template; write letters, "
                         "digits and _, not beginning with a digit");
      understood = false;
    }
    if (!entry.value.isMap()) {
      refuse(entry.value, problems, "A0610",
             "template " + inQuotes(t.name) + " must be a map with parameters, objects and connections");
      understood = false;
      continue;
    }
    bool complete = true;
    for (YamlNode::Entry& field : entry.value.entries) {
      bool good = true;
      if (field.key == "description") {
        t.description = readText(field.value, "description", problems);
      } else if (field.key == "from") {
        t.from = readText(field.value, "from", problems);
      } else if (field.key == "parameters") {
        good = readParameters(field.value, t.parameters, problems);
      } else if (field.key == "objects") {
        good = readObjects(field.value, t.objects, problems);
      } else if (field.key == "connections") {
        good = readConnections(field.value, t.connections, problems, complete);
      } else {
        problems.error(field.position, "A0610",
                       "unknown key " + inQuotes(field.key) + " of template " + inQuotes(t.name) +
                           problems.suggestion(
                               field.key, {"description", "from", "parameters", "objects", "connections"}));
        good = false;
      }
      understood = understood && good;
    }
  }
  return understood;
}

bool needExpanding(const std::vector<DeclaredObject>& objects, const std::vector<ConnectionRule>& rules) {
  return std::any_of(
             objects.begin(), objects.end(),
             [](const DeclaredObject& o) { return !o.templateName.text.empty() || !o.size.empty(); }) ||
         std::any_of(rules.begin(), rules.end(),
                     [](const ConnectionRule& r) { return !r.ranges.empty() || !r.when.text.empty(); });
}

}  // namespace taktwerk
