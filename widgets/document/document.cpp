// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/document.h"

#include "core/architecture/architecture_file.h"
#include "core/architecture/fold.h"
#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

Document makeDocument(const QString& path, std::string bytes, const LayoutFunction& layout,
                      const Places& places, const BlockDiagram* before) {
  Document document;
  document.path = path;
  const std::string file = path.isEmpty() ? "untitled.arch.yaml" : toPath(path).string();
  document.bytes = std::move(bytes);
  document.text = QString::fromUtf8(document.bytes.data(), static_cast<qsizetype>(document.bytes.size()));
  Result<Architecture> architecture = parseArchitecture(document.bytes, file);
  document.diagnostics = std::move(architecture.diagnostics);
  if (!architecture) return document;
  document.whole = std::make_shared<const Architecture>(std::move(*architecture));
  FoldedArchitecture shown = fold(*document.whole);
  Architecture placed = shown.architecture;
  for (ObjectDeclaration& object : placed.objects) {
    if (object.at) continue;
    if (const auto place = places.find(object.name); place != places.end()) object.at = place->second;
  }
  document.architecture = std::make_shared<const Architecture>(std::move(shown.architecture));
  BlockDiagram diagram = drawBlockDiagram(placed, layout, before);
  for (Block& block : diagram.blocks) {
    const std::size_t elements = shown.elements[block.object.index()];
    if (elements > 1) block.className += " × " + std::to_string(elements);
  }
  document.diagram = std::make_shared<const BlockDiagram>(std::move(diagram));
  return document;
}

Document openDocument(const QString& path, const LayoutFunction& layout, const Places& places) {
  Result<std::string> text = readFile(toPath(path));
  if (text) return makeDocument(path, std::move(*text), layout, places);
  Document document;
  document.path = path;
  document.diagnostics = std::move(text.diagnostics);
  return document;
}

}  // namespace taktwerk
