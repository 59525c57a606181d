// SPDX-License-Identifier: GPL-3.0-or-later
// Mesh, scratchpad and bus of Gemmini.
#include "tests/studies/study_pages.h"
#include "tests/studies/study_pictures.h"
#include "tests/studies/study_tables.h"

namespace taktwerk::studies {
namespace {

constexpr const char* meshes = "resources/studies/mesh.space.yaml";
const std::vector<std::string> always = {
    "Tiles are Taktwerk's own choice; the validation is of the tiles of Gemmini's library."};

PictureWish wishOver(const std::string& line, const std::string& title, const std::string& subtitle,
                     const std::string& condition) {
  PictureWish wish;
  wish.title = title;
  wish.subtitle = subtitle;
  wish.x = "arch.mesh";
  wish.y = line;
  wish.panels = "network";
  wish.condition = condition;
  wish.notes = always;
  return wish;
}

std::string busPicture(const SweptSpace& space) {
  return linePicture(
      space,
      wishOver("arch.bus_bytes", "Gemmini: cycles by mesh and bus",
               "A line for each bus_bytes, at 8 bytes a cycle behind the L2; 16384 rows of scratchpad.",
               "memory_bytes == 8 and scratchpad_rows == 16384"));
}

std::string memoryPicture(const SweptSpace& space) {
  return linePicture(space,
                     wishOver("arch.memory_bytes", "Gemmini: cycles by mesh and what is behind the L2",
                              "A line for each memory_bytes, at a bus of 64 bytes; 16384 rows of scratchpad.",
                              "bus_bytes == 64 and scratchpad_rows == 16384"));
}

std::string scratchpadPicture(const SweptSpace& space) {
  PictureWish wish = wishOver("arch.scratchpad_rows", "Gemmini: cycles by mesh and scratchpad",
                              "Bus and memory of 64 bytes a cycle. A row has as many bytes as the mesh has "
                              "rows; each panel has its own scale.",
                              "bus_bytes == 64 and memory_bytes == 64");
  return heatPicture(space, wish);
}

std::string design(int mesh, int bus, int memory) {
  return "scratchpad_rows == 16384 and mesh == " + std::to_string(mesh) +
         " and bus_bytes == " + std::to_string(bus) + " and memory_bytes == " + std::to_string(memory);
}

std::string decides(const SweptSpace& space, const std::string& network) {
  const std::string of = " and network == \"" + network + '"';
  return decidesTable(space, {{"16 × 16", design(16, 16, 8) + of},
                              {"64 × 64", design(64, 16, 8) + of},
                              {"64 × 64, bus of 64 bytes", design(64, 64, 8) + of},
                              {"16 × 16, bus and memory of 64 bytes", design(16, 64, 64) + of},
                              {"64 × 64, bus and memory of 64 bytes", design(64, 64, 64) + of}});
}

/// What the page says in words.
void requireClaims(const SweptSpace& space) {
  const auto cycles = [&](const char* network, int mesh, int bus, int memory) {
    return cyclesWhere(space, design(mesh, bus, memory) + " and network == \"" + network + '"');
  };
  requireClaim("of ResNet-50 64 × 64 alone is less than twice as fast",
               2 * cycles("resnet-50", 64, 16, 8) > cycles("resnet-50", 16, 16, 8));
  const double wide = static_cast<double>(cycles("resnet-50", 16, 16, 8)) /
                      static_cast<double>(cycles("resnet-50", 64, 64, 64));
  requireClaim("with bus and memory of 64 bytes it is about three times as fast", wide > 2.5 && wide < 3.5);
  requireClaim("the memory is worth more than the bus",
               cycles("resnet-50", 64, 16, 64) < cycles("resnet-50", 64, 64, 8));
  requireClaim("MobileNetV2 is fastest on 16 × 16",
               valueOf(space, "arch.mesh", fastestWhere(space, "network == \"mobilenet-v2\"")) == "16");
  requireClaim("48 × 48 is slower than 32 × 32 for all three networks",
               cycles("resnet-50", 48, 64, 64) > cycles("resnet-50", 32, 64, 64) &&
                   cycles("bert-base-layer", 48, 64, 64) > cycles("bert-base-layer", 32, 64, 64) &&
                   cycles("mobilenet-v2", 48, 64, 64) > cycles("mobilenet-v2", 32, 64, 64));
  const std::string few = "scratchpad_rows == 1024 and mesh == 16 and bus_bytes == 16 and memory_bytes == 8";
  requireClaim(
      "1024 rows of scratchpad make ResNet-50 three times slower",
      cyclesWhere(space, few + " and network == \"resnet-50\"") > 3 * cycles("resnet-50", 16, 16, 8));
}

}  // namespace

std::vector<StudyFile> meshStudy() {
  const SweptSpace space = sweepSpace(meshes);
  requireClaims(space);
  return {pictureFile("mesh-bus.svg", busPicture(space)),
          pictureFile("mesh-memory.svg", memoryPicture(space)),
          pictureFile("mesh-scratchpad.svg", scratchpadPicture(space)), workspaceFor(meshes),
          pageWith("study-mesh.md", {{"mesh-resnet-50", decides(space, "resnet-50")},
                                     {"mesh-mobilenet-v2", decides(space, "mobilenet-v2")},
                                     {"mesh-bert", decides(space, "bert-base-layer")}})};
}

}  // namespace taktwerk::studies
