// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace taktwerk::test {

/// A command line, word by word.
using Words = std::vector<std::string>;

[[nodiscard]] inline Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// A sweep of the architecture one-mac with TC-ResNet8.
[[nodiscard]] inline Words oneMac(const Words& more) {
  return with({"sweep", "--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
               "resources/networks/tc-resnet8.network.yaml"},
              more);
}

[[nodiscard]] inline Words linesOf(const std::string& text) {
  std::istringstream stream(text);
  Words lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace taktwerk::test
