// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/kernel_words.h"

#include "core/report/text_table.h"

namespace taktwerk {

namespace {

std::string count(std::int64_t number) {
  return groupedDigits(number, "\u202F");
}
std::string counted(std::int64_t number, const std::string& what) {
  return count(number) + ' ' + what + (number == 1 ? "" : "s");
}

std::string repeatsInWords(const engine::LoopExecution& first) {
  const engine::SteadyStretch& stretch = first.stretches.front();
  std::string text = "From iteration " + count(stretch.first) + " on the machine is ";
  text += stretch.period == 1 ? "in each iteration" : "every " + counted(stretch.period, "iteration");
  text += " in a state in which it was before, so what follows is proven to repeat";
  if (first.stretchCount > 1) {
    text += "; it begins anew where accesses go on to another row of a DRAM, " +
            counted(first.stretchCount, "time") + " in all";
  }
  if (!first.finished) text += "; the budget ended before the loop did";
  return text + '.';
}

std::string groundOfLoop(LoopStanding standing, std::int64_t trips, const KernelFinding& finding,
                         bool stepped) {
  switch (standing) {
    case LoopStanding::Repeats:
      return repeatsInWords(finding.first);
    case LoopStanding::Whole:
      return "It ends before a state of the machine comes back, so all of its " +
             counted(trips, "iteration") + " were run.";
    case LoopStanding::Few:
      return "With " + counted(trips, "iteration") + " there is nothing to be skipped.";
    case LoopStanding::Stepped:
      return "A cache is used: what it holds depends on every address before, so no state is known to come "
             "back, and iterations are run one by one.";
    case LoopStanding::Unfinished:
      return (stepped ? "A cache is used, so iterations are run one by one; the budget sufficed for "
                      : "No state of the machine came back, and the budget sufficed for ") +
             counted(finding.first.iterations, "iteration") + '.';
    case LoopStanding::NotReached:
      break;
  }
  return "The budget ended before it was reached.";
}

/// Of a layer that its mapping lets overlap with the next one, which the study does not.
std::string differenceInWords(const LayerEstimate& estimate, const KernelStudy& study) {
  if (!study.finished || study.cycles == estimate.cycles) return {};
  return "The layer alone takes " + counted(study.cycles, "cycle") + ", and " + count(estimate.cycles) +
         " of the total are its own. ";
}

}  // namespace

const char* toString(LoopStanding standing) {
  constexpr const char* names[] = {"repeats",        "run whole",  "few iterations",
                                   "run one by one", "unfinished", "not reached"};
  return names[static_cast<std::size_t>(standing)];
}

std::string standingInWords(const KernelStudy& study, std::size_t row) {
  const KernelFinding& finding = study.findings[row];
  std::string text = groundOfLoop(finding.standing, study.table.kernels[row].trips, finding, study.stepped);
  if (finding.different > 1) {
    text += " These are the figures of its first execution; it was met in " +
            counted(finding.different, "way") + " that differ in the state of the machine or in addresses.";
  }
  return text;
}

std::string groundInWords(const LayerEstimate& estimate, const KernelStudy& study) {
  if (estimate.method == "steady state") {
    return differenceInWords(estimate, study) + "Exact: " + count(estimate.evaluatedIterations) + " of " + count(estimate.loopIterations) +
           " loop bodies were evaluated; the others were skipped, as the machine was in a state in which it "
           "had been before.";
  }
  if (estimate.method == "approximation") {
    return "Approximated: no state of the machine came back within the budget, and the program of " +
           counted(estimate.instructions, "instruction") + " is too long to be timed in full.";
  }
  if (estimate.method != "full" && estimate.method != "simulate") {
    return "By the method " + estimate.method + ", for comparison; the loops are those of the exact search.";
  }
  std::string text = differenceInWords(estimate, study) + "Exact: all " + counted(estimate.instructions, "instruction") + " were timed";
  if (study.stepped && !study.table.kernels.empty()) {
    text += ", as a cache is used and what it holds depends on every address before";
  } else if (!study.finished) {
    text += ", as no state of the machine came back within the budget";
  } else if (!study.table.kernels.empty() && study.cycles == estimate.cycles) {
    text += "; what repeats in them was looked for here and comes to the same cycles";
  }
  return text + '.';
}

}  // namespace taktwerk
