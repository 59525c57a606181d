// SPDX-License-Identifier: GPL-3.0-or-later
// Random layers on every shipped architecture: whatever mapping claims to fit computes each product once,
// writes results, and stays inside the machine and its memories.
#include <map>
#include <random>
#include <string>

#include "core/engine/preparation/prepare.h"
#include "tests/archs/touched.h"
#include "tests/support/random_layer.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using namespace test;

TEST(RandomLayers, AreComputedOnceWhereverAMappingFits) {
  std::map<std::string, std::int64_t> checked;
  for (const CountedArchitecture& how : countedArchitectures()) {
    const Shipped on = shipped(how.name, how.parameters);
    engine::Resolver resolver(*on.machine);
    std::mt19937 random(20261123);
    for (const std::string& name : randomOperators) {
      for (int trial = propertyCount(12); trial > 0; --trial) {
        const std::string text = randomLayer(name, random);
        SCOPED_TRACE(how.name + '\n' + text);
        const Result<Network> network = parseNetwork(text, "random");
        if (!network) continue;  // the window does not fit
        const Layer& layer = network->layers.front();
        for (const Mapping& mapping : on.mappings) {
          const Match found = match(mapping, *on.machine, *network, layer.id);
          if (found.layers.empty()) {
            EXPECT_FALSE(found.reason.empty()) << mapping.name << " says not why";
            continue;
          }
          const Result<MappedProgram> mapped = mapLayers(mapping, *on.machine, *network, found.layers);
          ASSERT_TRUE(mapped) << mapping.name << ": " << mapped.diagnostics.front().message;
          EXPECT_FALSE(mapped->omission) << mapping.name << ": " << mapped->omission->message;
          const auto prepared = engine::prepare(resolver, mapped->program);
          ASSERT_TRUE(prepared) << mapping.name << ": " << prepared.diagnostics.front().message;
          const Touched touched = touchedBy(mapped->program, *on.machine, how);
          if (layer.macs > 0) {
            EXPECT_EQ(touched.macs, layer.macs) << mapping.name;
          }
          EXPECT_FALSE(touched.written.empty()) << mapping.name;
          ++checked[how.name];
        }
      }
    }
  }
  for (const CountedArchitecture& how : countedArchitectures()) {
    EXPECT_GE(checked[how.name], how.name == "output-stationary-array" ? 5 : 30) << how.name;
  }
}

}  // namespace
}  // namespace taktwerk
