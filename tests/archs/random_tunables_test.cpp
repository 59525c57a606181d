// SPDX-License-Identifier: GPL-3.0-or-later
// Random choices of the tunables of every shipped mapping: what fits computes each product once, leaves
// nothing out, stays inside the machine, and takes as long by method auto as with every instruction timed.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include "core/engine/preparation/prepare.h"
#include "core/estimate/time_program.h"
#include "tests/archs/touched.h"
#include "tests/support/random_layer.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using namespace test;

using Choice = std::map<std::string, std::int64_t>;

Choice drawn(const std::vector<Tunable>& tunables, std::mt19937& random) {
  Choice choice;
  for (const Tunable& tunable : tunables) {
    std::uniform_int_distribution<std::size_t> place(0, tunable.values.size() - 1);
    choice[tunable.name] = tunable.values[place(random)];
  }
  return choice;
}

std::string inWords(const Choice& choice) {
  std::string text;
  for (const auto& [name, value] : choice) text += ' ' + name + '=' + std::to_string(value);
  return text;
}

/// Checks choices of one architecture's mappings for random layers.
class Choices {
 public:
  explicit Choices(const CountedArchitecture& how)
      : how_(how),
        on_(shipped(how.name, how.parameters)),
        resolver_(*on_.machine),
        automatic_(*on_.machine),
        full_(*on_.machine) {}

  void of(const std::string& operatorName, int trials) {
    for (; trials > 0; --trials) {
      const std::string text = randomLayer(operatorName, random_);
      SCOPED_TRACE(how_.name + '\n' + text);
      Result<Network> network = parseNetwork(text, "random");
      if (!network) continue;  // the window does not fit
      for (Tensor& tensor : network->tensors) tensor.bits = 6;
      for (const Mapping& mapping : on_.mappings) {
        const Match found = match(mapping, *on_.machine, *network, network->layers.front().id);
        if (found.layers.empty()) continue;
        const auto tunables = tunablesOf(mapping, *on_.machine, *network, found.layers);
        ASSERT_TRUE(tunables) << mapping.name << ": " << tunables.diagnostics.front().message;
        if (tunables->empty()) continue;
        met_.insert(mapping.name);
        for (int i = 0; i < 3; ++i) check(mapping, *network, found, drawn(*tunables, random_));
      }
    }
  }

  /// Every mapping met has been tried with choices that fit.
  void expectAllTried() const {
    EXPECT_FALSE(met_.empty()) << how_.name;
    for (const std::string& name : met_) EXPECT_GT(fitting_.count(name), 0U) << how_.name << ": " << name;
  }

 private:
  void check(const Mapping& mapping, const Network& network, const Match& found, const Choice& choice) {
    SCOPED_TRACE(mapping.name + inWords(choice));
    const auto mapped = mapLayers(mapping, *on_.machine, network, found.layers, choice);
    if (!mapped) {
      EXPECT_TRUE(isMisfit(mapped.diagnostics.front())) << mapped.diagnostics.front().message;
      return;
    }
    EXPECT_EQ(mapped->tunables, choice);
    EXPECT_FALSE(mapped->omission) << mapped->omission->message;
    const auto prepared = engine::prepare(resolver_, mapped->program);
    ASSERT_TRUE(prepared) << prepared.diagnostics.front().message;
    const Layer& layer = network.layers.front();
    if (layer.macs > 0 && !how_.operation.empty()) {
      EXPECT_EQ(touchedBy(mapped->program, *on_.machine, how_).macs, layer.macs);
    }
    Progress progress;
    EstimateOptions options;
    const TimedProgram automatic = timeProgram(automatic_, mapped->program, options, progress);
    options.method = Method::Full;
    const TimedProgram full = timeProgram(full_, mapped->program, options, progress);
    ASSERT_TRUE(automatic.diagnostics.empty()) << automatic.diagnostics.front().message;
    EXPECT_EQ(automatic.layer.cycles, full.layer.cycles);
    EXPECT_EQ(automatic.layer.instructions, full.layer.instructions);
    EXPECT_EQ(automatic.layer.breakdown, full.layer.breakdown);
    fitting_.insert(mapping.name);
  }

  const CountedArchitecture& how_;
  const Shipped on_;
  engine::Resolver resolver_;
  MachineTimer automatic_, full_;
  std::mt19937 random_{20261129};
  std::set<std::string> met_, fitting_;
};

/// Those whose instructions do not say how many products they are: no operation.
std::vector<CountedArchitecture> allArchitectures() {
  std::vector<CountedArchitecture> all = countedArchitectures();
  all.push_back({"gemmini-blocks", {{"mesh", 2}}, ""});
  all.push_back({"ultratrail", {{"lanes", 2}}, ""});
  all.push_back({"ultratrail-steps", {{"lanes", 2}}, ""});
  return all;
}

class RandomTunables : public testing::TestWithParam<CountedArchitecture> {};

TEST_P(RandomTunables, ComputeEachProductOnceWhereTheyFit) {
  Choices choices(GetParam());
  for (const std::string& name : randomOperators) choices.of(name, propertyCount(12));
  choices.expectAllTried();
}

INSTANTIATE_TEST_SUITE_P(Architectures, RandomTunables, testing::ValuesIn(allArchitectures()),
                         [](const auto& instance) {
                           std::string name = instance.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace taktwerk
