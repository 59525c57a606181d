// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/parameter_use.h"

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/mapping/mapping.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using Names = std::vector<std::string>;

Names objectsOf(const Architecture& architecture, const std::string& parameter) {
  Names names;
  const ParameterUse use(architecture);
  for (const ObjectId id : use.objectsOf(parameter)) {
    names.push_back(architecture.objects[id.index()].name);
  }
  return names;
}

TEST(ParameterUse, IsByTheNameInAttributes) {
  const Architecture architecture = *parseArchitecture(R"(format: taktwerk-architecture/1
parameters:
  slow: {default: 2}
  width: {default: 1}
  places: {default: width * 2}
  unused: {default: 1}
objects:
  imem: {class: SRAM, read_latency: slow + 1, port_width: width}
  fetch: {class: InstructionFetchStage, issue_buffer_size: places}
  regs: {class: RegisterFile, registers: [r0], data_width: 8}
connections: []
)",
                                                       "a")
                                         .value;
  EXPECT_EQ(objectsOf(architecture, "slow"), (Names{"imem"}));
  EXPECT_EQ(objectsOf(architecture, "width"), (Names{"imem", "fetch"}));  // places follows it
  EXPECT_EQ(objectsOf(architecture, "places"), (Names{"fetch"}));
  EXPECT_TRUE(objectsOf(architecture, "unused").empty());
  EXPECT_TRUE(objectsOf(architecture, "nothing").empty());
  const ParameterUse use(architecture);
  EXPECT_EQ(use.parametersOf(architecture.find("fetch")->id), (std::set<std::string>{"width", "places"}));
  EXPECT_TRUE(use.parametersOf(architecture.find("regs")->id).empty());
  EXPECT_TRUE(use.parametersOf(ObjectId{}).empty());
}

TEST(ParameterUse, GoesThroughTemplatesAndArrays) {
  const Architecture architecture = *parseArchitecture(R"(format: taktwerk-architecture/1
parameters:
  rows: {default: 2}
  fast: {default: 1}
  latency: {default: 3}
templates:
  element:
    parameters:
      latency: {default: 1}
      width: {default: rows}
    objects:
      alu: {class: FunctionalUnit, operations: [mac], latency: latency}
      mem: {class: SRAM, read_latency: 1, port_width: width}
objects:
  pe: {template: element, size: rows, latency: fast}
  one: {template: element}
  bank: {class: SRAM, size: [rows, 2], index: [r, fast], read_latency: fast + 1}
connections: []
)",
                                                       "a")
                                         .value;
  // The template's own `latency` stands in for the architecture's; `fast` is an index in `bank`.
  EXPECT_TRUE(objectsOf(architecture, "latency").empty());
  EXPECT_EQ(objectsOf(architecture, "fast"), (Names{"pe[0].alu", "pe[1].alu"}));
  EXPECT_EQ(objectsOf(architecture, "rows"),
            (Names{"pe[0].alu", "pe[0].mem", "pe[1].alu", "pe[1].mem", "one.mem", "bank[0][0]", "bank[0][1]",
                   "bank[1][0]", "bank[1][1]"}));
}

TEST(ParameterUse, EndsInTemplatesThatContainThemselves) {
  const Result<Architecture> read = parseArchitecture(R"(format: taktwerk-architecture/1
parameters: {n: {default: 1}}
templates:
  t:
    objects: {a: {template: t}, b: {template: t}, c: {class: SRAM, read_latency: n}}
objects: {x: {template: t}}
connections: []
)",
                                                      "a");
  ASSERT_TRUE(read.value);
  EXPECT_TRUE(objectsOf(*read.value, "n").empty());
}

TEST(ParameterUse, EveryParameterOfShippedFilesConcernsABlockOrAMapping) {
  for (const std::string name : {"gemmini", "one-mac", "systolic-array", "plasticine-derived", "ultratrail",
                                 "nvdla-like", "tpu-like", "output-stationary-array"}) {
    const std::string path = sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml";
    const auto read = readArchitecture(path);
    ASSERT_TRUE(read);
    std::set<std::string> inMappings;
    const auto mappings = readMappingsBeside(path);
    for (const Mapping& mapping : *mappings) {
      const std::vector<std::string> names = parameterNames(mapping);
      inMappings.insert(names.begin(), names.end());
    }
    const ParameterUse use(*read);
    for (const Parameter& p : read->parameters) {
      if (!inMappings.contains(p.name)) {
        EXPECT_FALSE(use.objectsOf(p.name).empty()) << name << ' ' << p.name;
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk
