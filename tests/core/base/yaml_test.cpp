// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/yaml.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

std::string problemsOf(std::string_view text, const YamlLimits& limits = {}) {
  const Result<YamlNode> result = parseYaml(text, "f", limits);
  std::string all;
  for (const Diagnostic& d : result.diagnostics) all += (all.empty() ? "" : "\n") + toString(d);
  return result ? "(read) " + all : all;
}

TEST(Yaml, KeepsScalarsAsText) {
  const Result<YamlNode> root = parseYaml("a: 010\nb: no\nc: '3'\nd: \"x\\ny\"\ne: ~\nf:\n", "f");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->scalar, "010");
  EXPECT_EQ(root->find("b")->scalar, "no");
  EXPECT_TRUE(root->find("c")->quoted);
  EXPECT_EQ(root->find("d")->scalar, "x\ny");
  EXPECT_TRUE(root->find("e")->isNull());
  EXPECT_TRUE(root->find("f")->isNull());
  EXPECT_EQ(root->find("g"), nullptr);
}

TEST(Yaml, KnowsWhereThingsStand) {
  const Result<YamlNode> root = parseYaml("first: 1\nmap: {é: 2, list: [a,\n  b]}\nnull:x: 3\nempty:\n", "f");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->position, (SourcePosition{1, 1}));
  EXPECT_EQ(root->entries[1].position, (SourcePosition{2, 1}));
  const YamlNode& map = root->entries[1].value;
  EXPECT_EQ(map.position, (SourcePosition{2, 6}));
  EXPECT_TRUE(map.flow);
  EXPECT_EQ(map.entries[0].value.position, (SourcePosition{2, 11}));  // bytes: é has two
  EXPECT_EQ(map.entries[1].value.items[1].position, (SourcePosition{3, 3}));
  EXPECT_EQ(root->entries[3].value.position, (SourcePosition{5, 1})) << "of nothing: where its key stands";
}

TEST(Yaml, ReadsJson) {
  const Result<YamlNode> root = parseYaml(R"({"a": {"b": [1, true, null, "x"]}, "c":2})", "f");
  ASSERT_TRUE(root);
  const YamlNode& list = root->find("a")->entries[0].value;
  ASSERT_EQ(list.items.size(), 4U);
  EXPECT_EQ(list.items[1].scalar, "true");
  EXPECT_FALSE(list.items[1].quoted);
  EXPECT_TRUE(list.items[2].isNull());
  EXPECT_TRUE(list.items[3].quoted);
  EXPECT_EQ(root->find("c")->scalar, "2");
}

TEST(Yaml, SkipsAByteOrderMark) {
  const Result<YamlNode> root = parseYaml(
      "\xEF\xBB\xBF"
      "a: 1\n",
      "f");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries[0].key, "a");
  EXPECT_EQ(root->entries[0].position, (SourcePosition{1, 1}));
}

struct Case {
  std::string text;
  std::string problem;
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.text;
}

class YamlGuard : public testing::TestWithParam<Case> {};

TEST_P(YamlGuard, Refuses) {
  EXPECT_EQ(problemsOf(GetParam().text), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, YamlGuard,
    testing::Values(
        Case{"", "f:1:1: error: the file is empty [Y0109]"},
        Case{"\n# only a comment\n", "f:1:1: error: the file holds no value [Y0109]"},
        Case{"---\n", "f:1:1: error: the file holds no value [Y0109]"},
        Case{"a: 1\n---\nb: 2\n", "f:3:1: error: a second document begins here; a file holds one [Y0110]"},
        Case{"a: &x 1\n",
             "f:1:4: error: anchors (&name) are not accepted; write the value out where it is used "
             "[Y0105]"},
        Case{"a: [1, *x]\n", "f:1:8: error: aliases (*name) are not accepted; write the value out [Y0105]"},
        Case{"a: !!int 1\n", "f:1:4: error: tags are not accepted, found \"tag:yaml.org,2002:int\" [Y0106]"},
        Case{"a: !shape {b: 1}\n", "f:1:4: error: tags are not accepted, found \"!shape\" [Y0106]"},
        Case{"a: 1\nb: 2\na: 3\n",
             "f:3:1: error: the key \"a\" is already given in line 1, column 1 [Y0108]"},
        Case{"{a: 1, b: {c: 1, \"c\": 2}}\n",
             "f:1:18: error: the key \"c\" is already given in line 1, column 12 [Y0108]"},
        Case{"? [a]\n: 1\n", "f:1:3: error: a key must be a plain word, not a list, a map or null [Y0107]"},
        Case{"~: 1\n", "f:1:1: error: a key must be a plain word, not a list, a map or null [Y0107]"},
        Case{"a: \xFF\n", "f:1:4: error: this is not valid UTF-8; save the file as UTF-8 [Y0102]"},
        Case{"a: 1\nb: \xC0\x80\n", "f:2:4: error: this is not valid UTF-8; save the file as UTF-8 [Y0102]"},
        Case{"a: \xED\xA0\x80\n", "f:1:4: error: this is not valid UTF-8; save the file as UTF-8 [Y0102]"},
        Case{"a: \xF4\x90\x80\x80\n",
             "f:1:4: error: this is not valid UTF-8; save the file as UTF-8 [Y0102]"},
        Case{"a: \xE2\x82", "f:1:4: error: this is not valid UTF-8; save the file as UTF-8 [Y0102]"},
        Case{std::string("a: b\0c", 6),
             "f:1:5: error: the file holds a zero byte: this is not a text file [Y0101]"},
        Case{"a: b\x01", "f:1:5: error: the file holds a control character (code 1) [Y0101]"},
        Case{"a: [1, 2\n", "f:2:1: error: this is not valid YAML: end of sequence flow not found [Y0100]"},
        Case{"a: b: c\n", "f:1:5: error: this is not valid YAML: illegal map value [Y0100]"}));

TEST(Yaml, NestingIsLimitedWithAMessageOfItsOwn) {
  for (const char bracket : {'[', '{'}) {
    const std::string opening = bracket == '[' ? "[" : "{a: ";
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += opening;
    EXPECT_EQ(problemsOf(text), "f:1:" + std::to_string(64 * opening.size() + 1) +
                                    ": error: nested deeper than 64 levels [Y0104]");
  }
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "- ";
  EXPECT_EQ(problemsOf(text + "x"), "f:1:129: error: nested deeper than 64 levels [Y0104]");
  text.clear();
  for (std::size_t i = 0; i < 64; ++i) text += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(problemsOf(text).substr(0, 6), "(read)");
}

TEST(Yaml, AliasBombsDoNotExplode) {
  std::string text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    text += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) text += std::string(i == 0 ? "*" : ", *") + static_cast<char>(c - 1);
    text += "]\n";
  }
  EXPECT_EQ(problemsOf(text),
            "f:1:4: error: anchors (&name) are not accepted; write the value out where it is used [Y0105]");
  EXPECT_EQ(problemsOf("a: &a [*a]\n").substr(0, 24), "f:1:4: error: anchors (&");
}

TEST(Yaml, ValuesAreCounted) {
  YamlLimits limits;
  limits.nodes = 5;
  EXPECT_EQ(problemsOf("[1, 2, 3, 4]", limits), "(read) ");
  EXPECT_EQ(problemsOf("[1, 2, 3, 4, 5]", limits), "f:1:14: error: the file has more than 5 values [Y0103]");
  EXPECT_EQ(problemsOf("{a: 1, b: 2}", limits), "(read) ");
}

TEST(Yaml, RepeatedKeysAreAllReported) {
  EXPECT_EQ(problemsOf("a: 1\na: 2\nb: {c: 1, c: {d: 1, d: 2}}\n"),
            "f:2:1: error: the key \"a\" is already given in line 1, column 1 [Y0108]\n"
            "f:3:11: error: the key \"c\" is already given in line 3, column 5 [Y0108]\n"
            "f:3:21: error: the key \"d\" is already given in line 3, column 15 [Y0108]");
}

TEST(Yaml, RepeatedKeysCanBeTolerated) {
  YamlLimits limits;
  limits.keepRepeatedKeys = true;
  const Result<YamlNode> root = parseYaml("a: 1\na: {x: [2]}\nb: 3\n", "f", limits);
  ASSERT_TRUE(root);
  EXPECT_EQ(root.diagnostics.size(), 1U);
  ASSERT_EQ(root->entries.size(), 2U);
  EXPECT_EQ(root->find("a")->scalar, "1");
  EXPECT_EQ(root->find("b")->scalar, "3");
}

TEST(Yaml, FindsRepeatedKeysAmongMany) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(problemsOf(text), "(read) ");
  EXPECT_EQ(problemsOf(text + "key4321: 1\n"),
            "f:5001:1: error: the key \"key4321\" is already given in line 4322, column 1 [Y0108]");
}

TEST(Yaml, EndlessRepetitionStops) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a: 1\n";
  const Result<YamlNode> root = parseYaml(text, "f");
  EXPECT_FALSE(root);
  EXPECT_LE(root.diagnostics.size(), 101U);
}

}  // namespace
}  // namespace taktwerk
