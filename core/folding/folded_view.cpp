// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/folding/folded_view.h"

#include <algorithm>

namespace taktwerk {

const ShownObject* FoldedView::find(std::string_view objectName) const {
  const auto found = std::find_if(objects.begin(), objects.end(),
                                  [&](const ShownObject& object) { return object.name == objectName; });
  return found == objects.end() ? nullptr : &*found;
}

const ShownConnection* FoldedView::containment(ShownId object) const {
  for (const ShownConnection& c : connections) {
    if (c.kind == ConnectionKind::Contains && c.to == object) return &c;
  }
  return nullptr;
}

}  // namespace taktwerk
