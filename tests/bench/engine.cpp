// SPDX-License-Identifier: GPL-3.0-or-later
// How fast programs are timed: every instruction (`full`), by the reference simulation, and by the steady
// state. Instructions a second count the unrolled program, of `full` and the reference only those that were
// timed (equal layers once); `bodies` are the loop bodies evaluated.
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/estimate/estimate.h"
#include "core/machine/elaborate.h"
#include "core/mapping/mapping.h"
#include "core/network/network_file.h"
#include "tests/bench/systolic_array.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

struct Case {
  std::shared_ptr<const Machine> machine;
  Network network;
  std::vector<Mapping> mappings;
};

std::filesystem::path source(const std::string& file) {
  return std::filesystem::path(taktwerk::sourceDirectory()) / file;
}

Case oneMac(const std::string& network) {
  const auto architecture = source("archs/one-mac/one-mac.arch.yaml");
  return {*elaborate(*readArchitecture(architecture)),
          *readNetwork(source("resources/networks/" + network + ".network.yaml")),
          *readMappingsBeside(architecture)};
}

/// `dram`: the data memory is a DRAM of 8 banks.
Case systolic2x2(const std::string& network, bool dram = false) {
  std::vector<Mapping> mappings;
  for (const char* name : {"conv2d", "dense", "max-pool2d", "shapes"}) {
    mappings.push_back(
        *readMapping(source("tests/data/mappings/systolic-" + std::string(name) + ".mapping.yaml")));
  }
  const std::filesystem::path file = source("tests/data/mappings/systolic-2x2.arch.yaml");
  std::string text = *readFile(file, 1 << 20);
  if (dram) {
    const std::size_t begin = text.find("dmem: {"), end = text.find('}', begin);
    text.replace(begin, end - begin,
                 "dmem: {class: DRAM, row_words: 1024, banks: 8, t_rcd: 14, t_cas: 14, t_rp: 14, "
                 "max_concurrent_requests: 4");
  }
  return {*elaborate(*parseArchitecture(text, file.string())),
          *readNetwork(source("resources/networks/" + network + ".network.yaml")), mappings};
}

/// One convolution of 16 filters over an image of so many channels and columns, 16 rows high.
Case systolic16x16(std::int64_t channels, std::int64_t width) {
  return {*elaborate(*parseArchitecture(systolicArray(16, 16), "systolic-16x16.arch.yaml")),
          *readNetwork(source("tests/data/mappings/conv2d.network.yaml"),
                       {{"channels", channels}, {"filters", 16}, {"height", 16}, {"width", width}}),
          {*readMapping(source("tests/data/mappings/systolic-conv2d.mapping.yaml"))}};
}

/// Most memory the process has had so far.
double peakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void run(benchmark::State& state, const Case& c, Method method, const std::string& layer) {
  std::int64_t instructions = 0, bodies = 0;
  for (auto _ : state) {
    Progress progress;
    EstimateOptions options;
    options.method = method;
    options.layer = c.network.find(layer);
    options.jobs = 1;
    const NetworkEstimate estimate = estimateNetwork(c.machine, c.network, c.mappings, options, progress);
    if (hasErrors(estimate.diagnostics) || estimate.layers.empty()) {
      state.SkipWithError("the estimate failed");
      return;
    }
    benchmark::DoNotOptimize(estimate.cycles);
    bodies = 0;
    for (const LayerEstimate& l : estimate.layers) {
      bodies += l.evaluatedIterations;
      instructions += method == Method::Auto ? l.instructions : l.evaluatedInstructions;
    }
  }
  state.counters["instructions/s"] =
      benchmark::Counter(static_cast<double>(instructions), benchmark::Counter::kIsRate);
  state.counters["bodies"] = static_cast<double>(bodies);
  state.counters["peak MB"] = peakMegabytes();
}

void fullOneMacTcResNet8(benchmark::State& state) {
  run(state, oneMac("tc-resnet8"), Method::Full, "");
}
BENCHMARK(fullOneMacTcResNet8)->Unit(benchmark::kMillisecond);

void simulateOneMacTcResNet8Dense(benchmark::State& state) {
  run(state, oneMac("tc-resnet8"), Method::Simulate, "fc");
}
BENCHMARK(simulateOneMacTcResNet8Dense)->Unit(benchmark::kMillisecond);

// 3 and 12 million instructions: the peak of memory must not grow from one to the other.
void fullSystolic16x16(benchmark::State& state) {
  run(state, systolic16x16(16, state.range(0)), Method::Full, "");
}
BENCHMARK(fullSystolic16x16)->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond);

void simulateSystolic16x16(benchmark::State& state) {
  run(state, systolic16x16(1, 1), Method::Simulate, "");
}
BENCHMARK(simulateSystolic16x16)->Unit(benchmark::kMillisecond);

void autoOneMacTcResNet8(benchmark::State& state) {
  run(state, oneMac("tc-resnet8"), Method::Auto, "");
}
BENCHMARK(autoOneMacTcResNet8)->Unit(benchmark::kMillisecond);

void autoOneMacAlexNet(benchmark::State& state) {
  run(state, oneMac("alexnet"), Method::Auto, "");
}
BENCHMARK(autoOneMacAlexNet)->Unit(benchmark::kMillisecond);

void autoSystolic2x2AlexNet(benchmark::State& state) {
  run(state, systolic2x2("alexnet"), Method::Auto, "");
}
BENCHMARK(autoSystolic2x2AlexNet)->Unit(benchmark::kMillisecond);

void autoSystolic2x2AlexNetThroughDram(benchmark::State& state) {
  run(state, systolic2x2("alexnet", true), Method::Auto, "");
}
BENCHMARK(autoSystolic2x2AlexNetThroughDram)->Unit(benchmark::kMillisecond)->Iterations(1);

/// A network on a shipped architecture with the mappings beside it.
Case shipped(const std::string& name, const std::string& network, const ParameterValues& parameters) {
  const auto architecture = source("archs/" + name + "/" + name + ".arch.yaml");
  return {*elaborate(*readArchitecture(architecture), parameters),
          *readNetwork(source("resources/networks/" + network + ".network.yaml")),
          *readMappingsBeside(architecture)};
}

void autoShipped(benchmark::State& state, const std::string& name, const std::string& network,
                 const ParameterValues& parameters) {
  run(state, shipped(name, network, parameters), Method::Auto, "");
}
#define TAKTWERK_SHIPPED(label, ...) \
  BENCHMARK_CAPTURE(autoShipped, label, __VA_ARGS__)->Unit(benchmark::kMillisecond)
TAKTWERK_SHIPPED(tc_resnet8_ultratrail, "ultratrail", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_ultratrail_steps, "ultratrail-steps", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_gemmini, "gemmini", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_gemmini_blocks, "gemmini-blocks", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_systolic_array, "systolic-array", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_plasticine_derived, "plasticine-derived", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_tpu_like, "tpu-like", "tc-resnet8", {});
TAKTWERK_SHIPPED(tc_resnet8_nvdla_like, "nvdla-like", "tc-resnet8", {});
TAKTWERK_SHIPPED(resnet_50_gemmini, "gemmini", "resnet-50", {});
TAKTWERK_SHIPPED(resnet_50_systolic_16x16, "systolic-array", "resnet-50", {{"rows", 16}, {"columns", 16}});

/// The layers of a network that were timed, those that are equal to one before left out.
std::vector<std::string> layersTimed(const Case& c, const EstimateOptions& options) {
  Progress progress;
  std::vector<std::string> names;
  for (const LayerEstimate& layer :
       estimateNetwork(c.machine, c.network, c.mappings, options, progress).layers) {
    if (layer.evaluatedInstructions > 0) names.push_back(layer.name);
  }
  return names;
}

/// What threads give: the time on the clock with one and with two, and of the layers one by one (0), each
/// estimated by itself. Two should take little more than half of one, and one no more than one by one.
void threads(benchmark::State& state, const std::string& name, const std::string& network,
             const ParameterValues& parameters, std::int64_t search) {
  const Case c = shipped(name, network, parameters);
  EstimateOptions options;
  options.search = search;
  options.jobs = state.range(0) > 0 ? static_cast<unsigned>(state.range(0)) : 1;
  const std::vector<std::string> layers =
      state.range(0) > 0 ? std::vector<std::string>{""} : layersTimed(c, options);
  for (auto _ : state) {
    for (const std::string& layer : layers) {
      Progress progress;
      options.layer = c.network.find(layer);
      benchmark::DoNotOptimize(estimateNetwork(c.machine, c.network, c.mappings, options, progress).cycles);
    }
  }
}
#define TAKTWERK_THREADS(label, ...)             \
  BENCHMARK_CAPTURE(threads, label, __VA_ARGS__) \
      ->Unit(benchmark::kMillisecond)            \
      ->ArgName("jobs")                          \
      ->Arg(0)                                   \
      ->Arg(1)                                   \
      ->Arg(2)                                   \
      ->MeasureProcessCPUTime()                  \
      ->UseRealTime()
TAKTWERK_THREADS(mobilenet_v2_gemmini_blocks, "gemmini-blocks", "mobilenet-v2", {}, 1);
TAKTWERK_THREADS(resnet_50_plasticine_derived, "plasticine-derived", "resnet-50", {{"fetch_width", 100}}, 1);
TAKTWERK_THREADS(alexnet_nvdla_like_search, "nvdla-like", "alexnet", {}, 50);
TAKTWERK_THREADS(alexnet_gemmini_search, "gemmini", "alexnet", {}, 50);

}  // namespace
}  // namespace taktwerk
