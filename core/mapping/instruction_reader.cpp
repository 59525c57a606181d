// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/instruction_reader.h"

#include <algorithm>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

constexpr std::string_view badInstruction = "M0130";
constexpr std::string_view badOperand = "M0131";

bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int depthChange(char c) {
  if (c == '(' || c == '[' || c == '{') return 1;
  return c == ')' || c == ']' || c == '}' ? -1 : 0;
}

/// Position of the bracket that closes the one at `open`, or npos.
std::size_t closing(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += depthChange(text[i]);
    if (depth == 0) return i;
  }
  return std::string_view::npos;
}

}  // namespace

InstructionReader::Piece InstructionReader::sub(Piece piece, std::size_t first, std::size_t count) {
  first = std::min(first, piece.text.size());
  return {piece.text.substr(first, count),
          {piece.position.line, piece.position.column + static_cast<std::uint32_t>(first)}};
}

InstructionReader::Piece InstructionReader::trimmed(Piece piece) {
  std::size_t first = 0;
  while (first < piece.text.size() && isBlank(piece.text[first])) ++first;
  std::size_t last = piece.text.size();
  while (last > first && isBlank(piece.text[last - 1])) --last;
  return sub(piece, first, last - first);
}

/// First place outside brackets where `word` stands between blanks, or npos.
std::size_t InstructionReader::findWord(std::string_view text, std::string_view word) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += depthChange(text[i]);
    if (depth != 0 || text.compare(i, word.size(), word) != 0) continue;
    const std::size_t end = i + word.size();
    if ((i == 0 || isBlank(text[i - 1])) && (end == text.size() || isBlank(text[end]))) return i;
  }
  return std::string_view::npos;
}

std::vector<InstructionReader::Piece> InstructionReader::split(Piece piece) {
  std::vector<Piece> parts;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < piece.text.size(); ++i) {
    depth += depthChange(piece.text[i]);
    if (depth != 0 || piece.text[i] != ',') continue;
    parts.push_back(trimmed(sub(piece, start, i - start)));
    start = i + 1;
  }
  parts.push_back(trimmed(sub(piece, start)));
  return parts;
}

std::optional<CompiledExpression> InstructionReader::expression(Piece piece) {
  const auto placed = reader_.expression(piece.text, piece.position);
  if (!placed) return std::nullopt;
  return names_.compiled(*placed);
}

std::optional<InstructionNode> InstructionReader::readText(const YamlNode& node) {
  SourcePosition position = node.position;
  if (node.quoted) ++position.column;
  Piece rest = trimmed({node.scalar, position});
  InstructionNode instruction;
  std::size_t end = 0;
  while (end < rest.text.size() && !isBlank(rest.text[end])) ++end;
  instruction.operation = std::string(rest.text.substr(0, end));
  rest = sub(rest, end);
  bool good = true;
  // The suffixes from the last to the first, so that each ends where the next begins.
  if (const std::size_t at = findWord(rest.text, "when"); at != std::string_view::npos) {
    instruction.guard = expression(trimmed(sub(rest, at + 4)));
    good = instruction.guard.has_value();
    rest = sub(rest, 0, at);
  }
  if (const std::size_t at = findWord(rest.text, "on"); at != std::string_view::npos) {
    instruction.unit = readPattern(trimmed(sub(rest, at + 2)));
    good = good && instruction.unit.has_value();
    rest = sub(rest, 0, at);
  }
  if (const std::size_t at = findWord(rest.text, "with"); at != std::string_view::npos) {
    for (const Piece& part : split(sub(rest, at + 4))) good = readImmediate(part, instruction) && good;
    rest = sub(rest, 0, at);
  }
  if (const std::size_t arrow = findWord(rest.text, "<-"); arrow != std::string_view::npos) {
    good = readOperands(sub(rest, 0, arrow), true, instruction) && good;
    good = readOperands(sub(rest, arrow + 2), false, instruction) && good;
  } else {
    good = readOperands(rest, false, instruction) && good;
  }
  if (!good || !finish(instruction, position)) return std::nullopt;
  return instruction;
}

std::optional<InstructionNode> InstructionReader::readMap(const YamlNode& node) {
  reader_.checkKeys(node, {"op", "read", "write", "load", "store", "immediates", "unit", "when"},
                    "an instruction");
  InstructionNode instruction;
  const YamlNode* operation = reader_.need(node, "op", YamlNode::Kind::Scalar, "an instruction");
  if (operation == nullptr) return std::nullopt;
  instruction.operation = operation->scalar;
  bool good = readList(node, "read", false, instruction);
  good = readList(node, "load", false, instruction) && good;
  good = readList(node, "write", true, instruction) && good;
  good = readList(node, "store", true, instruction) && good;
  if (const YamlNode* immediates = reader_.find(node, "immediates", YamlNode::Kind::Map, "an instruction")) {
    for (const YamlNode::Entry& entry : immediates->entries) {
      const auto placed = reader_.expression(entry.value, entry.key);
      if (!isPlainName(entry.key)) {
        reader_.error(entry.position, badOperand,
                      "an immediate's name is an identifier, found " + inQuotes(entry.key));
        good = false;
      } else if (placed) {
        instruction.immediates.emplace_back(entry.key, names_.compiled(*placed));
      }
      good = good && placed.has_value();
    }
  }
  if (const YamlNode* unit = reader_.find(node, "unit", YamlNode::Kind::Scalar, "an instruction")) {
    instruction.unit =
        readPattern({unit->scalar, {unit->position.line, unit->position.column + (unit->quoted ? 1u : 0u)}});
    good = good && instruction.unit.has_value();
  }
  if (const YamlNode* guard = reader_.find(node, "when", YamlNode::Kind::Scalar, "an instruction")) {
    if (const auto placed = reader_.expression(*guard, "when")) instruction.guard = names_.compiled(*placed);
    good = good && instruction.guard.has_value();
  }
  if (!good || !finish(instruction, operation->position)) return std::nullopt;
  return instruction;
}

bool InstructionReader::readList(const YamlNode& map, std::string_view key, bool written,
                                 InstructionNode& instruction) {
  const YamlNode* node = map.find(key);
  if (node == nullptr || node->isNull()) return true;
  bool good = true;
  const auto read = [&](const YamlNode& item) {
    const std::optional<std::string> text = reader_.text(item, "an operand");
    const SourcePosition position{item.position.line, item.position.column + (item.quoted ? 1u : 0u)};
    good = text && readOperand(trimmed({item.scalar, position}), written, instruction) && good;
  };
  if (node->isScalar()) {
    read(*node);
  } else if (node->isSequence()) {
    for (const YamlNode& item : node->items) read(item);
  } else {
    reader_.error(node->position, badOperand, inQuotes(key) + " must be an operand or a list of operands");
    return false;
  }
  return good;
}

bool InstructionReader::finish(InstructionNode& instruction, SourcePosition position) {
  if (instruction.operation.empty()) {
    reader_.error(position, badInstruction, "an instruction begins with its operation");
    return false;
  }
  auto& immediates = instruction.immediates;
  std::stable_sort(immediates.begin(), immediates.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto twice = std::adjacent_find(immediates.begin(), immediates.end(),
                                        [](const auto& a, const auto& b) { return a.first == b.first; });
  if (twice != immediates.end()) {
    reader_.error(twice->second.position, badOperand,
                  "immediate " + inQuotes(twice->first) + " is given twice");
    return false;
  }
  instruction.index = document_.instructionCount++;
  return true;
}

bool InstructionReader::readImmediate(Piece piece, InstructionNode& instruction) {
  piece = trimmed(piece);
  const std::size_t equal = piece.text.find('=');
  const std::string name(trimmed(sub(piece, 0, std::min(equal, piece.text.size()))).text);
  if (equal == std::string_view::npos || !isPlainName(name)) {
    reader_.error(piece.position, badOperand,
                  "after \"with\" stand immediates as name = value, found " + inQuotes(piece.text));
    return false;
  }
  auto value = expression(trimmed(sub(piece, equal + 1)));
  if (value) instruction.immediates.emplace_back(name, std::move(*value));
  return value.has_value();
}

bool InstructionReader::readOperands(Piece list, bool written, InstructionNode& instruction) {
  list = trimmed(list);
  if (list.text.empty()) return true;
  bool good = true;
  for (const Piece& piece : split(list)) good = readOperand(piece, written, instruction) && good;
  return good;
}

bool InstructionReader::readOperand(Piece piece, bool written, InstructionNode& instruction) {
  const std::size_t scope = names_.mark();
  std::optional<AccessRange> range;
  if (const std::size_t at = findWord(piece.text, "for"); at != std::string_view::npos) {
    const Piece clause = trimmed(sub(piece, at + 3));
    const std::size_t in = findWord(clause.text, "in");
    const Piece name = trimmed(sub(clause, 0, std::min(in, clause.text.size())));
    if (in == std::string_view::npos || !isPlainName(name.text)) {
      reader_.error(clause.position, badOperand, "a range of accesses is written: for i in 4");
      return false;
    }
    auto count = expression(trimmed(sub(clause, in + 2)));
    if (!count) return false;
    range = AccessRange{names_.define(std::string(name.text), name.position), std::move(*count)};
    piece = sub(piece, 0, at);
  }
  std::optional<CompiledExpression> words;
  bool good = true;
  if (const std::size_t at = findWord(piece.text, "words"); at != std::string_view::npos) {
    words = expression(trimmed(sub(piece, at + 5)));
    good = words.has_value();
    piece = sub(piece, 0, at);
  }
  piece = trimmed(piece);
  if (!piece.text.empty() && piece.text.back() == ']') {
    MemoryReference reference;
    reference.position = piece.position;
    good = readMemory(piece, reference) && good;
    reference.words = std::move(words);
    reference.range = std::move(range);
    (written ? instruction.stores : instruction.loads).push_back(std::move(reference));
  } else {
    if (words) {
      reader_.error(piece.position, badOperand, "only memory operands have words");
      good = false;
    }
    auto name = readPattern(piece);
    if (name && piece.text.find('.') == std::string_view::npos) {
      reader_.error(piece.position, badOperand,
                    inQuotes(piece.text) +
                        " is neither a register, written file.register, nor memory, "
                        "written tensor[indices] or memory[address]");
      good = false;
    }
    good = good && name.has_value();
    if (name)
      (written ? instruction.writes : instruction.reads).push_back({std::move(*name), std::move(range)});
  }
  names_.leave(scope);
  return good;
}

bool InstructionReader::readMemory(Piece piece, MemoryReference& reference) {
  // The last bracket holds the indices; what stands before names a tensor, a buffer or a memory.
  std::size_t open = std::string_view::npos;
  for (std::size_t i = 0; i < piece.text.size(); ++i) {
    if (depthChange(piece.text[i]) != 1) continue;
    const std::size_t end = closing(piece.text, i);
    if (end == std::string_view::npos) break;
    if (end == piece.text.size() - 1) open = i;
    i = end;
  }
  if (open == std::string_view::npos || open == 0) {
    reader_.error(piece.position, badOperand, "the brackets of " + inQuotes(piece.text) + " do not match");
    return false;
  }
  bool good = true;
  for (const Piece& index : split(sub(piece, open + 1, piece.text.size() - open - 2))) {
    auto value = expression(index);
    good = good && value.has_value();
    if (value) reference.indices.push_back(std::move(*value));
  }
  const Piece name = trimmed(sub(piece, 0, open));
  const std::string text(name.text);
  reference.storage = names_.storageNamed(text);
  if (!reference.storage) {
    if (names_.operandNamed(text)) {
      reader_.error(name.position, badOperand, "\"tensors\" must say where " + inQuotes(text) + " lies");
      return false;
    }
    auto pattern = readPattern(name);
    if (!pattern) return false;
    reference.memory = std::move(*pattern);
    if (reference.indices.size() == 1 && good) {
      reference.asRegister = reference.memory;
      reference.asRegister.index = document_.patternCount++;
      reference.asRegister.texts.back() += '[';
      reference.asRegister.holes.push_back(reference.indices.front());
      reference.asRegister.texts.emplace_back("]");
    }
    if (reference.indices.size() > 1) {
      std::vector<std::string> known = names_.operandNames();
      for (const StorageDeclaration& storage : document_.storages) known.push_back(storage.name);
      reader_.error(name.position, badOperand,
                    inQuotes(text) + " is no tensor or buffer of this mapping" + didYouMean(text, known) +
                        (didYouMean(text, known).empty() ? "; a memory takes one index, the address" : ""));
      return false;
    }
  }
  return good;
}

std::optional<NamePattern> InstructionReader::readPattern(Piece piece) {
  NamePattern pattern;
  pattern.index = document_.patternCount++;
  pattern.position = piece.position;
  pattern.texts.emplace_back();
  bool good = !piece.text.empty();
  for (std::size_t i = 0; good && i < piece.text.size(); ++i) {
    const char c = piece.text[i];
    if (c == '[' || c == '{') {
      const std::size_t end = closing(piece.text, i);
      if (end == std::string_view::npos) {
        good = false;
        break;
      }
      auto hole = expression(trimmed(sub(piece, i + 1, end - i - 1)));
      if (!hole) return std::nullopt;
      if (c == '[') pattern.texts.back() += '[';
      pattern.holes.push_back(std::move(*hole));
      pattern.texts.emplace_back(c == '[' ? "]" : "");
      i = end;
    } else {
      good = isPlainName(std::string(1, c)) || (c >= '0' && c <= '9') || c == '.' || c == '-';
      pattern.texts.back() += c;
    }
  }
  if (good) return pattern;
  reader_.error(piece.position, badOperand,
                inQuotes(piece.text) + " is not the name of a register, unit or memory");
  return std::nullopt;
}

}  // namespace taktwerk
