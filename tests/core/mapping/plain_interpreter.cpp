// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/mapping/plain_interpreter.h"

#include <algorithm>
#include <stdexcept>

#include "core/mapping/binding.h"
#include "core/mapping/chain.h"
#include "core/mapping/mapping_document.h"

namespace taktwerk {
namespace {

using Operator = Expression::Operator;

class PlainInterpreter {
 public:
  PlainInterpreter(const MappingDocument& document, const Machine& machine, const Network& network,
                   const Chain& chain, const std::map<std::string, std::int64_t>& tunables)
      : document_(document), machine_(machine), binding_(document, machine, network, chain) {
    if (!binding_.bindNames(tunables) || !binding_.placeStorages()) {
      throw std::runtime_error(toString(binding_.diagnostics().front()));
    }
    for (const SlotValue& slot : binding_.slots())
      values_.push_back(slot.known ? slot.value.rational() : Rational(0));
  }

  std::vector<std::string> run() {
    nodes(document_.program);
    return std::move(lines_);
  }

 private:
  Rational value(const CompiledExpression& e) { return value(e, e.nodes.size() - 1); }
  std::int64_t whole(const CompiledExpression& e) {
    const Rational v = value(e);
    if (!v.isWhole()) throw std::runtime_error("not whole: " + e.text);
    return v.numerator;
  }
  bool holds(const CompiledExpression& e) { return value(e).numerator != 0; }

  Rational value(const CompiledExpression& e, std::size_t index) {
    const CompiledExpression::Node& node = e.nodes[index];
    const auto operand = [&](std::uint32_t i) { return value(e, e.operands[node.firstOperand + i]); };
    const auto truth = [](bool b) { return Rational(b ? 1 : 0); };
    switch (node.op) {
      case Operator::Constant:
        return node.constant;
      case Operator::Variable:
        return values_[node.slot];
      case Operator::Negate:
        return subtract(Rational(0), operand(0)).value();
      case Operator::Not:
        return truth(operand(0).numerator == 0);
      case Operator::Add:
        return add(operand(0), operand(1)).value();
      case Operator::Subtract:
        return subtract(operand(0), operand(1)).value();
      case Operator::Multiply:
        return multiply(operand(0), operand(1)).value();
      case Operator::Divide:
        return divide(operand(0), operand(1)).value();
      case Operator::FloorDivide:
        return floorDivide(operand(0), operand(1)).value();
      case Operator::Modulo:
        return modulo(operand(0), operand(1)).value();
      case Operator::Power:
        return power(operand(0), operand(1)).value();
      case Operator::Equal:
        return truth(operand(0) == operand(1));
      case Operator::NotEqual:
        return truth(!(operand(0) == operand(1)));
      case Operator::Less:
        return truth(compare(operand(0), operand(1)) < 0);
      case Operator::LessEqual:
        return truth(compare(operand(0), operand(1)) <= 0);
      case Operator::Greater:
        return truth(compare(operand(0), operand(1)) > 0);
      case Operator::GreaterEqual:
        return truth(compare(operand(0), operand(1)) >= 0);
      case Operator::And:
        return operand(0).numerator == 0 ? Rational(0) : truth(operand(1).numerator != 0);
      case Operator::Or:
        return operand(0).numerator != 0 ? Rational(1) : truth(operand(1).numerator != 0);
      case Operator::Ceil:
        return ceilOf(operand(0)).value();
      case Operator::Floor:
        return floorOf(operand(0)).value();
      case Operator::Absolute:
        return operand(0).numerator < 0 ? subtract(Rational(0), operand(0)).value() : operand(0);
      case Operator::If:
        return operand(operand(0).numerator != 0 ? 1 : 2);
      case Operator::Minimum:
      case Operator::Maximum: {
        Rational best = operand(0);
        for (std::uint32_t i = 1; i < node.operandCount; ++i) {
          const Rational other = operand(i);
          const int order = compare(other, best);
          if (node.op == Operator::Minimum ? order < 0 : order > 0) best = other;
        }
        return best;
      }
    }
    return {};
  }

  void nodes(const ProgramNodes& list) {
    for (const ProgramNode& node : list) {
      if (const auto* i = std::get_if<InstructionNode>(&node.content)) instruction(*i);
      if (const auto* l = std::get_if<LoopNode>(&node.content)) loop(*l);
      if (const auto* s = std::get_if<SpatialNode>(&node.content)) {
        const std::int64_t to = whole(s->to), step = whole(s->step);
        for (std::int64_t v = whole(s->from); step > 0 ? v < to : v > to; v += step) {
          values_[s->variable] = v;
          nodes(s->body);
        }
      }
      if (const auto* w = std::get_if<WhenNode>(&node.content))
        nodes(holds(w->condition) ? w->body : w->otherwise);
      if (const auto* let = std::get_if<LetNode>(&node.content)) {
        for (const auto& [slot, expression] : let->values) values_[slot] = value(expression);
      }
    }
  }

  void loop(const LoopNode& loop) {
    const std::int64_t from = whole(loop.from), to = whole(loop.to), step = whole(loop.step);
    std::int64_t count = 0;
    for (std::int64_t v = from; step > 0 ? v < to : v > to; v += step) ++count;
    const auto stages = static_cast<std::int64_t>(loop.stages.size());
    for (std::int64_t t = 0; count > 0 && t < count + stages - 1; ++t) {
      for (std::int64_t s = 0; s < stages; ++s) {
        const std::int64_t i = t - s;
        if (i < 0 || i >= count) continue;
        values_[loop.variable] = from + i * step;
        if (loop.tiled) {
          values_[loop.number] = i;
          values_[loop.length] = std::min(step, to - i * step);
        }
        nodes(loop.stages[static_cast<std::size_t>(s)]);
      }
    }
  }

  std::string name(const NamePattern& pattern) {
    std::string result = pattern.texts.front();
    for (std::size_t i = 0; i < pattern.holes.size(); ++i) {
      result += std::to_string(whole(pattern.holes[i])) + pattern.texts[i + 1];
    }
    return result;
  }

  template <class Body>
  void overRange(const std::optional<AccessRange>& range, Body body) {
    if (!range) return body();
    const std::int64_t count = whole(range->count);
    for (std::int64_t i = 0; i < count; ++i) {
      values_[range->variable] = i;
      body();
    }
  }

  void instruction(const InstructionNode& node) {
    if (node.guard && !holds(*node.guard)) return;
    std::string line = node.operation;
    const auto registers = [&](const char* mark, const std::vector<RegisterReference>& references) {
      for (const RegisterReference& reference : references) {
        overRange(reference.range, [&] { line += mark + name(reference.name); });
      }
    };
    const auto memories = [&](const char* mark, const std::vector<MemoryReference>& references) {
      for (const MemoryReference& reference : references) {
        overRange(reference.range, [&] {
          const std::int64_t words = reference.words ? whole(*reference.words) : 1;
          line += mark + memoryName(reference) + '[' + std::to_string(address(reference)) + ']';
          if (words != 1) line += 'x' + std::to_string(words);
        });
      }
    };
    registers(" <", node.reads);
    registers(" >", node.writes);
    memories(" <", node.loads);
    memories(" >", node.stores);
    for (const auto& [immediate, expression] : node.immediates)
      line += ' ' + immediate + '=' + std::to_string(whole(expression));
    if (node.unit) line += " @" + name(*node.unit);
    lines_.push_back(std::move(line));
  }

  std::string memoryName(const MemoryReference& reference) {
    if (!reference.storage) return name(reference.memory);
    return machine_.memories[binding_.storages()[*reference.storage].memory.index()].name;
  }

  std::int64_t address(const MemoryReference& reference) {
    if (!reference.storage) return whole(reference.indices.front());
    const BoundStorage& storage = binding_.storages()[*reference.storage];
    if (reference.indices.size() != storage.rank) return storage.base + whole(reference.indices.front());
    std::int64_t result = storage.base;
    for (std::uint32_t i = 0; i < storage.rank; ++i) {
      std::int64_t index = whole(reference.indices[i]) - storage.low[i];
      if (i == storage.packedAxis) index /= storage.pack;
      result += index * storage.pitch[i];
    }
    return result;
  }

  const MappingDocument& document_;
  const Machine& machine_;
  Binding binding_;
  std::vector<Rational> values_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> interpretPlainly(const Mapping& mapping, const Machine& machine,
                                          const Network& network, const std::vector<LayerId>& layers,
                                          const std::map<std::string, std::int64_t>& tunables) {
  const auto chain = chainOf(*mapping.document, network, layers);
  if (!chain) throw std::runtime_error("no chain");
  return PlainInterpreter(*mapping.document, machine, network, *chain, tunables).run();
}

}  // namespace taktwerk
