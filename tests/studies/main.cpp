// SPDX-License-Identifier: GPL-3.0-or-later
// Usage: taktwerk_studies [FOLDER]. Sweeps the shipped spaces of resources/studies and writes what follows
// from them below FOLDER, by default the source folder: tables of the guide's pages, pictures, workspaces.
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <stdexcept>

#include "core/base/atomic_file.h"
#include "tests/studies/study_pages.h"
#include "tests/support/places.h"

namespace taktwerk::studies {
namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  auto file = AtomicFile::create(path);
  if (!file) throw std::runtime_error(toString(file.diagnostics.front()));
  file->stream() << text;
  const Diagnostics problems = file->commit();
  if (!problems.empty()) throw std::runtime_error(toString(problems.front()));
}

void run(const std::filesystem::path& folder) {
  for (const auto& study : {arrayStudy, plasticineStudy, meshStudy}) {
    for (const StudyFile& file : study()) {
      write(folder / file.path, file.text);
      std::cerr << file.path << '\n';
    }
  }
}

}  // namespace
}  // namespace taktwerk::studies

int main(int argc, char** argv) {
  try {
    taktwerk::studies::run(argc > 1 ? argv[1] : taktwerk::sourceDirectory());
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "taktwerk_studies: error: " << problem.what() << '\n';
    return 1;
  }
}
