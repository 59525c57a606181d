// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/block_sizes.h"

#include <algorithm>
#include <cmath>

#include "core/drawing/attribute_text.h"

namespace taktwerk {

namespace {

constexpr double minimumWidth = 120;
constexpr double maximumWidth = 260;
constexpr double lineHeight = 15;
constexpr double padding = 20;
constexpr double childGap = 20;
constexpr double columnGap = 60;
constexpr std::size_t childrenInAColumn = 6;
constexpr std::size_t longestDetail = 30;

double roundUp(double value, double step) {
  return std::ceil(value / step) * step;
}

/// Cuts UTF-8 text to a number of characters, with an ellipsis.
std::string elide(const std::string& text, std::size_t characters) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (seen++ == characters) return text.substr(0, i) + "…";
  }
  return text;
}

/// What the file says of one object's attributes, in few characters.
class AttributeTexts {
 public:
  AttributeTexts(const std::vector<Parameter>& parameters, const ObjectDeclaration& object)
      : parameters_(parameters), object_(object) {}

  [[nodiscard]] std::string of(std::string_view name) const {
    const Attribute* attribute = object_.find(name);
    return attribute ? shortText(parameters_, *attribute) : std::string();
  }

  /// "read 3 · write 2" from pairs of label and attribute; what the file does not say is left out.
  [[nodiscard]] std::string joined(
      std::initializer_list<std::pair<std::string_view, std::string_view>> parts) const {
    std::string text;
    for (const auto& [label, attribute] : parts) {
      const std::string value = of(attribute);
      if (value.empty()) continue;
      if (!text.empty()) text += " · ";
      text += std::string(label) + " " + value;
    }
    return text;
  }

  [[nodiscard]] std::string registers() const {
    const Attribute* registers = object_.find("registers");
    if (!registers || !registers->value.isSequence() || registers->value.items.empty()) return {};
    const auto& items = registers->value.items;
    if (items.size() <= 3) return of("registers");
    return items.front().scalar + " … " + items.back().scalar + " (" + std::to_string(items.size()) + ")";
  }

 private:
  const std::vector<Parameter>& parameters_;
  const ObjectDeclaration& object_;
};

std::vector<std::string> detailsOf(const std::vector<Parameter>& parameters,
                                   const ObjectDeclaration& object) {
  const AttributeTexts texts(parameters, object);
  std::vector<std::string> lines;
  switch (object.objectClass) {
    case ObjectClass::InstructionFetchStage:
      lines = {texts.joined({{"buffer", "issue_buffer_size"}, {"latency", "latency"}})};
      break;
    case ObjectClass::PipelineStage:
    case ObjectClass::ExecuteStage:
      lines = {texts.joined({{"latency", "latency"}, {"capacity", "capacity"}})};
      break;
    case ObjectClass::FunctionalUnit:
    case ObjectClass::MemoryAccessUnit:
      lines = {texts.of("operations"), texts.joined({{"latency", "latency"}}),
               texts.joined({{"interval", "initiation_interval"}, {"release", "release"}})};
      break;
    case ObjectClass::InstructionMemoryAccessUnit:
      lines = {texts.joined({{"latency", "latency"}})};
      break;
    case ObjectClass::RegisterFile:
      lines = {texts.registers(), texts.joined({{"depth", "depth"}, {"bits", "data_width"}})};
      break;
    case ObjectClass::Sram:
    case ObjectClass::Memory:
      lines = {texts.joined({{"read", "read_latency"}, {"write", "write_latency"}}),
               texts.joined({{"banks", "banks"}, {"slots", "max_concurrent_requests"}})};
      break;
    case ObjectClass::Dram:
      lines = {texts.joined({{"CAS", "t_cas"}, {"RCD", "t_rcd"}, {"RP", "t_rp"}}),
               texts.joined({{"banks", "banks"}, {"row", "row_words"}})};
      break;
    case ObjectClass::SetAssociativeCache:
      lines = {texts.joined({{"sets", "sets"}, {"ways", "ways"}, {"line", "line_words"}}),
               texts.joined({{"hit", "hit_latency"}, {"policy", "replacement"}})};
      break;
    case ObjectClass::Unknown:
      break;
  }
  std::erase(lines, std::string());
  for (std::string& line : lines) line = elide(line, longestDetail);
  return lines;
}

/// The units of each stage, and what is in each open group. A unit in two stages, or nesting deeper than one
/// level, is an error of the document and is drawn as the first that fits.
void nest(const FoldedView& shown, std::vector<Block>& blocks) {
  for (const ShownConnection& connection : shown.connections) {
    if (connection.kind != ConnectionKind::Contains) continue;
    const auto stage = connection.from.value;
    const auto unit = connection.to.value;
    if (stage >= blocks.size() || unit >= blocks.size() || stage == unit) continue;
    const bool inOneGroup = shown.objects[unit].parent == shown.objects[stage].parent;
    if (!inOneGroup || blocks[unit].group || blocks[stage].group) continue;
    if (blocks[unit].parent || blocks[stage].parent || !blocks[unit].children.empty()) continue;
    blocks[unit].parent = stage;
    blocks[stage].children.push_back(unit);
  }
  for (std::uint32_t i = 0; i < blocks.size(); ++i) {
    const ShownId parent = shown.objects[i].parent;
    if (blocks[i].parent || !parent.valid()) continue;
    blocks[i].parent = parent.value;
    blocks[parent.index()].children.push_back(i);
  }
}

/// How many data wires may need a port of their own on the block's sides.
std::vector<double> portCounts(const FoldedView& shown, std::size_t blocks) {
  std::vector<double> counts(blocks, 0);
  for (const ShownConnection& connection : shown.connections) {
    if (connection.kind == ConnectionKind::Contains) continue;
    const bool forward = connection.kind == ConnectionKind::Forward;  // leaves by one shared port
    const std::uint32_t counted = forward ? connection.to.value : connection.from.value;
    if (counted < blocks) counts[counted] += 1;
  }
  return counts;
}

void sizeLeaf(Block& block, double ports) {
  double width = textWidth(block.title, 12, true) + 44;  // glyph, gaps, room for a badge
  width = std::max(width, textWidth(block.className, 10.5, false) + 24);
  for (const std::string& line : block.details) {
    width = std::max(width, textWidth(line, 10.5, false) + 24);
  }
  const double lines = 1 + static_cast<double>(block.details.size());
  const double text = headerHeight + lines * lineHeight + 12;
  block.rect.width = std::clamp(roundUp(width, 20), minimumWidth, maximumWidth);
  block.rect.height = roundUp(std::max(text, headerHeight + 16 + gridStep * std::min(ports, 60.0)), 20);
}

void sizeStage(std::vector<Block>& blocks, Block& stage) {
  const std::size_t count = stage.children.size();
  const std::size_t columns = (count + childrenInAColumn - 1) / childrenInAColumn;
  const auto squarish = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  const std::size_t across = std::min(columns, squarish);
  const std::size_t down = (count + across - 1) / across;
  const double top =
      roundUp(headerHeight + lineHeight * (1 + static_cast<double>(stage.details.size())) + 10, 10);
  double x = padding;
  double bottom = 0;
  for (std::size_t column = 0; column * down < count; ++column) {
    double y = top;
    double width = 0;
    for (std::size_t i = column * down; i < std::min(count, (column + 1) * down); ++i) {
      width = std::max(width, blocks[stage.children[i]].rect.width);
    }
    for (std::size_t i = column * down; i < std::min(count, (column + 1) * down); ++i) {
      Rect& rect = blocks[stage.children[i]].rect;
      rect.x = x;
      rect.y = y;
      rect.width = width;
      y += rect.height + childGap;
    }
    bottom = std::max(bottom, y - childGap);
    x += width + columnGap;
  }
  const double title = textWidth(stage.title, 12, true) + 44;
  stage.rect.width = roundUp(std::max(x - columnGap + padding, title), 20);
  stage.rect.height = roundUp(bottom + padding, 20);
}

/// As it is called where it stands: parts of an instance without the instance's name.
std::string titleOf(const FoldedView& shown, const ShownObject& object) {
  if (!object.parent.valid()) return object.name;
  const ShownObject& around = shown.objects[object.parent.index()];
  if (around.group->kind != ShownGroup::Kind::Instance) return object.name;
  return object.name.size() > around.name.size() + 1 ? object.name.substr(around.name.size() + 1)
                                                     : object.name;
}

std::string extentText(const std::vector<std::int64_t>& extents) {
  std::string text;
  for (const std::int64_t extent : extents) text += (text.empty() ? "" : " × ") + std::to_string(extent);
  return text;
}

void describeGroup(const FoldedView& shown, const ShownObject& object, Block& block) {
  const ShownGroup& group = *object.group;
  block.kind = kindOf(group.content);
  block.group = BlockGroup{group.kind == ShownGroup::Kind::Array, group.open, group.extents, group.flows};
  if (block.group->array) block.className = extentText(group.extents) + " " + block.className;
  for (const Attribute& argument : object.attributes) {
    if (group.kind == ShownGroup::Kind::Array || block.details.size() == 3) break;
    block.details.push_back(
        elide(argument.name + " " + shortText(shown.parameters, argument), longestDetail));
  }
}

void sizeClosed(Block& group, double ports) {
  const Size size = closedSize(group);
  group.rect.width = size.width;
  group.rect.height =
      std::max(size.height, roundUp(headerHeight + 16 + gridStep * std::min(ports, 60.0), 20));
}

}  // namespace

Size closedSize(const Block& group) {
  double width = textWidth(group.title, 12, true) + 60;
  width = std::max(width, textWidth(group.className, 10.5, false) + 24);
  for (const std::string& line : group.details) {
    width = std::max(width, textWidth(line, 10.5, false) + 24);
  }
  const double below = group.group->array ? arrayPatternHeight : 18;
  const double lines = 1 + static_cast<double>(group.details.size());
  return {std::clamp(roundUp(width, 20), group.group->array ? 160 : minimumWidth, maximumWidth),
          roundUp(headerHeight + lines * lineHeight + below + 14, 20)};
}

std::vector<Block> sizeBlocks(const FoldedView& shown) {
  std::vector<Block> blocks;
  for (const ShownObject& object : shown.objects) {
    Block block;
    block.object = object.shown;
    block.kind = kindOf(object.objectClass);
    block.title = elide(titleOf(shown, object), 24);
    block.className = elide(object.className, longestDetail);
    block.details = detailsOf(shown.parameters, object);
    block.colour = object.colour;
    block.hasNote = !object.note.empty();
    block.pinned = object.pinned;
    if (object.group) describeGroup(shown, object, block);
    blocks.push_back(std::move(block));
  }
  nest(shown, blocks);
  const std::vector<double> ports = portCounts(shown, blocks.size());
  for (Block& block : blocks) {
    if (block.group) {
      if (!block.group->open) sizeClosed(block, ports[block.object.index()]);
    } else if (block.children.empty()) {
      sizeLeaf(block, ports[block.object.index()]);
    }
  }
  for (Block& block : blocks) {
    if (!block.group && !block.children.empty()) sizeStage(blocks, block);
  }
  return blocks;
}

std::uint32_t outermost(const std::vector<Block>& blocks, std::uint32_t block) {
  while (blocks[block].parent) block = *blocks[block].parent;
  return block;
}

std::vector<std::uint32_t> fromOutside(const std::vector<Block>& blocks) {
  std::vector<std::vector<std::uint32_t>> byDepth;
  for (std::uint32_t i = 0; i < blocks.size(); ++i) {
    std::size_t depth = 0;
    for (auto parent = blocks[i].parent; parent; parent = blocks[*parent].parent) ++depth;
    if (byDepth.size() <= depth) byDepth.resize(depth + 1);
    byDepth[depth].push_back(i);
  }
  std::vector<std::uint32_t> order;
  order.reserve(blocks.size());
  for (const auto& layer : byDepth) order.insert(order.end(), layer.begin(), layer.end());
  return order;
}

bool isDrawnIn(const std::vector<Block>& blocks, std::uint32_t inner, std::uint32_t outer) {
  while (inner != outer) {
    if (!blocks[inner].parent) return false;
    inner = *blocks[inner].parent;
  }
  return true;
}

double textWidth(std::string_view text, double pixels, bool bold) {
  double em = 0;
  for (const char byte : text) {
    const auto c = static_cast<unsigned char>(byte);
    if ((c & 0xC0) == 0x80) continue;  // later bytes of a character
    if (c >= 0xE3) {
      em += 1.05;  // East Asian scripts and symbols
    } else if (c >= 0x80) {
      em += 0.75;
    } else if (std::string_view("ijlI.,:;'|!()[] ").find(byte) != std::string_view::npos) {
      em += 0.36;
    } else if (std::string_view("mwMW@%").find(byte) != std::string_view::npos) {
      em += 0.97;
    } else if (c >= 'A' && c <= 'Z') {
      em += 0.70;
    } else {
      em += 0.62;
    }
  }
  return em * pixels * (bold ? 1.13 : 1.0);
}

}  // namespace taktwerk
