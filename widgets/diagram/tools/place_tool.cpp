// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/place_tool.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/architecture/class_specification.h"
#include "core/drawing/block_sizes.h"
#include "core/editing/declared_place.h"
#include "core/editing/new_block.h"
#include "core/folding/fold.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/document/document_controller.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PlaceTool", text);
}

Block ghostOf(const Placeable& what) {
  Architecture alone;
  ObjectDeclaration object;
  object.name = what.name;
  object.className = what.title.toStdString();
  object.objectClass = what.objectClass;
  for (const YamlNode::Entry& entry : what.value.entries) {
    if (entry.key != "class" && entry.key != "template") {
      object.attributes.push_back({entry.key, {}, entry.value});
    }
  }
  alone.objects.push_back(std::move(object));
  return sizeBlocks(unfolded(alone)).front();
}

}  // namespace

QPointF freePlace(const Canvas& canvas, const Placeable& what, QPointF at) {
  if (!canvas.document()) return at;
  constexpr double beside = 2 * gridStep, below = 4 * gridStep;  // room for wires, and for units in stages
  constexpr int columns = 5, rows = 40;
  const Rect size = ghostOf(what).rect;
  const QSizeF room(size.width + beside, size.height + below);
  const auto isFree = [&](QPointF corner) {
    const QRectF wanted(corner - QPointF(beside / 2, below / 2), room);
    const auto& blocks = canvas.document()->diagram->blocks;
    return std::none_of(blocks.begin(), blocks.end(), [&](const Block& block) {
      return wanted.intersects(QRectF(block.rect.x, block.rect.y, block.rect.width, block.rect.height));
    });
  };
  // To the right first, as instructions go, then in rows below.
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const QPointF corner = snapped(at + QPointF(column * room.width(), row * room.height()));
      if (isFree(corner)) return corner;
    }
  }
  return at;
}

std::optional<std::uint32_t> selectedStage(const Canvas& canvas, ObjectClass unit) {
  const auto& chosen = canvas.selection.objects();
  if (!canvas.document() || unit == ObjectClass::Unknown || chosen.size() != 1) return {};
  const auto mayHold = [&](std::uint32_t block) {
    const ShownObject& stage = canvas.shown().objects[block];
    return !stage.group && stage.objectClass != ObjectClass::Unknown &&
           isDeclared(*canvas.document()->architecture, stage.name) &&
           !whyIllegal(ConnectionKind::Contains, stage.objectClass, unit);
  };
  const std::uint32_t block = chosen.begin()->value;
  if (mayHold(block)) return block;
  const auto& parent = canvas.document()->diagram->blocks[block].parent;
  return parent && mayHold(*parent) ? parent : std::nullopt;
}

std::optional<std::uint32_t> stageAt(const Canvas& canvas, ObjectClass unit, QPointF at) {
  if (!canvas.document() || unit == ObjectClass::Unknown) return {};
  std::set<std::uint32_t> nested;
  for (const Block& block : canvas.document()->diagram->blocks) {
    if (block.parent) nested.insert(block.object.value);
  }
  const auto under = canvas.scene.blockAt(at, nested);
  if (!under) return {};
  const ShownObject& stage = canvas.shown().objects[*under];
  if (stage.objectClass == ObjectClass::Unknown || !isDeclared(*canvas.document()->architecture, stage.name))
    return {};
  return whyIllegal(ConnectionKind::Contains, stage.objectClass, unit) ? std::nullopt : under;
}

PlaceTool::PlaceTool(Canvas& canvas, Placeable what)
    : Tool(canvas), what_(std::move(what)), ghost_(ghostOf(what_)) {}

QPointF PlaceTool::corner() const {
  return snapped(now_.at - QPointF(ghost_.rect.width / 2, headerHeight / 2));
}

std::optional<std::uint32_t> PlaceTool::stage() const {
  return stageAt(canvas_, what_.objectClass, now_.at);
}

void PlaceTool::move(const ToolEvent& event) {
  now_ = event;
  seen_ = true;
  canvas_.repaint();
}

void PlaceTool::release(const ToolEvent& event) {
  now_ = event;
  if (!canvas_.document() || done_) return;
  done_ = true;
  place(canvas_, what_, corner(), stage());
  canvas_.repaint();
}

bool PlaceTool::cancel() {
  const bool placing = !done_;
  done_ = true;
  canvas_.repaint();
  return placing;
}

void PlaceTool::paint(QPainter& painter, double scale) const {
  if (!seen_ || done_ || !canvas_.document()) return;
  const Palette& palette = canvas_.scene.palette();
  if (const auto under = stage()) {
    const Rect& r = canvas_.document()->diagram->blocks[*under].rect;
    QColor fill = toQColor(palette.accent);
    painter.setPen(QPen(fill, 2.5));
    fill.setAlphaF(0.14F);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(r.x, r.y, r.width, r.height), 5, 5);
  }
  painter.save();
  painter.setOpacity(0.65);
  painter.translate(corner());
  paintBlock(painter, ghost_, {}, palette, scale);
  painter.restore();
}

QString PlaceTool::hint() const {
  if (seen_ && stage()) return tr("Click to put it into the stage · Esc leaves everything as it was");
  return tr("Click where the %1 shall stand · Esc leaves everything as it was").arg(what_.title);
}

std::string place(const Canvas& canvas, const Placeable& what, QPointF at,
                  std::optional<std::uint32_t> stage) {
  if (!canvas.document()) return {};
  const Architecture& architecture = *canvas.document()->architecture;
  std::string name = freeName(architecture, what.name);
  YamlNode value = what.value;
  const bool placed = !stage && what.objectClass != ObjectClass::Unknown;
  if (placed) {
    const auto number = [](double v) { return yamlScalar(std::to_string(std::llround(v))); };
    value.entries.push_back({"at", {}, yamlSequence({number(at.x()), number(at.y())})});
  }
  std::vector<ArchitectureEdit> edits;
  if (placed) edits = canvas.documents.placeEdits({});
  edits.emplace_back(AddObject{name, std::move(value)});
  if (stage) {
    const std::string& in = canvas.shown().objects[*stage].name;
    edits.emplace_back(AddConnection{ConnectionKind::Contains, in, name});
  }
  const QString step = tr("Add %1").arg(QString::fromStdString(name));
  if (what.library) {
    // The template comes along, in the same step.
    const Result<TemplateCopy> copy = copyTemplate(canvas.document()->bytes, *what.library);
    if (!copy) {
      canvas.say(QString::fromStdString(copy.diagnostics.front().message));
      return {};
    }
    YamlNode instance = what.value;
    instance.entries.front().value = yamlScalar(copy->templateName);
    const QString reason =
        canvas.documents.replace(QCoreApplication::translate("PlaceTool", "%1 from the library").arg(step),
                                 applyEdit(copy->text, AddObject{name, std::move(instance)}));
    if (!reason.isEmpty()) {
      canvas.say(reason);
      return {};
    }
    return name;
  }
  if (!canvas.edit(step, edits)) return {};
  canvas.select({name});
  return name;
}

}  // namespace taktwerk
