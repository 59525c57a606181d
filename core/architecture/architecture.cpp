// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/architecture.h"

#include <algorithm>

namespace taktwerk {

const Attribute* ObjectDeclaration::find(std::string_view attribute) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const Attribute& a) { return a.name == attribute; });
  return found == attributes.end() ? nullptr : &*found;
}

const ObjectDeclaration* Architecture::find(std::string_view objectName) const {
  const auto found = std::find_if(objects.begin(), objects.end(),
                                  [&](const ObjectDeclaration& o) { return o.name == objectName; });
  return found == objects.end() ? nullptr : &*found;
}

}  // namespace taktwerk
