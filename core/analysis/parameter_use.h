// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// Which blocks of an architecture its parameters concern: those with an attribute, an array's size or an
/// argument of their template that names the parameter, or another one whose default follows it. Text
/// against text: nothing is computed.
class ParameterUse {
 public:
  ParameterUse() = default;
  explicit ParameterUse(const Architecture& architecture);

  /// In the order of the document; none of a name that is no parameter, or that no block uses.
  [[nodiscard]] const std::vector<ObjectId>& objectsOf(const std::string& parameter) const;
  /// The parameters that concern a block.
  [[nodiscard]] const std::set<std::string>& parametersOf(ObjectId object) const;

 private:
  std::map<std::string, std::vector<ObjectId>> objects_;
  std::vector<std::set<std::string>> parameters_;
};

}  // namespace taktwerk
