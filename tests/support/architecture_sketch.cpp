// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/architecture_sketch.h"

#include "core/architecture/architecture_file.h"
#include "core/machine/elaborate.h"

namespace taktwerk::test {

std::string ArchitectureSketch::text() const {
  std::string text = "format: taktwerk-architecture/1\nname: random\nobjects:\n";
  for (const Object& object : objects) {
    text += "  " + object.name + ": {class: " + object.className;
    for (const auto& [name, value] : object.attributes) text += ", " + name + ": " + value;
    text += "}\n";
  }
  text += "connections:\n";
  for (const Connection& connection : connections) {
    text += "  - " + connection.kind + ": [" + connection.from + ", " + connection.to + "]\n";
  }
  return text;
}

std::shared_ptr<const Machine> ArchitectureSketch::machine(std::string* problems) const {
  const auto report = [&](const Diagnostics& diagnostics) {
    if (problems == nullptr) return;
    for (const Diagnostic& diagnostic : diagnostics) *problems += toString(diagnostic) + '\n';
  };
  const auto architecture = parseArchitecture(text(), "random.arch.yaml");
  if (!architecture || hasErrors(architecture.diagnostics)) {
    report(architecture.diagnostics);
    return nullptr;
  }
  auto machine = elaborate(*architecture);
  if (!machine) {
    report(machine.diagnostics);
    return nullptr;
  }
  return *machine;
}

}  // namespace taktwerk::test
