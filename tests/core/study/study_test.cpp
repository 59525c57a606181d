// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/import/import_network.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

std::string source(const std::string& path) {
  return sourceDirectory() + '/' + path;
}

StudyFiles shipped(const std::string& architecture, const std::string& network) {
  StudyFiles files;
  files.architecture = source("archs/" + architecture + '/' + architecture + ".arch.yaml");
  files.network = source("resources/networks/" + network + ".network.yaml");
  return files;
}

NetworkEstimate estimateOf(const Study& study, StudyMemory& memory) {
  Progress progress;
  const auto result = estimate(study, {}, memory, progress);
  EXPECT_TRUE(result->diagnostics.empty());
  return result->estimate ? *result->estimate : NetworkEstimate{};
}

/// The same without anything remembered.
NetworkEstimate estimatedAfresh(const StudyFiles& files, const StudySettings& settings) {
  Progress progress;
  EstimateOptions options;
  options.tunables = settings.tunables;
  return estimateNetwork(*elaborate(*readArchitecture(files.architecture), settings.architecture),
                         *readAnyNetwork(files.network, settings.network),
                         *readMappingsBeside(files.architecture), options, progress);
}

void expectSameFigures(const NetworkEstimate& a, const NetworkEstimate& b) {
  EXPECT_EQ(a.parameters, b.parameters);
  EXPECT_EQ(a.cycles, b.cycles);
  ASSERT_EQ(a.layers.size(), b.layers.size());
  for (std::size_t i = 0; i < a.layers.size(); ++i) {
    const LayerEstimate &x = a.layers[i], &y = b.layers[i];
    EXPECT_EQ(x.name, y.name);
    EXPECT_EQ(x.layers, y.layers);
    EXPECT_EQ(x.mappingId, y.mappingId);
    EXPECT_EQ(x.tunables, y.tunables);
    EXPECT_EQ(x.cycles, y.cycles) << x.name;
    EXPECT_EQ(x.exact, y.exact) << x.name;
    EXPECT_EQ(x.method, y.method) << x.name;
    EXPECT_EQ(x.breakdown, y.breakdown) << x.name;
    EXPECT_EQ(x.traffic, y.traffic) << x.name;
    EXPECT_EQ(x.lower, y.lower) << x.name;
    EXPECT_EQ(x.upper, y.upper) << x.name;
  }
}

TEST(Study, ASecondPointWithAnotherLatencyParsesAndMapsNothingAgain) {
  const StudyFiles files = shipped("gemmini", "resnet-50");
  StudyMemory memory;
  auto read = readStudy(files, memory);
  ASSERT_TRUE(read);
  Study study = *read;
  const NetworkEstimate first = estimateOf(study, memory);
  const StudyCounts before = memory.counts();
  EXPECT_EQ(before.elaborations.machines, 1);
  EXPECT_EQ(before.networks, 1);
  EXPECT_GT(before.estimates.programs, 10);

  study.settings.architecture["dram_latency"] = first.parameters.at("arch.dram_latency") + 20;
  const NetworkEstimate second = estimateOf(study, memory);
  const StudyCounts after = memory.counts();
  EXPECT_EQ(after.files, before.files);
  EXPECT_EQ(after.networks, before.networks);
  EXPECT_EQ(after.elaborations.expressions, before.elaborations.expressions);
  EXPECT_EQ(after.elaborations.structures, before.elaborations.structures);
  EXPECT_EQ(after.elaborations.machines, before.elaborations.machines + 1);
  EXPECT_EQ(after.estimates.plans, before.estimates.plans);
  EXPECT_EQ(after.estimates.programs, before.estimates.programs);
  EXPECT_GT(after.estimates.timed, before.estimates.timed);
  EXPECT_GT(second.cycles, first.cycles);
  expectSameFigures(first, estimatedAfresh(files, {}));
  expectSameFigures(second, estimatedAfresh(files, study.settings));
}

TEST(Study, APointSeenBeforeIsThereAlready) {
  StudyMemory memory;
  Study study = *readStudy(shipped("one-mac", "tc-resnet8"), memory);
  Progress progress;
  const auto first = estimate(study, {}, memory, progress);
  study.settings.architecture["memory_latency"] = 3;
  const auto other = estimate(study, {}, memory, progress);
  EXPECT_NE(first->estimate->cycles, other->estimate->cycles);
  study.settings.architecture.clear();
  const StudyCounts before = memory.counts();
  EXPECT_EQ(estimate(study, {}, memory, progress), first);
  const StudyCounts after = memory.counts();
  EXPECT_EQ(after.pointsKnown, before.pointsKnown + 1);
  EXPECT_EQ(after.points, before.points);
  EXPECT_EQ(after.estimates, before.estimates);
  EXPECT_EQ(after.elaborations, before.elaborations);
}

TEST(Study, MachinesThatDifferInNoCostShareTheirTimings) {
  StudyMemory memory;
  Study study = *readStudy(shipped("one-mac", "tc-resnet8"), memory);
  const NetworkEstimate first = estimateOf(study, memory);
  const StudyCounts before = memory.counts();
  // A value that is the default, said: another set of settings, the same machine.
  study.settings.architecture["mac_latency"] = first.parameters.at("arch.mac_latency");
  expectSameFigures(first, estimateOf(study, memory));
  const StudyCounts after = memory.counts();
  EXPECT_EQ(after.points, before.points + 1);
  EXPECT_EQ(after.estimates.timed, before.estimates.timed);
  EXPECT_EQ(after.estimates.programs, before.estimates.programs);
}

/// Points that change sizes, latencies, the network and tunables, in an order that meets each memory.
TEST(Study, PointsOfASweepAreWhatEachIsAlone) {
  const auto points = [](const std::string& name, const std::vector<std::int64_t>& values) {
    std::vector<StudySettings> settings;
    for (const std::int64_t value : values) {
      StudySettings each;
      each.architecture[name] = value;
      settings.push_back(each);
    }
    return settings;
  };
  struct Case {
    std::string architecture, network;
    std::vector<StudySettings> points;
  };
  std::vector<Case> cases = {
      {"systolic-array", "mlp", points("rows", {4, 8, 4, 2})},
      {"gemmini", "tc-resnet8", points("dram_latency", {10, 40, 10})},
      {"one-mac", "tc-resnet8", points("mac_latency", {1, 5, 1})},
      {"output-stationary-array", "mlp", points("rows", {4, 8})},
  };
  for (Case& each : cases) {
    StudySettings batch;
    batch.network["batch"] = 2;
    each.points.push_back(batch);
    const StudyFiles files = shipped(each.architecture, each.network);
    StudyMemory memory;
    const auto read = readStudy(files, memory);
    ASSERT_TRUE(read) << each.architecture;
    for (const StudySettings& settings : each.points) {
      Study study = *read;
      study.settings = settings;
      Progress progress;
      const auto result = estimate(study, {}, memory, progress);
      ASSERT_TRUE(result->estimate) << each.architecture << ": "
                                    << (result->diagnostics.empty() ? "" : result->diagnostics[0].message);
      expectSameFigures(*result->estimate, estimatedAfresh(files, settings));
    }
  }
}

TEST(Study, PointsAreTheSameFromSeveralThreadsAtOnce) {
  const StudyFiles files = shipped("gemmini", "tc-resnet8");
  StudyMemory memory;
  const Study study = *readStudy(files, memory);
  const std::vector<std::int64_t> latencies = {20, 60, 60, 90};
  std::vector<std::vector<Cycles>> cycles(4, std::vector<Cycles>(latencies.size()));
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < cycles.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t k = 0; k < latencies.size(); ++k) {
        const std::size_t point = (k + t) % latencies.size();
        Study own = study;
        own.settings.architecture["dram_latency"] = latencies[point];
        StudyOptions options;
        options.how.jobs = 1;
        Progress progress;
        cycles[t][point] = estimate(own, options, memory, progress)->estimate->cycles;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t point = 0; point < latencies.size(); ++point) {
    StudySettings settings;
    settings.architecture["dram_latency"] = latencies[point];
    const Cycles alone = estimatedAfresh(files, settings).cycles;
    for (const std::vector<Cycles>& found : cycles) EXPECT_EQ(found[point], alone);
  }
}

TEST(Study, AValueThatIsWrongIsSaidAsWithoutAMemory) {
  StudyMemory memory;
  Study study = *readStudy(shipped("systolic-array", "mlp"), memory);
  for (const StudySettings::Values& values :
       {StudySettings::Values{{"rows", 0}}, StudySettings::Values{{"rows", -3}},
        StudySettings::Values{{"nothing", 1}}}) {
    study.settings.architecture = values;
    Progress progress;
    const auto result = estimate(study, {}, memory, progress);
    const auto alone = elaborate(*study.architecture, values);
    EXPECT_EQ(result->diagnostics, alone.diagnostics);
    EXPECT_EQ(result->estimate, nullptr);
  }
}

TEST(Study, FilesThatChangeAreReadAgainAndOthersAreNot) {
  StudyMemory memory;
  StudyFiles files = shipped("one-mac", "tc-resnet8");
  ASSERT_TRUE(readStudy(files, memory));
  const StudyCounts before = memory.counts();
  ASSERT_TRUE(readStudy(files, memory));
  EXPECT_EQ(memory.counts(), before);
  const std::string mapping = mappingFilesBeside(files.architecture).front().string();
  files.texts[mapping] = std::make_shared<const std::string>(*readFile(mapping) + "\n# edited\n");
  ASSERT_TRUE(readStudy(files, memory));
  EXPECT_EQ(memory.counts().files, before.files + 1);
}

TEST(Study, AProgramIsThatOfTheMappingTheEstimateChooses) {
  StudyMemory memory;
  const Study study = *readStudy(shipped("one-mac", "tc-resnet8"), memory);
  Progress progress;
  const auto program = programOf(study, "conv0", memory, progress);
  ASSERT_TRUE(program);
  EXPECT_EQ(program->layer.name, "conv0");
  EXPECT_EQ(sizeOf(program->mapped->program).instructions, program->layer.instructions);
  EXPECT_EQ(program->program.get(), &program->mapped->program);
  Study without = study;
  without.mappings = std::make_shared<const std::vector<Mapping>>();
  const auto none = programOf(without, "conv0", memory, progress);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.diagnostics.front().code, "E0005");
}

/// A folder with a trace of 200 times a load and a multiply-accumulate on one-mac.
struct TraceFolder {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("taktwerk-study-" + std::to_string(::getpid()));
  std::string trace = (folder / "dots.trace.jsonl").string();
  explicit TraceFolder(const std::string& lastLine = {}) {
    std::filesystem::create_directories(folder);
    std::ofstream file(trace);
    for (int i = 0; i < 200; ++i) {
      file
          << R"({"operation": "load", "writes": ["regs.r1"], "memory_reads": [{"memory": "dmem", "address": )"
          << i << "}]}\n"
          << R"({"operation": "mac", "reads": ["regs.r0", "regs.r1", "regs.r2"], "writes": ["regs.r0"]})"
             "\n";
    }
    file << lastLine;
  }
  TraceFolder(const TraceFolder&) = delete;
  TraceFolder& operator=(const TraceFolder&) = delete;
  ~TraceFolder() { std::filesystem::remove_all(folder); }
  [[nodiscard]] StudyFiles files() const {
    StudyFiles files;
    files.architecture = source("archs/one-mac/one-mac.arch.yaml");
    files.trace = trace;
    return files;
  }
};

TEST(Study, OfATraceIsOneLayerWithTheLoopsThatAreInIt) {
  const TraceFolder folder;
  StudyMemory memory;
  Study study = *readStudy(folder.files(), memory);
  Progress progress;
  const auto result = estimate(study, {}, memory, progress);
  ASSERT_TRUE(result->estimate) << toString(result->diagnostics.front());
  ASSERT_EQ(result->estimate->layers.size(), 1U);
  const LayerEstimate& layer = result->estimate->layers[0];
  EXPECT_EQ(layer.name, "dots");
  EXPECT_EQ(layer.instructions, 400);
  EXPECT_EQ(result->network, nullptr);
  ASSERT_TRUE(result->trace);
  EXPECT_EQ(result->trace->steps.size(), 2U);
  EXPECT_EQ(estimate(study, {}, memory, progress), result) << "known";

  const auto program = programOf(study, "dots", memory, progress);
  ASSERT_TRUE(program);
  EXPECT_EQ(program->program, result->trace);
  EXPECT_EQ(program->mapped, nullptr);
  EXPECT_EQ(program->layer.cycles, layer.cycles);

  // Another machine reads it anew.
  study.settings.architecture["mac_latency"] = 7;
  const auto slower = estimate(study, {}, memory, progress);
  ASSERT_TRUE(slower->estimate);
  EXPECT_GT(slower->estimate->cycles, layer.cycles);
}

TEST(Study, OfAWrongTraceSaysWhere) {
  const TraceFolder folder(R"({"operation": "mak"})");
  StudyMemory memory;
  const Study study = *readStudy(folder.files(), memory);
  Progress progress;
  const auto result = estimate(study, {}, memory, progress);
  EXPECT_EQ(result->estimate, nullptr);
  ASSERT_FALSE(result->diagnostics.empty());
  EXPECT_EQ(result->diagnostics.front().file, folder.trace);
  EXPECT_EQ(result->diagnostics.front().position.line, 401U);
  EXPECT_FALSE(programOf(study, "dots", memory, progress));
  StudyFiles gone = folder.files();
  gone.trace += "x";
  const auto none = estimate(*readStudy(gone, memory), {}, memory, progress);
  EXPECT_EQ(none->estimate, nullptr);
  EXPECT_FALSE(none->diagnostics.empty());
}

TEST(Study, OfATraceCanBeCancelled) {
  const TraceFolder folder;
  StudyMemory memory;
  const Study study = *readStudy(folder.files(), memory);
  Progress progress;
  progress.cancel();
  const auto result = estimate(study, {}, memory, progress);
  EXPECT_TRUE(result->cancelled);
  EXPECT_EQ(result->estimate, nullptr);
}

}  // namespace
}  // namespace taktwerk
