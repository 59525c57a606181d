// SPDX-License-Identifier: GPL-3.0-or-later
// Rows, columns and tile size of the Plasticine-derived grid.
#include "tests/studies/study_pages.h"
#include "tests/studies/study_pictures.h"
#include "tests/studies/study_tables.h"

namespace taktwerk::studies {
namespace {

constexpr const char* small = "resources/studies/plasticine-tc-resnet8.space.yaml";
constexpr const char* large = "resources/studies/plasticine-alexnet.space.yaml";

std::string heatOf(const SweptSpace& space, const std::string& network) {
  PictureWish wish;
  wish.title = network + " on the Plasticine-derived grid: cycles";
  wish.subtitle =
      "A panel for each size of tiles, all with one scale; the frame is the fewest cycles of a panel.";
  wish.x = "arch.columns";
  wish.y = "arch.rows";
  wish.panels = "arch.tile";
  wish.shared = true;
  return heatPicture(space, wish);
}

std::string grid(int rows, int columns) {
  return "rows == " + std::to_string(rows) + " and columns == " + std::to_string(columns);
}

std::string tiles(int tile) {
  return " and tile == " + std::to_string(tile);
}

/// The file's own grid and the largest, with each size of tiles.
std::vector<Design> designsWith(const std::vector<int>& sizes) {
  std::vector<Design> designs;
  for (const int edge : {4, 16}) {
    for (const int tile : sizes) {
      const std::string name = std::to_string(edge) + " × " + std::to_string(edge);
      designs.push_back({name + ", tiles of " + std::to_string(tile), grid(edge, edge) + tiles(tile)});
    }
  }
  return designs;
}

std::string bestTiles(const SweptSpace& space) {
  std::vector<Design> sizes;
  for (const auto& [rows, columns] :
       std::vector<std::pair<int, int>>{{1, 1}, {2, 2}, {4, 4}, {8, 4}, {8, 8}, {16, 8}, {16, 16}}) {
    sizes.push_back({std::to_string(rows) + " × " + std::to_string(columns), grid(rows, columns)});
  }
  return bestTable(space, sizes, {{"cycles", ""}}, "arch.tile");
}

/// What the page says in words.
void requireClaims(const SweptSpace& tcResnet8, const SweptSpace& alexnet) {
  const auto best = [](const SweptSpace& space, int edge) {
    return std::stoi(valueOf(space, "arch.tile", fastestWhere(space, grid(edge, edge))));
  };
  requireClaim("one cell of TC-ResNet8 is fastest with tiles as wide as its lanes", best(tcResnet8, 1) == 16);
  for (const auto* space : {&tcResnet8, &alexnet}) {
    requireClaim("the larger the grid, the smaller the best tile",
                 best(*space, 1) >= best(*space, 4) && best(*space, 4) >= best(*space, 16));
  }
  requireClaim("the best tiles of AlexNet are larger than those of TC-ResNet8",
               best(alexnet, 1) > best(tcResnet8, 1) && best(alexnet, 16) > best(tcResnet8, 16));
  requireClaim(
      "tiles of 32 leave nothing to a third column for TC-ResNet8",
      cyclesWhere(tcResnet8, grid(16, 16) + tiles(32)) == cyclesWhere(tcResnet8, grid(16, 2) + tiles(32)));
  requireClaim(
      "sixteen times as many cells as 4 × 4 are less than twice as fast",
      2 * cyclesWhere(alexnet, grid(16, 16) + tiles(16)) > cyclesWhere(alexnet, grid(4, 4) + tiles(16)));
}

}  // namespace

std::vector<StudyFile> plasticineStudy() {
  const SweptSpace tcResnet8 = sweepSpace(small), alexnet = sweepSpace(large);
  requireClaims(tcResnet8, alexnet);
  return {pictureFile("plasticine-tc-resnet8.svg", heatOf(tcResnet8, "TC-ResNet8")),
          pictureFile("plasticine-alexnet.svg", heatOf(alexnet, "AlexNet")), workspaceFor(small),
          workspaceFor(large),
          pageWith("study-plasticine.md",
                   {{"plasticine-best-tc-resnet8", bestTiles(tcResnet8)},
                    {"plasticine-best-alexnet", bestTiles(alexnet)},
                    {"plasticine-tc-resnet8", decidesTable(tcResnet8, designsWith({8, 16, 32}))},
                    {"plasticine-alexnet", decidesTable(alexnet, designsWith({8, 16, 64}))}})};
}

}  // namespace taktwerk::studies
