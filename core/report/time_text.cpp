// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/time_text.h"

#include "core/estimate/real_time.h"
#include "core/report/quantity_text.h"
#include "core/report/text_table.h"

namespace taktwerk {
namespace {

std::string inSeconds(const NetworkEstimate& estimate, Cycles cycles) {
  const auto seconds = secondsOf(*estimate.machine, static_cast<double>(cycles));
  return seconds ? quantityText(*seconds, "s") : std::string();
}

std::string rateInWords(const NetworkEstimate& estimate) {
  std::string text = "At " + numberText(*estimate.machine->clock) + " MHz: ";
  if (!estimate.complete) text += "at least ";
  text += inSeconds(estimate, estimate.cycles);
  if (!estimate.ofInferences) return text + '.';
  text += " an inference";
  const std::int64_t results = resultsOf(estimate);
  if (results > 1) text += " of " + groupedDigits(results) + " results";
  if (const auto rate = inferencesPerSecond(estimate)) {
    text += std::string(", ") + (estimate.complete ? "" : "at most ") + numberText(*rate) +
            (results > 1 ? " results" : " inferences") + " a second";
  }
  return text + '.';
}

std::string batchInWords(const NetworkEstimate& estimate, std::int64_t inferences) {
  std::string text = groupedDigits(inferences) + " inferences one after another: ";
  const auto total = cyclesOfBatch(estimate, inferences);
  if (!total) return text + "unknown, for the next one cannot follow, or beyond 64 bits.";
  const bool about = !estimate.intervalHolds && inferences > 2;
  text += about ? "about " : !estimate.complete ? "at least " : "";
  text += groupedDigits(*total) + " cycles";
  if (estimate.machine->clock) text += " (" + inSeconds(estimate, *total) + ')';
  text += "; the first " + groupedDigits(estimate.cycles) + ", ";
  if (!about) return text + "each further one " + groupedDigits(*estimate.interval) + '.';
  return text + "the second " + groupedDigits(*estimate.interval) +
         " more. All layers are one chain that runs into itself, so later ones may take more or less.";
}

}  // namespace

std::vector<std::string> timeInWords(const NetworkEstimate& estimate, std::int64_t inferences) {
  std::vector<std::string> sentences;
  if (!estimate.machine || estimate.layers.empty()) return sentences;
  if (estimate.machine->clock) sentences.push_back(rateInWords(estimate));
  if (inferences > 1 && estimate.ofInferences) sentences.push_back(batchInWords(estimate, inferences));
  return sentences;
}

}  // namespace taktwerk
