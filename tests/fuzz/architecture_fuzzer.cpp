// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an architecture: reading, checking, elaborating and writing never crash or hang, the fast
// YAML reader agrees with yaml-cpp, and what is written reads back as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "core/architecture/architecture_file.h"
#include "core/base/plain_yaml.h"
#include "core/machine/elaborate.h"

namespace {

void require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "failed: " << what << '\n';
  std::abort();
}

bool equal(const taktwerk::YamlNode& a, const taktwerk::YamlNode& b) {
  if (a.kind != b.kind || a.position != b.position || a.quoted != b.quoted || a.flow != b.flow) return false;
  if (a.scalar != b.scalar || a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!equal(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key != b.entries[i].key || a.entries[i].position != b.entries[i].position) return false;
    if (!equal(a.entries[i].value, b.entries[i].value)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  taktwerk::YamlLimits slow;
  slow.referenceParser = true;
  const auto fast = taktwerk::parseYaml(text, "f");
  const auto reference = taktwerk::parseYaml(text, "f", slow);
  require(fast.value.has_value() == reference.value.has_value(), "both readers accept or refuse");
  if (fast) require(equal(*fast, *reference), "both readers give the same tree");

  const auto architecture = taktwerk::parseArchitecture(text, "f");
  if (!architecture) {
    require(taktwerk::hasErrors(architecture.diagnostics), "no value without a reason");
    return 0;
  }
  const auto machine = taktwerk::elaborate(*architecture);
  require(machine.value.has_value() != taktwerk::hasErrors(machine.diagnostics), "a machine or a reason");
  const std::string written = taktwerk::writeArchitecture(*architecture);
  const auto again = taktwerk::parseArchitecture(written, "f");
  // What is not a valid name or value may not survive the canonical writer; what is sound must.
  if (taktwerk::hasErrors(architecture.diagnostics)) return 0;
  require(again.value.has_value() && !taktwerk::hasErrors(again.diagnostics), "what is written is sound");
  require(taktwerk::writeArchitecture(*again) == written, "writing is stable");
  return 0;
}
