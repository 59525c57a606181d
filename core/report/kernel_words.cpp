// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/kernel_words.h"

#include "core/report/text_table.h"

namespace taktwerk {

namespace {

std::string count(std::int64_t number) {
  return groupedDigits(number);
}
std::string counted(std::int64_t number, const std::string& what) {
  return count(number) + ' ' + what + (number == 1 ? "" : "s");
}

std::string repeatsInWords(const engine::LoopExecution& first) {
  const engine::SteadyStretch& stretch = first.stretches.front();
  std::string text = "From iteration " + count(stretch.first) + " on the state of the machine comes back ";
  text += stretch.period == 1 ? "with every iteration" : "every " + counted(stretch.period, "iteration");
  text += ", so what follows is proven to repeat";
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
    return differenceInWords(estimate, study) + "Exact: " + count(estimate.evaluatedIterations) + " of " +
           count(estimate.loopIterations) +
           " loop bodies were evaluated; the others were skipped, as the state of the machine had been there "
           "before.";
  }
  if (estimate.method == "approximation") {
    return "Approximated: no state of the machine came back within the budget, and the program of " +
           counted(estimate.instructions, "instruction") + " is too long to be timed in full.";
  }
  if (estimate.method != "full" && estimate.method != "simulate") {
    return "By the method " + estimate.method + ", for comparison; the loops are those of the exact search.";
  }
  std::string text = differenceInWords(estimate, study) + "Exact: every instruction was timed";
  if (study.stepped && !study.table.kernels.empty()) {
    text += ", as a cache is used and what it holds depends on every address before";
  } else if (!study.finished) {
    text += ", as no state of the machine came back within the budget";
  } else if (!study.table.kernels.empty() && study.cycles == estimate.cycles) {
    text += "; what repeats in them was looked for here and comes to the same cycles";
  }
  return text + '.';
}

std::string drainInWords(const KernelStudy& study) {
  return "Iterations count from when their instructions are asked for; from the last such moment until all "
         "is "
         "over " +
         counted(study.drain, "cycle") + (study.drain == 1 ? " passes." : " pass.");
}

std::string waitInWords(const BodyWait& wait, const Machine& machine) {
  if (wait.fetching) return "being fetched (" + machine.objectNames[wait.object.index()] + ')';
  std::string text = wait.kind == GraphEdgeKind::Data ? "data: " : "room: ";
  if (wait.kind == GraphEdgeKind::Forward) text.clear();
  text += wait.operation;
  if (wait.before != 0) text += ' ' + count(wait.before) + " before";
  return text + " (" + machine.objectNames[wait.object.index()] + ')';
}

std::string waitsInWords(const BodyInstruction& instruction, const Machine& machine) {
  if (instruction.waits.empty()) return {};
  std::string text = waitInWords(instruction.waits.front(), machine);
  if (instruction.waits.size() > 1) {
    text += ", and " + std::to_string(instruction.waits.size() - 1) + " more";
  }
  return text;
}

std::string shownInWords(const BodyStudy& body) {
  std::string text = body.loops.empty() ? "instructions in no loop" : "iteration " + count(body.iteration);
  if (body.steady) text += ", steady";
  if (body.instructions.empty()) return text + "; no instructions stand directly in it";
  if (!body.reached) {
    text += "; it begins beyond the instructions of a program that are simulated";
  } else if (body.untimed > 0) {
    text += "; " + counted(static_cast<std::int64_t>(body.untimed), "instruction") +
            " of it beyond those of a program that are simulated";
  }
  return text;
}

}  // namespace taktwerk
