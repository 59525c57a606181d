// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "core/base/document_reader.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/name_scope.h"

namespace taktwerk {

/// Reads one instruction of a mapping's program, as a line of text or as a map (mapping_document.h).
class InstructionReader {
 public:
  InstructionReader(DocumentReader& reader, NameScope& names, MappingDocument& document)
      : reader_(reader), names_(names), document_(document) {}

  std::optional<InstructionNode> readText(const YamlNode& node);
  std::optional<InstructionNode> readMap(const YamlNode& node);

 private:
  /// A part of the text with its place in the file.
  struct Piece {
    std::string_view text;
    SourcePosition position;
  };

  static Piece sub(Piece piece, std::size_t first, std::size_t count = std::string_view::npos);
  static Piece trimmed(Piece piece);
  static std::size_t findWord(std::string_view text, std::string_view word);
  static std::vector<Piece> split(Piece piece);

  std::optional<CompiledExpression> expression(Piece piece);
  bool readOperands(Piece list, bool written, InstructionNode& instruction);
  bool readOperand(Piece piece, bool written, InstructionNode& instruction);
  bool readMemory(Piece piece, MemoryReference& reference);
  std::optional<NamePattern> readPattern(Piece piece);
  bool readImmediate(Piece piece, InstructionNode& instruction);
  bool readList(const YamlNode& map, std::string_view key, bool written, InstructionNode& instruction);
  bool finish(InstructionNode& instruction, SourcePosition position);

  DocumentReader& reader_;
  NameScope& names_;
  MappingDocument& document_;
};

}  // namespace taktwerk
