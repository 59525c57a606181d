// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/overlap.h"

#include <filesystem>
#include <iostream>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/network/network_file.h"
#include "core/program/concatenate.h"
#include "core/reference/simulation.h"
#include "tests/support/places.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

using Unrolled = std::vector<std::pair<InstructionTemplate, std::vector<std::int64_t>>>;

void unroll(const Program& program, Unrolled& into) {
  ProgramWalker walker(program);
  while (walker.next()) {
    const auto addresses = walker.addresses();
    into.emplace_back(program.templates[walker.step().instruction],
                      std::vector<std::int64_t>(addresses.begin(), addresses.end()));
  }
}

/// Programs for one machine, or none where the machine takes none.
struct Case {
  std::shared_ptr<const Machine> machine;
  std::vector<Program> programs;
};

Case randomPrograms(std::uint64_t seed) {
  Random random(seed);
  Case made;
  made.machine = randomArchitecture(random, {}).machine();
  if (!made.machine || made.machine->units.empty()) return made;
  const std::int64_t count = random.between(1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    ProgramOptions options;
    options.loops = random.chance(80);
    options.maximumInstructions = 100;
    auto program = randomProgram(random, *made.machine, options).program(*made.machine);
    if (program) made.programs.push_back(std::move(*program));
  }
  return made;
}

std::vector<const Program*> pointers(const std::vector<Program>& programs) {
  std::vector<const Program*> result;
  result.reserve(programs.size());
  for (const Program& program : programs) result.push_back(&program);
  return result;
}

TEST(Concatenation, DoesWhatThePartsDoOneAfterTheOther) {
  std::size_t instructions = 0;
  for (std::uint64_t seed = 71'000; seed < 71'200; ++seed) {
    const Case made = randomPrograms(seed);
    Unrolled expected, found;
    for (const Program& program : made.programs) unroll(program, expected);
    unroll(concatenate(pointers(made.programs), "all"), found);
    ASSERT_EQ(found, expected) << "seed " << seed;
    instructions += found.size();
  }
  EXPECT_GT(instructions, 1000u);
}

Cycles sumOf(const Breakdown& breakdown) {
  return std::accumulate(breakdown.begin(), breakdown.end(), Cycles{0},
                         [](Cycles sum, const auto& share) { return sum + share.second; });
}

/// Times the programs of a seed by one method, and holds what must hold against the reference simulation.
void checkSeed(std::uint64_t seed, Method method, int& overlapping) {
  SCOPED_TRACE("seed " + std::to_string(seed) + ", " + std::string(toString(method)));
  const Case made = randomPrograms(seed);
  Progress progress;
  EstimateOptions options;
  options.method = method;
  options.perInstruction = method == Method::Full;
  MachineTimer timer(*made.machine);
  std::vector<OverlappedLayer> layers;
  Cycles apart = 0;
  for (const Program& program : made.programs) {
    layers.push_back({&program, timeProgram(timer, program, options, progress)});
    apart += layers.back().alone.layer.cycles;
    if (hasErrors(layers.back().alone.diagnostics)) return;
  }
  if (layers.empty()) return;
  std::vector<Timing> prefixes;
  std::map<std::int64_t, InstructionTimes> times;
  std::vector<const Program*> so;
  for (const Program& program : made.programs) {
    so.push_back(&program);
    prefixes.push_back(simulate(
        *made.machine, concatenate(so, "all"), [&](const InstructionTimes& t) { times[t.index] = t; },
        progress));
    if (!prefixes.back().ok()) return;
  }
  const auto timed = timeOverlapped(*made.machine, std::move(layers), options, progress);
  Cycles total = 0;
  std::map<MemoryId, Traffic> traffic;
  std::int64_t before = 0;
  for (std::size_t k = 0; k < timed.size(); ++k) {
    const LayerEstimate& layer = timed[k].layer;
    ASSERT_TRUE(timed[k].diagnostics.empty());
    EXPECT_GE(layer.cycles, 0);
    EXPECT_EQ(sumOf(layer.breakdown), method == Method::Simulate ? 0 : layer.cycles);
    for (const auto& [cause, share] : layer.breakdown) EXPECT_GT(share, 0) << cause.object.value;
    for (InstructionTimes t : layer.times) {
      t.index += before;
      EXPECT_EQ(t, times[t.index]) << "instruction " << t.index;
    }
    before += layer.instructions;
    EXPECT_EQ(static_cast<std::int64_t>(layer.times.size()), options.perInstruction ? layer.instructions : 0);
    total += layer.cycles;
    Cycles end = prefixes[k].cycles;
    for (std::size_t later = k + 1; later < timed.size(); ++later)
      end = std::min(end, prefixes[later].cycles);
    EXPECT_EQ(total, end) << "layer " << k;
    for (const auto& [memory, t] : layer.traffic) {
      Traffic& sum = traffic[memory];
      sum = {sum.reads + t.reads, sum.writes + t.writes, sum.wordsRead + t.wordsRead,
             sum.wordsWritten + t.wordsWritten, sum.busy + t.busy};
    }
  }
  EXPECT_EQ(total, prefixes.back().cycles);
  if (total < apart) ++overlapping;
  if (method == Method::Simulate) return;
  EXPECT_EQ(before, static_cast<std::int64_t>(times.size()));
  const auto whole = timeProgram(timer, concatenate(so, "all"), options, progress);
  EXPECT_EQ(traffic, whole.layer.traffic);
}

TEST(Overlap, AddsUpToTheReferenceOfTheConcatenation) {
  const int count = propertyCount(200);
  for (const Method method : {Method::Auto, Method::Full, Method::Simulate}) {
    int overlapping = 0;
    for (int i = 0; i < count && !testing::Test::HasFailure(); ++i) {
      checkSeed(72'000 + static_cast<std::uint64_t>(i), method, overlapping);
    }
    EXPECT_GT(overlapping, count / 4) << "programs hardly ever overlap, so this tests nothing";
  }
}

std::filesystem::path source(const std::string& file) {
  return std::filesystem::path(taktwerk::sourceDirectory()) / file;
}

/// The MLP on one-mac, with mappings that say `overlap: next`, all or those named.
struct Overlapping {
  std::shared_ptr<const Machine> machine;
  Network network;
  std::vector<Mapping> mappings;

  explicit Overlapping(const std::string& only = {}) {
    const auto file = source("archs/one-mac/one-mac.arch.yaml");
    machine = *elaborate(*readArchitecture(file), {{"fetch_width", 4}, {"issue_buffer", 8}});
    network = *readNetwork(source("resources/networks/mlp.network.yaml"));
    const std::vector<Mapping> shipped = *readMappingsBeside(file);
    for (const Mapping& mapping : shipped) {
      const bool wanted = only.empty() || mapping.name.starts_with(only);
      const std::string text = *readFile(mapping.file) + (wanted ? "overlap: next\n" : "");
      mappings.push_back(*parseMapping(text, mapping.file));
    }
  }
  [[nodiscard]] NetworkEstimate estimate(Method method, const std::string& layer = {}) const {
    Progress progress;
    EstimateOptions options;
    options.method = method;
    options.layer = network.find(layer);
    return estimateNetwork(machine, network, mappings, options, progress);
  }
  /// Of each layer, with the mapping that was chosen.
  [[nodiscard]] std::vector<Program> programsOf(const NetworkEstimate& estimate) const {
    std::vector<Program> programs;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
      const LayerId id{static_cast<std::uint32_t>(i)};
      for (const Mapping& mapping : mappings) {
        if (mapping.name != estimate.layers[i].mapping) continue;
        programs.push_back(mapLayers(mapping, *machine, network, std::vector{id})->program);
      }
    }
    return programs;
  }
  /// Cycles of programs run as one, every instruction timed.
  [[nodiscard]] Cycles together(const std::vector<const Program*>& programs) const {
    Progress progress;
    EstimateOptions full;
    full.method = Method::Full;
    MachineTimer timer(*machine);
    return timeProgram(timer, concatenate(programs, "some"), full, progress).layer.cycles;
  }
};

TEST(Overlap, OfAWholeNetworkIsTheSimulationOfItsConcatenation) {
  const Overlapping all;
  const NetworkEstimate automatic = all.estimate(Method::Auto);
  ASSERT_TRUE(automatic.complete);
  ASSERT_TRUE(automatic.diagnostics.empty()) << toString(automatic.diagnostics.front());
  const std::vector<Program> programs = all.programsOf(automatic);
  ASSERT_EQ(programs.size(), all.network.layers.size());
  Progress progress;
  EstimateOptions full;
  full.method = Method::Full;
  MachineTimer timer(*all.machine);
  const Program whole = concatenate(pointers(programs), "all");
  EXPECT_EQ(automatic.cycles, timeProgram(timer, whole, full, progress).layer.cycles);
  EXPECT_EQ(automatic.instructions, sizeOf(whole).instructions);
  Cycles total = 0;
  for (const LayerEstimate& layer : automatic.layers) {
    total += layer.cycles;
    EXPECT_EQ(sumOf(layer.breakdown), layer.cycles) << layer.name;
    EXPECT_LE(layer.utilisation, 1.0);
  }
  EXPECT_EQ(total, automatic.cycles);
}

TEST(Overlap, HappensOnlyWhereTheMappingSaysSo) {
  const Overlapping none("no mapping is called so");
  const Overlapping relus("relu");
  const NetworkEstimate apart = none.estimate(Method::Auto);
  const NetworkEstimate some = relus.estimate(Method::Auto);
  EXPECT_LT(some.cycles, apart.cycles);
  ASSERT_EQ(some.layers.size(), apart.layers.size());
  for (std::size_t i = 0; i < some.layers.size(); ++i) {
    const bool follows = i > 0 && some.layers[i - 1].operatorName == "relu";
    EXPECT_EQ(some.layers[i].cycles < apart.layers[i].cycles, follows) << some.layers[i].name;
  }
  EXPECT_EQ(relus.estimate(Method::Auto, "fc3").cycles, apart.layers.back().cycles) << "alone means alone";
}

TEST(Interval, IsTheWholeNetworkWhereItsLastLayerEndsIt) {
  for (const char* overlapping : {"no mapping is called so", "relu"}) {
    const NetworkEstimate estimate = Overlapping(overlapping).estimate(Method::Auto);
    EXPECT_EQ(estimate.interval, estimate.cycles);
    EXPECT_TRUE(estimate.intervalHolds);
    EXPECT_EQ(cyclesOfBatch(estimate, 1), estimate.cycles);
    EXPECT_EQ(cyclesOfBatch(estimate, 5), 5 * estimate.cycles);
  }
}

TEST(Interval, CountsTheLastLayerRunningIntoTheFirstOfTheNext) {
  const std::string dense = Overlapping().estimate(Method::Auto).layers.front().mapping;
  const Overlapping some(dense);
  const NetworkEstimate estimate = some.estimate(Method::Auto);
  const std::vector<Program> programs = some.programsOf(estimate);
  ASSERT_EQ(programs.size(), 5u);
  const auto [fc1, relu1, fc2, relu2, fc3] =
      std::tuple(&programs[0], &programs[1], &programs[2], &programs[3], &programs[4]);
  EXPECT_TRUE(estimate.intervalHolds);
  EXPECT_LT(estimate.interval, estimate.cycles);
  const Cycles middle = some.together({fc2, relu2}), around = some.together({fc3, fc1, relu1});
  EXPECT_EQ(cyclesOfBatch(estimate, 3),
            some.together({fc1, relu1}) + 3 * middle + 2 * around + some.together({fc3}));
}

TEST(Interval, OfOneChainIsThatOfTheSecondInference) {
  const Overlapping all;
  const NetworkEstimate estimate = all.estimate(Method::Auto);
  const std::vector<Program> programs = all.programsOf(estimate);
  std::vector<const Program*> twice = pointers(programs);
  twice.insert(twice.end(), twice.begin(), twice.begin() + std::ssize(programs));
  EXPECT_FALSE(estimate.intervalHolds);
  EXPECT_LT(estimate.interval, estimate.cycles);
  EXPECT_EQ(cyclesOfBatch(estimate, 2), all.together(twice));
  const NetworkEstimate alone = all.estimate(Method::Auto, "fc3");
  EXPECT_FALSE(alone.interval) << "a layer alone is no inference";
  EXPECT_FALSE(alone.ofInferences);
  EXPECT_EQ(cyclesOfBatch(alone, 2), std::nullopt);
}

TEST(Interval, ABatchBeyond64BitsHasNoFigure) {
  const NetworkEstimate estimate = Overlapping("relu").estimate(Method::Auto);
  EXPECT_EQ(cyclesOfBatch(estimate, std::numeric_limits<std::int64_t>::max()), std::nullopt);
  EXPECT_EQ(cyclesOfBatch(estimate, 0), std::nullopt);
}

}  // namespace
}  // namespace taktwerk::test
