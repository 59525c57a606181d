// SPDX-License-Identifier: GPL-3.0-or-later
// Wires chosen from a list, without a mouse.
#include <set>

#include "core/drawing/block_diagram.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/tools/connect_box.h"
#include "widgets/diagram/tools/wire_tool.h"
#include "widgets/document/document_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

QString DiagramEditor::whyNotConnect() const {
  if (QString reason = whyNotEdit(); !reason.isEmpty()) return reason;
  return selection_.objects().size() == 1 ? QString() : tr("Select one block to connect it.");
}

QPoint DiagramEditor::selectedPlace() const {
  const QRect sight = view_.viewport()->rect();
  for (const ShownId id : selection_.objects()) {
    if (id.index() >= canvas_.document()->diagram->blocks.size()) continue;
    const Rect& rect = canvas_.document()->diagram->blocks[id.index()].rect;
    const QPoint at = view_.mapFromScene(QPointF(rect.x + gridStep, rect.y + headerHeight));
    if (sight.contains(at)) return at;
  }
  return sight.center();
}

void DiagramEditor::connectTo() {
  if (const QString why = whyNotConnect(); !why.isEmpty()) return Q_EMIT said(why);
  const Document* document = canvas_.document();
  const std::uint32_t chosen = selection_.objects().begin()->value;
  std::vector<ConnectBox::Choice> choices;
  std::set<QString> known;  // both directions of a wire can find the same
  const auto offer = [&](std::uint32_t from, std::uint32_t to) {
    const PossibleWires wires = possibleWires(*document, from, to);
    for (const AddConnection& c : wires.drawn.possible) {
      const QString sentence = wireSentence(c);
      if (!known.insert(sentence).second) continue;
      choices.push_back(
          {sentence, [this, c, sentence] { canvas_.edit(tr("Connect: %1").arg(sentence), {c}); }});
    }
    for (const WiringRule& rule : wires.rules) {
      const QString sentence = QString::fromStdString(rule.sentence);
      if (!known.insert(sentence).second) continue;
      choices.push_back({sentence, [this, rule, sentence] {
                           canvas_.edit(tr("Connect: %1").arg(sentence),
                                        {AddRule{rule.rule, rule.inTemplate, rule.sentence}});
                         }});
    }
  };
  const auto count = static_cast<std::uint32_t>(document->shown->objects.size());
  for (std::uint32_t other = 0; other < count; ++other) {
    if (other != chosen || document->group(ShownId{chosen})) offer(chosen, other);
  }
  for (std::uint32_t other = 0; other < count; ++other) {
    if (other != chosen) offer(other, chosen);
  }
  connectBox_->popUp(shortened(QString::fromStdString(document->shown->objects[chosen].name), 60),
                     std::move(choices), view_.viewport()->mapToGlobal(selectedPlace()));
}

}  // namespace taktwerk
