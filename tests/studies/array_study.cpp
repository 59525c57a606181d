// SPDX-License-Identifier: GPL-3.0-or-later
// The size of a systolic array and the width of its ports.
#include "tests/studies/study_pages.h"
#include "tests/studies/study_pictures.h"
#include "tests/studies/study_tables.h"

namespace taktwerk::studies {
namespace {

constexpr const char* sizes = "resources/studies/array-size.space.yaml";
constexpr const char* shapes = "resources/studies/array-shape.space.yaml";

std::string sizePicture(const SweptSpace& space) {
  PictureWish wish;
  wish.title = "Square systolic arrays: cycles by size and instructions a cycle";
  wish.subtitle =
      "A line for each fetch_width, instructions that arrive in a cycle; 16 requests of the data memory at "
      "once.";
  wish.x = "arch.rows";
  wish.y = "arch.fetch_width";
  wish.panels = "network";
  wish.condition = "memory_requests == 16 and memory_port_width == 1";
  wish.notes = {"Arrays are square: as many columns as rows."};
  return linePicture(space, wish);
}

std::string shapePicture(const SweptSpace& space) {
  PictureWish wish;
  wish.title = "TC-ResNet8 on arrays of any shape: cycles";
  wish.subtitle =
      "A panel for each memory_requests, at 16 instructions a cycle; the frame is the fewest cycles of a "
      "panel.";
  wish.x = "arch.columns";
  wish.y = "arch.rows";
  wish.panels = "arch.memory_requests";
  wish.condition = "fetch_width == 16 and memory_requests >= 4";
  wish.shared = true;
  return heatPicture(space, wish);
}

std::string costPicture(const SweptSpace& space) {
  PictureWish wish;
  wish.title = "TC-ResNet8: which arrays are worth their area";
  wish.subtitle =
      "Every array of the second space. Nothing beats what has a letter: no array is smaller and as fast.";
  wish.x = "area";
  wish.y = "cycles";
  wish.notes = {
      "Areas are of 45 nm and 40 nm parts as the file says; stages and the instruction memory have none."};
  return frontPicture(space, wish);
}

std::string square(int size, int width, int requests) {
  return "rows == " + std::to_string(size) + " and fetch_width == " + std::to_string(width) +
         " and memory_requests == " + std::to_string(requests) + " and memory_port_width == 1";
}

std::string decides(const SweptSpace& space, const std::string& network) {
  const std::string of = " and network == \"" + network + '"';
  return decidesTable(space,
                      {{"4 × 4, 4 instructions a cycle, 4 requests", square(4, 4, 4) + of},
                       {"4 × 4, 16 instructions a cycle", square(4, 16, 4) + of},
                       {"16 × 16, 4 instructions a cycle", square(16, 4, 4) + of},
                       {"16 × 16, 64 instructions a cycle", square(16, 64, 4) + of},
                       {"16 × 16, 64 instructions, 16 requests", square(16, 64, 16) + of}},
                      "arch.fetch_width");
}

/// What the page says in words.
void requireClaims(const SweptSpace& size, const SweptSpace& shape) {
  for (const std::uint32_t row : rowsWhere(size, "memory_port_width == 1")) {
    const std::string twin = "network == \"" + valueOf(size, "network", row) +
                             "\" and rows == " + valueOf(size, "arch.rows", row) +
                             " and fetch_width == " + valueOf(size, "arch.fetch_width", row) +
                             " and memory_requests == " + valueOf(size, "arch.memory_requests", row) +
                             " and memory_port_width == 4";
    requireClaim("wider ports of the data memory change nothing",
                 cyclesWhere(size, twin) == size.rows[row].cycles);
    requireClaim("instructions need at least their share of cycles to arrive",
                 size.rows[row].cycles * std::stoll(valueOf(size, "arch.fetch_width", row)) >=
                     size.rows[row].instructions);
  }
  for (const char* network : {"tc-resnet8", "alexnet"}) {
    const std::string of = std::string(" and network == \"") + network + '"';
    requireClaim("at 4 instructions a cycle 16 × 16 is slower than 4 × 4",
                 cyclesWhere(size, square(16, 4, 4) + of) > cyclesWhere(size, square(4, 4, 4) + of));
    requireClaim("at 64 instructions a cycle 6 × 6 is faster than 4 × 4 and 16 × 16",
                 cyclesWhere(size, square(6, 64, 4) + of) < cyclesWhere(size, square(4, 64, 4) + of) &&
                     cyclesWhere(size, square(6, 64, 4) + of) < cyclesWhere(size, square(16, 64, 4) + of));
    requireClaim(
        "16 requests at once instead of 4 are worth less than a tenth",
        10 * cyclesWhere(size, square(16, 64, 16) + of) > 9 * cyclesWhere(size, square(16, 64, 4) + of));
  }
  const std::uint32_t best = fastestWhere(shape, "fetch_width == 16 and memory_requests == 8");
  requireClaim("the fastest array at 16 instructions is neither the largest nor square",
               valueOf(shape, "arch.columns", best) != "8" &&
                   valueOf(shape, "arch.columns", best) != valueOf(shape, "arch.rows", best));
  const std::string four = "fetch_width == 16 and memory_requests == 8 and columns == 4 and rows == ";
  requireClaim("8 × 4 is slower than 5 × 4", cyclesWhere(shape, four + '8') > cyclesWhere(shape, four + '5'));
}

}  // namespace

std::vector<StudyFile> arrayStudy() {
  const SweptSpace size = sweepSpace(sizes), shape = sweepSpace(shapes, {"area", "cycles"});
  requireClaims(size, shape);
  const std::string at = "fetch_width == 16 and memory_requests == 8 and columns == 4 and rows == ";
  return {
      pictureFile("array-size.svg", sizePicture(size)),
      pictureFile("array-shape.svg", shapePicture(shape)),
      pictureFile("array-area.svg", costPicture(shape)),
      workspaceFor(sizes),
      workspaceFor(shapes),
      pageWith("study-array.md", {{"array-tc-resnet8", decides(size, "tc-resnet8")},
                                  {"array-alexnet", decides(size, "alexnet")},
                                  {"array-cliffs", emptyTable(shape, {{"4 × 4", at + '4'},
                                                                      {"5 × 4", at + '5'},
                                                                      {"6 × 4", at + '6'},
                                                                      {"7 × 4", at + '7'},
                                                                      {"8 × 4", at + '8'}})},
                                  {"array-front", frontTable(shape, "",
                                                             {"arch.rows", "arch.columns", "arch.fetch_width",
                                                              "arch.memory_requests"})}})};
}

}  // namespace taktwerk::studies
