// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/mapping/instruction_reader.h"

namespace taktwerk {

/// Reads the tree of a mapping's program: loops, tiles, nests in several orders, spatial copies,
/// conditions, instructions.
class ProgramReader {
 public:
  ProgramReader(DocumentReader& reader, NameScope& names, MappingDocument& document)
      : reader_(reader), names_(names), document_(document), instructions_(reader, names, document) {}

  ProgramNodes readList(const YamlNode& node);

 private:
  std::optional<ProgramNode> readNode(const YamlNode& node);
  /// Counts a loop or instruction within nests. False: there are too many, which is reported once.
  bool countInNests();
  std::optional<ProgramNode> readLoop(const YamlNode& node, bool tiled);
  std::optional<ProgramNode> readSpatial(const YamlNode& node);
  std::optional<ProgramNode> readNest(const YamlNode& node);
  bool readOrders(const YamlNode& node, std::vector<const YamlNode*>& loops,
                  std::vector<std::vector<std::size_t>>& orders);
  void requireOrder(const std::string& tunable, std::size_t orders, SourcePosition position);
  std::optional<ProgramNode> readWhen(const YamlNode& node);
  std::optional<ProgramNode> readLet(const YamlNode& node);
  struct Bounds {
    CompiledExpression from, to, step;
  };
  std::optional<Bounds> readBounds(const YamlNode& node, const std::string& what);
  std::optional<CompiledExpression> value(const YamlNode& map, std::string_view key);
  ProgramNodes readBody(const YamlNode& node, const std::string& what);

  DocumentReader& reader_;
  NameScope& names_;
  MappingDocument& document_;
  InstructionReader instructions_;
  std::size_t depthOfNests_ = 0, inNests_ = 0;
  SourcePosition outermostNest_;
};

}  // namespace taktwerk
