// SPDX-License-Identifier: GPL-3.0-or-later
// Opening and closing groups of the diagram.
#include <algorithm>

#include "core/folding/fold.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostShownBlocks = 1500;  // more cannot be routed and painted while one waits

}  // namespace

bool DiagramEditor::expand(Expansion expansion, const std::vector<std::string>& select) {
  const std::size_t shown = fold(*canvas_.document()->architecture, expansion).objects.size();
  if (shown > mostShownBlocks) {
    Q_EMIT said(tr("That would show %1 blocks; open single groups instead.").arg(shown));
    return false;
  }
  documents_.setExpansion(std::move(expansion));
  canvas_.select(select);
  return true;
}

void DiagramEditor::openGroups() {
  const Document* document = canvas_.document();
  if (!document) return;
  Expansion expansion = document->expansion;
  std::vector<std::string> names;
  for (const ShownId id : selection_.objects()) {
    const ShownGroup* group = document->group(id);
    if (!group) continue;
    names.push_back(document->shown->objects[id.index()].name);
    expansion.exceptions[names.back()] = true;
  }
  if (names.empty()) return Q_EMIT said(tr("Select an array or an instance of a template to open it."));
  if (!expand(std::move(expansion), names)) return;
  if (const ShownObject* opened = canvas_.shown().find(names.front())) {
    const Rect& rect = canvas_.document()->diagram->blocks[opened->shown.index()].rect;
    view_.reveal(QRectF(rect.x, rect.y, rect.width, rect.height));
  }
}

void DiagramEditor::closeGroups() {
  const Document* document = canvas_.document();
  if (!document) return;
  Expansion expansion = document->expansion;
  std::vector<std::string> names;
  for (const ShownId id : selection_.objects()) {
    ShownId group = id;
    const ShownGroup* itself = document->group(id);
    if (!itself || !itself->open) group = document->shown->objects[id.index()].parent;
    if (!group.valid()) continue;
    const std::string& name = document->shown->objects[group.index()].name;
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    names.push_back(name);
    expansion.exceptions[name] = false;
  }
  if (names.empty()) return Q_EMIT said(tr("Nothing that is selected is in an open group."));
  expand(std::move(expansion), names);
}

void DiagramEditor::openDeeper() {
  const Document* document = canvas_.document();
  if (!document) return;
  std::optional<std::size_t> depth;  // of the outermost closed groups
  for (const ShownObject& object : document->shown->objects) {
    const std::optional<ShownGroup>& group = object.group;
    if (group && !group->open) depth = std::min(depth.value_or(group->depth), group->depth);
  }
  if (!depth) return Q_EMIT said(tr("Every group is open."));
  Expansion expansion;
  expansion.depth = *depth + 1;
  expansion.arraysClosed = false;
  expand(std::move(expansion), {});
}

void DiagramEditor::closeDeepest() {
  const Document* document = canvas_.document();
  if (!document) return;
  std::optional<std::size_t> depth;  // of the innermost open groups
  for (const ShownObject& object : document->shown->objects) {
    const std::optional<ShownGroup>& group = object.group;
    if (group && group->open) depth = std::max(depth.value_or(group->depth), group->depth);
  }
  if (!depth) return Q_EMIT said(tr("Every group is closed."));
  Expansion expansion;
  expansion.depth = *depth;
  expansion.arraysClosed = false;
  expand(std::move(expansion), {});
}

}  // namespace taktwerk
