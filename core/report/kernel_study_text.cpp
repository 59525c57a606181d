// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "core/report/iteration_report.h"
#include "core/report/kernel_report.h"
#include "core/report/kernel_study_report.h"
#include "core/report/kernel_words.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

using Align = TextTable::Align;

std::string perIteration(const KernelFinding& finding) {
  const std::optional<double> cycles = finding.cyclesPerIteration();
  if (!cycles) return {};
  char text[40];
  std::snprintf(text, sizeof text, "%.2f", *cycles);
  return text;
}

void writeLoops(std::ostream& out, const KernelStudy& study) {
  TextTable table({{"kernel"},
                   {"variable"},
                   {"line", Align::Right},
                   {"length", Align::Right},
                   {"repetitions", Align::Right},
                   {"executions", Align::Right},
                   {"evaluated", Align::Right},
                   {"period", Align::Right},
                   {"cycles/period", Align::Right},
                   {"cycles/iteration", Align::Right},
                   {"steady after", Align::Right},
                   {"standing"}});
  const std::vector<std::string> numbers = kernelNumbers(study.table);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const KernelRow& row = study.table.kernels[i];
    const KernelFinding& finding = study.findings[i];
    const engine::SteadyStretch* steady = finding.steady();
    const auto ofSteady = [&](std::int64_t engine::SteadyStretch::*figure) {
      return steady ? groupedDigits(steady->*figure) : std::string();
    };
    table.add({std::string(std::size_t{2} * row.depth, ' ') + numbers[i], printable(row.variable),
               row.sourceLine > 0 ? std::to_string(row.sourceLine) : std::string(), groupedDigits(row.length),
               groupedDigits(row.trips), groupedDigits(row.executions),
               groupedDigits(finding.evaluatedBodies), ofSteady(&engine::SteadyStretch::period),
               ofSteady(&engine::SteadyStretch::periodCycles), perIteration(finding),
               ofSteady(&engine::SteadyStretch::first), toString(finding.standing)});
  }
  out << '\n';
  table.write(out);
  out << '\n';
  std::vector<std::pair<std::string, std::string>> grounds;  // each once, behind the loops it is about
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string ground = standingInWords(study, i);
    const auto known =
        std::find_if(grounds.begin(), grounds.end(), [&](const auto& each) { return each.second == ground; });
    if (known == grounds.end()) {
      grounds.emplace_back(numbers[i], ground);
    } else {
      known->first += ", " + numbers[i];
    }
  }
  for (const auto& [loops, ground] : grounds) out << loops << ": " << ground << '\n';
  if (study.finished) out << drainInWords(study) << '\n';
}

void writeBody(std::ostream& out, const KernelStudyReport& report) {
  const BodyStudy& body = report.body;
  out << '\n';
  if (report.row) {
    out << "Kernel " << kernelNumbers(report.study.table)[*report.row] << ", "
        << printable(loopsInWords(body.loops)) << ": ";
  } else {
    out << "The program: ";
  }
  out << shownInWords(body) << '\n';
  if (body.instructions.empty()) return;
  TextTable table({{"line", Align::Right},
                   {"instruction"},
                   {"unit"},
                   {"starts", Align::Right},
                   {"ends", Align::Right},
                   {"waits", Align::Right},
                   {"for"}});
  for (const BodyInstruction& each : body.instructions) {
    const auto cycles = [&](Cycles figure) { return each.timed ? groupedDigits(figure) : std::string(); };
    table.add({each.listed.sourceLine > 0 ? std::to_string(each.listed.sourceLine) : std::string(),
               printable(operationInWords(each.listed, body.loops)),
               each.timed ? printable(report.machine.objectNames[each.unit.index()]) : std::string(),
               cycles(each.starts), cycles(each.ends), cycles(each.waited),
               printable(waitsInWords(each, report.machine))});
  }
  out << '\n';
  table.write(out);
  if (body.leftOut > 0) {
    out << "and " << groupedDigits(static_cast<std::int64_t>(body.leftOut)) << " more\n";
  }
}

}  // namespace

void writeKernelStudyText(std::ostream& out, const KernelStudyReport& report) {
  const KernelTable& table = report.study.table;
  out << printable(table.program) << " on " << printable(report.machine.name) << ": "
      << groupedDigits(report.estimate.cycles) << " cycles, " << groupedDigits(table.instructions)
      << " instructions, " << groupedDigits(table.foldedInstructions) << " after folding, "
      << groupedDigits(static_cast<std::int64_t>(table.kernels.size())) << " loop kernels\n"
      << groundInWords(report.estimate, report.study) << '\n';
  if (!table.kernels.empty()) writeLoops(out, report.study);
  writeBody(out, report);
}

}  // namespace taktwerk
