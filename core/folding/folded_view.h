// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// Places in a view. They are none of the architecture's, and the compiler tells them apart.
using ShownId = Id<struct ShownTag>;
using ShownConnectionId = Id<struct ShownConnectionTag>;

/// How elements of an array are connected with their neighbours: by a connection of a kind to the element so
/// many rows below and columns to the right, each −1, 0 or 1.
struct NeighbourFlow {
  ConnectionKind kind = ConnectionKind::Forward;
  int rows = 0;
  int columns = 0;
  friend auto operator<=>(const NeighbourFlow&, const NeighbourFlow&) = default;
};

/// What a shown object stands for that is not itself an object of the architecture.
struct ShownGroup {
  enum class Kind : std::uint8_t { Instance, Array };
  Kind kind = Kind::Instance;
  bool open = false;
  std::string templateName;  ///< empty: an array of blocks of a class
  /// Of an instance or array the entry that declares it: its name, and the template it stands in or empty.
  std::string entry, inTemplate;
  std::vector<std::int64_t> extents;           ///< of an array: elements a dimension
  std::size_t objects = 0;                     ///< of the whole architecture that are in it
  std::size_t depth = 0;                       ///< groups it is in
  ObjectClass content = ObjectClass::Unknown;  ///< of the objects in it the one that does the group's work
  std::vector<NeighbourFlow> flows;            ///< of a closed array, ordered
};

/// A block as it is shown: an object of the architecture, whose `id` it has, or a group, which has none and
/// is named and placed as its entry says.
struct ShownObject : ObjectDeclaration {
  ShownId shown;   ///< index into `FoldedView::objects`
  ShownId parent;  ///< the open group it stands in, or none
  std::optional<ShownGroup> group;
};

/// A connection as it is shown: of a kind between two shown blocks, for one of the architecture or more.
struct ShownConnection {
  ConnectionKind kind = ConnectionKind::Forward;
  ShownId from;
  ShownId to;
  ConnectionId first;     ///< of those it stands for
  std::size_t count = 1;  ///< of the architecture's connections that it stands for
  std::vector<CanvasPoint> via = {};
};

/// An architecture as it is looked at: of closed groups one object each instead of what is in them, of open
/// groups one object as well (the frame) and what they hold. Of long arrays an open group shows the first
/// elements and the last. What it leaves out is missing, so it is no architecture: nothing elaborates or
/// edits it.
struct FoldedView {
  std::string name;                   ///< of the architecture
  std::vector<Parameter> parameters;  ///< of the architecture: attributes may depend on them
  std::vector<ShownObject> objects;
  std::vector<ShownConnection> connections;
  /// By object of the architecture: itself, or the innermost group shown that has it.
  std::vector<ShownId> shownAs;

  [[nodiscard]] const ShownObject* find(std::string_view objectName) const;
  /// The connection by which a stage contains the block, or nothing.
  [[nodiscard]] const ShownConnection* containment(ShownId object) const;
};

}  // namespace taktwerk
