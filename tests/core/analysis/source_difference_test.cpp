// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/source_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

using Kind = StoredSource::Kind;
using testing::IsEmpty;

StoredSource source(Kind kind, const std::string& path, const char* text) {
  return {kind, path, text == nullptr ? nullptr : std::make_shared<const std::string>(text)};
}

StoredResult from(std::vector<StoredSource> sources) {
  StoredResult result;
  result.sources = std::move(sources);
  return result;
}

TEST(SourceDifference, MatchesFilesByKindAndMappingsByName) {
  const auto found =
      sourceDifferences(from({source(Kind::Architecture, "a/x.arch.yaml", "rows: 4\ncolumns: 4\n"),
                              source(Kind::Network, "n.network.yaml", "same\n"),
                              source(Kind::Mapping, "a/one.mapping.yaml", "k: 1\n"),
                              source(Kind::Mapping, "a/gone.mapping.yaml", "k: 1\n")}),
                        from({source(Kind::Mapping, "b/new.mapping.yaml", "k: 3\n"),
                              source(Kind::Mapping, "b/one.mapping.yaml", "k: 1\n"),
                              source(Kind::Architecture, "b/y.arch.yaml", "rows: 8\ncolumns: 4\n"),
                              source(Kind::Network, "n.network.yaml", "same\n")}));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].before, "a/x.arch.yaml");
  EXPECT_EQ(found[0].now, "b/y.arch.yaml");
  EXPECT_EQ(found[0].lines.removed, 1U);
  EXPECT_TRUE(found[1].inBefore && !found[1].inNow);
  EXPECT_EQ(found[1].before, "a/gone.mapping.yaml");
  EXPECT_TRUE(!found[2].inBefore && found[2].inNow);
}

TEST(SourceDifference, SaysWhereATextIsNotKnown) {
  const auto file = [](const char* path, const char* text) {
    return from({source(Kind::Network, path, text)});
  };
  EXPECT_THAT(sourceDifferences(from({}), file("a.onnx", "x")), IsEmpty()) << "it knows of no files";
  EXPECT_THAT(sourceDifferences(file("a.onnx", nullptr), file("a.onnx", nullptr)), IsEmpty());
  const auto found = sourceDifferences(file("a.onnx", nullptr), file("b.onnx", nullptr));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].known);
}

}  // namespace
}  // namespace taktwerk::test
