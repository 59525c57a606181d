// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/document.h"

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/folding/fold.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

namespace {

const QString nameOfNew = QStringLiteral("untitled.arch.yaml");

void draw(Document& document, const DocumentView& view) {
  document.expansion = view.expansion.value_or(usualExpansion(*document.architecture));
  document.shown = std::make_shared<const FoldedView>(fold(*document.architecture, document.expansion));
  document.diagram = std::make_shared<const BlockDiagram>(
      drawBlockDiagram(*document.shown, {view.layout, &view.places, view.before}));
}

}  // namespace

QString Document::name() const {
  return place().isEmpty() ? nameOfNew : place();
}

const ShownGroup* Document::group(ShownId id) const {
  if (!shown || id.index() >= shown->objects.size()) return nullptr;
  const std::optional<ShownGroup>& group = shown->objects[id.index()].group;
  return group ? &*group : nullptr;
}

ShownId Document::shownAs(std::string_view name) const {
  if (const ShownObject* object = shown->find(name)) return object->shown;
  const ObjectDeclaration* object = architecture->find(name);
  return object ? shown->shownAs[object->id.index()] : ShownId{};
}

const Connection& Document::connection(ShownConnectionId id) const {
  return architecture->connections[shown->connections[id.index()].first.index()];
}

bool Document::isEditable(ShownId id) const {
  if (id.index() >= shown->objects.size()) return false;
  const ShownId parent = shown->objects[id.index()].parent;
  const ShownGroup* around = parent.valid() ? group(parent) : nullptr;
  return !around || around->kind == ShownGroup::Kind::Instance;
}

Document makeDocument(const QString& path, std::string bytes, const DocumentView& view) {
  Document document;
  document.path = path;
  const std::string file = toPath(document.name()).string();
  document.bytes = std::move(bytes);
  document.text = QString::fromUtf8(document.bytes.data(), static_cast<qsizetype>(document.bytes.size()));
  Result<Architecture> architecture = parseArchitecture(document.bytes, file);
  document.diagnostics = std::move(architecture.diagnostics);
  if (!architecture) return document;
  document.architecture = std::make_shared<const Architecture>(std::move(*architecture));
  draw(document, view);
  return document;
}

Document makeCopy(const QString& copyOf, std::string bytes, const DocumentView& view) {
  Document document = makeDocument(copyOf, std::move(bytes), view);
  document.path.clear();
  document.copyOf = copyOf;
  return document;
}

Document viewedDocument(const Document& document, const DocumentView& view) {
  Document result = document;
  draw(result, view);
  return result;
}

Document openDocument(const QString& path, const DocumentView& view) {
  Result<std::string> text = readFile(toPath(path));
  if (text) return makeDocument(path, std::move(*text), view);
  Document document;
  document.path = path;
  document.diagnostics = std::move(text.diagnostics);
  return document;
}

}  // namespace taktwerk
