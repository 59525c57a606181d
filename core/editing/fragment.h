// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/editing/edit.h"

namespace taktwerk {

/// A part of an architecture as text, for the clipboard: the objects, the connections among them and the
/// parameters their expressions use, in the format of a file. Elements of arrays become objects of their own.
/// `placeOf` tells where a block stands that is not contained in another.
[[nodiscard]] std::string fragmentText(const Architecture& architecture, const std::vector<ObjectId>& objects,
                                       const std::function<CanvasPoint(ObjectId)>& placeOf);

/// Edits that add a fragment, and the names its objects get: their own, or the next free ones.
struct Paste {
  std::vector<ArchitectureEdit> edits;
  std::vector<std::string> names;
};
/// Blocks stand where the fragment says plus `offset`. Parameters that are not there yet come along. Text
/// that is no architecture, or has no objects, is a diagnostic.
[[nodiscard]] Result<Paste> pasteEdits(const Architecture& into, std::string_view fragment,
                                       CanvasPoint offset);

}  // namespace taktwerk
