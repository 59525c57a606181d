// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/trace_kernels.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(TraceKernels, AreFoundWithStartLengthRepetitionsAndDepth) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "kernels_test.trace.jsonl";
  {
    std::ofstream out(path);
    out << "{\"operation\": \"start\"}\n\n";
    for (int i = 0; i < 4; ++i) {
      out << "{\"operation\": \"clear\", \"writes\": [\"r.a\"]}\n";
      for (int k = 0; k < 5; ++k) {
        out << "{\"operation\": \"load\", \"memory_reads\": [{\"memory\": \"m\", \"address\": " << 100 * i + k
            << "}]}\n"
            << "{\"operation\": \"mac\", \"immediates\": {\"k\": 3}}\n";
      }
    }
  }
  Progress progress;
  const Result<Program> program = readTraceAsLoops(path, progress);
  std::filesystem::remove(path);
  ASSERT_TRUE(program);
  EXPECT_EQ(program->name, "kernels_test");
  EXPECT_EQ(sizeOf(*program).instructions, 1 + 4 * 11);
  const std::vector<Kernel> kernels = kernelsOf(*program);
  ASSERT_EQ(kernels.size(), 2u);
  EXPECT_EQ(kernels[0].start, 1);
  EXPECT_EQ(kernels[0].sourceLine, 3u);
  EXPECT_EQ(kernels[0].length, 11);
  EXPECT_EQ(kernels[0].repetitions, 4);
  EXPECT_EQ(kernels[0].depth, 0u);
  EXPECT_EQ(kernels[1].start, 2);
  EXPECT_EQ(kernels[1].length, 2);
  EXPECT_EQ(kernels[1].repetitions, 5);
  EXPECT_EQ(kernels[1].depth, 1u);
}

TEST(TraceKernels, OfABrokenTraceAreItsProblems) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "broken_test.trace.jsonl";
  std::ofstream(path) << "{\"operation\": \"a\"}\n{\"operation\": }\n";
  Progress progress;
  const Result<Program> program = readTraceAsLoops(path, progress);
  std::filesystem::remove(path);
  EXPECT_FALSE(program);
  ASSERT_EQ(program.diagnostics.size(), 1u);
  EXPECT_EQ(program.diagnostics.front().position.line, 2u);
}

}  // namespace
}  // namespace taktwerk
