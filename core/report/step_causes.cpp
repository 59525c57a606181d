// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/step_causes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/report/cause_text.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostLayers = 3, mostReasons = 4, mostParts = 3;
constexpr double noticeable = 0.02;  ///< of an array: less is not said

std::string signedDigits(Cycles change) {
  return (change < 0 ? "−" : "+") + groupedDigits(std::abs(change));
}

using Causes = std::map<NamedCause, Cycles>;

void addCauses(const LayerProfile& layer, Causes& causes) {
  for (const ProfileCause& each : layer.causes)
    causes[{each.cause.wait, withoutIndexes(each.cause.object)}] += each.cycles;
}
Causes causesOf(const LayerProfile& layer) {
  Causes causes;
  addCauses(layer, causes);
  return causes;
}
Causes causesOf(const DesignProfile& design) {
  Causes causes;
  for (const LayerProfile& layer : design.layers) addCauses(layer, causes);
  return causes;
}
const Causes::value_type* largestOf(const Causes& causes) {
  const auto found = std::max_element(causes.begin(), causes.end(),
                                      [](const auto& a, const auto& b) { return a.second < b.second; });
  return found == causes.end() ? nullptr : &*found;
}
std::string shareOf(Cycles part, Cycles whole) {
  return percentage(whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0);
}

/// What of an accelerator, whichever layer fills it.
using Filled = std::tuple<PartlyFilled::What, std::string, std::string>;
std::map<Filled, const PartlyFilled*> fillingOf(const LayerProfile& layer) {
  std::map<Filled, const PartlyFilled*> filling;
  for (const PartlyFilled& one : layer.filling) filling[{one.what, one.name, one.dimension}] = &one;
  return filling;
}

/// What is filled otherwise, what differs the most first.
std::vector<StepReason> fillingReasons(const LayerProfile& before, const LayerProfile& after) {
  auto then = fillingOf(before);
  auto now = fillingOf(after);
  for (const auto& [what, one] : then) now.emplace(what, nullptr);
  std::vector<std::pair<double, StepReason>> found;
  for (const auto& [what, one] : now) {
    const auto known = then.find(what);
    const PartlyFilled* was = known == then.end() ? nullptr : known->second;
    const double change = (one ? one->meanShare() : 1) - (was ? was->meanShare() : 1);
    if (std::abs(change) < noticeable) continue;
    const auto words = [](const PartlyFilled* each) {
      return each ? partsInWords(*each) : std::string("filled in all passes");
    };
    found.emplace_back(std::abs(change),
                       StepReason{StepReason::Kind::Filling, std::get<2>(what) + " of " + std::get<1>(what) +
                                                                 ": " + words(was) + " → " + words(one)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<StepReason> reasons;
  reasons.reserve(found.size());
  for (auto& [change, reason] : found) reasons.push_back(std::move(reason));
  return reasons;
}

/// What runs more or less often; what changes the most, of equals the one that runs most.
std::optional<StepReason> passesReason(const LayerProfile& before, const LayerProfile& after) {
  const std::pair<const std::string, std::int64_t>* most = nullptr;
  double factor = 0;
  for (const auto& was : before.passes) {
    const auto is = after.passes.find(was.first);
    if (is == after.passes.end() || was.second <= 0 || is->second <= 0) continue;
    const double here = std::abs(std::log(static_cast<double>(is->second) / static_cast<double>(was.second)));
    if (here < noticeable || here < factor || (here == factor && was.second <= most->second)) continue;
    most = &was;
    factor = here;
  }
  if (most == nullptr) return std::nullopt;
  return StepReason{StepReason::Kind::Passes, most->first + ' ' + groupedDigits(most->second) + " → " +
                                                  groupedDigits(after.passes.at(most->first)) + " times"};
}

std::vector<StepReason> mappingReasons(const LayerProfile& before, const LayerProfile& after) {
  std::vector<StepReason> reasons;
  if (before.mapping != after.mapping)
    reasons.push_back(
        {StepReason::Kind::Mapping, "mapping \"" + before.mapping + "\" → \"" + after.mapping + '"'});
  auto names = before.tunables;
  names.insert(after.tunables.begin(), after.tunables.end());
  for (const auto& [name, value] : names) {
    const auto was = before.tunables.find(name), is = after.tunables.find(name);
    if (was == before.tunables.end() || is == after.tunables.end() || was->second == is->second) continue;
    const bool fitted = before.adapted.contains(name) || after.adapted.contains(name);
    reasons.push_back({StepReason::Kind::Tunable, name + ' ' + std::to_string(was->second) + " → " +
                                                      std::to_string(is->second) +
                                                      (fitted ? " (the default does not fit)" : "")});
  }
  return reasons;
}

/// What takes most of the cycles then and now, or what of it changed.
std::optional<StepReason> limitReason(const LayerProfile& before, const LayerProfile& after) {
  const Causes then = causesOf(before), now = causesOf(after);
  const auto* was = largestOf(then);
  const auto* is = largestOf(now);
  if (was == nullptr || is == nullptr) return std::nullopt;
  if (was->first != is->first)
    return StepReason{StepReason::Kind::Limit,
                      causeInWords(was->first) + ' ' + shareOf(was->second, before.cycles) + " → " +
                          causeInWords(is->first) + ' ' + shareOf(is->second, after.cycles)};
  Causes all = now;
  all.insert(then.begin(), then.end());
  const NamedCause* most = nullptr;
  Cycles change = 0;
  for (const auto& [cause, cycles] : all) {
    const auto first = then.find(cause), second = now.find(cause);
    const Cycles here =
        (second == now.end() ? 0 : second->second) - (first == then.end() ? 0 : first->second);
    if (std::abs(here) > std::abs(change)) most = &cause, change = here;
  }
  if (most == nullptr) return std::nullopt;
  return StepReason{StepReason::Kind::Cause, causeInWords(*most) + ' ' + signedDigits(change)};
}

std::vector<StepReason> reasonsOf(const LayerProfile& before, const LayerProfile& after) {
  std::vector<StepReason> reasons = mappingReasons(before, after);
  if (auto passes = passesReason(before, after)) reasons.push_back(std::move(*passes));
  for (StepReason& each : fillingReasons(before, after)) {
    if (reasons.size() + 1 >= mostReasons) break;  // the limit always has a place
    reasons.push_back(std::move(each));
  }
  if (auto limit = limitReason(before, after)) reasons.push_back(std::move(*limit));
  return reasons;
}

Cycles sumOf(const DesignProfile& design) {
  Cycles sum = 0;
  for (const LayerProfile& layer : design.layers) sum += layer.cycles;
  return sum;
}

std::string inWords(const LayerStep& layer, Cycles all) {
  std::string text = layer.name + ' ' + signedDigits(layer.after - layer.before);
  if (all != layer.after - layer.before) text += " of " + signedDigits(all) + " cycles";
  for (std::size_t i = 0; i < layer.reasons.size(); ++i)
    text += (i == 0 ? ": " : "; ") + layer.reasons[i].text;
  return text;
}

/// All layers that change, the largest change first.
std::vector<LayerStep> changesOf(const DesignProfile& before, const DesignProfile& after) {
  std::vector<LayerStep> changes;
  for (const LayerProfile& was : before.layers) {
    const LayerProfile* is = after.find(was.name);
    if (is == nullptr) {
      changes.push_back(
          {was.name, was.cycles, 0, {{StepReason::Kind::Mapping, "nothing takes it any more"}}});
    } else if (is->cycles != was.cycles) {
      changes.push_back({was.name, was.cycles, is->cycles, {}});
    }
  }
  for (const LayerProfile& is : after.layers) {
    if (before.find(is.name) == nullptr)
      changes.push_back({is.name, 0, is.cycles, {{StepReason::Kind::Mapping, "nothing took it before"}}});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const LayerStep& a, const LayerStep& b) {
    return std::abs(a.after - a.before) > std::abs(b.after - b.before);
  });
  return changes;
}

}  // namespace

std::string partsInWords(const PartlyFilled& filled) {
  const std::string of = " of " + std::to_string(filled.full);
  if (filled.parts.size() == 1) return std::to_string(filled.parts.front().first) + of + " in all passes";
  std::string text;
  for (std::size_t i = 0; i < std::min(filled.parts.size(), mostParts); ++i) {
    const auto& [used, share] = filled.parts[i];
    text += (i == 0 ? "" : ", ") + std::to_string(used) + of + " in " + percentage(share);
    if (i == 0) text += " of passes";
  }
  return filled.parts.size() > mostParts ? text + ", …" : text;
}

StepExplanation explainStep(const DesignProfile& before, const DesignProfile& after) {
  StepExplanation step;
  step.before = sumOf(before);
  step.after = sumOf(after);
  const Cycles all = step.after - step.before;
  std::vector<LayerStep> changes = changesOf(before, after);
  Cycles told = 0;
  for (LayerStep& layer : changes) {
    const Cycles change = layer.after - layer.before;
    const bool against = (change < 0) != (all < 0);
    if (against || step.layers.size() == mostLayers || 2 * std::abs(told) >= std::abs(all)) continue;
    told += change;
    const LayerProfile *was = before.find(layer.name), *is = after.find(layer.name);
    if (was != nullptr && is != nullptr) layer.reasons = reasonsOf(*was, *is);
    step.layers.push_back(std::move(layer));
  }
  step.others = changes.size() - step.layers.size();
  for (const LayerStep& layer : step.layers)
    step.sentence += (step.sentence.empty() ? "" : ". ") + inWords(layer, all);
  if (step.others > 0)
    step.sentence += (step.sentence.empty() ? "" : ". ") + std::to_string(step.others) +
                     (step.layers.empty() ? " " : " more ") +
                     (step.others == 1 ? "layer changes" : "layers change");
  if (!step.sentence.empty()) step.sentence += '.';
  return step;
}

StepExplanation explainPlateau(const DesignProfile& first, const DesignProfile& last) {
  StepExplanation step;
  step.before = sumOf(first);
  step.after = sumOf(last);
  const Causes then = causesOf(first), now = causesOf(last);
  const auto* was = largestOf(then);
  const auto* is = largestOf(now);
  if (was == nullptr || is == nullptr) return step;
  step.sentence = was->first == is->first
                      ? causeInWords(is->first) + ' ' + shareOf(is->second, step.after) +
                            " of the time from one end to the other"
                      : causeInWords(was->first) + ' ' + shareOf(was->second, step.before) + " → " +
                            causeInWords(is->first) + ' ' + shareOf(is->second, step.after);
  // The layer that takes longest of those that something is changed in without a cycle of difference.
  std::vector<LayerStep> changed;
  for (const LayerProfile& layer : first.layers) {
    const LayerProfile* other = last.find(layer.name);
    if (other == nullptr) continue;
    std::vector<StepReason> reasons = mappingReasons(layer, *other);
    std::vector<StepReason> filling = fillingReasons(layer, *other);
    if (!filling.empty()) reasons.push_back(std::move(filling.front()));
    if (!reasons.empty()) changed.push_back({layer.name, layer.cycles, other->cycles, std::move(reasons)});
  }
  std::stable_sort(changed.begin(), changed.end(),
                   [](const LayerStep& a, const LayerStep& b) { return a.before > b.before; });
  step.others = changed.empty() ? 0 : changed.size() - 1;
  if (!changed.empty()) {
    step.layers.push_back(std::move(changed.front()));
    step.sentence += "; " + step.layers.front().name;
    const auto& reasons = step.layers.front().reasons;
    for (std::size_t i = 0; i < reasons.size(); ++i)
      step.sentence += (i == 0 ? ": " : "; ") + reasons[i].text;
    if (step.others > 0)
      step.sentence += ", and likewise in " + std::to_string(step.others) +
                       (step.others == 1 ? " more layer" : " more layers");
  }
  step.sentence += '.';
  return step;
}

}  // namespace taktwerk
