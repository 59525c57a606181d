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
  document.expansion = view.expansion.value_or(usualExpansion(*document.whole));
  document.folded = std::make_shared<const FoldedArchitecture>(fold(*document.whole, document.expansion));
  document.architecture =
      std::shared_ptr<const Architecture>(document.folded, &document.folded->architecture);
  document.diagram = std::make_shared<const BlockDiagram>(
      drawBlockDiagram(*document.folded, {view.layout, &view.places, view.before}));
}

}  // namespace

QString Document::name() const {
  return place().isEmpty() ? nameOfNew : place();
}

const ShownGroup* Document::group(ObjectId shown) const {
  if (!folded || shown.index() >= folded->groups.size() || !folded->groups[shown.index()]) return nullptr;
  return &*folded->groups[shown.index()];
}

ObjectId Document::shownAs(std::string_view name) const {
  if (const ObjectDeclaration* shown = architecture->find(name)) return shown->id;
  const ObjectDeclaration* object = whole->find(name);
  return object && folded ? folded->shownAs[object->id.index()] : ObjectId{};
}

bool Document::isEditable(ObjectId shown) const {
  if (shown.index() >= architecture->objects.size()) return false;
  const ObjectId parent = folded ? folded->parents[shown.index()] : ObjectId{};
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
  document.whole = std::make_shared<const Architecture>(std::move(*architecture));
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
