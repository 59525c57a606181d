// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <memory>
#include <string>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"
#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// An architecture as opened: immutable, shared by the views and by the jobs that work on it.
struct Document {
  QString path;                                      ///< empty: not saved yet
  std::string bytes;                                 ///< of the file, exactly
  QString text;                                      ///< of the file, for the text view
  std::shared_ptr<const Architecture> architecture;  ///< as shown: of large arrays the first elements
  std::shared_ptr<const Architecture> whole;         ///< as estimated; the same when nothing is folded
  std::shared_ptr<const BlockDiagram> diagram;
  Diagnostics diagnostics;

  [[nodiscard]] bool hasProblems() const { return hasErrors(diagnostics); }
};

/// Where blocks stand that the file does not place, by name: an edit must not send them elsewhere.
using Places = std::map<std::string, CanvasPoint>;

/// A document of a text. Without an architecture the text is no YAML of the right format.
/// `before` is the drawing to keep lines of.
[[nodiscard]] Document makeDocument(const QString& path, std::string bytes, const LayoutFunction& layout,
                                    const Places& places = {}, const BlockDiagram* before = nullptr);

/// Reads and draws a file. Without an architecture the file is no YAML of the right format.
/// For job threads.
[[nodiscard]] Document openDocument(const QString& path, const LayoutFunction& layout,
                                    const Places& places = {});

}  // namespace taktwerk
