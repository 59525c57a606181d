// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/trust_text.h"

#include <algorithm>
#include <map>

#include "core/architecture/validation_reader.h"
#include "core/report/text_table.h"

namespace taktwerk {
namespace {

constexpr std::string_view meaning =
    "Exact is meant for this description of the machine; how well the description fits a machine that exists "
    "is its validation.";

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return groupedDigits(count) + ' ' + (count == 1 ? one : many);
}

/// "12 of 400 loop bodies and 60 of 1,200 instructions".
std::string evaluatedInWords(const LayerEstimate& layer) {
  std::string text;
  if (layer.loopIterations > 0) {
    text = groupedDigits(layer.evaluatedIterations) + " of " +
           counted(layer.loopIterations, "loop body", "loop bodies") + " and ";
  }
  return text + groupedDigits(layer.evaluatedInstructions) + " of " +
         counted(layer.instructions, "instruction", "instructions");
}

std::string boundsInWords(const LayerEstimate& layer) {
  if (layer.lower <= 0 && layer.upper <= 0) return {};
  return " The truth lies between " + groupedDigits(layer.lower) + " and " + groupedDigits(layer.upper) +
         " cycles: what fetch, units, slots and ports need at least, and the sum of all durations.";
}

/// Which method, what was evaluated, what was skipped and on what ground.
std::string methodInWords(const LayerEstimate& layer) {
  if (layer.method == "steady state" && layer.evaluatedInstructions == 0) {
    return "Method: steady state. It has the program of a layer that was timed before, where what was "
           "evaluated "
           "is counted.";
  }
  if (layer.method == "steady state") {
    return "Method: steady state. " + evaluatedInWords(layer) +
           " were timed one by one. The rest was skipped: the machine was again in a state in which it had "
           "been, "
           "with the same loop body before it, so that the same cycles follow.";
  }
  if (layer.method == "simulate") {
    return "Method: reference simulation. All " + counted(layer.instructions, "instruction", "instructions") +
           " were simulated cycle by cycle; nothing was skipped.";
  }
  if (layer.method == "approximation") {
    return "Method: approximation. " + evaluatedInWords(layer) +
           " were timed one by one; within that budget no state came back, so that the rest is taken to run "
           "at "
           "the pace of the beginning.";
  }
  if (layer.method == "published") {
    return "Method: published, for comparison. " + evaluatedInWords(layer) +
           " were passed in program order; the rest is extrapolated as the papers do, without a proof.";
  }
  if (layer.method == "roofline") {
    return "Method: roofline, for comparison. No instruction was timed: it is what fetch, units and memories "
           "need at least, each for itself.";
  }
  return "Method: " + layer.method + ". " +
         (layer.evaluatedInstructions == 0
              ? std::string("It has the program of a layer that was timed before.")
              : "All " + counted(layer.instructions, "instruction", "instructions") +
                    " were timed one by one; nothing was skipped.");
}

void addParagraph(std::string& text, const std::string& paragraph) {
  if (paragraph.empty()) return;
  if (!text.empty()) text += '\n';
  text += paragraph;
}

std::string outOfDateInWords(bool outOfDate) {
  return outOfDate
             ? "Something has changed since this figure was made: run again. What follows is of the figure "
               "that is shown."
             : "";
}

std::string missingInWords(const NetworkEstimate& estimate) {
  std::string text;
  if (!estimate.unmapped.empty()) {
    const UnmappedLayer& first = estimate.unmapped.front();
    text = counted(std::ssize(estimate.unmapped), "layer is", "layers are") +
           " not in it, since no mapping takes " + (estimate.unmapped.size() == 1 ? "it" : "them") + ": " +
           first.name + " (" + first.reason + ')' + (estimate.unmapped.size() > 1 ? " and more" : "") + '.';
  }
  const auto guessed = std::count_if(estimate.layers.begin(), estimate.layers.end(),
                                     [](const LayerEstimate& layer) { return layer.guessed; });
  if (guessed > 0) {
    text += (text.empty() ? "" : " ") + counted(guessed, "layer has a size", "layers have sizes") +
            " that nothing states: the cycles are those of a guess.";
  }
  return text;
}

/// "Of 12 layers: 10 by steady state, 2 by full." and what they evaluated together; of a single one as it is
/// said of a layer.
std::string layersInWords(const NetworkEstimate& estimate) {
  if (estimate.layers.size() == 1) {
    const LayerEstimate& only = estimate.layers.front();
    return methodInWords(only) + (only.exact ? "" : boundsInWords(only));
  }
  std::map<std::string, std::int64_t> methods;
  LayerEstimate sum;
  for (const LayerEstimate& layer : estimate.layers) {
    ++methods[layer.method];
    sum.loopIterations += layer.loopIterations;
    sum.evaluatedIterations += layer.evaluatedIterations;
    sum.evaluatedInstructions += layer.evaluatedInstructions;
    sum.instructions += layer.instructions;
    sum.lower += layer.lower;
    sum.upper += layer.upper;
  }
  std::string text = "Of " + counted(std::ssize(estimate.layers), "layer", "layers") + ": ";
  bool first = true;
  for (const auto& [method, count] : methods) {
    text += (first ? "" : ", ") + groupedDigits(count) + " by " + method;
    first = false;
  }
  text += ". " + evaluatedInWords(sum) + " were timed one by one";
  const bool skipped = methods.contains("steady state");
  text += skipped ? "; what was skipped is proven to repeat, where the method is steady state." : ".";
  return estimate.exact ? text : text + boundsInWords(sum);
}

}  // namespace

Trust trustIn(const LayerEstimate& layer, bool outOfDate) {
  const Standing standing = standingOf(layer);
  Trust trust;
  trust.standing = outOfDate ? Standing::OutOfDate : standing;
  trust.label = labelOf(trust.standing);
  addParagraph(trust.explanation, outOfDateInWords(outOfDate));
  addParagraph(trust.explanation, methodInWords(layer) + (layer.exact ? "" : boundsInWords(layer)));
  if (layer.guessed) {
    addParagraph(trust.explanation,
                 "The size of one of its tensors is a guess: the cycles are those of the guess.");
  }
  if (layer.exact) addParagraph(trust.explanation, std::string(meaning));
  return trust;
}

Trust trustIn(const NetworkEstimate& estimate, bool outOfDate) {
  const Standing standing = standingOf(estimate);
  Trust trust;
  trust.standing = outOfDate ? Standing::OutOfDate : standing;
  trust.label = labelOf(trust.standing);
  addParagraph(trust.explanation, outOfDateInWords(outOfDate));
  addParagraph(trust.explanation, missingInWords(estimate));
  if (hasErrors(estimate.diagnostics)) {
    addParagraph(trust.explanation, "There is no figure: " + estimate.diagnostics.front().message + '.');
  } else if (!estimate.layers.empty()) {
    addParagraph(trust.explanation, layersInWords(estimate));
    if (estimate.exact) addParagraph(trust.explanation, std::string(meaning));
  }
  if (!estimate.machine) return trust;
  for (const std::string& sentence : validationInWords(*estimate.machine)) {
    addParagraph(trust.explanation, sentence);
  }
  return trust;
}

std::vector<std::string> validationInWords(const Machine& machine) {
  if (machine.validation.empty()) return {"No validation is declared for this architecture."};
  std::vector<std::string> sentences;
  for (const DeclaredValidation& each : machine.validation) {
    std::string text = "Validation: " + percentText(each.meanError) + " mean error over " +
                       counted(each.points, "point", "points") + " against " + each.against;
    if (each.largestError) text += ", at most " + percentText(*each.largestError);
    text += " (" + each.source + ')';
    if (!each.note.empty()) text += "; " + each.note;
    sentences.push_back(text + '.');
  }
  if (machine.changedParameters.empty()) return sentences;
  std::string changed = "That is said of the file's own values; here";
  for (std::size_t k = 0; k < machine.changedParameters.size(); ++k) {
    changed += (k == 0 ? " " : ", ") + machine.changedParameters[k];
  }
  sentences.push_back(changed + (machine.changedParameters.size() == 1 ? " has another." : " have others."));
  return sentences;
}

}  // namespace taktwerk
