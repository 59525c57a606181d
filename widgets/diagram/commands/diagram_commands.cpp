// SPDX-License-Identifier: GPL-3.0-or-later
// What the menu's commands do with the selection.
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/drawing/block_sizes.h"
#include "core/editing/declared_place.h"
#include "core/editing/fragment.h"
#include "core/editing/group_fragment.h"
#include "core/editing/new_block.h"
#include "widgets/actions/command_table.h"
#include "widgets/actions/item_menu.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/tools/bend_tool.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

namespace {

QString counted(const std::vector<std::string>& names) {
  return names.size() == 1 ? QString::fromStdString(names.front())
                           : QObject::tr("%1 blocks").arg(names.size());
}

/// The entries of the file that are selected, stages with their units. What is selected but is no whole entry
/// nor in one is `blamed`.
std::set<std::string> wholeEntries(const Document& document, const ShownSelection::Objects& objects,
                                   QString& blamed) {
  std::set<std::string> entries;
  const std::vector<Block>& blocks = document.diagram->blocks;
  for (const ShownId id : objects) {
    const std::string& name = document.shown->objects[id.index()].name;
    if (isDeclared(*document.architecture, name)) {
      entries.insert(name);
      if (document.group(id)) continue;
      for (const std::uint32_t child : blocks[id.index()].children) {
        entries.insert(document.shown->objects[child].name);
      }
      continue;
    }
    const bool along = std::any_of(objects.begin(), objects.end(), [&](ShownId other) {
      return other != id && isDrawnIn(blocks, id.value, other.value);
    });
    if (!along) blamed = QString::fromStdString(name);
  }
  return entries;
}

}  // namespace

std::vector<std::uint32_t> DiagramEditor::standing() const {
  std::vector<std::uint32_t> result;
  const Document* document = canvas_.document();
  if (!document) return result;
  for (const ShownId id : selection_.objects()) {
    if (id.index() >= document->diagram->blocks.size()) continue;
    const auto& parent = document->diagram->blocks[id.index()].parent;
    if (parent && (!document->group(ShownId{*parent}) || selection_.objects().contains(ShownId{*parent}))) {
      continue;
    }
    if (document->isEditable(id)) result.push_back(id.value);
  }
  return result;
}

void DiagramEditor::moveTo(const std::vector<std::uint32_t>& blocks, const std::vector<Point>& corners,
                           const QString& verb, const QString& mergeKey, bool dropBends) {
  Places places;
  std::vector<std::string> names;
  bool moves = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Rect& rect = canvas_.document()->diagram->blocks[blocks[i]].rect;
    names.push_back(canvas_.shown().objects[blocks[i]].name);
    places[names.back()] = {corners[i].x, corners[i].y};
    moves = moves || rect.x != corners[i].x || rect.y != corners[i].y;
  }
  if (!moves) return;
  QString key = mergeKey;
  for (const std::string& name : names) {
    if (!key.isEmpty()) key += QLatin1Char(' ') + QString::fromStdString(name);
  }
  std::map<std::uint32_t, Point> moved;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Rect& rect = canvas_.document()->diagram->blocks[blocks[i]].rect;
    moved[blocks[i]] = {corners[i].x - rect.x, corners[i].y - rect.y};
  }
  std::vector<ArchitectureEdit> edits = documents_.placeEdits(places);
  std::vector<ArchitectureEdit> bends;
  if (dropBends) {
    std::vector<const ShownConnection*> touched;
    const auto follows = [&](ShownId id) {
      const auto found = moved.find(outermost(canvas_.document()->diagram->blocks, id.value));
      return found != moved.end() && found->second != Point{};
    };
    for (const ShownConnection& c : canvas_.shown().connections) {
      if (follows(c.from) || follows(c.to)) touched.push_back(&c);
    }
    bends = withoutBends(*canvas_.document(), touched);
  } else {
    bends = bendsAlong(*canvas_.document(), moved);
  }
  edits.insert(edits.end(), bends.begin(), bends.end());
  canvas_.edit(verb.arg(counted(names)), edits, key);
}

void DiagramEditor::removeBends() {
  const Document* document = canvas_.document();
  if (!document) return;
  std::vector<const ShownConnection*> connections;
  for (const ShownConnection& c : document->shown->connections) {
    const ShownConnectionId id{static_cast<std::uint32_t>(&c - document->shown->connections.data())};
    const auto& objects = selection_.objects();
    const bool all = objects.empty() && !selection_.connection().valid();
    if (all || selection_.connection() == id || objects.contains(c.from) || objects.contains(c.to)) {
      connections.push_back(&c);
    }
  }
  const std::vector<ArchitectureEdit> edits = withoutBends(*document, connections);
  if (edits.empty()) return Q_EMIT said(tr("No wire here has bends of its own."));
  const QString what = edits.size() == 1 ? tr("a wire") : tr("%1 wires").arg(edits.size());
  canvas_.edit(tr("Remove bends of %1").arg(what), edits);
}

void DiagramEditor::nudge(double x, double y) {
  const std::vector<std::uint32_t> blocks = standing();
  if (blocks.empty()) {
    if (!selection_.objects().empty())
      Q_EMIT said(tr("What is in a stage or an array stands where that puts it."));
    return;
  }
  std::vector<Point> corners;
  for (const std::uint32_t block : blocks) {
    const Rect& rect = canvas_.document()->diagram->blocks[block].rect;
    corners.push_back({rect.x + x, rect.y + y});
  }
  moveTo(blocks, corners, tr("Nudge %1"), QStringLiteral("nudge"));
}

void DiagramEditor::align(Alignment alignment) {
  const std::vector<std::uint32_t> blocks = standing();
  if (blocks.size() < 2) return Q_EMIT said(tr("Select two blocks or more to align them."));
  std::vector<Rect> rects;
  rects.reserve(blocks.size());
  for (const std::uint32_t block : blocks) rects.push_back(canvas_.document()->diagram->blocks[block].rect);
  moveTo(blocks, aligned(rects, alignment), tr("Align %1"));
}

void DiagramEditor::distribute(bool horizontally) {
  const std::vector<std::uint32_t> blocks = standing();
  if (blocks.size() < 3) return Q_EMIT said(tr("Select three blocks or more to distribute them."));
  std::vector<Rect> rects;
  rects.reserve(blocks.size());
  for (const std::uint32_t block : blocks) rects.push_back(canvas_.document()->diagram->blocks[block].rect);
  moveTo(blocks, distributed(rects, horizontally), tr("Distribute %1"));
}

bool DiagramEditor::removeSelected(const QString& verb) {
  const Document* document = canvas_.document();
  if (!document) return false;
  if (selection_.connection().valid()) {
    const auto place = connectionPlace(document->bytes, document->connection(selection_.connection()));
    if (!place) {
      Q_EMIT said(tr("This connection is made inside a template; edit it there, in the text."));
      return false;
    }
    selection_.clear();
    return canvas_.edit(tr("%1 connection").arg(verb), {RemoveConnection{*place}});
  }
  std::vector<ArchitectureEdit> edits;
  std::vector<std::string> names;
  std::set<std::string> seen;
  QString inTemplate;
  for (const ShownId id : selection_.objects()) {
    const std::string& name = document->shown->objects[id.index()].name;
    if (!isDeclared(*document->architecture, name)) {
      const bool along =
          std::any_of(selection_.objects().begin(), selection_.objects().end(), [&](ShownId other) {
            return other != id && isDrawnIn(document->diagram->blocks, id.value, other.value);
          });
      if (along) continue;
      const auto part = partOf(id);
      if (!part) {
        Q_EMIT said(tr("%1 is an element of an array; select the whole, or write the array out.")
                        .arg(QString::fromStdString(name)));
        return false;
      }
      if (!seen.insert(part->inTemplate + ' ' + part->object).second) continue;
      names.push_back(part->object);
      edits.emplace_back(RemoveObject{part->object, part->inTemplate});
      inTemplate = QString::fromStdString(part->inTemplate);
      continue;
    }
    if (!seen.insert(name).second) continue;
    names.push_back(name);
    edits.emplace_back(RemoveObject{name});
  }
  if (edits.empty()) {
    Q_EMIT said(tr("Nothing is selected."));
    return false;
  }
  if (!canvas_.edit(QStringLiteral("%1 %2").arg(verb, counted(names)), edits)) return false;
  if (!inTemplate.isEmpty()) Q_EMIT said(tr("Removed for all uses of template %1.").arg(inTemplate));
  return true;
}

std::optional<Origin> DiagramEditor::partOf(ShownId id) const {
  const Document* document = canvas_.document();
  const ShownObject& object = document->shown->objects[id.index()];
  auto origin = originOf(*document->architecture, object.name);
  if (!origin || origin->inTemplate.empty()) return std::nullopt;
  // "pe[0].alu" is the part, "pe[0].bank[3]" an element of one.
  const std::size_t dot = object.name.rfind('.');
  if (dot == std::string::npos || object.name.compare(dot + 1, std::string::npos, origin->object) != 0)
    return std::nullopt;
  return origin;
}

void DiagramEditor::remove() {
  removeSelected(tr("Delete"));
}

QString DiagramEditor::fragment(const QString& verb) {
  const Document* document = canvas_.document();
  if (!document || selection_.objects().empty()) {
    Q_EMIT said(tr("Select what to %1.").arg(verb));
    return {};
  }
  if (std::any_of(selection_.objects().begin(), selection_.objects().end(),
                  [&](ShownId id) { return document->group(id) != nullptr; })) {
    QString blamed;
    const std::set<std::string> entries = wholeEntries(*document, selection_.objects(), blamed);
    if (!blamed.isEmpty()) {
      Q_EMIT said(tr("%1 is part of an array or an instance; select the whole to %2 it.").arg(blamed, verb));
      return {};
    }
    return QString::fromStdString(
        fragmentOfEntries(*document->architecture, entries, [document](const std::string& name) {
          const Rect& rect = document->diagram->blocks[document->shown->find(name)->shown.index()].rect;
          return CanvasPoint{rect.x, rect.y};
        }));
  }
  ShownSelection::Objects objects = selection_.objects();
  for (const ShownId id : selection_.objects()) {  // a stage with its units
    for (const std::uint32_t child : document->diagram->blocks[id.index()].children) {
      objects.insert(ShownId{child});
    }
  }
  std::vector<ObjectId> copied;
  for (const ShownId id : objects) copied.push_back(document->shown->objects[id.index()].id);
  return QString::fromStdString(fragmentText(*document->architecture, copied, [document](ObjectId id) {
    const Rect& rect = document->diagram->blocks[document->shown->shownAs[id.index()].index()].rect;
    return CanvasPoint{rect.x, rect.y};
  }));
}

void DiagramEditor::insert(const QString& text, const QString& verb, bool atMouse) {
  const Document* document = canvas_.document();
  if (!document) return;
  const std::string bytes = text.toStdString();
  CanvasPoint offset{2 * gridStep, 2 * gridStep};
  if (atMouse) {
    const Result<Architecture> part = parseArchitecture(bytes, "clipboard");
    QPointF corner(1e300, 1e300);
    const auto take = [&](const ObjectDeclaration& object) {
      if (object.at) corner = {std::min(corner.x(), object.at->x), std::min(corner.y(), object.at->y)};
    };
    if (part && part->isGenerated()) {
      for (const DeclaredObject& entry : part->declared) take(entry.object);
    } else if (part) {
      for (const ObjectDeclaration& object : part->objects) take(object);
    }
    const QPointF to = snapped((mouseIn_ ? mouse_ : middle()) - corner);
    if (corner.x() < 1e299) offset = {to.x(), to.y()};
  }
  Result<Paste> paste = pasteEdits(*document->architecture, bytes, offset);
  if (!paste) {
    return Q_EMIT said(tr("The clipboard holds no blocks: %1")
                           .arg(QString::fromStdString(paste.diagnostics.front().message)));
  }
  std::vector<ArchitectureEdit> edits = documents_.placeEdits({});
  edits.insert(edits.end(), paste->edits.begin(), paste->edits.end());
  if (canvas_.edit(QStringLiteral("%1 %2").arg(verb, counted(paste->names)), edits)) {
    canvas_.select(paste->names);
  }
}

void DiagramEditor::duplicate() {
  const QString text = fragment(tr("duplicate"));
  if (text.isEmpty()) return;
  insert(text, tr("Duplicate"), false);
}

void DiagramEditor::copy() {
  const QString text = fragment(tr("copy"));
  if (text.isEmpty()) return;
  QGuiApplication::clipboard()->setText(text);
}

void DiagramEditor::cut() {
  const QString text = fragment(tr("cut"));
  if (text.isEmpty()) return;
  if (removeSelected(tr("Cut"))) QGuiApplication::clipboard()->setText(text);
}

void DiagramEditor::paste() {
  insert(QGuiApplication::clipboard()->text(), tr("Paste"), true);
}

void DiagramEditor::setColour(const QString& colour) {
  const Document* document = canvas_.document();
  if (!document) return;
  std::vector<ArchitectureEdit> edits;
  std::vector<std::string> names;
  for (const ShownId id : selection_.objects()) {
    const ShownObject& object = document->shown->objects[id.index()];
    const auto origin = originOf(*document->architecture, object.name);
    if (!origin || !document->isEditable(id) || object.colour == colour.toStdString()) continue;
    std::optional<YamlNode> value;
    if (!colour.isEmpty()) value = yamlScalar(colour.toStdString(), true);
    names.push_back(object.name);
    edits.emplace_back(SetAttribute{origin->object, "colour", std::move(value), origin->inTemplate});
  }
  if (!edits.empty()) canvas_.edit(tr("Colour %1").arg(counted(names)), edits);
}

void DiagramEditor::replaceBy(ObjectClass objectClass) {
  const Document* document = canvas_.document();
  const ClassSpecification* specification = specificationOf(objectClass);
  if (!document || !specification || selection_.objects().size() != 1) {
    return Q_EMIT said(tr("Select one block to replace it."));
  }
  const ShownObject& object = document->shown->objects[selection_.objects().begin()->index()];
  if (object.group || !isDeclared(*document->architecture, object.name)) {
    return Q_EMIT said(tr("Only a block of a class that stands in the file by itself can be replaced."));
  }
  if (object.objectClass == objectClass) return;
  std::vector<ArchitectureEdit> edits{
      SetAttribute{object.name, "class", yamlScalar(std::string(specification->name))}};
  for (const Attribute& attribute : object.attributes) {
    if (!specification->find(attribute.name)) {
      edits.emplace_back(SetAttribute{object.name, attribute.name, std::nullopt});
    }
  }
  for (const YamlNode::Entry& entry : newObject(objectClass).entries) {
    if (entry.key != "class" && !object.find(entry.key)) {
      edits.emplace_back(SetAttribute{object.name, entry.key, entry.value});
    }
  }
  // Wires stay; those that the new class cannot have are named.
  QStringList illegal;
  for (const ShownConnection& c : document->shown->connections) {
    if (c.from != object.shown && c.to != object.shown) continue;
    const auto classOf = [&](ShownId id) {
      return id == object.shown ? objectClass : document->shown->objects[id.index()].objectClass;
    };
    const auto why = whyIllegal(c.kind, classOf(c.from), classOf(c.to));
    if (!why) continue;
    const ShownId other = c.from == object.shown ? c.to : c.from;
    illegal << tr("%1 (%2)").arg(QString::fromStdString(document->shown->objects[other.index()].name),
                                 QString::fromStdString(*why));
  }
  const QString name = QString::fromStdString(object.name);
  if (!canvas_.edit(tr("Make %1 a %2").arg(name, QString::fromUtf8(specification->name.data())), edits))
    return;
  if (!illegal.isEmpty()) {
    const qsizetype count = illegal.size();
    const QString wires = count == 1 ? tr("a wire") : tr("%1 wires").arg(count);
    Q_EMIT said(tr("%1 has %2 that a %3 cannot have: %4")
                    .arg(name, wires, QString::fromUtf8(specification->name.data()),
                         count > 2 ? illegal.mid(0, 2).join(tr("; ")) + tr("; and %1 more").arg(count - 2)
                                   : illegal.join(tr("; "))));
  }
}

void DiagramEditor::contextMenu(QPoint at) {
  const Document* document = canvas_.document();
  if (!document) return;
  handle([](Tool& tool) { tool.cancel(); });
  mouse_ = view_.mapToScene(at);
  mouseIn_ = true;
  const auto hit = scene_.hit(mouse_, 4 / view_.zoom());
  using Kind = DiagramScene::Hit::Kind;
  if (hit.kind == Kind::Wire) {
    selection_.select(document->diagram->wires[hit.index].connection);
  } else if (const auto block = scene_.blockAt(mouse_)) {
    if (!selection_.objects().contains(ShownId{*block})) selection_.select({ShownId{*block}});
  }
  openMenu(at);
}

void DiagramEditor::openMenu(QPoint at) {
  const Document* document = canvas_.document();
  if (!document) return;
  auto* menu = new QMenu(&view_);
  menu->setObjectName(QStringLiteral("contextMenu"));
  menu->setToolTipsVisible(true);
  // The commands of the menus, so that both say the same; those that cannot be used just now are left out.
  const auto offer = [&](std::initializer_list<const char*> ids) { offerCommands(*menu, commands_, ids); };
  const bool any = !selection_.objects().empty();
  const bool wire = selection_.connection().valid();
  offer({"insert.quickAdd", "edit.paste"});
  if (wire && !document->shown->connections[selection_.connection().index()].via.empty()) {
    offer({"arrange.removeBends"});
  }
  if (selection_.objects().size() == 1) {
    if (const ShownGroup* group = document->group(*selection_.objects().begin())) {
      offer({group->open ? "group.close" : "group.open"});
    }
  }
  if (any) offer({"edit.cut", "edit.copy", "edit.duplicate"});
  if (selection_.objects().size() == 1) offer({"insert.connect", "edit.rename"});
  if (any || wire) offer({"edit.delete"});
  if (!standing().empty()) offer({"arrange.pin"});
  if (any) {
    offer({"arrange.template", "arrange.array", "arrange.openArray", "arrange.ungroup",
           "arrange.intoTemplate", "arrange.outOfTemplate", "arrange.updateTemplate"});
    QMenu* colours = menu->addMenu(tr("Colour"));
    const std::pair<QString, const char*> choices[] = {{tr("Blue"), "#0072b2"},   {tr("Orange"), "#d55e00"},
                                                       {tr("Green"), "#009e73"},  {tr("Pink"), "#cc79a7"},
                                                       {tr("Yellow"), "#f0e442"}, {tr("Sky"), "#56b4e9"}};
    for (const auto& [name, colour] : choices) {
      QPixmap chip(14, 14);
      chip.fill(QColor(QLatin1String(colour)));
      colours->addAction(QIcon(chip), name, this,
                         [this, value = QString::fromLatin1(colour)] { setColour(value); });
    }
    colours->addAction(tr("None"), this, [this] { setColour({}); });
  }
  if (selection_.objects().size() == 1) {
    const ShownObject& object = document->shown->objects[selection_.objects().begin()->index()];
    QMenu* others = menu->addMenu(tr("Replace by"));
    for (const ClassSpecification& c : classSpecifications()) {
      if (c.objectClass == object.objectClass || kindOf(c.objectClass) == BlockKind::Unknown) continue;
      others->addAction(QString::fromUtf8(c.name.data(), static_cast<qsizetype>(c.name.size())), this,
                        [this, to = c.objectClass] { replaceBy(to); });
    }
  }
  popUp(*menu, view_.viewport()->mapToGlobal(at));
}

}  // namespace taktwerk
