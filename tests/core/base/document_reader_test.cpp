// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/document_reader.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

YamlNode parsed(const std::string& text) {
  const auto node = parseYaml(text, "doc.yaml");
  EXPECT_TRUE(node);
  return node ? *node : YamlNode{};
}

TEST(DocumentReader, ReportsUnknownKeysWithTheNearestOrAll) {
  const YamlNode root = parsed("nmae: x\nzzz: 1\n");
  DocumentReader reader("doc.yaml", 'T');
  reader.checkKeys(root, {"name", "size"}, "a thing");
  const Diagnostics found = reader.finish();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(toString(found[0]),
            "doc.yaml:1:1: error: a thing has no key \"nmae\"; did you mean \"name\"? [T0001]");
  EXPECT_EQ(toString(found[1]), "doc.yaml:2:1: error: a thing has no key \"zzz\"; it has name, size [T0001]");
}

TEST(DocumentReader, AsksForKeysOfTheRightKind) {
  const YamlNode root = parsed("list: [1]\nempty:\n");
  DocumentReader reader("doc.yaml", 'T');
  EXPECT_NE(reader.need(root, "list", YamlNode::Kind::Sequence, "a thing"), nullptr);
  EXPECT_EQ(reader.need(root, "list", YamlNode::Kind::Map, "a thing"), nullptr);
  EXPECT_EQ(reader.need(root, "name", YamlNode::Kind::Scalar, "a thing"), nullptr);
  EXPECT_EQ(reader.find(root, "empty", YamlNode::Kind::Map, "a thing"), nullptr);
  EXPECT_EQ(reader.find(root, "other", YamlNode::Kind::Map, "a thing"), nullptr);
  const Diagnostics found = reader.finish();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].message, "a thing needs \"name\", a value");
  EXPECT_EQ(found[1].message, "\"list\" must be a map, found a list");
}

TEST(DocumentReader, PlacesErrorsOfExpressionsInTheFile) {
  const YamlNode root = parsed("a: 1 + * 2\nb: \"3 +\"\nc: 4 / 2\n");
  DocumentReader reader("doc.yaml", 'T');
  EXPECT_FALSE(reader.expression(*root.find("a"), "a"));
  EXPECT_FALSE(reader.expression(*root.find("b"), "b"));
  const auto good = reader.expression(*root.find("c"), "c");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->at(3), (SourcePosition{3, 6}));
  const Diagnostics found = reader.finish();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].position, (SourcePosition{1, 8}));
  EXPECT_EQ(found[1].position, (SourcePosition{2, 8}));
}

TEST(DocumentReader, StopsTakingDownProblemsWhenThereAreEnough) {
  DocumentReader reader("doc.yaml", 'T');
  for (std::uint32_t line = 1; line <= 1000; ++line) reader.error({line, 1}, "T0009", "again");
  EXPECT_TRUE(reader.full());
  EXPECT_EQ(reader.hint("nmae", {"name"}), "");
  EXPECT_EQ(reader.finish().size(), 200u);
}

TEST(DocumentReader, KnowsFormatsNamesAndNumbers) {
  DocumentReader reader("doc.yaml", 'T');
  EXPECT_TRUE(reader.checkFormat(parsed("format: x/1\n"), "x/1"));
  EXPECT_FALSE(reader.checkFormat(parsed("format: x/2\n"), "x/1"));
  EXPECT_FALSE(reader.checkFormat(parsed("- x\n"), "x/1"));
  EXPECT_EQ(reader.number(*parsed("n: -12\n").find("n"), "n"), -12);
  EXPECT_FALSE(reader.number(*parsed("n: 1.5\n").find("n"), "n"));
  EXPECT_EQ(reader.identifier(*parsed("n: a_1\n").find("n"), "n"), "a_1");
  EXPECT_FALSE(reader.identifier(*parsed("n: 1a\n").find("n"), "n"));
  EXPECT_EQ(reader.problems(), 4u);
}

}  // namespace
}  // namespace taktwerk
