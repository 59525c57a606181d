// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/bottleneck_sentence.h"

#include <algorithm>
#include <cmath>

#include "core/report/cause_text.h"

namespace taktwerk {

namespace {

using Kind = SentencePart::Kind;

/// "61 %", and "0.4 %" of what rounds to nothing.
std::string percent(double share) {
  const double percent = share * 100;
  if (percent > 0 && percent < 0.95) {
    const auto tenths = std::max(1L, std::lround(percent * 10));
    return "0." + std::to_string(tenths) + " %";
  }
  return std::to_string(std::lround(percent)) + " %";
}

/// What layers do, as far as the longest cause says: "wait for a request slot of dram".
std::string whatTheyDo(const CauseShare& cause, bool several) {
  const std::string wait = several ? "wait for " : "waits for ";
  switch (cause.cause.wait) {
    case WaitCause::Busy:
      return several ? "keep it at work" : "keeps it at work";
    case WaitCause::Fetch:
      return wait + "instructions";
    case WaitCause::Data:
    case WaitCause::Structural:
      break;
  }
  if (!cause.details.empty()) return wait + detailInWords(cause.details.front().detail, "it");
  return wait + (cause.cause.wait == WaitCause::Data ? "its data" : "it to be free");
}

void addLayers(Sentence& sentence, const Decider& decider) {
  constexpr std::size_t named = 2;
  const std::size_t all = decider.layers.size();
  const std::size_t shown = all <= named + 1 ? all : named;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) sentence.push_back({Kind::Text, i + 1 == all ? " and " : ", ", {}});
    sentence.push_back({Kind::Layer, decider.layers[i].layer, decider.layers[i].layer});
  }
  if (shown < all) sentence.push_back({Kind::Text, " and " + std::to_string(all - shown) + " more layers", {}});
}

void addRemedy(Sentence& sentence, const std::vector<StepOutcome>& remedies, Cycles present) {
  const auto best = std::find_if(remedies.begin(), remedies.end(), [&](const StepOutcome& one) {
    return one.comparable && one.complete && savedBy(one, present).value_or(0) > 0;
  });
  if (remedies.empty()) {
    sentence.push_back({Kind::Text, "; no parameter of the architecture concerns it", {}});
  } else if (best == remedies.end()) {
    sentence.push_back({Kind::Text, "; no single step of its parameters saves anything", {}});
  } else {
    const double share = static_cast<double>(*savedBy(*best, present)) / static_cast<double>(present);
    const Step& step = best->step;
    sentence.push_back({Kind::Text, "; ", {}});
    sentence.push_back({Kind::Step, step.name + ' ' + std::to_string(step.from) + " → " + std::to_string(step.to),
                        settingName(step)});
    sentence.push_back({Kind::Text, " would save ", {}});
    sentence.push_back({Kind::Share, (best->exact ? "" : "about ") + percent(share), settingName(step)});
  }
}

}  // namespace

std::string plainText(const Sentence& sentence) {
  std::string text;
  for (const SentencePart& part : sentence) text += part.text;
  return text;
}

Sentence bottleneckSentence(const Decider& decider, const std::string& name,
                            const std::optional<std::vector<StepOutcome>>& remedies, Cycles present) {
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
    if (ofOneLayer) {
      sentence.push_back({Kind::Text, "it", {}});
    } else {
      addLayers(sentence, decider);
    }
    sentence.push_back({Kind::Text, ' ' + whatTheyDo(decider.largest, decider.layers.size() > 1), {}});
  }
  if (remedies && present > 0) addRemedy(sentence, *remedies, present);
  sentence.push_back({Kind::Text, ".", {}});
  return sentence;
}

}  // namespace taktwerk
