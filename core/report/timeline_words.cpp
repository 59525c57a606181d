// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/timeline_words.h"

#include "core/report/cause_text.h"
#include "core/report/iteration_report.h"
#include "core/report/text_table.h"

namespace taktwerk {

std::string waitInWords(const TimelineWait& wait, const Machine& machine) {
  if (wait.kind == GraphEdgeKind::BufferFill) {
    return "room in the issue buffer of " +
           machine.objectNames[machine.stages[machine.fetch.stage.index()].object];
  }
  if (wait.cause.detail == WaitDetail::None) return causeInWords(wait.cause, machine);
  return detailInWords(wait.cause.detail, machine.objectNames[wait.cause.object.index()]);
}

std::string barInWords(const TimelineBar& bar, const Machine& machine) {
  constexpr const char* narrow = "\u202f";
  const auto cycles = [&](Cycles count) {
    return groupedDigits(count, narrow) + (count == 1 ? " cycle" : " cycles");
  };
  std::string text = machine.objectNames[bar.object.index()] + " (" + toString(bar.kind) + "): cycles " +
                     groupedDigits(bar.begin, narrow) + " to " + groupedDigits(bar.end, narrow);
  if (bar.kind == NodeKind::Access) {
    text += std::string(bar.write ? ", writes " : ", reads ") + groupedDigits(bar.words, narrow) +
            (bar.words == 1 ? " word at " : " words at ") + std::to_string(bar.address);
  }
  if (!bar.wait) return text;
  text += "; waited " + cycles(bar.wait->cycles) + " from " +
          groupedDigits(bar.begin - bar.wait->cycles, narrow) + " on: " + waitInWords(*bar.wait, machine);
  text += "; " + std::to_string(bar.wait->instruction);
  if (!bar.wait->operation.empty()) text += ' ' + bar.wait->operation;
  return text;
}

std::vector<std::string> instructionInWords(const TimelineInstruction& instruction, const Machine& machine) {
  std::vector<std::string> lines{std::to_string(instruction.number) + "  " +
                                 operationInWords(instruction.operation, {})};
  for (const TimelineBar& bar : instruction.bars) {
    if (bar.kind != NodeKind::Compute) lines.push_back(barInWords(bar, machine));
  }
  return lines;
}

}  // namespace taktwerk
