// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tables/marks.h"

#include <stdexcept>

namespace taktwerk::tables {

void replaceBlock(std::string& page, const std::string& name, const std::string& block) {
  const std::string begin = "<!-- " + name + ": begin -->\n", end = "<!-- " + name + ": end -->";
  const std::size_t first = page.find(begin), last = page.find(end);
  if (first == std::string::npos || last == std::string::npos || last < first)
    throw std::runtime_error("the marks of the table \"" + name + "\" are missing");
  page.replace(first + begin.size(), last - first - begin.size(), block);
}

}  // namespace taktwerk::tables
