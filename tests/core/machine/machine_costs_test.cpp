// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/machine_costs.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/machine/elaborate.h"
#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;

/// An array of units that cost what their template and parameters say.
const std::string array = R"(format: taktwerk-architecture/1
parameters:
  rows: {default: 2, minimum: 1, maximum: 8}
  technology: {default: 1, minimum: 1, maximum: 9}
costs: {mine: {source: my own, scale: absolute}}
clock: 500 * technology
templates:
  element:
    parameters: {width: {default: 8}}
    objects:
      stage: {class: ExecuteStage}
      alu: {class: FunctionalUnit, operations: [add, mul, mov], area: 10 * width * technology, energy: {add: width / 80, mul: k * technology}}
      regs: {class: RegisterFile, registers: [r], area: 1 / 4, leakage: 2, energy: {read: 1 / 10}}
    connections:
      - contains: [stage, alu]
      - reads: [alu, regs]
      - writes: [alu, regs]
objects:
  imem: {class: SRAM, energy: 3 + 2 * words}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, energy: 1 / 2, area: 5}
  pe: {template: element, size: [rows, 3], width: 16}
  port: {class: ExecuteStage, area: 0}
  lsu: {class: MemoryAccessUnit, operations: [load]}
  dmem: {class: SRAM, area: 1000, energy: {read: 4 * words}}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - {forward: [fetch, "pe[r][c].stage"], for: {r: rows, c: 3}}
  - forward: [fetch, port]
  - contains: [port, lsu]
  - reads: [lsu, dmem]
)";

std::shared_ptr<const Machine> machineOf(const std::string& text, const ParameterValues& overrides = {}) {
  const auto architecture = parseArchitecture(text, "f");
  EXPECT_TRUE(architecture) << test::problems(architecture.diagnostics);
  const auto machine = elaborate(*architecture, overrides);
  EXPECT_TRUE(machine) << test::problems(machine.diagnostics);
  return machine ? *machine : nullptr;
}

std::vector<std::string> namesOf(const MachineCosts& costs, const std::vector<std::uint32_t>& groups) {
  std::vector<std::string> names;
  names.reserve(groups.size());
  for (const std::uint32_t group : groups) names.push_back(costs.groups[group]);
  return names;
}

UnitId unitNamed(const Machine& machine, const std::string& name) {
  for (std::uint32_t u = 0; u < machine.units.size(); ++u) {
    if (machine.units[u].name == name) return {u};
  }
  return {};
}

TEST(MachineCosts, AreNoneWithoutSources) {
  EXPECT_EQ(machineOf(test::sound)->costs, nullptr);
  EXPECT_EQ(machineOf(test::sound)->clock, std::nullopt);
}

TEST(MachineCosts, AddUpOverAllElementsOfArrays) {
  const auto machine = machineOf(array);
  const MachineCosts& costs = *machine->costs;
  EXPECT_EQ(machine->clock, 500.0);
  EXPECT_DOUBLE_EQ(*costs.area.total, 6 * (160 + 0.25) + 5 + 1000);
  EXPECT_DOUBLE_EQ(*costs.leakage.total, 12);
  EXPECT_THAT(namesOf(costs, costs.area.leftOut), ElementsAre("imem", "imau", "pe.stage", "lsu"));
  const auto larger = machineOf(array, {{"rows", 5}, {"technology", 3}});
  EXPECT_EQ(larger->clock, 1500.0);
  EXPECT_DOUBLE_EQ(*larger->costs->area.total, 15 * (480 + 0.25) + 5 + 1000);
  EXPECT_DOUBLE_EQ(*larger->costs->leakage.total, 30);
}

TEST(MachineCosts, GroupsHaveTheirShares) {
  const auto machine = machineOf(array);
  const MachineCosts& costs = *machine->costs;
  const auto group = std::find(costs.groups.begin(), costs.groups.end(), "pe.alu") - costs.groups.begin();
  ASSERT_LT(group, std::ssize(costs.groups));
  EXPECT_DOUBLE_EQ(costs.area.byGroup[static_cast<std::size_t>(group)], 960);
  EXPECT_EQ(costs.groupOf.size(), machine->objectNames.size());
}

TEST(MachineCosts, EnergiesAreByOperation) {
  const auto machine = machineOf(array, {{"technology", 2}});
  const MachineCosts& costs = *machine->costs;
  EXPECT_TRUE(costs.hasEnergy);
  const UnitId alu = unitNamed(*machine, "pe[1][2].alu");
  ASSERT_TRUE(alu.valid());
  const auto energy = [&](const char* operation, std::optional<Rational> k) {
    const InstructionCost* cost = costs.of(*machine, alu, machine->findOperation(operation));
    return cost == nullptr
               ? std::optional<double>(-1)
               : cost->evaluate([&](std::string_view name) { return name == "k" ? k : std::nullopt; });
  };
  EXPECT_EQ(energy("add", std::nullopt), 0.2);
  EXPECT_EQ(energy("mul", Rational(7)), 14);
  EXPECT_EQ(energy("mul", std::nullopt), std::nullopt) << "an immediate is missing";
  EXPECT_EQ(energy("mul", Rational(-1)), std::nullopt) << "no energy is below 0";
  EXPECT_EQ(energy("mov", std::nullopt), -1) << "not known";
  EXPECT_EQ(costs.of(*machine, unitNamed(*machine, "lsu"), machine->findOperation("load")), nullptr);
}

TEST(OwnFigures, AddUpOverAllObjects) {
  std::string text = test::with(array, "clock: 500", "figures: {price: {unit: EUR}, pins: {}}\nclock: 500");
  text = test::with(text, "area: 1 / 4,", "area: 1 / 4, figures: {price: width / 32},");
  text = test::with(text, "area: 1000,", "area: 1000, figures: {price: rows, pins: 8},");
  const auto machine = machineOf(text, {{"rows", 4}});
  ASSERT_EQ(machine->figures.size(), 2U);
  EXPECT_EQ(machine->figures[0].declared.name, "price");
  EXPECT_DOUBLE_EQ(machine->figures[0].total, 12 * 0.5 + 4);
  EXPECT_DOUBLE_EQ(machine->figures[1].total, 8);
  EXPECT_TRUE(machineOf(array)->figures.empty());
}

TEST(MachineCosts, EnergyLeavesOutWhatLacksThatOfSomethingItCanDo) {
  const auto leftOut = [](const std::string& text) {
    const auto machine = machineOf(text);
    return namesOf(*machine->costs, machine->costs->energyLeftOut);
  };
  EXPECT_THAT(leftOut(array), ElementsAre("pe.alu", "pe.regs", "lsu"))
      << "moves have no energy, registers that are written and loads neither";
  const std::string moves = test::with(array, "energy: {add", "energy: {mov: 0, add");
  EXPECT_THAT(leftOut(moves), ElementsAre("pe.regs", "lsu"));
  EXPECT_THAT(leftOut(test::with(moves, "      - writes: [alu, regs]\n", "")), ElementsAre("lsu"));
  EXPECT_THAT(leftOut(test::with(moves, "- reads: [lsu, dmem]", "- writes: [lsu, dmem]")),
              ElementsAre("pe.regs", "lsu", "dmem"));
}

TEST(MachineCosts, EnergiesOfAccessesAreForReadsAndWrites) {
  const auto machine = machineOf(array);
  const MachineCosts& costs = *machine->costs;
  ASSERT_EQ(costs.ofMemory.size(), 1u);
  EXPECT_EQ(costs.ofMemory[0].read->of(10, 25), 100);
  EXPECT_FALSE(costs.ofMemory[0].write);
  EXPECT_EQ(costs.ofInstructionMemory.read->of(2, 8), 22);
  EXPECT_EQ(costs.ofFetch, 0.5);
  EXPECT_EQ(costs.ofRegisterFile[0].read->of(4, 4), 0.4);
  EXPECT_FALSE(costs.ofRegisterFile[0].write);
}

TEST(MachineCosts, AnEndOfARangeThatGivesNoCostIsAnError) {
  const auto read = parseArchitecture(test::with(array, "area: 1000", "area: 1000 / (3 - technology)"), "f");
  ASSERT_TRUE(read && read.diagnostics.empty()) << test::problems(read.diagnostics);
  EXPECT_FALSE(elaborate(*read, {{"technology", 3}}));
  EXPECT_FALSE(elaborate(*read, {{"technology", 9}})) << "below 0";
  EXPECT_TRUE(elaborate(*read, {{"technology", 2}}));
}

TEST(MachineCosts, AreTheSameElaboratedOneAfterTheOther) {
  const auto architecture = std::make_shared<const Architecture>(*parseArchitecture(array, "f"));
  Elaboration elaboration(architecture);
  for (const std::int64_t rows : {1, 4, 1}) {
    const auto machine = elaboration.machine({{"rows", rows}});
    ASSERT_TRUE(machine);
    EXPECT_EQ((*machine)->costs->area.total, machineOf(array, {{"rows", rows}})->costs->area.total);
  }
}

}  // namespace
}  // namespace taktwerk
