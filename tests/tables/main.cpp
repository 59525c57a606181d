// SPDX-License-Identifier: GPL-3.0-or-later
// Usage: taktwerk_tables [FOLDER]. Replaces what stands between the marks of each table in the READMEs of
// FOLDER, by default the source folder.
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/support/places.h"
#include "tests/tables/marks.h"
#include "tests/tables/tables.h"

namespace taktwerk::tables {
namespace {

/// The text between the marks of each table, by its name.
using Tables = std::vector<std::pair<std::string, std::string>>;

void write(const std::string& name, const Tables& tables) {
  std::string text;
  {
    std::ifstream file(name);
    if (!file) throw std::runtime_error(name + " cannot be read");
    std::ostringstream content;
    content << file.rdbuf();
    text = content.str();
  }
  for (const auto& [table, rows] : tables) replaceBlock(text, table, rows);
  std::ofstream file(name);
  file << text;
  if (!file.flush()) throw std::runtime_error(name + " cannot be written");
}

void run(const std::string& folder) {
  const std::string measured = measuredTable();
  write(folder + "/archs/gemmini/README.md", {{"measured", measured}});
  write(folder + "/README.md",
        {{"networks", networkTable()}, {"errors", errorTable()}, {"measured", measured}});
}

}  // namespace
}  // namespace taktwerk::tables

int main(int argc, char** argv) {
  try {
    taktwerk::tables::run(argc > 1 ? argv[1] : taktwerk::sourceDirectory());
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "taktwerk_tables: error: " << problem.what() << '\n';
    return 1;
  }
}
