// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// Edits of an architecture file are values: what a user did, to be applied to the text of the file, named
/// in a list of steps, and undone by putting back the text before. Objects are named, since names outlive a
/// reload.

/// An attribute of an object, or one of `class`, `at`, `note` and `colour`; without a value it is removed.
struct SetAttribute {
  std::string object;
  std::string name;
  std::optional<YamlNode> value;
  std::string inTemplate = {};  ///< the template whose object it is, or empty
};
/// `value` is the map of the object: class, attributes, at, …
struct AddObject {
  std::string name;
  YamlNode value;
  std::optional<std::size_t> at = {};  ///< place among the objects; none: last
};
/// With every connection it has a part in; of a template also those of its instances.
struct RemoveObject {
  std::string name;
  std::string inTemplate = {};  ///< the template whose object it is, or empty
};
/// Connections and `result_latency` follow; of an object of a template those of its instances as well.
struct RenameObject {
  std::string from;
  std::string to;
  std::string inTemplate = {};  ///< the template whose object it is, or empty
};
struct AddConnection {
  ConnectionKind kind = ConnectionKind::Forward;
  std::string from;
  std::string to;
  std::optional<std::size_t> at = {};  ///< place in the list; none: last
  std::vector<CanvasPoint> via = {};   ///< bends of its line
};
struct RemoveConnection {
  std::size_t place = 0;        ///< in the list of the file
  std::string inTemplate = {};  ///< or in that of a template
};
/// An entry of `connections:` that stands for many, with ranges; of the architecture or a template.
struct AddRule {
  ConnectionRule rule;  ///< its positions do not matter
  std::string inTemplate = {};
  std::string sentence = {};           ///< what it says, for the list of steps
  std::optional<std::size_t> at = {};  ///< place in the list; none: last
};
/// Another rule in the place of one.
struct SetRule {
  std::size_t place = 0;
  ConnectionRule rule;
  std::string inTemplate = {};
  std::string sentence = {};
};
/// The bends of a connection's line, from its first object to its second; none: the line is found again.
struct SetBends {
  std::size_t place = 0;  ///< in the list of the file
  std::vector<CanvasPoint> via;
};
/// A field of a parameter (`default`, `minimum`, `maximum`, `description`); without a value it is removed.
struct SetParameter {
  std::string parameter;
  std::string field;
  std::optional<YamlNode> value;
};
struct AddParameter {
  std::string name;
  YamlNode value;
  std::optional<std::size_t> at = {};
};
struct RemoveParameter {
  std::string name;
};
/// `name` or `description` of the architecture; an empty text removes the entry.
struct SetText {
  std::string key;
  std::string text;
};

using ArchitectureEdit =
    std::variant<SetAttribute, AddObject, RemoveObject, RenameObject, AddConnection, RemoveConnection,
                 SetParameter, AddParameter, RemoveParameter, SetText, AddRule, SetRule, SetBends>;

/// "Rename alu to mac": the edit in words, for a list of steps.
[[nodiscard]] std::string describe(const ArchitectureEdit& edit);

/// The text of the file with the edit made and every other byte as it was (core/base/yaml_edit.h). An edit
/// that does not fit the file (no such object, a name that is taken, text that is no YAML) is a diagnostic;
/// what the edited file then says may be wrong by the rules, as anything in an editor, and is told by reading
/// it.
[[nodiscard]] Result<std::string> applyEdit(std::string_view text, const ArchitectureEdit& edit);

/// Several edits, one after the other; those of one kind together, which is much faster. All or nothing.
[[nodiscard]] Result<std::string> applyEdits(std::string_view text,
                                             const std::vector<ArchitectureEdit>& edits);

/// Values for edits.
[[nodiscard]] YamlNode yamlScalar(std::string text, bool quoted = false);
[[nodiscard]] YamlNode yamlSequence(std::vector<YamlNode> items);

}  // namespace taktwerk
