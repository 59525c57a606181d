// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/architecture_file.h"

#include <unordered_map>

#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/object_reader.h"
#include "core/architecture/problems.h"
#include "core/architecture/validate.h"
#include "core/base/files.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

constexpr std::string_view formatName = "taktwerk-architecture/1";

/// Turns the YAML tree into a document; takes texts out of the tree instead of copying them.
class Reader {
 public:
  Reader(Architecture& architecture, Problems& problems) : architecture_(architecture), problems_(problems) {}

  void read(YamlNode& root) {
    YamlNode* connections = nullptr;
    for (YamlNode::Entry& entry : root.entries) {
      if (entry.key == "format") continue;
      if (entry.key == "name") {
        architecture_.name = readText(entry.value, "name", problems_);
      } else if (entry.key == "description") {
        architecture_.description = readText(entry.value, "description", problems_);
      } else if (entry.key == "parameters") {
        readParameters(entry.value);
      } else if (entry.key == "objects") {
        readObjects(entry.value);
      } else if (entry.key == "connections") {
        connections = &entry.value;  // names are known once the objects are, wherever they stand
      } else {
        problems_.error(entry.position, "A0004",
                        "unknown key " + inQuotes(entry.key) +
                            problems_.suggestion(entry.key, {"format", "name", "description", "parameters",
                                                             "objects", "connections"}));
        architecture_.readOnly = true;
      }
    }
    if (connections != nullptr) readConnections(*connections);
  }

  /// Whether every connection of the file is in the document.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void readParameters(YamlNode& node) {
    if (node.isNull()) return;
    if (!node.isMap()) {
      problems_.error(node.position, "A0101",
                      "parameters must be a map as in {rows: {default: 4}}, found " + describe(node));
      architecture_.readOnly = true;
      return;
    }
    architecture_.parameters.reserve(node.entries.size());
    for (YamlNode::Entry& entry : node.entries) readParameter(entry);
  }

  void readParameter(YamlNode::Entry& entry) {
    Parameter parameter;
    parameter.name = std::move(entry.key);
    parameter.position = entry.position;
    if (!entry.value.isMap()) {
      problems_.error(entry.value.position, "A0102",
                      "parameter " + inQuotes(parameter.name) + " must be a map as in {default: 4}, found " +
                          describe(entry.value));
      architecture_.readOnly = true;
      architecture_.parameters.push_back(std::move(parameter));
      return;
    }
    bool hasDefault = false;
    for (YamlNode::Entry& field : entry.value.entries) {
      if (field.key == "default") {
        hasDefault = true;
        readDefault(field.value, parameter);
      } else if (field.key == "minimum") {
        parameter.minimum = readBound(field, parameter.name);
      } else if (field.key == "maximum") {
        parameter.maximum = readBound(field, parameter.name);
      } else if (field.key == "description") {
        parameter.description = readText(field.value, "description", problems_);
      } else {
        problems_.error(
            field.position, "A0103",
            "unknown key " + inQuotes(field.key) + " of parameter " + inQuotes(parameter.name) +
                problems_.suggestion(field.key, {"default", "minimum", "maximum", "description"}));
        architecture_.readOnly = true;
      }
    }
    if (!hasDefault) {
      problems_.error(parameter.position, "A0104",
                      "parameter " + inQuotes(parameter.name) + " has no default");
    }
    architecture_.parameters.push_back(std::move(parameter));
  }

  void readDefault(YamlNode& node, Parameter& parameter) {
    parameter.valuePosition = node.position;
    if (node.quoted) ++parameter.valuePosition.column;
    if (!node.isScalar()) {
      problems_.error(node.position, "A0105",
                      "default of parameter " + inQuotes(parameter.name) +
                          " must be a whole number or an expression, found " + describe(node));
    } else if (const std::optional<std::int64_t> value = wholeNumber(node.scalar)) {
      parameter.defaultValue = *value;
    } else {
      parameter.expression = std::move(node.scalar);
    }
  }

  std::optional<std::int64_t> readBound(const YamlNode::Entry& field, const std::string& parameter) {
    const std::optional<std::int64_t> value =
        field.value.isScalar() ? wholeNumber(field.value.scalar) : std::nullopt;
    if (!value) {
      problems_.error(field.value.position, "A0105",
                      field.key + " of parameter " + inQuotes(parameter) + " must be a whole number, found " +
                          describe(field.value));
    }
    return value;
  }

  void readObjects(YamlNode& node) {
    if (node.isNull()) return;
    if (!node.isMap()) {
      problems_.error(node.position, "A0201",
                      "objects must be a map as in {regs: {class: RegisterFile}}, found " + describe(node));
      architecture_.readOnly = true;
      return;
    }
    architecture_.objects.reserve(node.entries.size());
    bool understood = true;
    for (YamlNode::Entry& entry : node.entries) {
      const ObjectId id{static_cast<std::uint32_t>(architecture_.objects.size())};
      architecture_.objects.push_back(readObject(std::move(entry), id, problems_, understood));
    }
    if (!understood) architecture_.readOnly = true;
  }

  void readConnections(const YamlNode& node) {
    if (node.isNull()) return;
    complete_ = node.isSequence();
    if (!complete_) {
      problems_.error(
          node.position, "A0401",
          "connections must be a list as in [{forward: [fetch, execute]}], found " + describe(node));
      architecture_.readOnly = true;
      return;
    }
    ids_.reserve(architecture_.objects.size());
    for (const ObjectDeclaration& object : architecture_.objects) ids_.try_emplace(object.name, object.id);
    architecture_.connections.reserve(node.items.size());
    for (const YamlNode& item : node.items) {
      if (!readConnection(item)) complete_ = false;
    }
  }

  bool readConnection(const YamlNode& item) {
    if (!item.isMap() || item.entries.size() != 1) {
      problems_.error(
          item.position, "A0402",
          "a connection is one of contains, forward, reads and writes with two objects, as in "
          "{forward: [fetch, execute]}, found " +
              (item.isMap() ? "a map of " + std::to_string(item.entries.size()) : describe(item)));
      architecture_.readOnly = true;
      return false;
    }
    const YamlNode::Entry& entry = item.entries.front();
    const std::optional<ConnectionKind> kind = kindOf(entry.key);
    if (!kind) {
      problems_.error(entry.position, "A0403",
                      "unknown connection " + inQuotes(entry.key) +
                          problems_.suggestion(entry.key, {"contains", "forward", "reads", "writes"}));
      architecture_.readOnly = true;
      return false;
    }
    const std::vector<YamlNode>& ends = entry.value.items;
    if (!entry.value.isSequence() || ends.size() != 2 || !ends[0].isScalar() || !ends[1].isScalar()) {
      problems_.error(entry.value.position, "A0404",
                      entry.key + " must name two objects as in [fetch, execute], found " +
                          (entry.value.isSequence() ? "a list of " + std::to_string(ends.size())
                                                    : describe(entry.value)));
      architecture_.readOnly = true;
      return false;
    }
    const ObjectId from = resolve(ends[0]);
    const ObjectId to = resolve(ends[1]);
    if (!from.valid() || !to.valid()) return false;
    architecture_.connections.push_back({*kind, from, to, entry.position});
    return true;
  }

  static std::optional<ConnectionKind> kindOf(std::string_view name) {
    for (const ConnectionKind kind :
         {ConnectionKind::Contains, ConnectionKind::Forward, ConnectionKind::Reads, ConnectionKind::Writes}) {
      if (toString(kind) == name) return kind;
    }
    return std::nullopt;
  }

  ObjectId resolve(const YamlNode& name) {
    const auto found = ids_.find(name.scalar);
    if (found != ids_.end()) return found->second;
    if (objectNames_.empty()) {
      for (const ObjectDeclaration& object : architecture_.objects) objectNames_.push_back(object.name);
    }
    problems_.error(
        name.position, "A0405",
        "there is no object " + inQuotes(name.scalar) + problems_.suggestion(name.scalar, objectNames_));
    return {};
  }

  Architecture& architecture_;
  Problems& problems_;
  std::unordered_map<std::string_view, ObjectId> ids_;
  bool complete_ = true;
  std::vector<std::string> objectNames_;  ///< for suggestions; filled at the first unknown name
};

/// Whether the file says that it is an architecture of a version this program reads.
bool checkFormat(const YamlNode& root, Problems& problems) {
  if (!root.isMap()) {
    problems.error(root.position, "A0003",
                   "an architecture is a map that begins with \"format: " + std::string(formatName) +
                       "\", found " + describe(root));
    return false;
  }
  const YamlNode* format = root.find("format");
  if (format == nullptr) {
    problems.error({1, 1}, "A0001", "format is missing; write \"format: " + std::string(formatName) + '"');
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

/// The value of a default that is an expression, for who shows it; `validate` reports its problems.
void computeDefaults(Architecture& architecture) {
  Problems ignored(architecture.file);
  const ParameterMap values = resolveParameters(architecture, {}, ignored);
  for (Parameter& parameter : architecture.parameters) {
    if (!parameter.expression.empty()) parameter.defaultValue = values.find(parameter.name)->second;
  }
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
  if (!checkFormat(*yaml, problems)) return std::move(problems).take();
  Architecture architecture;
  architecture.file = file;
  Reader reader(architecture, problems);
  reader.read(*yaml);
  if (hasUnknownAttribute(architecture)) architecture.readOnly = true;
  computeDefaults(architecture);
  validate(architecture, problems, reader.complete());
  return {std::move(architecture), std::move(problems).take()};
}

}  // namespace taktwerk
