// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"
#include "core/drawing/block_diagram.h"
#include "core/folding/fold.h"

namespace taktwerk {

/// An architecture as opened: immutable, shared by the views and by the jobs that work on it.
struct Document {
  QString path;                                      ///< empty: not saved yet
  QString copyOf;                                    ///< of what shipped file it is a copy not saved yet
  std::string bytes;                                 ///< of the file, exactly
  QString text;                                      ///< of the file, for the text view
  std::shared_ptr<const Architecture> architecture;  ///< as estimated and edited
  std::shared_ptr<const FoldedView> shown;           ///< as looked at: closed groups are one block each
  std::shared_ptr<const BlockDiagram> diagram;
  Expansion expansion;  ///< which groups are open
  Diagnostics diagnostics;

  /// The file whose neighbours, such as its mappings, are this document's; empty for a new one.
  [[nodiscard]] const QString& place() const { return path.isEmpty() ? copyOf : path; }
  /// What diagnostics and the text view call it: `place`, or a name for a new one.
  [[nodiscard]] QString name() const;
  [[nodiscard]] bool hasProblems() const { return hasErrors(diagnostics); }
  /// The group a shown object stands for, or null.
  [[nodiscard]] const ShownGroup* group(ShownId id) const;
  /// The shown object for the one of that name in the architecture, or for the group it is in; invalid when
  /// there is none.
  [[nodiscard]] ShownId shownAs(std::string_view name) const;
  /// The first of the architecture's connections that a shown one stands for.
  [[nodiscard]] const Connection& connection(ShownConnectionId id) const;
  /// Whether a shown object is one of the file, or of a template, that an edit can name: not the element of
  /// an array.
  [[nodiscard]] bool isEditable(ShownId id) const;
};

/// What the look of a document depends on besides its text.
struct DocumentView {
  LayoutFunction layout = {};
  Places places = {};                    ///< of blocks that the file does not place: edits must not move them
  const BlockDiagram* before = nullptr;  ///< the drawing to keep lines of
  std::optional<Expansion> expansion = {};  ///< none: the usual one
};

/// A document of a text. Without an architecture the text is no YAML of the right format.
[[nodiscard]] Document makeDocument(const QString& path, std::string bytes, const DocumentView& view = {});

/// The same document looked at in another way; the file is not read again.
[[nodiscard]] Document viewedDocument(const Document& document, const DocumentView& view);

/// The same for an unsaved copy of the shipped file `copyOf`, or for a new document when that is empty.
[[nodiscard]] Document makeCopy(const QString& copyOf, std::string bytes, const DocumentView& view = {});

/// Reads and draws a file. Without an architecture the file is no YAML of the right format.
/// For job threads.
[[nodiscard]] Document openDocument(const QString& path, const DocumentView& view = {});

}  // namespace taktwerk
