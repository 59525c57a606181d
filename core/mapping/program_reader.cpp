// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/program_reader.h"

#include <algorithm>
#include <utility>

#include "core/base/quotes.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

using Kind = YamlNode::Kind;
constexpr std::string_view badNode = "M0140";
constexpr std::string_view badBounds = "M0141";
constexpr std::string_view badOrders = "M0142";
constexpr std::size_t mostStages = 16;
constexpr std::size_t mostLoopsOfNest = 6;
constexpr std::size_t mostOrders = 24;
/// Loops and instructions of all nests, each as often as there are orders around it: nests within each other
/// multiply.
constexpr std::size_t mostInNests = 20'000;

/// The variable of a loop, or nothing.
const YamlNode* variableOf(const YamlNode& loop) {
  const YamlNode* name = loop.find("for");
  return name != nullptr ? name : loop.find("tile");
}

/// One list item a loop: the innermost holds `body`.
YamlNode nested(const std::vector<const YamlNode*>& loops, const std::vector<std::size_t>& order,
                const YamlNode::Entry& body) {
  YamlNode::Entry inside = body;
  YamlNode loop;
  for (auto index = order.rbegin(); index != order.rend(); ++index) {
    loop = *loops[*index];
    loop.entries.push_back(std::move(inside));
    inside = {"do", loop.position, {}};
    inside.value.kind = Kind::Sequence;
    inside.value.position = loop.position;
    inside.value.items.push_back(loop);
  }
  return loop;
}

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

bool ProgramReader::countInNests() {
  if (depthOfNests_ == 0 || ++inNests_ <= mostInNests) return true;
  if (inNests_ == mostInNests + 1) {
    reader_.error(outermostNest_, badOrders,
                  "the nests of this mapping stand for more than " + std::to_string(mostInNests) +
                      " loops and instructions, for what is in a nest counts once for each of its orders; "
                      "write fewer orders, or fewer nests within each other");
  }
  return false;
}

std::optional<ProgramNode> ProgramReader::readNode(const YamlNode& node) {
  if (reader_.full() || !countInNests()) return std::nullopt;
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
    if (node.find("loops") != nullptr) return readNest(node);
    if (node.find("when") != nullptr && node.find("do") != nullptr) return readWhen(node);
    if (node.find("let") != nullptr) return readLet(node);
  }
  std::string hint;
  if (node.isMap() && node.find("when") != nullptr) {
    hint = "; a condition needs \"do\", an instruction \"op\"";
  } else if (node.isMap() && !node.entries.empty()) {
    hint = didYouMean(node.entries.front().key, {"for", "tile", "loops", "spatial", "when", "let", "op"});
  }
  reader_.error(
      node.position, badNode,
      "expected an instruction as text, or a map with for, tile, loops, spatial, when, let or op" + hint);
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

/// Loops of a nest and the orders in which they may be nested, as places in `loops`.
bool ProgramReader::readOrders(const YamlNode& node, std::vector<const YamlNode*>& loops,
                               std::vector<std::vector<std::size_t>>& orders) {
  const YamlNode* list = reader_.need(node, "loops", Kind::Sequence, "a nest");
  const YamlNode* choices = reader_.need(node, "orders", Kind::Sequence, "a nest");
  if (list == nullptr || choices == nullptr) return false;
  const auto refuse = [this](const YamlNode& at, const std::string& message) {
    reader_.error(at.position, badOrders, message);
    return false;
  };
  if (list->items.size() < 2 || list->items.size() > mostLoopsOfNest)
    return refuse(*list, "a nest has from 2 to " + std::to_string(mostLoopsOfNest) + " loops");
  if (choices->items.empty() || choices->items.size() > mostOrders)
    return refuse(*choices, "a nest has from 1 to " + std::to_string(mostOrders) + " orders");
  std::vector<std::string> variables;
  for (const YamlNode& loop : list->items) {
    const YamlNode* variable = loop.isMap() ? variableOf(loop) : nullptr;
    if (variable == nullptr || loop.find("do") != nullptr || loop.find("stages") != nullptr)
      return refuse(loop,
                    "a loop of a nest is {for: k, in: K} or {tile: k, in: K, by: size}, without a body");
    variables.push_back(variable->scalar);
    loops.push_back(&loop);
  }
  for (const YamlNode& choice : choices->items) {
    std::vector<std::size_t> order;
    for (const YamlNode& item : choice.items) {
      const auto found = std::find(variables.begin(), variables.end(), item.scalar);
      const auto place = static_cast<std::size_t>(found - variables.begin());
      if (found == variables.end())
        return refuse(item,
                      "the nest has no loop " + inQuotes(item.scalar) + didYouMean(item.scalar, variables));
      if (std::find(order.begin(), order.end(), place) != order.end())
        return refuse(item, "the loop over " + item.scalar + " is in this order twice");
      order.push_back(place);
    }
    if (order.size() != loops.size())
      return refuse(choice, "an order names every loop of the nest once, the outermost first");
    orders.push_back(std::move(order));
  }
  return true;
}

/// Another value than the place of an order is no choice of the tunable.
void ProgramReader::requireOrder(const std::string& tunable, std::size_t orders, SourcePosition position) {
  const std::string last = std::to_string(orders - 1);
  const auto condition = reader_.expression(tunable + " >= 0 and " + tunable + " <= " + last, position);
  if (!condition) return;
  document_.requirements.push_back({names_.compiled(*condition),
                                    "there is no such order of loops: " + tunable + " is from 0 to " + last,
                                    true});
}

/// A nest is a choice between loops that are nested differently around the same body: it is read once for
/// each order, so that whoever handles programs knows nothing of it.
std::optional<ProgramNode> ProgramReader::readNest(const YamlNode& node) {
  reader_.checkKeys(node, {"loops", "orders", "order", "do"}, "a nest");
  std::vector<const YamlNode*> loops;
  std::vector<std::vector<std::size_t>> orders;
  const YamlNode* order = reader_.need(node, "order", Kind::Scalar, "a nest");
  const YamlNode* body = reader_.need(node, "do", Kind::Sequence, "a nest");
  if (order == nullptr || body == nullptr || !readOrders(node, loops, orders)) return std::nullopt;
  const bool known = std::any_of(document_.tunables.begin(), document_.tunables.end(),
                                 [&](const auto& tunable) { return tunable.name == order->scalar; });
  if (!known) {
    reader_.error(order->position, badOrders,
                  "order names the tunable that chooses among the orders, found " + inQuotes(order->scalar));
    return std::nullopt;
  }
  requireOrder(order->scalar, orders.size(), order->position);
  std::vector<ProgramNode> nests;
  const std::size_t problems = reader_.problems();
  if (depthOfNests_ == 0) outermostNest_ = node.position;
  for (const auto& each : orders) {
    ++depthOfNests_;
    auto nest = readNode(nested(loops, each, {"do", body->position, *body}));
    --depthOfNests_;
    if (!nest || reader_.problems() > problems) return nest;  // the others have the same problems
    nests.push_back(std::move(*nest));
  }
  ProgramNode chosen = std::move(nests.back());
  for (std::size_t i = nests.size() - 1; i-- > 0;) {
    WhenNode when;
    const auto condition = reader_.expression(order->scalar + " == " + std::to_string(i), order->position);
    when.condition = names_.compiled(*condition);
    when.body.push_back(std::move(nests[i]));
    when.otherwise.push_back(std::move(chosen));
    chosen = ProgramNode{node.position, std::move(when)};
  }
  return chosen;
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
