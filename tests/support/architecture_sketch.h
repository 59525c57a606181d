// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/machine/machine.h"
#include "tests/support/random.h"

namespace taktwerk::test {

/// An architecture as loose text parts, easy to put together at random and to take apart again.
struct ArchitectureSketch {
  struct Object {
    std::string name;
    std::string className;
    std::vector<std::pair<std::string, std::string>> attributes;  ///< name and YAML text

    Object& set(const std::string& attribute, const std::string& value) {
      attributes.emplace_back(attribute, value);
      return *this;
    }
    Object& set(const std::string& attribute, std::int64_t value) {
      return set(attribute, std::to_string(value));
    }
  };
  struct Connection {
    std::string kind, from, to;
  };
  std::vector<Object> objects;
  std::vector<Connection> connections;

  /// The `*.arch.yaml`.
  [[nodiscard]] std::string text() const;
  /// Read and elaborated; null when it is refused, with the reasons in `problems`.
  [[nodiscard]] std::shared_ptr<const Machine> machine(std::string* problems = nullptr) const;
};

struct MachineOptions {
  bool caches = true;
  bool drams = true;
  bool oneWay = false;  ///< only what a pass in program order may be able to time (engine::ProgramOrder)
};

/// An architecture that is valid by construction: lanes and forks of stages, execute stages with several
/// units or that only forward, functional units and memory access units with any attributes, register files
/// with copies, banked memories, DRAMs and caches before them.
[[nodiscard]] ArchitectureSketch randomArchitecture(Random& random, const MachineOptions& options);

}  // namespace taktwerk::test
