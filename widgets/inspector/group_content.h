// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/document.h"
#include "widgets/inspector/inspector_content.h"

namespace taktwerk {

/// What the inspector shows of an array or an instance of a template: its size, the arguments with the
/// template's defaults, how its elements are wired, what it is connected to. Of an array of blocks of a class
/// the attributes, which are those of each element.
[[nodiscard]] InspectorContent groupContent(const Document& document, ShownId id);

/// What a wire of the drawing stands for when the file makes it by a rule; empty otherwise.
[[nodiscard]] InspectorSection ruleSection(const Document& document, ShownConnectionId id);

}  // namespace taktwerk
