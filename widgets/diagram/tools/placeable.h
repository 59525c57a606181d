// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/yaml.h"
#include "core/drawing/palette.h"
#include "core/editing/template_library.h"

namespace taktwerk {

class Theme;

/// Something that can be put on the canvas: a block of a class, or an instance of a template of the document.
struct Placeable {
  QString title;
  QString description;
  BlockKind kind = BlockKind::Unknown;
  ObjectClass objectClass = ObjectClass::Unknown;       ///< of a template: Unknown
  std::string name;                                     ///< what a new one is called, when that is free
  YamlNode value;                                       ///< as it is written
  std::shared_ptr<const LibraryTemplate> library = {};  ///< copied into the file when it is placed

  /// Tells it from all others: "class:SRAM", "template:element", "library:systolic-array/element".
  [[nodiscard]] QString id() const;
};

/// Asks the canvas to add it without a mouse to say where.
struct PlaceAtOnce {
  Placeable what;
};

/// Every class, by kind, then the templates of the architecture and those of the library.
[[nodiscard]] std::vector<Placeable> placeables(const Architecture* architecture,
                                                const TemplateLibrary* library = nullptr);
/// Those whose title, description or kind have all words of the text; titles that begin with it first.
[[nodiscard]] std::vector<Placeable> matching(const std::vector<Placeable>& all, const QString& text);

/// That of its kind; of a template a sign of its own.
[[nodiscard]] QIcon iconOf(const Theme& theme, const Placeable& what);

/// The type of the data that a palette entry is dragged with: its id as UTF-8.
inline constexpr const char* placeableMimeType = "application/x-taktwerk-block";

}  // namespace taktwerk
