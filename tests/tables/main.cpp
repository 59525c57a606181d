// SPDX-License-Identifier: GPL-3.0-or-later
// Usage: taktwerk_tables [FILE]. Replaces what stands between the marks of each table in FILE, by default the
// README of the source folder; what stands in several READMEs is replaced in all.
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tests/support/places.h"
#include "tests/tables/tables.h"

namespace taktwerk::tables {
namespace {

void replace(std::string& text, const std::string& name, const std::string& table) {
  const std::string begin = "<!-- " + name + ": begin -->\n", end = "<!-- " + name + ": end -->";
  const std::size_t first = text.find(begin), last = text.find(end);
  if (first == std::string::npos || last == std::string::npos || last < first)
    throw std::runtime_error("the marks of the table \"" + name + "\" are missing");
  text.replace(first + begin.size(), last - first - begin.size(), table);
}

void run(const std::string& name) {
  std::string text;
  {
    std::ifstream file(name);
    if (!file) throw std::runtime_error(name + " cannot be read");
    std::ostringstream content;
    content << file.rdbuf();
    text = content.str();
  }
  replace(text, "networks", networkTable());
  replace(text, "errors", errorTable());
  replace(text, "measured", measuredTable());
  std::ofstream file(name);
  file << text;
  if (!file.flush()) throw std::runtime_error(name + " cannot be written");
}

}  // namespace
}  // namespace taktwerk::tables

int main(int argc, char** argv) {
  try {
    taktwerk::tables::run(argc > 1 ? argv[1] : taktwerk::sourceDirectory() + "/README.md");
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "taktwerk_tables: error: " << problem.what() << '\n';
    return 1;
  }
}
