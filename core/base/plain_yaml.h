// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "core/base/yaml.h"

namespace taktwerk {

/// Reads the part of YAML that nearly every file keeps to, some fifty times as fast as yaml-cpp: block maps
/// and lists, flow maps and lists, plain and quoted texts on one line, comments, JSON.
///
/// It gives exactly the tree that `parseYaml` builds with yaml-cpp, or nothing. Nothing is no error: it is
/// the answer to everything unusual, unclear or wrong (texts over several lines, anchors, tabs, repeated
/// keys, …), which `parseYaml` then leaves to yaml-cpp with its messages. Expects valid UTF-8.
struct PlainYaml {
  std::optional<YamlNode> root;
  /// Where it gave up because plain YAML is nested too deep, of which yaml-cpp would only say "bad file".
  std::optional<SourcePosition> tooDeep;
};
[[nodiscard]] PlainYaml readPlainYaml(std::string_view text, const YamlLimits& limits);

}  // namespace taktwerk
