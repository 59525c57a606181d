// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/yaml.h"

namespace taktwerk {

/// A way down a YAML document: keys of maps and places in sequences.
using YamlPath = std::vector<std::variant<std::string, std::size_t>>;

/// A change of one place of a YAML document.
struct YamlChange {
  enum class Kind {
    Set,        ///< the value at `path` becomes `value`
    Insert,     ///< a new entry: the last step of `path` is its key, or its place in a sequence
    Remove,     ///< the entry or item at `path` goes, with what stands on its lines
    RenameKey,  ///< the key at `path` becomes `key`
  };
  Kind kind = Kind::Set;
  YamlPath path;
  YamlNode value;                      ///< of Set and Insert; written on one line, quoted where needed
  std::string key = {};                ///< of RenameKey
  std::optional<std::size_t> at = {};  ///< of Insert into a map: place among its entries; none: last
  /// Of Insert: a map or sequence becomes indented lines with an entry each.
  bool block = false;
  std::size_t depth = 1;  ///< of `block`: as many levels below each other; what is deeper goes on one line
};

/// `tree` with the change made; nothing when the path leads nowhere or the key is there already. Positions
/// are not kept up to date.
[[nodiscard]] std::optional<YamlNode> changed(YamlNode tree, const YamlChange& change);

/// Makes changes in the text of a document and leaves every byte outside the entries concerned as it is:
/// comments, order, quotes, the style of line ends and a missing last one. New entries follow the style
/// (brackets or lines) and indentation of those beside them. Nothing is returned when the text has no tree,
/// the path leads nowhere, or the change cannot be made in the text as it is written (which is checked: the
/// new text is read again and compared with the tree that the changes should give). All paths are those of
/// the text as it was; changes of one sequence or map come in the order of its items.
[[nodiscard]] std::optional<std::string> changeYaml(std::string_view text,
                                                    const std::vector<YamlChange>& changes);

/// Whether two trees say the same, however they are written.
[[nodiscard]] bool sameContent(const YamlNode& a, const YamlNode& b);

}  // namespace taktwerk
