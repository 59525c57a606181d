// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a point of a study costs: the first, another that differs in a latency, one that was there before, and
// what of the first is not timing (files, machine, mapping).
#include <string>

#include <benchmark/benchmark.h>

#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

StudyFiles filesOf(const std::string& architecture, const std::string& network) {
  StudyFiles files;
  files.architecture = sourceDirectory() + "/archs/" + architecture + '/' + architecture + ".arch.yaml";
  files.network = sourceDirectory() + "/resources/networks/" + network + ".network.yaml";
  return files;
}

/// Bounds only: everything of an estimate but the time that programs take to be timed.
StudyOptions withoutTiming() {
  StudyOptions options;
  options.how.method = Method::Roofline;
  options.how.jobs = 1;
  return options;
}

StudyOptions usual() {
  StudyOptions options;
  options.how.jobs = 1;
  return options;
}

void firstPoint(benchmark::State& state, const StudyFiles& files, const StudyOptions& options) {
  for (auto _ : state) {
    StudyMemory memory;
    Progress progress;
    const auto study = readStudy(files, memory);
    benchmark::DoNotOptimize(estimate(*study, options, memory, progress));
  }
}

void secondPoint(benchmark::State& state, const StudyFiles& files, const std::string& parameter,
                 const StudyOptions& options) {
  StudyMemory memory;
  Progress progress;
  Study study = *readStudy(files, memory);
  benchmark::DoNotOptimize(estimate(study, options, memory, progress));
  std::int64_t value = 100;  // each iteration is another point; the parameters allow 1024
  for (auto _ : state) {
    study.settings.architecture[parameter] = ++value;
    benchmark::DoNotOptimize(estimate(study, options, memory, progress));
  }
}

void knownPoint(benchmark::State& state, const StudyFiles& files) {
  StudyMemory memory;
  Progress progress;
  const Study study = *readStudy(files, memory);
  benchmark::DoNotOptimize(estimate(study, usual(), memory, progress));
  for (auto _ : state) benchmark::DoNotOptimize(estimate(study, usual(), memory, progress));
}

#define TAKTWERK_CASE(name, architecture, network, parameter)                                           \
  BENCHMARK_CAPTURE(firstPoint, name, filesOf(architecture, network), usual())                          \
      ->Unit(benchmark::kMillisecond);                                                                  \
  BENCHMARK_CAPTURE(secondPoint, name, filesOf(architecture, network), parameter, usual())              \
      ->Unit(benchmark::kMillisecond)                                                                   \
      ->Iterations(100);                                                                                \
  BENCHMARK_CAPTURE(firstPoint, name##_without_timing, filesOf(architecture, network), withoutTiming()) \
      ->Unit(benchmark::kMillisecond);                                                                  \
  BENCHMARK_CAPTURE(secondPoint, name##_without_timing, filesOf(architecture, network), parameter,      \
                    withoutTiming())                                                                    \
      ->Unit(benchmark::kMillisecond)                                                                   \
      ->Iterations(100);                                                                                \
  BENCHMARK_CAPTURE(knownPoint, name, filesOf(architecture, network))->Unit(benchmark::kMillisecond)

TAKTWERK_CASE(gemmini_resnet_50, "gemmini", "resnet-50", "dram_latency");
TAKTWERK_CASE(one_mac_tc_resnet8, "one-mac", "tc-resnet8", "memory_latency");
TAKTWERK_CASE(systolic_array_resnet_18, "systolic-array", "resnet-18", "memory_latency");

}  // namespace
}  // namespace taktwerk
