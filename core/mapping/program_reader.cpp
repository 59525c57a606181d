// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/program_reader.h"

#include <utility>

#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

using Kind = YamlNode::Kind;
constexpr std::string_view badNode = "M0140";
constexpr std::string_view badBounds = "M0141";
constexpr std::size_t mostStages = 16;

}  // namespace

ProgramNodes ProgramReader::readList(const YamlNode& node) {
  ProgramNodes nodes;
  const std::size_t scope = names_.mark();
  if (node.isSequence()) {
    for (const YamlNode& item : node.items) {
      if (auto read = readNode(item)) nodes.push_back(std::move(*read));
    }
  } else if (!node.isNull()) {
    reader_.error(node.position, badNode,
                  "expected a list of instructions and loops, found " + describe(node.kind));
  }
  names_.leave(scope);
  return nodes;
}

std::optional<ProgramNode> ProgramReader::readNode(const YamlNode& node) {
  if (reader_.full()) return std::nullopt;
  if (node.isScalar()) {
    auto instruction = instructions_.readText(node);
    if (!instruction) return std::nullopt;
    return ProgramNode{node.position, std::move(*instruction)};
  }
  if (node.isMap()) {
    if (node.find("op") != nullptr) {
      auto instruction = instructions_.readMap(node);
      if (!instruction) return std::nullopt;
      return ProgramNode{node.position, std::move(*instruction)};
    }
    if (node.find("for") != nullptr) return readLoop(node, false);
    if (node.find("tile") != nullptr) return readLoop(node, true);
    if (node.find("spatial") != nullptr) return readSpatial(node);
    if (node.find("when") != nullptr && node.find("do") != nullptr) return readWhen(node);
    if (node.find("let") != nullptr) return readLet(node);
  }
  std::string hint;
  if (node.isMap() && node.find("when") != nullptr) {
    hint = "; a condition needs \"do\", an instruction \"op\"";
  } else if (node.isMap() && !node.entries.empty()) {
    hint = didYouMean(node.entries.front().key, {"for", "tile", "spatial", "when", "let", "op"});
  }
  reader_.error(node.position, badNode,
                "expected an instruction as text, or a map with for, tile, spatial, when, let or op" + hint);
  return std::nullopt;
}

std::optional<CompiledExpression> ProgramReader::value(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.find(key);
  if (node == nullptr) return std::nullopt;
  const auto placed = reader_.expression(*node, std::string(key));
  // What is wrong is reported; a constant keeps the reader going.
  return placed ? names_.compiled(*placed) : compiledConstant(1, node->position);
}

std::optional<ProgramReader::Bounds> ProgramReader::readBounds(const YamlNode& node,
                                                               const std::string& what) {
  auto in = value(node, "in");
  auto from = value(node, "from");
  auto to = value(node, "to");
  auto step = value(node, "step");
  if (in && (from || to || step)) {
    reader_.error(node.position, badBounds, what + " has either in, or from, to and step");
    return std::nullopt;
  }
  if (!in && !to) {
    reader_.error(node.position, badBounds,
                  what + " needs in: count, or from: first and to: end (exclusive)");
    return std::nullopt;
  }
  return Bounds{from ? std::move(*from) : compiledConstant(0, node.position),
                in ? std::move(*in) : std::move(*to),
                step ? std::move(*step) : compiledConstant(1, node.position)};
}

ProgramNodes ProgramReader::readBody(const YamlNode& node, const std::string& what) {
  const YamlNode* body = reader_.need(node, "do", Kind::Sequence, what);
  return body != nullptr ? readList(*body) : ProgramNodes{};
}

std::optional<ProgramNode> ProgramReader::readLoop(const YamlNode& node, bool tiled) {
  const std::string what = tiled ? "a tile loop" : "a loop";
  if (tiled) {
    reader_.checkKeys(node, {"tile", "in", "by", "as", "unroll", "do", "stages"}, what);
  } else {
    reader_.checkKeys(node, {"for", "in", "from", "to", "step", "unroll", "do", "stages"}, what);
  }
  const YamlNode& nameNode = *node.find(tiled ? "tile" : "for");
  const auto name = reader_.identifier(nameNode, "a loop variable");
  auto bounds = readBounds(node, what);
  if (!name || !bounds) return std::nullopt;
  LoopNode loop;
  loop.name = *name;
  loop.tiled = tiled;
  loop.from = std::move(bounds->from);
  loop.to = std::move(bounds->to);
  loop.step = std::move(bounds->step);
  loop.unroll = value(node, "unroll");
  const std::size_t scope = names_.mark();
  if (tiled) {
    auto by = value(node, "by");
    if (!by) {
      reader_.error(node.position, badBounds, "a tile loop needs by: the tile's size");
      return std::nullopt;
    }
    loop.step = std::move(*by);
  }
  loop.variable = names_.define(*name, nameNode.position);
  if (tiled) {
    loop.length = names_.define(*name + ".length", nameNode.position);
    std::string number = *name + ".number";
    const YamlNode* as = node.find("as");
    if (as != nullptr) number = reader_.identifier(*as, "a tile's number").value_or(number);
    loop.number = names_.define(number, as != nullptr ? as->position : nameNode.position);
  }
  if (const YamlNode* stages = reader_.find(node, "stages", Kind::Sequence, what)) {
    if (node.find("do") != nullptr) reader_.error(node.position, badNode, what + " has either do or stages");
    if (stages->items.empty() || stages->items.size() > mostStages) {
      reader_.error(stages->position, badNode,
                    "there are from 1 to " + std::to_string(mostStages) + " stages");
    }
    for (const YamlNode& stage : stages->items) loop.stages.push_back(readList(stage));
  } else {
    loop.stages.push_back(readBody(node, what));
  }
  names_.leave(scope);
  return ProgramNode{node.position, std::move(loop)};
}

std::optional<ProgramNode> ProgramReader::readSpatial(const YamlNode& node) {
  const std::string what = "a spatial loop";
  reader_.checkKeys(node, {"spatial", "in", "from", "to", "step", "do"}, what);
  const YamlNode& nameNode = *node.find("spatial");
  const auto name = reader_.identifier(nameNode, "a spatial variable");
  auto bounds = readBounds(node, what);
  if (!name || !bounds) return std::nullopt;
  SpatialNode spatial;
  spatial.from = std::move(bounds->from);
  spatial.to = std::move(bounds->to);
  spatial.step = std::move(bounds->step);
  const std::size_t scope = names_.mark();
  spatial.variable = names_.define(*name, nameNode.position);
  spatial.body = readBody(node, what);
  names_.leave(scope);
  return ProgramNode{node.position, std::move(spatial)};
}

std::optional<ProgramNode> ProgramReader::readWhen(const YamlNode& node) {
  reader_.checkKeys(node, {"when", "do", "else"}, "a condition");
  WhenNode when;
  auto condition = value(node, "when");
  when.condition = std::move(*condition);
  when.body = readBody(node, "a condition");
  if (const YamlNode* otherwise = reader_.find(node, "else", Kind::Sequence, "a condition")) {
    when.otherwise = readList(*otherwise);
  }
  return ProgramNode{node.position, std::move(when)};
}

std::optional<ProgramNode> ProgramReader::readLet(const YamlNode& node) {
  reader_.checkKeys(node, {"let"}, "a let");
  LetNode let;
  const YamlNode* values = reader_.need(node, "let", Kind::Map, "a let");
  if (values == nullptr) return std::nullopt;
  for (const YamlNode::Entry& entry : values->entries) {
    const auto placed = reader_.expression(entry.value, entry.key);
    if (!isPlainName(entry.key)) {
      reader_.error(entry.position, badNode,
                    "a name is a letter or underscore followed by letters, digits and underscores");
    } else if (placed) {
      CompiledExpression compiled = names_.compiled(*placed);
      let.values.emplace_back(names_.define(entry.key, entry.position), std::move(compiled));
    }
  }
  return ProgramNode{node.position, std::move(let)};
}

}  // namespace taktwerk
