// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/graph_words.h"

#include "core/report/cause_text.h"
#include "core/report/iteration_report.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

constexpr std::string_view narrow = "\u202f";

std::string cycles(Cycles count) {
  return groupedDigits(count, narrow) + (count == 1 ? " cycle" : " cycles");
}

std::string accessInWords(const GraphNode& node) {
  return std::string(node.write ? "writes " : "reads ") + groupedDigits(node.words, narrow) +
         (node.words == 1 ? " word at " : " words at ") + std::to_string(node.address);
}

}  // namespace

std::string instructionInWords(const GraphWindow& window, std::int64_t instruction) {
  std::string text = std::to_string(instruction);
  const auto operation = window.operations.find(instruction);
  if (operation != window.operations.end()) text += ' ' + operation->second;
  return text;
}

std::string stepInWords(const Cause& cause, const Machine& machine) {
  std::string text = causeInWords(cause.coarse(), machine);
  if (cause.detail != WaitDetail::None && cause.object.index() < machine.objectNames.size()) {
    text += ": " + detailInWords(cause.detail, machine.objectNames[cause.object.index()]);
  }
  return text;
}

std::vector<std::string> nodeInWords(const GraphWindow& window, const ListedInstructions& listed,
                                     std::uint32_t node) {
  const GraphNode& shown = window.graph.nodes[node];
  const Machine& machine = *window.machine;
  std::vector<std::string> lines;
  const auto operation = listed.find(shown.instruction);
  lines.push_back(operation == listed.end()
                      ? instructionInWords(window, shown.instruction)
                      : std::to_string(shown.instruction) + "  " + operationInWords(operation->second, {}));
  std::string time = machine.objectNames[shown.object] + " (" + toString(shown.kind) + "): cycles " +
                     groupedDigits(shown.enter, narrow) + " to " + groupedDigits(shown.leave, narrow) + ", " +
                     cycles(shown.leave - shown.enter);
  if (shown.kind == NodeKind::Access) time += ", " + accessInWords(shown);
  lines.push_back(std::move(time));
  if (shown.instruction < window.first || shown.instruction >= window.end) {
    lines.emplace_back("stands outside the window; what it waited for is not known here");
    return lines;
  }
  const auto wait = waitOf(window.graph, node);
  if (!wait) {
    lines.emplace_back("waited for nothing");
    return lines;
  }
  const bool own = wait->edge.instruction == shown.instruction;
  const std::string whose = own ? std::string() : "; " + instructionInWords(window, wait->edge.instruction);
  const std::string why = stepInWords(wait->cause, machine);
  if (!wait->cycles) {
    lines.push_back("came when this was over, after " + cycles(wait->edge.duration) + ": " + why + whose);
  } else if (*wait->cycles > 0) {
    lines.push_back("waited " + cycles(*wait->cycles) + ": " + why + whose);
  } else if (wait->edge.duration > 0) {
    lines.push_back("did not wait: it came after " + cycles(wait->edge.duration) + ", " + why + whose);
  } else {
    lines.emplace_back("did not wait");
  }
  return lines;
}

}  // namespace taktwerk
