// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/studies/study_pages.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "core/space/space_file.h"
#include "core/study/workspace.h"
#include "tests/support/places.h"
#include "tests/tables/marks.h"

namespace taktwerk::studies {
namespace {

constexpr const char* guide = "resources/guide/";

/// The first file of a space's alternatives of this kind, as a path from the folder of the space.
std::string firstOf(const Space& space, Dimension::Of of) {
  for (const Dimension& dimension : space.dimensions) {
    if (dimension.of != of) continue;
    const std::filesystem::path folder = std::filesystem::path(space.file).parent_path();
    return std::filesystem::path(dimension.alternatives.front().files.front())
        .lexically_relative(folder)
        .generic_string();
  }
  throw std::runtime_error(space.file + " names no architecture or no network");
}

}  // namespace

std::string contentOf(const std::string& path) {
  std::ifstream file(sourceDirectory() + '/' + path);
  if (!file) throw std::runtime_error(path + " cannot be read");
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

StudyFile pageWith(const std::string& name, const Blocks& blocks) {
  const std::string path = guide + name;
  std::string text = contentOf(path);
  for (const auto& [block, content] : blocks) tables::replaceBlock(text, block, content);
  return {path, text};
}

StudyFile pictureFile(const std::string& name, std::string svg) {
  return {std::string(guide) + "pictures/" + name, std::move(svg)};
}

StudyFile workspaceFor(const std::string& spaceFile) {
  const std::string text = contentOf(spaceFile);
  const Result<Space> space = parseSpace(text, spaceFile);
  if (!space) throw std::runtime_error(spaceFile + " is no space");
  Workspace workspace;
  workspace.architecture = firstOf(*space, Dimension::Of::Architecture);
  workspace.network = firstOf(*space, Dimension::Of::Network);
  workspace.sweep.space = text;
  const std::string ending = ".space.yaml";
  return {spaceFile.substr(0, spaceFile.size() - ending.size()) + ".taktwerk", writeWorkspace(workspace)};
}

}  // namespace taktwerk::studies
