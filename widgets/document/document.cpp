// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/document.h"

#include "core/architecture/architecture_file.h"
#include "core/architecture/fold.h"
#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

Document openDocument(const QString& path, const LayoutFunction& layout) {
  Document document;
  document.path = path;
  const std::filesystem::path file = toPath(path);
  const Result<std::string> text = readFile(file);
  if (!text) {
    document.diagnostics = text.diagnostics;
    return document;
  }
  document.text = QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size()));
  Result<Architecture> architecture = parseArchitecture(*text, file.string());
  document.diagnostics = std::move(architecture.diagnostics);
  if (!architecture) return document;
  document.whole = std::make_shared<const Architecture>(std::move(*architecture));
  FoldedArchitecture shown = fold(*document.whole);
  document.architecture = std::make_shared<const Architecture>(std::move(shown.architecture));
  BlockDiagram diagram = drawBlockDiagram(*document.architecture, layout);
  for (Block& block : diagram.blocks) {
    const std::size_t elements = shown.elements[block.object.index()];
    if (elements > 1) block.className += " × " + std::to_string(elements);
  }
  document.diagram = std::make_shared<const BlockDiagram>(std::move(diagram));
  return document;
}

}  // namespace taktwerk
