// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/kernel_report.h"

#include <ostream>

#include "core/report/json_writer.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

/// Kernels stand outer before inner, so those inside one follow it.
std::size_t writeKernel(JsonWriter& json, const std::vector<KernelRow>& kernels, std::size_t at) {
  const KernelRow& kernel = kernels[at];
  json.openObject({}, JsonWriter::Layout::Lines)
      .member("start", kernel.start)
      .member("line", kernel.sourceLine)
      .member("length", kernel.length)
      .member("repetitions", kernel.trips)
      .member("depth", kernel.depth)
      .openArray("kernels", JsonWriter::Layout::Lines);
  std::size_t next = at + 1;
  while (next < kernels.size() && kernels[next].depth > kernel.depth) next = writeKernel(json, kernels, next);
  json.closeArray().closeObject();
  return next;
}

}  // namespace

std::vector<std::string> kernelNumbers(const KernelTable& table) {
  std::vector<std::string> names;
  std::vector<std::int64_t> numbers;
  for (const KernelRow& kernel : table.kernels) {
    numbers.resize(kernel.depth + 1, 0);
    ++numbers.back();
    std::string name;
    for (const std::int64_t number : numbers) name += (name.empty() ? "" : ".") + std::to_string(number);
    names.push_back(std::move(name));
  }
  return names;
}

void writeKernelsText(std::ostream& out, const KernelTable& table) {
  using Align = TextTable::Align;
  out << printable(table.program) << ": " << groupedDigits(table.instructions) << " instructions, "
      << groupedDigits(table.foldedInstructions) << " after folding, "
      << groupedDigits(static_cast<std::int64_t>(table.kernels.size())) << " loop kernels\n";
  if (table.kernels.empty()) return;
  TextTable text({{"kernel"},
                  {"line", Align::Right},
                  {"start", Align::Right},
                  {"length", Align::Right},
                  {"repetitions", Align::Right}});
  const std::vector<std::string> numbers = kernelNumbers(table);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const KernelRow& kernel = table.kernels[i];
    text.add({std::string(std::size_t{2} * kernel.depth, ' ') + numbers[i], groupedDigits(kernel.sourceLine),
              groupedDigits(kernel.start), groupedDigits(kernel.length), groupedDigits(kernel.trips)});
  }
  out << '\n';
  text.write(out);
}

void writeKernelsJson(std::ostream& out, const KernelTable& table) {
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines)
      .member("trace", table.program)
      .member("instructions", table.instructions)
      .member("loop_iterations", table.loopIterations)
      .member("folded_instructions", table.foldedInstructions)
      .openArray("kernels", JsonWriter::Layout::Lines);
  for (std::size_t at = 0; at < table.kernels.size();) at = writeKernel(json, table.kernels, at);
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
