// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever a file holds, the answer is a diagnostic with its place and exit status 1, after little
// computing and in little memory.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string tcResNet = "resources/networks/tc-resnet8.network.yaml";

ProcessOptions limited() {
  ProcessOptions options;
  options.cpuSeconds = 15;
  options.addressBytes = std::int64_t{1} << 30;
  return options;
}

/// The command refuses `file`, says where and why, and has not worked hard for it.
void expectRefused(const std::vector<std::string>& arguments, const std::string& file) {
  const Outcome outcome = cli(arguments, limited());
  EXPECT_EQ(outcome.status, 1) << "signal " << outcome.signal << ", " << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  ASSERT_THAT(outcome.err, StartsWith(file + ":"));
  const std::string first = outcome.err.substr(file.size(), outcome.err.find('\n') - file.size());
  EXPECT_TRUE(std::regex_match(first, std::regex(":[1-9][0-9]*:[1-9][0-9]*: error: .+"))) << first;
  EXPECT_LT(outcome.err.size(), 65536U);
  if (!sanitized()) {
    EXPECT_LT(outcome.peakKibibytes, 256 * 1024);
  }
}

std::string repeat(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string binary() {
  std::string bytes;
  std::uint32_t state = 12345;
  for (int i = 0; i < 4096; ++i) {
    state = state * 1664525U + 1013904223U;
    bytes += static_cast<char>(state >> 24U);
  }
  return bytes;
}

std::string aliasBomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 12; ++level) {
    const std::string before = "*a" + std::to_string(level - 1);
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + repeat(before + ", ", 9) +
            before + "]\n";
  }
  return text;
}

/// What no kind of file can hold, by what it is called.
std::vector<std::pair<std::string, std::string>> nonsense() {
  return {{"empty", ""},
          {"blank", "\n\n   \n"},
          {"binary", binary()},
          {"zeros", std::string(1000, '\0')},
          {"not UTF-8", "name: \xff\xfe\n"},
          {"a scalar", "just words\n"},
          {"a list", "- 1\n- 2\n"},
          {"fifty megabytes", "name: " + std::string(std::size_t{50} << 20U, 'x') + "\n"},
          {"fifty megabytes of entries", repeat("- {a: b}\n", (std::size_t{50} << 20U) / 9)},
          {"four megabytes of entries", repeat("- {a: b}\n", std::size_t{400'000})},
          {"deep in brackets", repeat("[", 100'000)},
          {"deep in braces", repeat("{a: ", 100'000)},
          {"deep in dashes", repeat("- ", 100'000)},
          {"alias bomb", aliasBomb()},
          {"an alias to itself", "a: &a [*a]\n"},
          {"two documents", "a: 1\n---\nb: 2\n"},
          {"another format", "format: something-else/7\nname: x\n"},
          {"a later version", "format: taktwerk-architecture/99\nname: x\n"}};
}

class Nonsense : public testing::TestWithParam<const char*> {};

TEST_P(Nonsense, IsRefusedByCheck) {
  for (const auto& [what, text] : nonsense()) {
    SCOPED_TRACE(what);
    const Folder folder;
    const std::string path = folder.write(std::string("bad.") + GetParam(), text);
    expectRefused({"check", path}, path);
  }
}

TEST_P(Nonsense, FilesThatAreNotThereOrNotFilesAreRefused) {
  const Folder folder;
  const std::string missing = folder / (std::string("missing.") + GetParam());
  expectRefused({"check", missing}, missing);
  const std::string directory = folder / (std::string("folder.") + GetParam());
  std::filesystem::create_directory(directory);
  expectRefused({"check", directory}, directory);
  const std::string pipe = folder / (std::string("pipe.") + GetParam());
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  expectRefused({"check", pipe}, pipe);
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, Nonsense,
                         testing::Values("arch.yaml", "network.yaml", "mapping.yaml", "json"),
                         [](const auto& kind) {
                           const std::string name = kind.param;
                           return name.substr(0, name.find('.'));
                         });

TEST(BadInput, ResultsOfMonstrousSizeAreRefusedOrRead) {
  const Folder folder;
  const std::string layers =
      "{\"cycles\": 3, \"layers\": [" + repeat("{\"name\":\"a\"},", 1'000'000) + "{\"name\":\"b\"}]}";
  const std::string many = folder.write("many.json", layers);
  expectRefused({"check", many}, many);
  const std::string large = folder.write("large.json", std::string(std::size_t{17} << 20U, ' '));
  expectRefused({"check", large}, large);
  const std::string empty = folder.write("lines.json", "{\"layers\": [" + repeat("\n", 15'000'000));
  expectRefused({"check", empty}, empty);
  std::string causes = "{\"layers\": [{\"name\": \"a\", \"cycles\": 1, \"breakdown\": {";
  for (int i = 0; i < 500'000; ++i) causes += "\"busy:" + std::to_string(i) + "\":NaN,";
  const Outcome outcome = cli({"check", folder.write("causes.json", causes + "\"x\":1}}]}")}, limited());
  EXPECT_EQ(outcome.status, 0) << "signal " << outcome.signal;
  EXPECT_LT(outcome.err.size(), 65536U);
  EXPECT_THAT(outcome.err, HasSubstr("it counts as missing"));
}

/// Every prefix of a good file that ends within a line is refused or good, and nothing else happens.
void expectTruncationsSurvive(const std::string& name, const std::string& text) {
  const Folder folder;
  for (std::size_t share = 1; share < 12; ++share) {
    const std::string path = folder.write(name, text.substr(0, text.size() * share / 12 + 3));
    const Outcome outcome = cli({"check", path}, limited());
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 1) << share << ": signal " << outcome.signal;
    if (outcome.status == 1) {
      EXPECT_THAT(outcome.err, StartsWith(path + ":"));
    }
  }
}

TEST(BadInput, TruncatedFilesAreRefused) {
  const std::filesystem::path root = taktwerk::sourceDirectory();
  expectTruncationsSurvive("cut.arch.yaml", std::string(smallArchitecture));
  expectTruncationsSurvive("cut.network.yaml", textOf(root / tcResNet));
  for (const auto& entry : std::filesystem::directory_iterator(root / "archs/one-mac/mappings")) {
    expectTruncationsSurvive("cut.mapping.yaml", textOf(entry.path()));
  }
  const Folder folder;
  const std::string half(smallArchitecture.substr(0, smallArchitecture.size() / 2));
  const std::string path = folder.write("half.arch.yaml", half);
  expectRefused({"check", path}, path);
}

/// The small architecture with one piece replaced.
void expectArchitectureRefused(const std::string& piece, const std::string& by, const std::string& message) {
  SCOPED_TRACE(by);
  std::string text(smallArchitecture);
  ASSERT_NE(text.find(piece), std::string::npos);
  text.replace(text.find(piece), piece.size(), by);
  const Folder folder;
  const std::string path = folder.write("bad.arch.yaml", text);
  expectRefused({"check", path}, path);
  EXPECT_THAT(cli({"check", path}).err, HasSubstr(message));
  expectRefused({"estimate", "--arch", path, "--network", tcResNet, "--json"}, path);
}

TEST(BadInput, ArchitecturesWithWrongContentAreRefused) {
  expectArchitectureRefused("class: PipelineStage", "class: PipelineStag", "PipelineStage");
  expectArchitectureRefused("class: PipelineStage", "clas: PipelineStage", "clas");
  expectArchitectureRefused("class: PipelineStage", "class: [PipelineStage]", "class");
  expectArchitectureRefused("read_latency: 3", "read_latency: three", "three");
  expectArchitectureRefused("read_latency: 3", "read_latency: 1.5", "1.5");
  expectArchitectureRefused("read_latency: 3", "read_latency: [3]", "read_latency");
  expectArchitectureRefused("read_latency: 3", "read_latency: 010", "010");
  expectArchitectureRefused("read_latency: 3", "read_latency: 99999999999999999999", "read_latency");
  expectArchitectureRefused("read_latency: 3", "read_latncy: 3", "did you mean \"read_latency\"?");
  expectArchitectureRefused("latency: mac_latency", "latency: 1 / 0", "latency");
  expectArchitectureRefused("latency: mac_latency", "latency: mac_latency / 4", "whole");
  expectArchitectureRefused("latency: mac_latency", "latency: 2 ^ 2 ^ 2 ^ 2 ^ 2 ^ 2", "latency");
  expectArchitectureRefused("latency: mac_latency", "latency: \"" + repeat("(", 3000) + "\"", "latency");
  expectArchitectureRefused("{default: 2, minimum", "{default: mac_latency, minimum", "mac_latency");
  expectArchitectureRefused("maximum: 16", "maximum: 1", "mac_latency");
  expectArchitectureRefused("forward: [decode, execute]", "forward: [decode, decode]", "decode");
  expectArchitectureRefused("forward: [decode, execute]", "forward: [decode, exekute]", "execute");
  expectArchitectureRefused("reads: [alu, regs]", "reads: [regs, alu]", "regs");
  expectArchitectureRefused("reads: [alu, regs]", "reads: [alu]", "reads");
  expectArchitectureRefused("  - writes: [alu, regs]", "  - rites: [alu, regs]", "did you mean \"writes\"?");
}

TEST(BadInput, HugeSizesInSmallFilesCostNothing) {
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"issue_buffer_size: 4", "issue_buffer_size: 9000000000000000000"},
      {"port_width: 2", "port_width: 9000000000000000000"},
      {"max_concurrent_requests: 2", "max_concurrent_requests: 9000000000000000000"},
      {"max_concurrent_requests: 2", "banks: 9000000000000000000, interleave_words: 9000000000000000000"},
      {"registers: [r0, r1, r2, r3]", "depth: 9000000000000000000, registers: [r0, r1, r2, r3]"},
      {"read_latency: 3", "read_latency: 9000000000000000000"}};
  const Folder folder;
  const std::string trace = folder.write("three.trace.jsonl", smallTrace);
  for (const auto& [piece, by] : changes) {
    SCOPED_TRACE(by);
    std::string text(smallArchitecture);
    text.replace(text.find(piece), piece.size(), by);
    const std::string path = folder.write("huge.arch.yaml", text);
    for (const char* method : {"auto", "full", "simulate"}) {
      const Outcome outcome =
          cli({"estimate", "--arch", path, "--trace", trace, "--method", method, "--json"}, limited());
      EXPECT_TRUE(outcome.status == 0 || outcome.status == 1)
          << method << ": signal " << outcome.signal << outcome.err;
      if (!sanitized()) {
        EXPECT_LT(outcome.peakKibibytes, 256 * 1024) << method;
      }
    }
  }
}

TEST(BadInput, TracesWithWrongLinesAreRefusedAtTheLine) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string good = R"({"operation": "add", "writes": ["regs.r0"]})"
                           "\n";
  const std::vector<std::string> lines = {
      "{",
      "[]",
      "7",
      "{}",
      R"({"operation": 7})",
      R"({"operation": "divide"})",
      R"({"operation": "add", "reads": "regs.r0"})",
      R"({"operation": "add", "reads": ["regs.r9"]})",
      R"({"operation": "add", "red": ["regs.r0"]})",
      R"({"operation": "add", "unit": "alu2"})",
      R"({"operation": "add", "immediates": {"k": 1.5}})",
      R"({"operation": "load", "memory_reads": [{"memory": "dmen", "address": 0, "words": 1}]})",
      R"({"operation": "load", "memory_reads": [{"memory": "dmem", "address": -1, "words": 1}]})",
      R"({"operation": "load", "memory_reads": [{"memory": "dmem", "address": 0, "words": 0}]})",
      R"({"operation": "load", "memory_reads": [{"memory": "dmem", "address": 9223372036854775807, "words": 2}]})",
      repeat("[", 100'000),
      "{\"operation\": \"add\", \"x\": " + repeat("[", 100'000),
      "{\"operation\": \"" + std::string(std::size_t{8} << 20U, 'x') + "\"}",
      binary()};
  for (const std::string& line : lines) {
    SCOPED_TRACE(line.substr(0, 80));
    const std::string trace = folder.write("bad.trace.jsonl", good + line + "\n");
    const Outcome outcome = cli({"estimate", "--arch", architecture, "--trace", trace, "--json"}, limited());
    EXPECT_EQ(outcome.status, 1) << "signal " << outcome.signal << outcome.err;
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, StartsWith(trace + ":2:"));
    EXPECT_LT(outcome.err.size(), 65536U);
    if (!sanitized()) {
      EXPECT_LT(outcome.peakKibibytes, 256 * 1024);
    }
  }
}

TEST(BadInput, ATraceWithErrorsEverywhereStopsAfterAHundred) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("bad.trace.jsonl", repeat("{\"operation\": \"divide\"}\n", 200'000));
  const Outcome outcome = cli({"check", "--arch", architecture, trace}, limited());
  EXPECT_EQ(outcome.status, 1);
  EXPECT_LT(outcome.err.size(), 65536U);
  EXPECT_THAT(outcome.err, StartsWith(trace + ":1:"));
}

TEST(BadInput, EveryMissingFileIsNamed) {
  const Folder folder;
  const std::string good = folder.write("small.arch.yaml", smallArchitecture);
  const std::string missing = folder / "missing";
  expectRefused({"estimate", "--arch", missing, "--network", tcResNet}, missing);
  expectRefused({"estimate", "--arch", good, "--network", missing}, missing);
  expectRefused({"estimate", "--arch", good, "--network", tcResNet, "--mapping", missing}, missing);
  expectRefused({"estimate", "--arch", good, "--trace", missing}, missing);
  expectRefused({"dump", "--arch", good, "--network", missing, "--layer", "a", "--out-arch", folder / "a",
                 "--out-trace", folder / "t"},
                missing);
  EXPECT_THAT(folder.names(), testing::ElementsAre("small.arch.yaml"));
}

TEST(BadInput, NamesInFilesCannotSteerTheTerminal) {
  const Folder folder;
  std::string text(smallArchitecture);
  text.replace(text.find("class: PipelineStage"), 20, R"(class: "\e[2J\r\nx")");
  const std::string path = folder.write("bad.arch.yaml", text);
  const Outcome outcome = cli({"check", path});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.err.find('\r'), std::string::npos);
}

}  // namespace
}  // namespace taktwerk::test
