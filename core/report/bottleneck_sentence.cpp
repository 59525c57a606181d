// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/bottleneck_sentence.h"

#include <algorithm>
#include <cmath>

#include "core/report/cause_text.h"

namespace taktwerk {

namespace {

using Kind = SentencePart::Kind;

/// "61 %", below ten with a tenth: "2.4 %"; what rounds to nothing is "0.1 %".
std::string percent(double share) {
  const double percent = share * 100;
  if (percent > 0 && percent < 9.95) {
    const auto tenths = std::max(1L, std::lround(percent * 10));
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " %";
  }
  return std::to_string(std::lround(percent)) + " %";
}

/// What layers do in the cause that is named: "wait for a request slot of it".
std::string whatTheyDo(const Decider& decider, bool several) {
  const std::string wait = several ? "wait" : "waits";
  switch (decider.largest.cause.wait) {
    case WaitCause::Busy:
      return several ? "keep it at work" : "keeps it at work";
    case WaitCause::Fetch:
      return wait + " for instructions";
    case WaitCause::Data:
    case WaitCause::Structural:
      break;
  }
  if (decider.detail == WaitDetail::Place) return wait + " until it is free";
  if (decider.detail != WaitDetail::None) return wait + " for " + detailInWords(decider.detail, "it");
  return wait + (decider.largest.cause.wait == WaitCause::Data ? " for its data" : " until it is free");
}

void addLayers(Sentence& sentence, const Decider& decider) {
  constexpr std::size_t named = 2;
  const std::size_t all = decider.layers.size();
  const std::size_t shown = all <= named + 1 ? all : named;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) sentence.push_back({Kind::Text, i + 1 == all ? " and " : ", ", {}});
    sentence.push_back({Kind::Layer, decider.layers[i].layer, decider.layers[i].layer});
  }
  if (shown < all)
    sentence.push_back({Kind::Text, " and " + std::to_string(all - shown) + " more layers", {}});
}

/// The step that saves most, of figures that can be compared; null where none saves anything.
const StepOutcome* bestOf(const std::vector<StepOutcome>& outcomes, Cycles present) {
  const StepOutcome* best = nullptr;
  for (const StepOutcome& one : outcomes) {
    if (!one.comparable || !one.complete || savedBy(one, present).value_or(0) <= 0) continue;
    if (best == nullptr || *one.cycles < *best->cycles) best = &one;
  }
  return best;
}

double savedShare(const StepOutcome& outcome, Cycles present) {
  return static_cast<double>(*savedBy(outcome, present)) / static_cast<double>(present);
}

void addStep(Sentence& sentence, const StepOutcome& outcome, Cycles present) {
  const Step& step = outcome.step;
  const std::string values = ' ' + std::to_string(step.from) + " → " + std::to_string(step.to);
  sentence.push_back(
      {Kind::Step, step.name + values + (step.layer.empty() ? "" : " for " + step.layer), settingName(step)});
  sentence.push_back({Kind::Text, " would save ", {}});
  sentence.push_back({Kind::Step, (outcome.exact ? "" : "about ") + percent(savedShare(outcome, present)),
                      settingName(step)});
}

/// A step of its own upwards that cannot be taken: that its parameters help little may be due to that.
const StepOutcome* blockedOf(const Remedies& remedies) {
  for (const StepOutcome& one : remedies.own) {
    if (!one.cycles && !one.cancelled && one.step.to > one.step.from) return &one;
  }
  return nullptr;
}

void addOwn(Sentence& sentence, const Remedies& remedies) {
  const StepOutcome* own = bestOf(remedies.own, remedies.present);
  sentence.push_back({Kind::Text,
                      remedies.own.empty() ? "; no parameter of the architecture concerns it"
                      : own == nullptr     ? "; no step of its own parameters saves anything"
                                           : "; steps of its own parameters save less than 1 %",
                      {}});
  const StepOutcome* blocked = blockedOf(remedies);
  if (blocked == nullptr) return;
  const Step& step = blocked->step;
  sentence.push_back({Kind::Text, " (", {}});
  sentence.push_back({Kind::Step,
                      step.name + ' ' + std::to_string(step.from) + " → " + std::to_string(step.to),
                      settingName(step)});
  sentence.push_back({Kind::Text, " cannot be taken)", {}});
}

void addRemedy(Sentence& sentence, const Remedies& remedies) {
  constexpr double little = 0.01;  // less is no answer to what decides
  const StepOutcome* own = bestOf(remedies.own, remedies.present);
  const StepOutcome* any = bestOf(remedies.all, remedies.present);
  if (own != nullptr && savedShare(*own, remedies.present) >= little) {
    sentence.push_back({Kind::Text, "; ", {}});
    addStep(sentence, *own, remedies.present);
    if (any == nullptr || *any->cycles >= *own->cycles) return;
    sentence.push_back({Kind::Text, ", and of all steps ", {}});
  } else {
    addOwn(sentence, remedies);
    if (any == nullptr) return;
    sentence.push_back({Kind::Text, ", of all others ", {}});
  }
  addStep(sentence, *any, remedies.present);
}

}  // namespace

std::string plainText(const Sentence& sentence) {
  std::string text;
  for (const SentencePart& part : sentence) text += part.text;
  return text;
}

Sentence bottleneckSentence(const Decider& decider, const std::string& name, const Remedies* remedies) {
  Sentence sentence;
  if (decider.object.empty()) {
    sentence.push_back({Kind::Text, "Fetching instructions", {}});
  } else {
    sentence.push_back({Kind::Object, decider.object, decider.object});
  }
  sentence.push_back({Kind::Text, " decides ", {}});
  sentence.push_back({Kind::Share, percent(decider.share), decider.object});
  sentence.push_back({Kind::Text, " of " + name, {}});
  const bool ofOneLayer = decider.layers.size() == 1 && decider.layers.front().layer == name;
  if (!decider.layers.empty()) {
    sentence.push_back({Kind::Text, ": ", {}});
    if (ofOneLayer && decider.largest.cause.wait == WaitCause::Busy) {
      const double busy = static_cast<double>(decider.busy) / static_cast<double>(decider.cycles);
      sentence.push_back({Kind::Text, percent(busy) + " of that it is at work itself", {}});
    } else {
      if (ofOneLayer) {
        sentence.push_back({Kind::Text, "it", {}});
      } else {
        addLayers(sentence, decider);
      }
      sentence.push_back({Kind::Text, ' ' + whatTheyDo(decider, decider.layers.size() > 1), {}});
    }
  }
  if (remedies != nullptr && remedies->present > 0) addRemedy(sentence, *remedies);
  sentence.push_back({Kind::Text, ".", {}});
  return sentence;
}

}  // namespace taktwerk
