// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// Which groups of an architecture are open to look into. A group is an array, an element of an array of
/// instances, or an instance of a template; it is known by its name: "pe", "pe[0][1]", "pe[0][1].multiplier".
struct Expansion {
  /// Groups in fewer groups than this are open; 0: none.
  std::size_t depth = 0;
  /// Instances are open `depth` deep, arrays only where `exceptions` says so.
  bool arraysClosed = true;
  std::map<std::string, bool, std::less<>> exceptions;  ///< by name: open or closed, whatever its depth

  friend bool operator==(const Expansion&, const Expansion&) = default;
};

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

/// A document for looking at: of closed groups one object each instead of what is in them, of open groups
/// one object as well (the frame) and what they hold. Of long arrays an open group shows the first elements
/// and the last. Not for elaborating: what it leaves out is missing.
struct FoldedArchitecture {
  Architecture architecture;
  // By object of `architecture`:
  std::vector<std::optional<ShownGroup>> groups;
  std::vector<ObjectId> parents;  ///< the open group it stands in, or none
  /// By connection of `architecture` how many of the whole it stands for.
  std::vector<std::size_t> multiplicity;
  /// By object of the whole architecture: itself, or the innermost group shown that has it.
  std::vector<ObjectId> shownAs;
};

/// Elements of a dimension that an open array shows: all up to this many, or else the first ones and the
/// last.
inline constexpr std::int64_t mostShownElements = 8;
inline constexpr std::int64_t firstShownElements = 3;

/// Near-linear in the size of the architecture.
[[nodiscard]] FoldedArchitecture fold(const Architecture& architecture, const Expansion& expansion);

/// The same with every object shown as it is.
[[nodiscard]] FoldedArchitecture unfolded(const Architecture& architecture);

/// How a document opens: arrays closed, and instances open when the document has at most `most` objects.
[[nodiscard]] Expansion usualExpansion(const Architecture& architecture, std::size_t most = 60);

}  // namespace taktwerk
