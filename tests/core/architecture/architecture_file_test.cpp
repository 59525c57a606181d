// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/architecture_file.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/base/files.h"
#include "tests/core/architecture/documents.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using test::DocumentCase;
using test::problemsOf;
using test::sound;
using test::with;

TEST(ArchitectureFile, ReadsTheExampleOfTheFormat) {
  const Result<Architecture> a = parseArchitecture(sound, "f.arch.yaml");
  ASSERT_TRUE(a);
  EXPECT_EQ(problemsOf(sound), "");
  EXPECT_EQ(a->file, "f.arch.yaml");
  EXPECT_EQ(a->name, "sound");
  EXPECT_FALSE(a->readOnly);
  ASSERT_EQ(a->parameters.size(), 1U);
  EXPECT_EQ(a->parameters[0].name, "rows");
  EXPECT_EQ(a->parameters[0].defaultValue, 4);
  EXPECT_EQ(a->parameters[0].minimum->value, 1);
  EXPECT_EQ(a->parameters[0].maximum->value, 16);
  ASSERT_EQ(a->objects.size(), 9U);
  const ObjectDeclaration* alu = a->find("alu");
  ASSERT_NE(alu, nullptr);
  EXPECT_EQ(alu->objectClass, ObjectClass::FunctionalUnit);
  EXPECT_EQ(alu->position, (SourcePosition{11, 3}));
  EXPECT_EQ(alu->id.value, 5U);
  ASSERT_NE(alu->find("latency"), nullptr);
  EXPECT_EQ(alu->find("latency")->value.scalar, "2");
  EXPECT_EQ(alu->find("latency")->position, (SourcePosition{11, 51}));
  EXPECT_EQ(alu->find("class"), nullptr);
  ASSERT_EQ(a->connections.size(), 10U);
  EXPECT_EQ(a->connections[0].kind, ConnectionKind::Contains);
  EXPECT_EQ(a->objects[a->connections[0].from.index()].name, "fetch");
  EXPECT_EQ(a->connections[2].position, (SourcePosition{18, 5}));
}

TEST(ArchitectureFile, CanvasDataIsNoAttribute) {
  const Result<Architecture> a = parseArchitecture(
      with(sound, "latency: 2}", "latency: 2, at: [12, -3.5], note: \"a, b\", colour: \"#12aBff\"}"), "f");
  ASSERT_TRUE(a);
  EXPECT_TRUE(a.diagnostics.empty());
  const ObjectDeclaration* alu = a->find("alu");
  EXPECT_EQ(alu->at, (CanvasPoint{12, -3.5}));
  EXPECT_EQ(alu->note, "a, b");
  EXPECT_EQ(alu->colour, "#12aBff");
  EXPECT_EQ(alu->attributes.size(), 2U);
}

TEST(ArchitectureFile, ConnectionsMayStandBeforeObjects) {
  const std::size_t objects = sound.find("objects:"), connections = sound.find("connections:");
  const std::string swapped =
      sound.substr(0, objects) + sound.substr(connections) + sound.substr(objects, connections - objects);
  EXPECT_EQ(problemsOf(swapped), "");
}

TEST(ArchitectureFile, ConnectionsMayHaveBends) {
  const auto a = parseArchitecture(with(sound, "  - forward: [fetch, decode]\n",
                                        "  - {via: [[1, 2.5], [-3, 4]], forward: [fetch, decode]}\n"),
                                   "f");
  ASSERT_TRUE(a);
  EXPECT_TRUE(a.diagnostics.empty());
  EXPECT_EQ(a->connections[2].via, (std::vector<CanvasPoint>{{1, 2.5}, {-3, 4}}));
  EXPECT_TRUE(a->connections[3].via.empty());
  std::string many = "  - {forward: [fetch, decode], via: [";
  for (std::size_t i = 0; i <= mostBends; ++i) many += "[1, 2], ";
  EXPECT_EQ(problemsOf(with(sound, "  - forward: [fetch, decode]\n", many + "]}\n")),
            "18:37: error: via must have at most 32 points, found 33 [A0408]");
}

class ArchitectureText : public testing::TestWithParam<DocumentCase> {};

TEST_P(ArchitectureText, HasTheseProblems) {
  EXPECT_EQ(problemsOf(with(sound, GetParam().from, GetParam().to)), GetParam().problems);
}

INSTANTIATE_TEST_SUITE_P(
    Format, ArchitectureText,
    testing::Values(
        DocumentCase{"missing", "format: taktwerk-architecture/1\n", "",
                     "1:1: error: format is missing; write \"format: taktwerk-architecture/1\" [A0001]"},
        DocumentCase{
            "other", "taktwerk-architecture/1", "taktwerk-network/1",
            "1:9: error: format must be taktwerk-architecture/1, found \"taktwerk-network/1\" [A0002]"},
        DocumentCase{
            "newer", "taktwerk-architecture/1", "taktwerk-architecture/7",
            "1:9: error: format must be taktwerk-architecture/1, found \"taktwerk-architecture/7\"; this "
            "version does not read it [A0002]"},
        DocumentCase{"unknown key", "name: sound", "nmae: sound",
                     "2:1: error: unknown key \"nmae\"; did you mean \"name\"? [A0004]"},
        DocumentCase{"name of the wrong kind", "name: sound", "name: [sound]",
                     "2:7: error: name must be a text, found a list [A0005]"},
        DocumentCase{"repeated key", "name: sound", "name: sound\nname: again",
                     "3:1: error: the key \"name\" is already given in line 2, column 1 [Y0108]"}));

INSTANTIATE_TEST_SUITE_P(
    Parameters, ArchitectureText,
    testing::Values(
        DocumentCase{"a list", "  rows: {default: 4, minimum: 1, maximum: 16}", "  - rows",
                     "4:3: error: parameters must be a map as in {rows: {default: 4}}, found a list [A0101]"},
        DocumentCase{"a number", "{default: 4, minimum: 1, maximum: 16}", "4",
                     "4:9: error: parameter \"rows\" must be a map as in {default: 4}, found \"4\" [A0102]"},
        DocumentCase{
            "unknown key", "maximum", "maximun",
            "4:34: error: unknown key \"maximun\" of parameter \"rows\"; did you mean \"maximum\"? [A0103]"},
        DocumentCase{"no default", "default: 4, ", "",
                     "4:3: error: parameter \"rows\" has no default [A0104]\n"
                     "4:3: error: parameter \"rows\" must be at least 1 and at most 16, is 0 [A0108]"},
        DocumentCase{"fractional minimum", "minimum: 1", "minimum: 1.5",
                     "4:31: error: minimum of parameter \"rows\" must be a whole number or an expression, "
                     "found \"1.5\" "
                     "[A0105]"},
        DocumentCase{
            "list as default", "default: 4", "default: [4]",
            "4:19: error: default of parameter \"rows\" must be a whole number or an expression, found a "
            "list "
            "[A0105]\n4:19: error: parameter \"rows\" must be at least 1 and at most 16, is 0 [A0108]"},
        DocumentCase{
            "exponent in default", "default: 4", "default: 1e1",
            "4:19: error: default of parameter \"rows\": \"1e1\" is not a whole number in decimal digits; "
            "fractions are written 3 / 2 [A0109]"},
        DocumentCase{"out of range", "default: 4", "default: 99",
                     "4:19: error: parameter \"rows\" must be at least 1 and at most 16, is 99 [A0108]"},
        DocumentCase{"empty range", "minimum: 1", "minimum: 17",
                     "4:3: error: parameter \"rows\" has a minimum of 17 above its maximum of 16 [A0112]\n"
                     "4:19: error: parameter \"rows\" must be at least 17 and at most 16, is 4 [A0108]"},
        DocumentCase{"bad name", "rows:", "\"my rows\":",
                     "4:3: error: \"my rows\" is not the name of a parameter; write letters, digits and _, "
                     "not beginning "
                     "with a digit [A0106]"},
        DocumentCase{
            "reserved name", "rows:", "words:",
            "4:3: error: a parameter cannot be called \"words\", which means something else in expressions "
            "[A0106]"}));

INSTANTIATE_TEST_SUITE_P(
    Objects, ArchitectureText,
    testing::Values(
        DocumentCase{"unknown class", "{class: PipelineStage, ", "{class: PipelineStag, ",
                     "9:19: error: unknown class \"PipelineStag\"; did you mean \"PipelineStage\"? [A0202]"},
        DocumentCase{"repeated", "  dmem: ", "  regs: {class: RegisterFile, registers: [r0]}\n  dmem: ",
                     "14:3: error: the key \"regs\" is already given in line 13, column 3 [Y0108]"},
        DocumentCase{
            "bad name", "  dmem: {class: SRAM, read_latency: 3}",
            "  dmem: {class: SRAM, read_latency: 3}\n  data-2: {class: ExecuteStage}",
            "15:3: error: \"data-2\" is not the name of an object; a name is letters, digits and _, not "
            "beginning with a digit, with parts joined by dots and indices in brackets as in pe[0][1].alu "
            "[A0206]\n"
            "15:3: warning: ExecuteStage \"data-2\" contains no unit, so it only forwards [A0506]\n"
            "15:3: warning: ExecuteStage \"data-2\" cannot be reached: no forward connections lead to it "
            "from "
            "\"fetch\" [A0512]"},
        DocumentCase{"bad place", "latency: 2}", "latency: 2, at: [1, x]}",
                     "11:67: error: at must be two numbers as in [120, 40], found a list [A0204]"},
        DocumentCase{"infinite place", "latency: 2}", "latency: 2, at: [1, inf]}",
                     "11:67: error: at must be two numbers as in [120, 40], found a list [A0204]"},
        DocumentCase{"bad pin", "latency: 2}", "latency: 2, pinned: yes}",
                     "11:71: error: pinned must be true or false, found \"yes\" [A0208]"},
        DocumentCase{
            "bad colour", "latency: 2}", "latency: 2, colour: red}",
            "11:71: error: colour must be \"#rrggbb\" in quotes (without them # begins a comment), found "
            "\"red\" [A0205]"},
        DocumentCase{
            "expression with commas between braces", "latency: 2}", "latency: if(rows > 2, 1, 3)}",
            "11:71: error: latency: a closing parenthesis is missing [A0304]\n"
            "11:73: error: FunctionalUnit has no attribute \"1\"; put an expression with commas in quotes "
            "[A0301]\n"
            "11:76: error: FunctionalUnit has no attribute \"3)\"; put an expression with commas in quotes "
            "[A0301]"}));

INSTANTIATE_TEST_SUITE_P(
    Connections, ArchitectureText,
    testing::Values(
        DocumentCase{
            "not a list", "connections:\n  - contains: [fetch, imau]\n", "connections: 3\nother:\n",
            "15:14: error: connections must be a list as in [{forward: [fetch, execute]}], found \"3\" "
            "[A0401]\n16:1: error: unknown key \"other\" [A0004]"},
        DocumentCase{
            "two in one", "  - contains: [execute, lsu]\n",
            "  - {contains: [execute, lsu], reads: [lsu, regs]}\n",
            "21:5: error: a connection is one of contains, forward, reads and writes with two objects, as in "
            "{forward: [fetch, execute]}, found a map of 2 [A0402]"},
        DocumentCase{"unknown kind", "  - writes: [lsu, dmem]\n", "  - wirtes: [lsu, dmem]\n",
                     "25:5: error: unknown connection \"wirtes\"; did you mean \"writes\"? [A0403]"},
        DocumentCase{
            "three objects", "[lsu, dmem]", "[lsu, dmem, regs]",
            "24:12: error: reads must name two objects as in [fetch, execute], found a list of 3 [A0404]"},
        DocumentCase{"via that is no list", "  - writes: [lsu, dmem]\n",
                     "  - {writes: [lsu, dmem], via: 3}\n",
                     "25:32: error: via must be a list of points as in [[120, 40], [120, 200]], found \"3\" "
                     "[A0408]"},
        DocumentCase{
            "via of bad points", "  - writes: [lsu, dmem]\n",
            "  - {writes: [lsu, dmem], via: [[1, 2], 3, [4, x], [1e99, 2], [1, 2, 3]]}\n",
            "25:41: error: a point of via must be two numbers as in [120, 40], found \"3\" [A0408]\n"
            "25:44: error: a point of via must be two numbers as in [120, 40], found a list [A0408]\n"
            "25:52: error: a point of via must be two numbers as in [120, 40], found a list [A0408]\n"
            "25:63: error: a point of via must be two numbers as in [120, 40], found a list "
            "[A0408]"},
        DocumentCase{"via of many lines", "  - writes: [lsu, dmem]\n",
                     "  - {writes: [lsu, dmem], for: {i: 1}, via: [[1, 2]]}\n",
                     "25:40: error: via is of one line; a connection with for stands for several [A0409]"},
        DocumentCase{"unknown object", "  - writes: [lsu, dmem]\n", "  - writes: [lsu, dmen]\n",
                     "25:19: error: there is no object \"dmen\"; did you mean \"dmem\"? [A0405]"}));

TEST(ArchitectureFile, ReportsAllProblemsInTheOrderOfTheFile) {
  std::string text = with(sound, "latency: 2", "latncy: 2");
  text = with(text, "[r0, r1]", "[]");
  text = with(text, "maximum: 16", "maximum: 2");
  text = with(text, "[lsu, dmem]", "[lsu, mem]");
  EXPECT_EQ(problemsOf(text),
            "4:19: error: parameter \"rows\" must be at least 1 and at most 2, is 4 [A0108]\n"
            "11:51: error: FunctionalUnit has no attribute \"latncy\"; did you mean \"latency\"? [A0301]\n"
            "13:42: error: registers must be a list of at least one name, found an empty list [A0310]\n"
            "24:18: error: there is no object \"mem\"; did you mean \"imem\"? [A0405]");
}

TEST(ArchitectureFile, WhatIsNotUnderstoodMakesItReadOnly) {
  const auto readOnly = [](const std::string& text) {
    const Result<Architecture> a = parseArchitecture(text, "f");
    return a && a->readOnly;
  };
  EXPECT_FALSE(readOnly(sound));
  EXPECT_FALSE(readOnly(with(sound, "latency: 2", "latency: -2")));
  EXPECT_TRUE(readOnly(with(sound, "latency: 2", "speed: 2")));
  EXPECT_TRUE(readOnly(with(sound, "{class: PipelineStage,", "{class: Mesh,")));
  EXPECT_TRUE(readOnly(with(sound, "name: sound", "theme: dark")));
  EXPECT_TRUE(readOnly(with(sound, "  - forward: [fetch, decode]", "  - crosses: [fetch, decode]")));
}

TEST(ArchitectureFile, KeepsObjectsOfUnknownClasses) {
  const Result<Architecture> a =
      parseArchitecture(with(sound, "decode: {class: PipelineStage,", "decode: {class: Mesh,"), "f");
  ASSERT_TRUE(a);
  EXPECT_TRUE(hasErrors(a.diagnostics));
  const ObjectDeclaration* decode = a->find("decode");
  ASSERT_NE(decode, nullptr);
  EXPECT_EQ(decode->objectClass, ObjectClass::Unknown);
  EXPECT_EQ(decode->className, "Mesh");
  EXPECT_EQ(decode->attributes.size(), 1U);
  EXPECT_EQ(a->connections.size(), 10U);
}

TEST(ArchitectureFile, TextThatIsNoArchitectureGivesNoValue) {
  for (const char* text : {"", "[1, 2]", "just text", "a: [", "format: taktwerk-mapping/1\n"}) {
    const Result<Architecture> a = parseArchitecture(text, "f");
    EXPECT_FALSE(a) << text;
    EXPECT_EQ(a.diagnostics.size(), 1U) << text;
  }
}

TEST(ArchitectureFile, EmptyPartsAreAllowedByTheReaderAndReportedByTheRules) {
  EXPECT_EQ(problemsOf("format: taktwerk-architecture/1\nparameters:\nobjects:\nconnections:\n"),
            "1:1: error: an architecture needs exactly one InstructionFetchStage, found none [A0501]");
  EXPECT_EQ(problemsOf("format: taktwerk-architecture/1"),
            "1:1: error: an architecture needs exactly one InstructionFetchStage, found none [A0501]");
}

TEST(ArchitectureFile, MountainsOfProblemsAreCutOff) {
  std::string text = sound;
  for (int i = 0; i < 20'000; ++i) text += "  - writes: [a" + std::to_string(i) + ", b]\n";
  const Result<Architecture> a = parseArchitecture(text, "f");
  ASSERT_EQ(a.diagnostics.size(), 1001U);
  EXPECT_EQ(a.diagnostics.back().message, "39000 more problems are not shown");
  EXPECT_TRUE(hasErrors(a.diagnostics));
}

TEST(ArchitectureFile, MissingFilesAreProblemsOfTheFile) {
  const Result<Architecture> a = readArchitecture("/nowhere/x.arch.yaml");
  EXPECT_FALSE(a);
  ASSERT_EQ(a.diagnostics.size(), 1U);
  EXPECT_EQ(toString(a.diagnostics[0]), "/nowhere/x.arch.yaml:1:1: error: there is no such file [F0001]");
}

TEST(ArchitectureFile, ReadsEveryVectorAndBundledArchitecture) {
  namespace fs = std::filesystem;
  int files = 0;
  for (const char* folder : {"archs", "tests/data/vectors"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(taktwerk::sourceDirectory()) / folder)) {
      if (!entry.path().string().ends_with(".arch.yaml")) continue;
      const Result<Architecture> a = readArchitecture(entry.path());
      ASSERT_TRUE(a) << entry.path();
      EXPECT_FALSE(hasErrors(a.diagnostics)) << test::problems(a.diagnostics);
      ++files;
    }
  }
  EXPECT_GE(files, 121);
}

}  // namespace
}  // namespace taktwerk
