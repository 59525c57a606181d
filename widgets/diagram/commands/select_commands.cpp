// SPDX-License-Identifier: GPL-3.0-or-later
// Which blocks are selected, and the place that is typed for them.
#include <algorithm>
#include <cmath>

#include "core/base/whole_number.h"
#include "core/drawing/block_query.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/document/document_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

constexpr std::int64_t furthest = 1'000'000;  // of a typed place; the canvas is scrolled, not searched

std::optional<double> placeFrom(const QString& text) {
  const auto value = wholeNumber(text.trimmed().toStdString());
  if (!value || *value < -furthest || *value > furthest) return std::nullopt;
  return std::round(static_cast<double>(*value) / gridStep) * gridStep;
}

QString counted(std::size_t blocks) {
  return blocks == 1 ? QObject::tr("1 block") : QObject::tr("%1 blocks").arg(blocks);
}

}  // namespace

void DiagramEditor::invertSelection() {
  if (!canvas_.document()) return;
  ShownSelection::Objects rest;
  for (const ShownObject& object : canvas_.shown().objects) {
    if (!selection_.objects().contains(object.shown)) rest.insert(object.shown);
  }
  selection_.select(rest);
}

void DiagramEditor::selectSameClass() {
  if (!canvas_.document()) return;
  if (selection_.objects().empty()) return Q_EMIT said(tr("Select a block of the class that is meant."));
  const FoldedView& shown = canvas_.shown();
  std::set<std::pair<ObjectClass, std::string>> classes;
  const auto classOf = [](const ShownObject& object) {
    return std::pair(object.objectClass, object.group ? object.group->templateName : object.className);
  };
  for (const ShownId id : selection_.objects()) classes.insert(classOf(shown.objects[id.index()]));
  ShownSelection::Objects same;
  for (const ShownObject& object : shown.objects) {
    if (classes.contains(classOf(object))) same.insert(object.shown);
  }
  const std::size_t count = same.size();
  selection_.select(same);
  Q_EMIT said(tr("%1 selected").arg(counted(count)));
}

void DiagramEditor::selectWhere() {
  const auto document = documents_.document();
  if (!document) return;
  const auto meant = [document](const QString& text) {
    const auto query = parseBlockQuery(text.toStdString());
    const auto* good = std::get_if<BlockQuery>(&query);
    return good ? blocksMeant(*document->shown, *good) : std::vector<ShownId>();
  };
  Question question;
  question.title = tr("Select blocks where");
  question.explanation =
      tr("A class or a part of a name, then what holds: SRAM with ports < 2, pe* with latency >= 2 and "
         "operations = mac. Parameters have their defaults.");
  question.fields = {{tr("Blocks"), lastQuery_, tr("SRAM with ports < 2")}};
  question.accept = tr("Select");
  question.problem = [meant](const QStringList& texts) -> std::optional<Question::Problem> {
    const auto query = parseBlockQuery(texts.front().toStdString());
    if (const auto* problem = std::get_if<std::string>(&query))
      return Question::Problem{0, shortened(*problem)};
    if (meant(texts.front()).empty()) return Question::Problem{0, tr("no block is so")};
    return std::nullopt;
  };
  question.preview = [meant](const QStringList& texts) { return counted(meant(texts.front()).size()); };
  const auto answers = ask(question);
  if (!answers || isPast(document)) return;
  lastQuery_ = answers->front();
  ShownSelection::Objects objects;
  for (const ShownId id : meant(answers->front())) objects.insert(id);
  selection_.select(objects);
  Q_EMIT said(tr("%1 selected").arg(counted(objects.size())));
}

void DiagramEditor::askPosition() {
  const auto document = documents_.document();
  const std::vector<std::uint32_t> blocks = standing();
  if (blocks.empty()) {
    return Q_EMIT said(selection_.objects().empty()
                           ? tr("Select a block to place it.")
                           : tr("What is in a stage or an array stands where that puts it."));
  }
  // Of several the corner of all; of the parts of an instance as the file counts, from its frame.
  const Block& first = document->diagram->blocks[blocks.front()];
  Point corner{first.rect.x, first.rect.y};
  for (const std::uint32_t block : blocks) {
    const Rect& rect = document->diagram->blocks[block].rect;
    corner = {std::min(corner.x, rect.x), std::min(corner.y, rect.y)};
  }
  const Point origin = first.origin;
  Question question;
  question.title = blocks.size() == 1 ? tr("Position of %1").arg(shortened(first.title, 60))
                                      : tr("Position of %1").arg(counted(blocks.size()));
  question.explanation = blocks.size() == 1
                             ? tr("The upper left corner of the block, on a grid of %1.").arg(gridStep)
                             : tr("The upper left corner of them all, on a grid of %1.").arg(gridStep);
  question.fields = {{tr("x"), QString::number(corner.x - origin.x, 'f', 0)},
                     {tr("y"), QString::number(corner.y - origin.y, 'f', 0)}};
  question.accept = tr("Move");
  question.problem = [](const QStringList& texts) -> std::optional<Question::Problem> {
    for (int field = 0; field < 2; ++field) {
      if (!placeFrom(texts[field]))
        return Question::Problem{field, tr("a whole number from −%1 to %1").arg(furthest)};
    }
    return std::nullopt;
  };
  question.preview = [](const QStringList& texts) {
    return tr("x %1, y %2").arg(*placeFrom(texts[0])).arg(*placeFrom(texts[1]));
  };
  const auto answers = ask(question);
  if (!answers || isPast(document)) return;
  const Point by{*placeFrom((*answers)[0]) + origin.x - corner.x,
                 *placeFrom((*answers)[1]) + origin.y - corner.y};
  std::vector<Point> corners;
  for (const std::uint32_t block : blocks) {
    const Rect& rect = document->diagram->blocks[block].rect;
    corners.push_back({rect.x + by.x, rect.y + by.y});
  }
  moveTo(blocks, corners, tr("Move %1"));
}

}  // namespace taktwerk
