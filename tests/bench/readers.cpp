// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long reading takes: from the text of a file to what the program works with.
#include <filesystem>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/import/import_network.h"
#include "core/machine/elaborate.h"
#include "core/network/network_file.h"
#include "core/program/trace_file.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

const std::filesystem::path root = taktwerk::sourceDirectory();
const std::filesystem::path oneMac = root / "archs/one-mac/one-mac.arch.yaml";

/// The text of a file of the project; without it the benchmark says so instead of measuring nothing.
std::string textOf(benchmark::State& state, const std::filesystem::path& path) {
  Result<std::string> text = readFile(path);
  if (!text) state.SkipWithError(toString(text.diagnostics.front()).c_str());
  return text ? std::move(*text) : std::string{};
}

void parseArchitectureText(benchmark::State& state) {
  const std::string text = textOf(state, oneMac);
  for (auto _ : state) benchmark::DoNotOptimize(parseArchitecture(text, "one-mac"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parseArchitectureText)->Name("parse one-mac.arch.yaml")->Unit(benchmark::kMicrosecond);

void elaborateArchitecture(benchmark::State& state) {
  const auto architecture = parseArchitecture(textOf(state, oneMac), "one-mac");
  if (!architecture) return;
  for (auto _ : state) benchmark::DoNotOptimize(elaborate(*architecture));
}
BENCHMARK(elaborateArchitecture)->Name("elaborate one-mac")->Unit(benchmark::kMicrosecond);

/// A large array: what spelling out its templates costs, and all of the way to the machine.
void elaborateArray(benchmark::State& state) {
  const auto architecture = parseArchitecture(
      textOf(state, root / "archs/systolic-array/systolic-array.arch.yaml"), "systolic-array");
  if (!architecture) return;
  for (auto _ : state) benchmark::DoNotOptimize(elaborate(*architecture, {{"rows", 64}, {"columns", 64}}));
}
BENCHMARK(elaborateArray)->Name("elaborate systolic-array 64x64")->Unit(benchmark::kMillisecond);

void parseNetworkText(benchmark::State& state, const std::string& name) {
  const std::string text = textOf(state, root / "resources/networks" / (name + ".network.yaml"));
  for (auto _ : state) benchmark::DoNotOptimize(parseNetwork(text, name));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
/// From the file on the disk to the text of the network: what dropping a model on the window costs.
void importModel(benchmark::State& state, const std::string& name) {
  for (auto _ : state) {
    const auto text = importAsText(root / "tests/data/onnx" / (name + ".onnx"));
    if (!text) return state.SkipWithError(toString(text.diagnostics.front()).c_str());
    benchmark::DoNotOptimize(text->size());
  }
}
BENCHMARK_CAPTURE(importModel, resnet18, "resnet18")
    ->Name("import resnet18.onnx")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(importModel, alexnet, "alexnet")
    ->Name("import alexnet.onnx")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(importModel, resnet8, "mlperf_tiny_resnet8")
    ->Name("import mlperf_tiny_resnet8.onnx")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parseNetworkText, tc_resnet8, "tc-resnet8")
    ->Name("parse tc-resnet8.network.yaml")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(parseNetworkText, alexnet, "alexnet")
    ->Name("parse alexnet.network.yaml")
    ->Unit(benchmark::kMicrosecond);

void readTraceText(benchmark::State& state) {
  const auto architecture = parseArchitecture(textOf(state, oneMac), "one-mac");
  if (!architecture) return;
  const auto machine = elaborate(*architecture);
  if (!machine) return;
  const std::string operation = (*machine)->operations.empty() ? "" : (*machine)->operations.front();
  std::string text;
  for (int line = 0; line < 10'000; ++line) {
    text +=
        R"({"operation": ")" + operation + R"(", "immediates": {"k": )" + std::to_string(line % 7) + "}}\n";
  }
  for (auto _ : state) {
    std::istringstream input(text);
    benchmark::DoNotOptimize(readTrace(input, "bench", **machine));
  }
  state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(readTraceText)->Name("read a trace of 10000 instructions")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace taktwerk
