// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/shown_selection.h"

namespace taktwerk {

namespace {

ShownSelection::Objects idsIn(const FoldedView& shown, const SelectionModel::Names& names) {
  ShownSelection::Objects ids;
  if (names.empty()) return ids;
  for (const ShownObject& object : shown.objects) {
    if (names.contains(object.name)) ids.insert(object.shown);
  }
  return ids;
}

}  // namespace

ShownConnectionId connectionIn(const FoldedView& shown, const NamedConnection& connection) {
  const ShownObject* from = shown.find(connection.from);
  const ShownObject* to = shown.find(connection.to);
  if (!from || !to) return {};
  for (std::uint32_t i = 0; i < shown.connections.size(); ++i) {
    const ShownConnection& each = shown.connections[i];
    if (each.kind == connection.kind && each.from == from->shown && each.to == to->shown) {
      return ShownConnectionId{i};
    }
  }
  return {};
}

const ShownSelection::Known& ShownSelection::known() const {
  std::shared_ptr<const FoldedView> shown = shown_();
  if (shown == known_.shown && model_.revision() == known_.revision) return known_;
  known_ = {};
  known_.revision = model_.revision();
  if (shown) {
    known_.objects = idsIn(*shown, model_.names());
    known_.hovered = idsIn(*shown, model_.hovered());
    if (model_.connection()) known_.connection = connectionIn(*shown, *model_.connection());
  }
  known_.shown = std::move(shown);  // held, so that no other drawing gets its address
  return known_;
}

const ShownSelection::Objects& ShownSelection::objects() const {
  return known().objects;
}

const ShownSelection::Objects& ShownSelection::hovered() const {
  return known().hovered;
}

ShownConnectionId ShownSelection::connection() const {
  return known().connection;
}

SelectionModel::Names ShownSelection::namesOf(const Objects& objects) const {
  SelectionModel::Names names;
  const std::shared_ptr<const FoldedView> shown = shown_();
  if (!shown) return names;
  for (const ShownId id : objects) {
    if (id.index() < shown->objects.size()) names.insert(shown->objects[id.index()].name);
  }
  return names;
}

void ShownSelection::select(const Objects& objects, const QObject* origin) {
  model_.select(namesOf(objects), origin);
}

void ShownSelection::select(ShownConnectionId connection, const QObject* origin) {
  const std::shared_ptr<const FoldedView> shown = shown_();
  if (!shown || connection.index() >= shown->connections.size()) return model_.clear();
  const ShownConnection& c = shown->connections[connection.index()];
  model_.select(
      NamedConnection{c.kind, shown->objects[c.from.index()].name, shown->objects[c.to.index()].name},
      origin);
}

void ShownSelection::hover(const Objects& objects, const QObject* origin) {
  model_.hover(namesOf(objects), origin);
}

void ShownSelection::keepShown() {
  const std::shared_ptr<const FoldedView> shown = shown_();
  SelectionModel::Names there = namesOf(objects());
  there.merge(namesOf(hovered()));
  model_.keep([&](const std::string& name) { return there.contains(name); },
              [&](const NamedConnection& c) { return shown && connectionIn(*shown, c).valid(); });
}

}  // namespace taktwerk
