// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walls of the house: which folder may include what, checked by reading every include of the tree.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/places.h"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

/// A floor includes itself and what stands before it here.
const std::vector<std::string> floors = {
    "base",     "architecture", "folding",     "editing",   "machine", "network", "import",
    "program",  "mapping",      "kernels",     "reference", "engine",  "bounds",  "published",
    "graph",    "estimate",     "space",       "study",     "front",   "sweep",   "store",
    "analysis", "search",       "calibration", "drawing",   "report"};

/// Rooms of the widgets that views stand on; all others are views.
const std::vector<std::string> belowViews = {"jobs",     "theme",     "session", "actions", "document",
                                             "estimate", "workspace", "view",    "diagram"};

std::optional<std::size_t> rankOf(const std::string& floor) {
  const auto at = std::find(floors.begin(), floors.end(), floor);
  if (at == floors.end()) return std::nullopt;
  return static_cast<std::size_t>(at - floors.begin());
}

/// "core/engine" of "core/engine/events/engine.h".
std::string folderOf(const std::string& path) {
  const std::size_t first = path.find('/');
  const std::size_t second = path.find('/', first + 1);
  return path.substr(0, second);
}

bool isQt(const std::string& include) {
  static const std::regex pattern("Q[A-Za-z0-9]+(/.*)?|q[a-z0-9_]+\\.h|qcustomplot.*");
  return std::regex_match(include, pattern);
}

bool isGraphviz(const std::string& include) {
  static const std::regex pattern("(graphviz/)?(gvc|cgraph|gvcext|gvplugin|cdt|pathplan|types)\\.h");
  return std::regex_match(include, pattern);
}

/// The same of two rooms of the widgets.
std::optional<std::string> whyForbiddenBetween(const std::string& room, const std::string& target) {
  const auto placeOf = [](const std::string& name) {
    return std::find(belowViews.begin(), belowViews.end(), name) - belowViews.begin();
  };
  const auto views = std::ssize(belowViews);
  const auto own = placeOf(room), other = placeOf(target);
  if (other == views) return "a view is included by no other room, and " + target + " is one";
  if (other > own) return "widgets/" + room + " stands below widgets/" + target;
  return std::nullopt;
}

/// Why a file must not include this; nothing when it may.
std::optional<std::string> whyForbidden(const std::string& file, const std::string& include) {
  const std::string folder = folderOf(file);
  const std::string top = file.substr(0, file.find('/'));
  if (isGraphviz(include) && folder != "app/layout") return "only app/layout uses Graphviz";
  if (isQt(include) && (top == "core" || folder == "app/cli" || folder == "app/layout")) {
    return folder + " does without Qt";
  }
  const std::string target = folderOf(include);
  const std::string targetTop = include.substr(0, include.find('/'));
  if (targetTop == "tests") return "no code depends on tests";
  if (top == "core" && (targetTop == "widgets" || targetTop == "app"))
    return "the core stands on nothing above it";
  if (top == "widgets" && targetTop == "app") return "widgets do not know the programs";
  if (top == "widgets" && targetTop == "widgets" && target != folder && target.find('.') == std::string::npos)
    return whyForbiddenBetween(folder.substr(8), target.substr(8));
  if (folder != "app/desktop" && top == "app" && targetTop == "widgets")
    return folder + " does without widgets";
  if (top == "app" && targetTop == "app" && target != folder) return "programs do not include each other";
  if (top == "core" && targetTop == "core") {
    const auto own = rankOf(folder.substr(5));
    const auto other = rankOf(target.substr(5));
    if (!own || !other) return "a floor that this test does not know: add it to the list in its place";
    if (*other > *own) return "core/" + floors[*own] + " stands below " + target;
    if (folder == "core/engine" && target == "core/reference")
      return "the engine shares nothing with its judge";
  }
  return std::nullopt;
}

std::vector<std::string> violations(const std::string& file, std::istream& text) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
  std::vector<std::string> found;
  std::string line;
  for (int number = 1; std::getline(text, line); ++number) {
    std::smatch match;
    if (line.find("include") == std::string::npos || !std::regex_match(line, match, pattern)) continue;
    if (const auto why = whyForbidden(file, match[1])) {
      found.push_back(file + ':' + std::to_string(number) + ": includes " + match[1].str() + "; " + *why);
    }
  }
  return found;
}

std::vector<std::string> violations(const std::string& file, const std::string& text) {
  std::istringstream stream(text);
  return violations(file, stream);
}

/// Every C++ file of the product, by its path from the root.
std::vector<std::string> sources() {
  const fs::path root = taktwerk::sourceDirectory();
  std::vector<std::string> files;
  for (const char* top : {"app", "core", "widgets"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".h" || extension == ".cpp")
        files.push_back(fs::relative(entry.path(), root).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::ifstream open(const std::string& file) {
  return std::ifstream(fs::path(taktwerk::sourceDirectory()) / file);
}

TEST(Layers, EveryIncludeOfTheTreeIsAllowed) {
  const std::vector<std::string> files = sources();
  ASSERT_GT(files.size(), 50U);
  std::vector<std::string> found;
  for (const std::string& file : files) {
    std::ifstream text = open(file);
    const std::vector<std::string> more = violations(file, text);
    found.insert(found.end(), more.begin(), more.end());
  }
  EXPECT_THAT(found, IsEmpty());
}

/// Which folders include which, at every level: of "core/engine/steady/a.h" that includes
/// "core/engine/full/b.h" the edge is from "core/engine/steady" to "core/engine/full". What lies in a folder
/// itself, beside folders, is one of them: "core/engine/.".
using FolderGraph = std::map<std::string, std::set<std::string>>;

void addEdge(const std::string& file, const std::string& include, FolderGraph& graph) {
  const fs::path from = fs::path(file).parent_path(), to = fs::path(include).parent_path();
  auto f = from.begin(), t = to.begin();
  fs::path above;
  while (f != from.end() && t != to.end() && *f == *t) above /= *f++, ++t;
  if (f == from.end() && t == to.end()) return;
  graph[(above / (f == from.end() ? "." : *f)).string()].insert(
      (above / (t == to.end() ? "." : *t)).string());
}

/// Folders on a circle, "" when there are none.
std::string circleIn(const FolderGraph& graph) {
  std::map<std::string, int> state;  // 1: on the way, 2: done
  std::string circle;
  const auto visit = [&](const auto& self, const std::string& folder) -> bool {
    if (state[folder] == 2) return false;
    if (state[folder] == 1) {
      circle = folder;
      return true;
    }
    state[folder] = 1;
    const auto next = graph.find(folder);
    for (const std::string& to : next == graph.end() ? std::set<std::string>() : next->second) {
      if (self(self, to)) {
        circle = folder + " → " + circle;
        return true;
      }
    }
    state[folder] = 2;
    return false;
  };
  for (const auto& [folder, unused] : graph) {
    if (visit(visit, folder)) return circle;
  }
  return circle;
}

FolderGraph folderGraph() {
  static const std::regex pattern(R"re(^\s*#\s*include\s*"((app|core|widgets)/[^"]+)".*)re");
  FolderGraph graph;
  for (const std::string& file : sources()) {
    std::ifstream text = open(file);
    std::smatch match;
    for (std::string line; std::getline(text, line);) {
      if (line.find("include") != std::string::npos && std::regex_match(line, match, pattern)) {
        addEdge(file, match[1], graph);
      }
    }
  }
  return graph;
}

TEST(Layers, NoFoldersIncludeEachOtherInACircle) {
  const FolderGraph graph = folderGraph();
  for (const char* folder : {"app", "core/engine", "widgets", "widgets/diagram", "widgets/diagram/tools"}) {
    EXPECT_TRUE(graph.contains(folder)) << folder;
  }
  EXPECT_EQ(circleIn(graph), "");
}

TEST(Layers, ACircleOfFoldersIsFoundAtEveryLevel) {
  FolderGraph graph;
  addEdge("core/a/x.h", "core/b/y.h", graph);
  addEdge("core/b/c/x.h", "core/b/d/y.h", graph);
  addEdge("core/b/x.h", "core/b/y.h", graph);
  EXPECT_EQ(circleIn(graph), "");
  addEdge("core/b/d/x.h", "core/b/c/y.h", graph);
  EXPECT_EQ(circleIn(graph), "core/b/c → core/b/d → core/b/c");
}

TEST(Layers, ACircleOfAFolderAndOneInsideItIsFound) {
  FolderGraph graph;
  addEdge("widgets/diagram/view.cpp", "widgets/diagram/tools/editor.h", graph);
  addEdge("widgets/diagram/tools/editor.cpp", "widgets/diagram/tools/tool.h", graph);
  EXPECT_EQ(circleIn(graph), "");
  addEdge("widgets/diagram/tools/editor.cpp", "widgets/diagram/view.h", graph);
  EXPECT_EQ(circleIn(graph), "widgets/diagram/. → widgets/diagram/tools → widgets/diagram/.");
}

TEST(Layers, ACircleOfTheHouseItselfIsFound) {
  FolderGraph graph;
  addEdge("widgets/a/x.h", "core/a/y.h", graph);
  EXPECT_EQ(circleIn(graph), "");
  addEdge("core/b/x.h", "widgets/b/y.h", graph);
  EXPECT_EQ(circleIn(graph), "core → widgets → core");
}

TEST(Layers, AFloorDoesNotReachBelowItself) {
  EXPECT_THAT(violations("core/machine/a.cpp", "#include \"core/architecture/architecture.h\"\n"), IsEmpty());
  EXPECT_THAT(violations("core/machine/a.cpp", "\n#include \"core/program/program.h\"\n"),
              testing::ElementsAre(HasSubstr("core/machine/a.cpp:2: includes core/program/program.h")));
  EXPECT_THAT(violations("core/cellar/a.cpp", "#include \"core/base/id.h\"\n"), testing::SizeIs(1));
}

TEST(Layers, TheEngineAndItsJudgeShareNothing) {
  EXPECT_THAT(violations("core/engine/a.h", "#include \"core/reference/simulation.h\"\n"),
              testing::SizeIs(1));
  EXPECT_THAT(violations("core/reference/a.h", "#include \"core/engine/engine.h\"\n"), testing::SizeIs(1));
  EXPECT_THAT(violations("core/estimate/a.h", "#include \"core/reference/simulation.h\"\n"), IsEmpty());
}

TEST(Layers, TheCoreAndTheCommandLineDoWithoutQtAndWidgets) {
  for (const char* include :
       {"<QString>", "<QtCore/QString>", "<qglobal.h>", "<qcustomplot.h>", "\"widgets/a.h\""}) {
    const std::string line = std::string("# include ") + include + "\n";
    EXPECT_THAT(violations("core/base/a.h", line), testing::SizeIs(1)) << include;
    EXPECT_THAT(violations("app/cli/a.h", line), testing::SizeIs(1)) << include;
    EXPECT_THAT(violations("app/desktop/a.h", line), IsEmpty()) << include;
  }
}

TEST(Layers, AViewIsIncludedByNoOtherRoom) {
  EXPECT_THAT(violations("widgets/inspector/a.cpp", "#include \"widgets/diagram/a.h\"\n"), IsEmpty());
  EXPECT_THAT(violations("widgets/inspector/a.cpp", "#include \"widgets/inspector/b.h\"\n"), IsEmpty());
  EXPECT_THAT(violations("widgets/inspector/a.cpp", "#include \"widgets/mapping/a.h\"\n"),
              testing::SizeIs(1));
  EXPECT_THAT(violations("widgets/theme/a.h", "#include \"widgets/document/a.h\"\n"), testing::SizeIs(1));
  EXPECT_THAT(violations("widgets/estimate/a.h", "#include \"widgets/document/a.h\"\n"), IsEmpty());
  EXPECT_THAT(violations("widgets/document/a.h", "#include \"widgets/estimate/a.h\"\n"), testing::SizeIs(1));
  EXPECT_THAT(violations("app/desktop/a.h", "#include \"widgets/mapping/a.h\"\n"), IsEmpty());
}

/// The rooms that a README's table names, in its order.
std::vector<std::string> roomsInReadme(const std::string& top) {
  static const std::regex row(R"(\| `([a-z]+)` \| .*)");
  std::ifstream text = open(top + "/README.md");
  std::vector<std::string> rooms;
  std::smatch match;
  for (std::string line; std::getline(text, line);) {
    if (std::regex_match(line, match, row)) rooms.push_back(match[1]);
  }
  return rooms;
}

std::vector<std::string> roomsOf(const std::string& top) {
  std::vector<std::string> rooms;
  for (const auto& entry : fs::directory_iterator(fs::path(taktwerk::sourceDirectory()) / top)) {
    if (entry.is_directory()) rooms.push_back(entry.path().filename().string());
  }
  return rooms;
}

TEST(Layers, ReadmesNameEveryRoomInTheOrderInWhichTheyStand) {
  for (const char* top : {"core", "widgets"}) {
    std::vector<std::string> rooms = roomsOf(top);
    // Views are named by the registry, and all live under the same rule.
    if (top == std::string("widgets")) rooms = belowViews;
    EXPECT_THAT(roomsInReadme(top), testing::IsSupersetOf(rooms)) << top << "/README.md";
    EXPECT_THAT(roomsOf(top), testing::IsSupersetOf(roomsInReadme(top))) << top << "/README.md";
  }
  std::vector<std::string> standing = floors;
  const std::vector<std::string> core = roomsInReadme("core");
  std::erase_if(standing, [&](const std::string& floor) {
    return std::find(core.begin(), core.end(), floor) == core.end();
  });
  EXPECT_EQ(core, standing);
  const std::vector<std::string> widgets = roomsInReadme("widgets");
  ASSERT_GE(widgets.size(), belowViews.size());
  EXPECT_EQ(std::vector(widgets.begin(), widgets.begin() + std::ssize(belowViews)), belowViews);
}

TEST(Layers, OnlyTheLayoutHelperUsesGraphviz) {
  for (const char* include : {"<gvc.h>", "<cgraph.h>", "<graphviz/gvc.h>"}) {
    const std::string line = std::string("#include ") + include + "\n";
    EXPECT_THAT(violations("app/layout/main.cpp", line), IsEmpty()) << include;
    EXPECT_THAT(violations("app/desktop/main.cpp", line), testing::SizeIs(1)) << include;
    EXPECT_THAT(violations("core/drawing/a.cpp", line), testing::SizeIs(1)) << include;
  }
}

TEST(Layers, EverySourceNamesItsLicenceAndStaysReadable) {
  for (const std::string& file : sources()) {
    std::ifstream text = open(file);
    std::string line;
    ASSERT_TRUE(std::getline(text, line)) << file << " is empty";
    EXPECT_THAT(line, HasSubstr("// SPDX-License-Identifier: ")) << file;
    std::size_t lines = 1;
    while (std::getline(text, line)) ++lines;
    EXPECT_LE(lines, 800U) << file << " is too long to be one thing; split it";
  }
}

}  // namespace
