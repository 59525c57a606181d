// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/yaml.h"
#include "core/base/yaml_edit.h"

namespace taktwerk {

/// The text of an architecture file that changes step by step, for edits that a single step cannot make
/// (make_template.h, move_block.h, write_out.h).
class ArchitectureText {
 public:
  explicit ArchitectureText(std::string_view text);
  ArchitectureText(const ArchitectureText&) = delete;
  ArchitectureText& operator=(const ArchitectureText&) = delete;

  /// As the text says before the first step. Empty map where it is no architecture.
  [[nodiscard]] const YamlNode& root() const { return root_; }
  /// The entry of `objects:` that an end of a connection belongs to, or empty.
  [[nodiscard]] std::string ownerOf(const std::string& end) const;
  /// The entry of a connection that names its two ends (`forward: [a, b]`), or null pointer.
  [[nodiscard]] static const YamlNode::Entry* endsOf(const YamlNode& connection);
  /// An end of a connection without the owner and its indices: of `pe[r][c].alu` these are `[r][c]` and
  /// `alu`, of `regs[i]` `[i]` and nothing.
  struct EndRest {
    std::string indices, part;
  };
  [[nodiscard]] static EndRest restOf(const std::string& end, const std::string& owner);
  /// The place of an entry in a map; the number of entries when it is not there.
  [[nodiscard]] static std::size_t placeIn(const YamlNode& map, std::string_view key);
  static void eraseKey(YamlNode& map, std::string_view key);
  /// Removes where a block stands, which means nothing where it goes.
  static void erasePlace(YamlNode& map);
  /// An entry of `objects:`, or null pointer.
  [[nodiscard]] const YamlNode* object(std::string_view name) const;
  [[nodiscard]] const std::vector<YamlNode>& connections() const;

  /// Makes changes in the text; paths are those of the text after the step before. Once a step cannot be
  /// made, `result` says so.
  void step(const std::vector<YamlChange>& changes);
  void refuse(const std::string& reason);
  /// One entry of `objects:` becomes several, in its place and their order. Where `same`, the first one is
  /// what the entry was but for the keys given, and keeps its lines and comments.
  void replaceObject(const std::string& name, const std::vector<YamlNode::Entry>& by, bool same);

  /// What an end of a connection is called from now on; nothing for those that keep their name.
  using Renamed = std::function<std::optional<std::string>(const std::string& end)>;
  /// Latencies towards blocks (`result_latency`) follow their names, but for those of some entries.
  void renameLatencies(const Renamed& renamed, const std::function<bool(const std::string&)>& without = {});
  /// Ends of connections follow; connections that are marked, by place, go.
  void renameEnds(const Renamed& renamed, const std::vector<bool>& gone);
  /// Ends of connections follow, and rules come in before the first connection of which `begins` holds for
  /// the end it begins at, or else last.
  void renameEnds(const Renamed& renamed, const std::vector<YamlNode>& rules,
                  const std::function<bool(const std::string&)>& begins);
  /// Adds rules to a list of connections of which the map `around` holds what there is, at a path.
  void addRules(const YamlNode& around, const YamlPath& path, const std::vector<YamlNode>& rules);
  [[nodiscard]] bool refused() const { return refusal_.has_value(); }
  /// The text now; refused where reading it finds an error and found none before.
  [[nodiscard]] Result<std::string> result() const;

 private:
  [[nodiscard]] std::vector<YamlChange> newEnds(std::size_t connection, const Renamed& renamed) const;

  std::string before_;
  std::string text_;
  YamlNode root_;
  std::unordered_map<std::string_view, const YamlNode*> objects_;  ///< of `root_`, by name
  std::optional<Diagnostic> refusal_;
};

}  // namespace taktwerk
