// SPDX-License-Identifier: GPL-3.0-or-later
// The studies of the guide follow from the models; where a test fails because one of these has changed, run
// build/release/bin/taktwerk_studies and read what has become of the pages.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/space/space_file.h"
#include "core/study/workspace.h"
#include "tests/studies/study_pages.h"
#include "tests/support/places.h"

namespace taktwerk::studies {
namespace {

using testing::HasSubstr;

std::size_t differenceOf(const std::string& a, const std::string& b) {
  std::size_t at = 0;
  while (at < std::min(a.size(), b.size()) && a[at] == b[at]) ++at;
  return at;
}

/// Every file of a study is there as the command would write it now; the pages show all pictures.
void expectFresh(const std::vector<StudyFile>& files) {
  std::string page;
  for (const StudyFile& file : files) {
    const std::string there = contentOf(file.path);
    if (file.path.ends_with(".md")) page += there;
    if (there == file.text) continue;
    const std::size_t at = differenceOf(there, file.text);
    ADD_FAILURE() << file.path << " is stale; there:\n"
                  << there.substr(at, 200) << "\nnow:\n"
                  << file.text.substr(at, 200);
  }
  for (const StudyFile& file : files) {
    const std::string folder = "resources/guide/";
    if (file.path.ends_with(".svg")) {
      EXPECT_THAT(page, HasSubstr("](" + file.path.substr(folder.size()) + ')'));
      EXPECT_THAT(file.text, HasSubstr("validation"));
    }
  }
}

TEST(Studies, OfArraysAreWhatThePageShows) {
  expectFresh(arrayStudy());
}

TEST(Studies, OfPlasticineAreWhatThePageShows) {
  expectFresh(plasticineStudy());
}

TEST(Studies, OfMeshesAreWhatThePageShows) {
  expectFresh(meshStudy());
}

TEST(Studies, HaveWorkspacesThatHoldTheirSpaces) {
  for (const char* name :
       {"array-size", "array-shape", "plasticine-tc-resnet8", "plasticine-alexnet", "mesh"}) {
    const std::string base = std::string("resources/studies/") + name;
    const auto workspace = readWorkspace(sourceDirectory() + '/' + base + ".taktwerk");
    ASSERT_TRUE(workspace) << name;
    EXPECT_EQ(workspace->sweep.space, contentOf(base + ".space.yaml")) << name;
    const auto space = parseSpace(workspace->sweep.space, workspace->file);
    ASSERT_TRUE(space) << name;
    EXPECT_GE(placesOf(*space).value_or(0), 100) << name;
  }
}

}  // namespace
}  // namespace taktwerk::studies
