// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/architecture/architecture.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// Which object of a document each object of a machine is, and the other way round. Both number their objects
/// in the order of the file, but where settings resize an array the machine has other objects than the
/// document, which shows the defaults; so it is made once for each result, by name.
class ObjectTable {
 public:
  ObjectTable() = default;
  ObjectTable(const Machine& machine, const Architecture& architecture);

  /// None of an object that the document does not have.
  [[nodiscard]] ObjectId inDocument(MachineObjectId object) const {
    return object.index() < inDocument_.size() ? inDocument_[object.index()] : ObjectId{};
  }
  /// None of an object that the machine does not have.
  [[nodiscard]] MachineObjectId inMachine(ObjectId object) const {
    return object.index() < inMachine_.size() ? inMachine_[object.index()] : MachineObjectId{};
  }

 private:
  std::vector<ObjectId> inDocument_;
  std::vector<MachineObjectId> inMachine_;
};

}  // namespace taktwerk
