// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/chain.h"

#include <algorithm>

#include "core/network/operators.h"

namespace taktwerk {
namespace {

class ChainSearch {
 public:
  ChainSearch(const MappingDocument& document, const Network& network, LayerId first)
      : document_(document), network_(network), first_(first) {}

  std::vector<Chain> run(std::string& reason) {
    const Layer& layer = network_.layers[first_.index()];
    const auto& operators = document_.steps.front().operators;
    if (std::find(operators.begin(), operators.end(), layer.operatorName) == operators.end()) {
      std::string taken;
      for (const std::string& name : operators) taken += (taken.empty() ? "" : " or ") + name;
      reason = "takes " + taken + ", this is " + layer.operatorName;
      return {};
    }
    chain_.byStep.assign(document_.steps.size(), LayerId{});
    chain_.byStep[0] = first_;
    extend(1, first_);
    if (found_.empty()) reason = furthest_;
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Chain& a, const Chain& b) { return a.layers().size() > b.layers().size(); });
    return std::move(found_);
  }

 private:
  void extend(std::size_t step, LayerId last) {
    if (step == document_.steps.size()) {
      found_.push_back(chain_);
      return;
    }
    std::string why;
    const LayerId next = follower(last, step, why);
    if (next.valid()) {
      chain_.byStep[step] = next;
      extend(step + 1, next);
      chain_.byStep[step] = LayerId{};
    } else if (!document_.steps[step].optional && furthest_.empty()) {
      furthest_ = why;
    }
    if (document_.steps[step].optional) extend(step + 1, last);
  }

  /// The layer that can be the given step behind `last`, or none and why.
  LayerId follower(LayerId last, std::size_t step, std::string& why) const {
    const Layer& layer = network_.layers[last.index()];
    const TensorId link = layer.output;
    if (network_.tensor(link).role == TensorRole::Output) {
      why = "nothing may follow " + layer.name + ", which writes an output of the network";
      return {};
    }
    LayerId next;
    for (const Layer& candidate : network_.layers) {
      if (std::find(candidate.inputs.begin(), candidate.inputs.end(), link) == candidate.inputs.end())
        continue;
      if (next.valid()) {
        why = "what " + layer.name + " writes is read by " + network_.layers[next.index()].name + " and " +
              candidate.name;
        return {};
      }
      next = candidate.id;
    }
    const auto& operators = document_.steps[step].operators;
    if (!next.valid() || std::find(operators.begin(), operators.end(),
                                   network_.layers[next.index()].operatorName) == operators.end()) {
      why = "takes " + operators.front() + " behind " + layer.name +
            (next.valid() ? ", there is " + network_.layers[next.index()].operatorName
                          : std::string(", there is nothing"));
      return {};
    }
    const Layer& candidate = network_.layers[next.index()];
    bool linked = false;
    for (const TensorId input : candidate.inputs) {
      if (input == link) {
        if (linked) {
          why = candidate.name + " reads what " + layer.name + " writes twice";
          return {};
        }
        linked = true;
      } else if (!existsBeforeFirst(input)) {
        why = candidate.name + " also reads " + network_.tensor(input).name +
              ", which does not exist before " + network_.layers[first_.index()].name + " runs";
        return {};
      }
    }
    return next;
  }

  bool existsBeforeFirst(TensorId tensor) const {
    for (std::size_t i = first_.index(); i < network_.layers.size(); ++i) {
      if (network_.layers[i].output == tensor) return false;
    }
    return true;
  }

  const MappingDocument& document_;
  const Network& network_;
  LayerId first_;
  Chain chain_;
  std::vector<Chain> found_;
  std::string furthest_;
};

}  // namespace

std::vector<LayerId> Chain::layers() const {
  std::vector<LayerId> present;
  std::copy_if(byStep.begin(), byStep.end(), std::back_inserter(present),
               [](LayerId id) { return id.valid(); });
  return present;
}

LayerId Chain::layerOf(std::uint32_t step) const {
  if (step != OperandName::lastStep) return byStep[step];
  const auto last = std::find_if(byStep.rbegin(), byStep.rend(), [](LayerId id) { return id.valid(); });
  return last == byStep.rend() ? LayerId{} : *last;
}

std::vector<Chain> findChains(const MappingDocument& document, const Network& network, LayerId first,
                              std::string& reason) {
  return ChainSearch(document, network, first).run(reason);
}

Result<Chain> chainOf(const MappingDocument& document, const Network& network,
                      std::span<const LayerId> layers) {
  if (!layers.empty() && layers.front().index() < network.layers.size()) {
    std::string reason;
    for (Chain& chain : findChains(document, network, layers.front(), reason)) {
      const std::vector<LayerId> present = chain.layers();
      if (std::equal(present.begin(), present.end(), layers.begin(), layers.end())) return std::move(chain);
    }
  }
  return Diagnostic{Severity::Error, document.file, {1, 1}, "M0302", "the mapping does not take these layers",
                    document.name};
}

TensorId tensorOf(const Chain& chain, const Network& network, const OperandName& operand) {
  const LayerId id = chain.layerOf(operand.step);
  if (!id.valid()) return {};
  const Layer& layer = network.layers[id.index()];
  if (operand.name == "output") return layer.output;
  if (operand.name == "other") {
    TensorId link;
    for (std::uint32_t step = 0; step < operand.step && step < chain.byStep.size(); ++step) {
      if (chain.byStep[step].valid()) link = network.layers[chain.byStep[step].index()].output;
    }
    const auto other =
        std::find_if(layer.inputs.begin(), layer.inputs.end(), [&](TensorId t) { return t != link; });
    return other == layer.inputs.end() ? TensorId{} : *other;
  }
  const OperatorSpecification* specification = findOperator(layer.operatorName);
  if (specification == nullptr) return {};
  for (std::size_t i = 0; i < specification->inputs.size() && i < layer.inputs.size(); ++i) {
    if (specification->inputs[i].name == operand.name) return layer.inputs[i];
  }
  return {};
}

}  // namespace taktwerk
