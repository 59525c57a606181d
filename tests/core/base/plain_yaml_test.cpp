// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plain_yaml.h"

#include <array>
#include <filesystem>
#include <random>

#include <gtest/gtest.h>

#include "core/base/files.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

/// Everything about a tree, positions and spelling included.
std::string show(const YamlNode& node) {
  std::string text = std::to_string(node.position.line) + ':' + std::to_string(node.position.column) +
                     (node.quoted ? "q" : "") + (node.flow ? "f" : "");
  switch (node.kind) {
    case YamlNode::Kind::Null:
      return text + "null";
    case YamlNode::Kind::Scalar:
      return text + '<' + node.scalar + '>';
    case YamlNode::Kind::Sequence:
      text += '[';
      for (const YamlNode& item : node.items) text += show(item) + ' ';
      return text + ']';
    case YamlNode::Kind::Map:
      text += '{';
      for (const YamlNode::Entry& entry : node.entries) {
        text += std::to_string(entry.position.line) + ':' + std::to_string(entry.position.column) + '<' +
                entry.key + ">=" + show(entry.value) + ' ';
      }
      return text + '}';
  }
  return text;
}

/// What yaml-cpp makes of the text.
std::string reference(std::string_view text) {
  YamlLimits limits;
  limits.referenceParser = true;
  const Result<YamlNode> root = parseYaml(text, "f", limits);
  return root ? show(*root) : toString(root.diagnostics[0]);
}

enum class Answer { Same, GaveUp, Differs };

Answer compare(std::string_view text) {
  const std::optional<YamlNode> node = readPlainYaml(text, {}).root;
  if (!node) return Answer::GaveUp;
  const std::string ours = show(*node);
  const std::string theirs = reference(text);
  EXPECT_EQ(ours, theirs) << text;
  return ours == theirs ? Answer::Same : Answer::Differs;
}

class PlainYamlReads : public testing::TestWithParam<const char*> {};

TEST_P(PlainYamlReads, AsTheReferenceDoes) {
  EXPECT_EQ(compare(GetParam()), Answer::Same);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, PlainYamlReads,
    testing::Values("a: 1", "a: 1\n", "\n\n# head\na: 1 # tail\n\n  # deep\nb: 2\n",
                    "a:\n  b: 1\n  c:\n    d: 2\ne: 3\n", "a:\nb: 1\n", "a:\n", "a: ~\nb: null\nc: 'null'\n",
                    "- 1\n- 2\n", "a:\n- 1\n- 2\nb: 3\n", "a:\n  - x: 1\n    y: 2\n  - x: 3\n",
                    "- - 1\n  - 2\n- - 3\n", "-\n  a: 1\n-\n  - 2\n", "{a: 1, b: [x, y]}",
                    "a: {b: 1,\n    c: 2}\nd: 3\n", "a: [1, # one\n  2]\n", "{\"a\":1,\"b\":[true,null]}",
                    "{\"a\" : 1}", "{\"a\":\n  1,\n\"b\": 2}\n", "a: []\nb: {}\n",
                    "a: x y z   \nb: x#y\nc: -3\nd: a:b\ne: [a:b, -1, 1-2]\n",
                    "a: 'it''s'\nb: \"x\\\"\\\\\\n\\t\"\nc: \"  kept  \"\n",
                    "\"quoted key\": 1\n'other': 2\n", "a b c: 1\n", "pe[0][1].alu: {class: X}\n",
                    "connections:\n  - forward: [\"pe[0]\", x]\n  - reads: [a, b]\n",
                    "é: ü\nx: {ß: [ö, 1]}\n", "a: (1 + 2) * 3 // 4 % 5\n", "a: x, y\n",
                    "a: if(k > 8, 3, 1)\n", "a: >-\n  one\n  two\nb: 1\n",
                    "a: |\n  one\n  # no comment\nb: 1\n", "a: >\n  one\n", "a: |-\n    deep: x\nb: 1\n",
                    "a:\n  b: |\n    text\n  c: 1\n", "a: >-\n  one", "a: |\n  one\n",
                    "a:    1\nb:     {  x :  1 ,  y:  2  }  \n", "a: \"x\" # comment\n", "[[1, 2], [3, [4]]]",
                    "{a: {b: {c: {}}}}", "a: 0x10\nb: 1e3\nc: .5\n", "a: b?c\n", "a: http://x.y/z\n",
                    "x: 'a: b'\n", "a: \"#rrggbb\"\n"));

class PlainYamlGivesUp : public testing::TestWithParam<const char*> {};

TEST_P(PlainYamlGivesUp, OnWhatIsUnusual) {
  EXPECT_EQ(compare(GetParam()), Answer::GaveUp);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, PlainYamlGivesUp,
    testing::Values("", "# nothing\n", "---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "a: &x 1\n", "a: *x\n",
                    "a: !t 1\n", "a: 1\na: 2\n", "{a: 1, a: 2}", "a:\t1\n", "a: one\n  two\n",
                    "a: \"one\n  two\"\n", "a: b: c\n", "a: [1, 2", "a: 1\n  b: 2\n", "a: {b: 1} c\n",
                    "? a\n: b\n", "[1, 2,]", "[1,,2]", "{a}", "{a, b: 1}", "[a: b]", "~: 1\n", "- 1\n 2\n",
                    "a: |2\n  x\n", "a: |+\n  x\n", "a: |\n  x\n\n  y\n", "a: \"\\u00e9\"\n", "plain text\n",
                    "a: [x y,\n z]: 1\n", "- a\nb: 1\n", "a: 1\n- b\n", "a: @x\n", "a: `x`\n",
                    "a: b\r\nc: d\r\n", "a: 'x'y\n", "a:\n 'x'\n", "{a: 1}}\n", "a: 1 #x\n...\n"));

TEST(PlainYaml, DepthAndCountAreLimited) {
  YamlLimits limits;
  limits.depth = 3;
  EXPECT_TRUE(readPlainYaml("[[[1]]]", limits).root);
  EXPECT_FALSE(readPlainYaml("[[[[1]]]]", limits).root);
  EXPECT_TRUE(readPlainYaml("a:\n  b:\n    c: 1\n", limits).root);
  EXPECT_FALSE(readPlainYaml("a:\n  b:\n    - - 1\n", limits).root);
  limits.nodes = 6;
  EXPECT_TRUE(readPlainYaml("[1, 2, 3, 4, 5]", limits).root);
  EXPECT_FALSE(readPlainYaml("[1, 2, 3, 4, 5, 6]", limits).root);
  EXPECT_EQ(readPlainYaml(std::string(1'000'000, '['), {}).tooDeep, (SourcePosition{1, 65}));
}

/// Documents put together from pieces that are each sensible; most are read, none differently.
TEST(PlainYaml, AgreesOnRandomDocuments) {
  constexpr unsigned seed = 31337;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  constexpr std::array<std::string_view, 34> pieces{
      "a",   "b",   "key",  ": ", ":",  "\n", "\n", "\n  ", "\n  ", "\n    ", "- ", "-",
      "[",   "]",   "{",    "}",  ", ", ",",  "1",  "-3",   "'x'",  "\"y\"",  " ",  "  ",
      "# c", " #c", "null", "~",  "é",  "|",  ">-", "?",    "x y",  "\\"};
  std::uniform_int_distribution<std::size_t> which(0, pieces.size() - 1);
  std::uniform_int_distribution<int> lengths(1, 14);
  int same = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text;
    for (int n = lengths(random); n > 0; --n) text += pieces[which(random)];
    const Answer answer = compare(text);
    ASSERT_NE(answer, Answer::Differs) << text;
    if (answer == Answer::Same) ++same;
  }
  EXPECT_GT(same, 500);
}

/// Real files with a few bytes changed.
TEST(PlainYaml, AgreesOnDamagedFiles) {
  constexpr unsigned seed = 271828;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string text =
      "format: x/1\nparameters:\n  p: {default: 2, description: cycles of one}\nobjects:\n"
      "  # a comment\n  imem: {class: SRAM, read_latency: \"if(k > 8, 3, 1)\", at: [1, -2]}\n"
      "  regs:\n    class: RegisterFile\n    registers: [r0, r1,\n      r2]\n    note: >-\n      one\n      "
      "two\n"
      "connections:\n  - contains: [fetch, imau]\n  -\n    reads: [imau, imem]\n";
  ASSERT_EQ(compare(text), Answer::Same);
  constexpr std::string_view bytes = " \n:-#[]{},'\"|>?a1&*!~%.";
  std::uniform_int_distribution<std::size_t> places(0, text.size() - 1);
  std::uniform_int_distribution<std::size_t> which(0, bytes.size() - 1);
  std::uniform_int_distribution<int> kinds(0, 2);
  int same = 0;
  for (int i = 0; i < 6000; ++i) {
    std::string damaged = text;
    for (int n = kinds(random); n >= 0; --n) {
      const std::size_t place = places(random) % damaged.size();
      switch (kinds(random)) {
        case 0:
          damaged[place] = bytes[which(random)];
          break;
        case 1:
          damaged.insert(place, 1, bytes[which(random)]);
          break;
        default:
          damaged.erase(place, 1);
          break;
      }
    }
    const Answer answer = compare(damaged);
    ASSERT_NE(answer, Answer::Differs) << damaged;
    if (answer == Answer::Same) ++same;
  }
  EXPECT_GT(same, 500);
}

/// The files of this repository are what it is for: none of them needs the slow way.
TEST(PlainYaml, ReadsTheFilesThatComeWithTheProgram) {
  namespace fs = std::filesystem;
  int files = 0;
  for (const char* folder : {"archs", "resources", "tests/data/vectors"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(taktwerk::sourceDirectory()) / folder)) {
      if (entry.path().extension() != ".yaml") continue;
      const Result<std::string> text = readFile(entry.path());
      ASSERT_TRUE(text);
      EXPECT_EQ(compare(*text), Answer::Same) << entry.path();
      ++files;
    }
  }
  EXPECT_GE(files, 120);
}

}  // namespace
}  // namespace taktwerk
