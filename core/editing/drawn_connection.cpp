// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/drawn_connection.h"

#include <algorithm>
#include <utility>

#include "core/architecture/class_specification.h"

namespace taktwerk {

namespace {

bool exists(const Architecture& architecture, ConnectionKind kind, ObjectId from, ObjectId to) {
  return std::any_of(architecture.connections.begin(), architecture.connections.end(),
                     [&](const Connection& c) { return c.kind == kind && c.from == from && c.to == to; });
}

void collect(const Architecture& architecture, ObjectId from, ObjectId to, DrawnConnections& result,
             bool& there) {
  const auto add = [&](ConnectionKind kind, ObjectId subject, ObjectId object) {
    const ObjectDeclaration& s = architecture.objects[subject.index()];
    const ObjectDeclaration& o = architecture.objects[object.index()];
    std::optional<std::string> illegal = whyIllegal(kind, s.objectClass, o.objectClass);
    if (illegal) {
      if (result.reason.empty()) result.reason = std::move(*illegal);
      return;
    }
    if (exists(architecture, kind, subject, object)) {
      there = true;
      return;
    }
    if (kind == ConnectionKind::Contains && containment(architecture, object) != nullptr) {
      result.reason = o.name + " is in a stage already";
      return;
    }
    result.possible.push_back({kind, s.name, o.name});
  };
  add(ConnectionKind::Contains, from, to);
  add(ConnectionKind::Forward, from, to);
  add(ConnectionKind::Writes, from, to);
  add(ConnectionKind::Reads, to, from);
}

/// Of the kind that is most likely meant, for the reason shown.
ConnectionKind likelyKind(ObjectClass from, ObjectClass to) {
  const auto stage = [](ObjectClass c) {
    return c == ObjectClass::InstructionFetchStage || c == ObjectClass::PipelineStage ||
           c == ObjectClass::ExecuteStage;
  };
  const auto unit = [](ObjectClass c) {
    return c == ObjectClass::FunctionalUnit || c == ObjectClass::MemoryAccessUnit ||
           c == ObjectClass::InstructionMemoryAccessUnit;
  };
  if (stage(from) && unit(to)) return ConnectionKind::Contains;
  if (stage(from)) return ConnectionKind::Forward;
  return unit(to) ? ConnectionKind::Reads : ConnectionKind::Writes;
}

}  // namespace

DrawnConnections drawnConnections(const Architecture& architecture, ObjectId from, ObjectId to) {
  DrawnConnections result;
  if (from == to) return {{}, "a block cannot be connected to itself"};
  const ObjectClass fromClass = architecture.objects[from.index()].objectClass;
  const ObjectClass toClass = architecture.objects[to.index()].objectClass;
  if (fromClass == ObjectClass::Unknown || toClass == ObjectClass::Unknown) {
    return {{}, "the class of this block is not known"};
  }
  bool there = false;
  collect(architecture, from, to, result, there);
  if (result.possible.empty()) collect(architecture, to, from, result, there);
  if (!result.possible.empty()) {
    result.reason.clear();
    return result;
  }
  if (there) {
    result.reason = "they are connected already";
    return result;
  }
  const ConnectionKind kind = likelyKind(fromClass, toClass);
  const bool turned = kind == ConnectionKind::Reads;
  if (auto why = whyIllegal(kind, turned ? toClass : fromClass, turned ? fromClass : toClass)) {
    result.reason = std::move(*why);
  }
  return result;
}

const Connection* containment(const Architecture& architecture, ObjectId object) {
  for (const Connection& c : architecture.connections) {
    if (c.kind == ConnectionKind::Contains && c.to == object) return &c;
  }
  return nullptr;
}

}  // namespace taktwerk
