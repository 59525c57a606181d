// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/space/space_file.h"
#include "core/space/vary.h"
#include "core/study/study_memory.h"
#include "core/sweep/sweep.h"
#include "tests/support/places.h"

namespace taktwerk::test {

inline std::string architecturePath(const std::string& name) {
  return sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml";
}
inline std::string networkPath(const std::string& name) {
  return sourceDirectory() + "/resources/networks/" + name + ".network.yaml";
}

inline SweepFiles shippedFiles(const std::string& architecture, const std::string& network) {
  SweepFiles files;
  files.files.architecture = architecturePath(architecture);
  files.files.network = networkPath(network);
  return files;
}

inline Space spaceOf(const std::vector<std::string>& vary) {
  Space space;
  for (const std::string& text : vary) space.dimensions.push_back(std::get<Dimension>(parseVary(text)));
  return space;
}

/// A space as its file would say it, behind the line of its format.
inline Space spaceIn(const std::string& text) {
  return *parseSpace("format: taktwerk-space/1\n" + text, "a.space.yaml");
}

}  // namespace taktwerk::test
