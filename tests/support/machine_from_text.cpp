// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/machine_from_text.h"

#include <stdexcept>

#include "core/architecture/architecture_file.h"
#include "core/machine/elaborate.h"

namespace taktwerk::test {

std::shared_ptr<const Machine> machineFromText(std::string_view text) {
  const auto architecture = parseArchitecture(text, "test.arch.yaml");
  if (!architecture || hasErrors(architecture.diagnostics)) {
    throw std::runtime_error(toString(architecture.diagnostics.front()));
  }
  const auto machine = elaborate(*architecture);
  if (!machine) throw std::runtime_error(toString(machine.diagnostics.front()));
  return *machine;
}

}  // namespace taktwerk::test
