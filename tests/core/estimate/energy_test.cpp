// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/energy.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/estimate/cost_totals.h"
#include "core/estimate/estimate_memory.h"
#include "core/estimate/machine_content.h"
#include "core/estimate/time_program.h"
#include "core/machine/machine_costs.h"
#include "core/network/network_file.h"
#include "core/reference/simulation.h"
#include "tests/support/machine_from_text.h"
#include "tests/support/places.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// One unit behind a memory, everything with an energy that shows where it comes from.
const std::string small = R"(format: taktwerk-architecture/1
costs: {mine: {source: my own, scale: absolute}}
objects:
  imem: {class: SRAM, port_width: 4, energy: 1000 + 10 * words}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4, energy: 1}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [mac, move], energy: {mac: 3 * k}}
  lsu: {class: MemoryAccessUnit, operations: [load], energy: 1 / 4}
  regs: {class: RegisterFile, registers: [a, b], energy: {read: 1 / 8, write: 1 / 2}}
  dmem: {class: SRAM, energy: 100 + 7 * words}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - contains: [execute, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
)";

InstructionTemplate instruction(const Machine& machine, const char* operation,
                                const std::vector<std::uint32_t>& reads,
                                const std::vector<std::uint32_t>& writes) {
  InstructionTemplate made;
  made.operation = machine.findOperation(operation);
  for (const std::uint32_t r : reads) made.reads.push_back({r});
  for (const std::uint32_t r : writes) made.writes.push_back({r});
  return made;
}

/// Three times: load two words, and twice mac with k = 5.
Program nestedLoops(const Machine& machine) {
  ProgramBuilder builder("nested");
  builder.openLoop(3, "i");
  InstructionTemplate load = instruction(machine, "load", {}, {0});
  load.memoryReads.push_back({machine.findMemory("dmem"), 2});
  builder.add(std::move(load), std::vector<std::int64_t>{0, 2});
  builder.openLoop(2, "j");
  InstructionTemplate mac = instruction(machine, "mac", {0, 1}, {1});
  mac.immediates = {{"k", 5}};
  builder.add(std::move(mac), {});
  builder.closeLoop();
  builder.closeLoop();
  return std::move(builder).finish();
}

NetworkEstimate estimateOf(const std::shared_ptr<const Machine>& machine, const Program& program,
                           Method method = Method::Auto) {
  Progress progress;
  EstimateOptions options;
  options.method = method;
  return estimateProgram(machine, program, options, progress);
}

/// "alu mac 6 90" for each share.
std::vector<std::string> sharesOf(const MachineCosts& costs, const LayerEnergy& energy) {
  std::vector<std::string> texts;
  for (const EnergyShare& share : energy.shares) {
    EXPECT_EQ(share.least, share.most);
    std::string number = std::to_string(share.most);
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
    texts.push_back(whose(share, costs) + ' ' + share.what + ' ' + std::to_string(share.count) + ' ' +
                    number);
  }
  return texts;
}

TEST(Energy, CountsEveryInstructionAndAccess) {
  const auto machine = machineFromText(small);
  const NetworkEstimate estimate = estimateOf(machine, nestedLoops(*machine));
  ASSERT_EQ(estimate.layers.size(), 1u);
  const LayerEnergy energy = energyOf(estimate.layers[0], *machine);
  // 9 instructions in groups of 4, 4 and 1.
  EXPECT_THAT(sharesOf(*machine->costs, energy),
              ElementsAre("imem fetch 3 3090", "fetch fetch 9 9", "alu mac 6 90", "lsu load 3 0.75",
                          "regs read 12 1.5", "regs write 9 4.5", "dmem read 3 342"));
  EXPECT_THAT(energy.leftOut, IsEmpty());
  const CostTotals totals = costTotals(estimate);
  EXPECT_DOUBLE_EQ(totals.energy()->most, 3090 + 9 + 90 + 0.75 + 1.5 + 4.5 + 342);
  EXPECT_EQ(totals.area, std::nullopt);
  EXPECT_EQ(totals.leaked, std::nullopt);
  EXPECT_EQ(energyShares(estimate).front().what, "fetch");
}

TEST(Energy, WhatIsNotKnownIsLeftOutByName) {
  std::string text = small;
  for (const char* known : {", energy: {mac: 3 * k}", ", energy: 100 + 7 * words"}) {
    text.replace(text.find(known), std::string(known).size(), "");
  }
  const auto machine = machineFromText(text);
  const NetworkEstimate estimate = estimateOf(machine, nestedLoops(*machine));
  const CostTotals totals = costTotals(estimate);
  EXPECT_THAT(totals.energyLeftOut, ElementsAre("alu", "dmem"));
  EXPECT_DOUBLE_EQ(totals.energy()->most, 3090 + 9 + 0.75 + 1.5 + 4.5);
}

TEST(Energy, AnImmediateThatIsMissingLeavesTheUnitOut) {
  const auto machine = machineFromText(small);
  ProgramBuilder builder("missing");
  builder.add(instruction(*machine, "mac", {0}, {1}), {});
  builder.add(instruction(*machine, "move", {0}, {1}), {});
  const CostTotals totals = costTotals(estimateOf(machine, std::move(builder).finish()));
  EXPECT_THAT(totals.energyLeftOut, ElementsAre("alu"));
}

/// Two units of different stages that take the same operation.
std::string twoUnits(const std::string& energy) {
  std::string text = small;
  text.insert(text.find("  lsu: {"),
              "  beside: {class: ExecuteStage}\n"
              "  spare: {class: FunctionalUnit, operations: [mac]" +
                  energy + "}\n");
  text.insert(text.find("  - contains: [execute, alu]\n"),
              "  - forward: [fetch, beside]\n"
              "  - contains: [beside, spare]\n"
              "  - reads: [spare, regs]\n"
              "  - writes: [spare, regs]\n");
  return text;
}

TEST(Energy, OfUnitsThatTakeTheSameIsThatOfOneOfThem) {
  const auto machine = machineFromText(twoUnits(", energy: 20"));
  const NetworkEstimate estimate = estimateOf(machine, nestedLoops(*machine));
  const LayerEnergy energy = energyOf(estimate.layers[0], *machine);
  const auto share = std::find_if(energy.shares.begin(), energy.shares.end(),
                                  [](const EnergyShare& each) { return each.what == "mac"; });
  ASSERT_NE(share, energy.shares.end());
  EXPECT_EQ(whose(*share, *machine->costs), "alu or spare");
  EXPECT_EQ(share->least, 6 * 15);
  EXPECT_EQ(share->most, 6 * 20);
  const auto without = machineFromText(twoUnits(""));
  EXPECT_THAT(costTotals(estimateOf(without, nestedLoops(*without))).energyLeftOut, ElementsAre("spare"));
}

TEST(Energy, OfASearchIsCountedOfWhatIsChosen) {
  const std::string path = sourceDirectory() + "/archs/systolic-array/systolic-array.arch.yaml";
  const auto machine = elaborate(*readArchitecture(path), {});
  const auto network = readNetwork(sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml");
  const auto mappings = readMappingsBeside(path);
  ASSERT_TRUE(machine && network && mappings);
  EstimateOptions options;
  options.layer = network->find("fc");
  options.search = 8;
  Progress progress;
  EstimateMemory memory;
  const auto searched = estimateNetwork(*machine, *network, *mappings, options, progress, &memory);
  ASSERT_EQ(searched.layers.size(), 1U);
  EXPECT_GT(searched.layers[0].tried, 1);
  EXPECT_EQ(memory.counts().energies, 1);
  const auto forgetful = estimateNetwork(*machine, *network, *mappings, options, progress);
  options.search = 1;
  options.tunables = searched.layers[0].tunables;
  const auto chosen = estimateNetwork(*machine, *network, *mappings, options, progress);
  const LayerEnergy expected = energyOf(chosen.layers[0], **machine);
  EXPECT_THAT(expected.shares, testing::Not(IsEmpty()));
  EXPECT_EQ(energyOf(searched.layers[0], **machine), expected);
  EXPECT_EQ(energyOf(forgetful.layers[0], **machine), expected);
}

TEST(Energy, OfMethodsThatCountNoTrafficLeavesTheMemoriesOut) {
  const auto machine = machineFromText(small);
  const CostTotals totals = costTotals(estimateOf(machine, nestedLoops(*machine), Method::Roofline));
  EXPECT_THAT(totals.energyLeftOut, ElementsAre("dmem"));
}

TEST(Energy, ArchitecturesWithoutCostsHaveNone) {
  std::string text = small;
  const std::string costs = "costs: {mine: {source: my own, scale: absolute}}\n";
  text.replace(text.find(costs), costs.size(), "");
  for (std::size_t at = text.find(", energy: "); at != std::string::npos; at = text.find(", energy: ")) {
    std::size_t end = text.find_first_of("}\n", at);
    if (text.find('{', at) < end) ++end;
    text.erase(at, end - at);
  }
  const auto machine = machineFromText(text);
  const NetworkEstimate estimate = estimateOf(machine, nestedLoops(*machine));
  EXPECT_EQ(estimate.layers[0].instructionEnergy, nullptr);
  EXPECT_EQ(costTotals(estimate).energy(), std::nullopt);
}

TEST(Energy, LeaksAwayInTheTimeOfAClock) {
  std::string text = small;
  text.replace(text.find("objects:"), 8, "clock: 100\nobjects:");
  text.replace(text.find("operations: [load],"), 19, "operations: [load], leakage: 50,");
  const auto machine = machineFromText(text);
  const NetworkEstimate estimate = estimateOf(machine, nestedLoops(*machine));
  const CostTotals totals = costTotals(estimate);
  // 50 µW over n cycles of 10 ns are n / 2 pJ.
  EXPECT_NEAR(*totals.leaked, static_cast<double>(estimate.cycles) / 2, 1e-9);
  EXPECT_DOUBLE_EQ(totals.energy()->most, totals.dynamic->most + *totals.leaked);
  EXPECT_THAT(totals.leakageLeftOut, ElementsAre("imem", "imau", "fetch", "execute", "alu", "regs", "dmem"));
}

TEST(Energy, OnlyOfInstructionsIsRememberedByEnergy) {
  const auto machine = machineFromText(small);
  std::string dearer = small;
  dearer.replace(dearer.find("3 * k"), 5, "4 * k");
  std::string dearerMemory = small;
  dearerMemory.replace(dearerMemory.find("7 * words"), 9, "8 * words");
  const KnownMachine known = knownAs(*machine);
  const KnownMachine other = knownAs(*machineFromText(dearer));
  EXPECT_EQ(known.timing, other.timing) << "what something costs changes no timing";
  EXPECT_EQ(known.mapping, other.mapping);
  EXPECT_NE(known.energy, other.energy);
  EXPECT_EQ(knownAs(*machineFromText(dearerMemory)).energy, known.energy);
}

/// Random machines of which each unit has an energy of its own for each operation.
ArchitectureSketch withEnergies(Random& random, ArchitectureSketch sketch) {
  for (ArchitectureSketch::Object& object : sketch.objects) {
    const bool isUnit = object.className == "FunctionalUnit" || object.className == "MemoryAccessUnit";
    if (isUnit) object.set("energy", std::to_string(random.between(1, 9)) + " / 4");
    if (object.className == "RegisterFile") object.set("energy", "{read: 1 / 8, write: 1 / 2}");
    if (object.className == "SRAM" || object.className == "DRAM") object.set("energy", "3 + 2 * words");
  }
  return sketch;
}

/// What the simulation's instructions cost, each on the unit that took it.
struct Walked {
  std::map<std::uint32_t, double> units;
  double registers = 0;
};

Walked walk(const Machine& machine, const Program& program) {
  Progress progress;
  std::map<std::int64_t, UnitId> unitOf;
  (void)simulate(
      machine, program, [&](const InstructionTimes& times) { unitOf[times.index] = times.unit; }, progress);
  Walked walked;
  ProgramWalker walker(program);
  for (std::int64_t index = 0; walker.next(); ++index) {
    const InstructionTemplate& content = program.templates[walker.step().instruction];
    const InstructionCost* cost = machine.costs->of(machine, unitOf.at(index), content.operation);
    walked.units[machine.costs->groupOf[machine.units[unitOf.at(index).index()].object]] +=
        cost->evaluate([](std::string_view) { return std::nullopt; }).value();
    walked.registers += static_cast<double>(content.reads.size()) / 8;
    walked.registers += static_cast<double>(content.writes.size()) / 2;
  }
  return walked;
}

bool checkSeed(std::uint64_t seed, int& between) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed);
  std::string text = withEnergies(random, randomArchitecture(random, {})).text();
  text.insert(text.find("objects:"), "costs: {mine: {source: my own, scale: absolute}}\n");
  const auto machine = machineFromText(text);
  if (machine->units.empty()) return false;
  ProgramOptions options;
  options.loops = true;
  const auto program = randomProgram(random, *machine, options).program(*machine);
  if (!program) return false;
  const NetworkEstimate estimate = estimateOf(machine, *program);
  if (hasErrors(estimate.diagnostics) || estimate.layers.empty()) return false;
  const Walked walked = walk(*machine, *program);
  double least = 0, most = 0, units = 0, registers = 0;
  for (const EnergyShare& share : estimate.layers[0].instructionEnergy->shares) {
    if (share.what == "read" || share.what == "write") {
      registers += share.most;
    } else if (share.what != "fetch") {
      least += share.least;
      most += share.most;
    }
  }
  for (const auto& [group, energy] : walked.units) units += energy;
  EXPECT_NEAR(registers, walked.registers, 1e-6);
  EXPECT_LE(least, units + 1e-6);
  EXPECT_GE(most, units - 1e-6);
  between += least < most ? 1 : 0;
  return true;
}

TEST(Energy, OfRandomProgramsIsThatOfTheUnitsThatTookTheirInstructions) {
  int checked = 0, between = 0;
  const int count = propertyCount(300);
  for (int i = 0; i < count; ++i)
    checked += checkSeed(91'000 + static_cast<std::uint64_t>(i), between) ? 1 : 0;
  EXPECT_GT(checked, count / 2);
  EXPECT_GT(between, count / 20) << "hardly any instruction has a choice of units, so this tests little";
  EXPECT_LT(between, checked);
}

}  // namespace
}  // namespace taktwerk::test
