// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/core/architecture/documents.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using test::sound;
using test::with;

std::string rewritten(const std::string& text) {
  return writeArchitecture(*parseArchitecture(text, "f"));
}

TEST(WriteArchitecture, CanonicalTextComesBackUnchanged) {
  EXPECT_EQ(rewritten(sound), sound);
}

TEST(WriteArchitecture, KeepsBoundsAndConstraints) {
  const std::string bounded =
      with(with(sound, "maximum: 16}\n",
                "maximum: 4 * columns, step: 1, values: [4, columns]}\n  columns: {default: 8, minimum: 2}\n"
                "constraints:\n"
                "  - {condition: rows <= columns, reason: \"so it is, and: not otherwise\"}\n"
                "  - {condition: columns > 1}\n"),
           "name: sound", "name: sound");
  EXPECT_EQ(rewritten(bounded), bounded);
}

TEST(WriteArchitecture, LayoutDoesNotMatter) {
  const std::string json = R"({"format": "taktwerk-architecture/1", "connections": [{"forward": ["a", "b"]}],
    "objects": {"a": {"latency": 1, "class": "PipelineStage", "at": [1.50, 2]}, "b": {"class": "ExecuteStage"}}})";
  EXPECT_EQ(rewritten(json),
            "format: taktwerk-architecture/1\n"
            "objects:\n"
            "  a: {class: PipelineStage, latency: 1, at: [1.5, 2]}\n"
            "  b: {class: ExecuteStage}\n"
            "connections:\n"
            "  - forward: [a, b]\n");
}

TEST(WriteArchitecture, KeepsPins) {
  const std::string pinned =
      test::with(test::sound, "{class: ExecuteStage}", "{class: ExecuteStage, at: [10, 20], pinned: true}");
  EXPECT_EQ(rewritten(pinned), pinned);
  EXPECT_EQ(rewritten(test::with(pinned, "pinned: true", "pinned: false")),
            test::with(pinned, ", pinned: true", ""));
}

TEST(WriteArchitecture, KeepsBends) {
  const std::string bent = test::with(test::sound, "  - reads: [alu, regs]\n",
                                      "  - {reads: [alu, regs], via: [[120, -40.5], [120, 200]]}\n");
  EXPECT_EQ(rewritten(bent), bent);
  const std::string ranged =
      test::with(bent, "  - writes: [alu, regs]\n", "  - {writes: [alu, regs], for: {i: 1}}\n");
  EXPECT_EQ(rewritten(ranged), ranged) << "also where connections are over ranges";
}

TEST(WriteArchitecture, QuotesWhatYamlWouldMisread) {
  const std::string text =
      with(with(sound, "name: sound", R"(name: "a: b # c")"), "latency: 2}",
           R"~(latency: "if(k > 8, 3, 1)", note: "line\n\"two\"\tand\\ ß {x}", colour: "#00ff00"})~");
  EXPECT_EQ(rewritten(text), text);
}

TEST(WriteArchitecture, NamesOfElementsAreQuoted) {
  const std::string text =
      "format: taktwerk-architecture/1\n"
      "objects:\n"
      "  \"pe[0].alu\": {class: FunctionalUnit, operations: [add], latency: ceil(k / 4) + 1}\n"
      "  \"pe[0].regs\": {class: RegisterFile, registers: [\"w[8]\", r]}\n"
      "connections:\n"
      "  - reads: [\"pe[0].alu\", \"pe[0].regs\"]\n";
  EXPECT_EQ(rewritten(text), text);
}

TEST(WriteArchitecture, KeepsWhatThisVersionDoesNotKnow) {
  const std::string text =
      "format: taktwerk-architecture/1\n"
      "objects:\n"
      "  x: {class: Mesh, shape: [[1, 2], {a: null, b: \"true\"}], flag: true}\n"
      "connections: []\n";
  EXPECT_EQ(rewritten(text), text);
}

TEST(WriteArchitecture, KeepsParameters) {
  const std::string text =
      "format: taktwerk-architecture/1\n"
      "description: \"What it is, in one line.\"\n"
      "parameters:\n"
      "  a: {default: -4, minimum: -10, description: \"cycles, exactly\"}\n"
      "  b: {default: 2 * a, maximum: 7}\n"
      "objects: {}\n"
      "connections: []\n";
  EXPECT_EQ(rewritten(text), text);
}

/// What is written means the same as what was read, and writing it again changes nothing.
TEST(WriteArchitecture, IsStableForEveryFileAtHand) {
  namespace fs = std::filesystem;
  for (const char* folder : {"archs", "tests/data/vectors"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(taktwerk::sourceDirectory()) / folder)) {
      if (!entry.path().string().ends_with(".arch.yaml")) continue;
      const Result<Architecture> original = readArchitecture(entry.path());
      ASSERT_TRUE(original);
      const std::string text = writeArchitecture(*original);
      const Result<Architecture> again = parseArchitecture(text, "again");
      ASSERT_TRUE(again) << text;
      EXPECT_EQ(writeArchitecture(*again), text);
      EXPECT_EQ(again->objects.size(), original->objects.size());
      EXPECT_EQ(again->connections.size(), original->connections.size());
      EXPECT_FALSE(hasErrors(again.diagnostics));
    }
  }
}

}  // namespace
}  // namespace taktwerk
