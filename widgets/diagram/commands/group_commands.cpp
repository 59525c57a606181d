// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays and instances written out, blocks into and out of templates, templates of the library.
#include <algorithm>
#include <set>

#include "core/editing/move_block.h"
#include "core/editing/rule_scope.h"
#include "core/editing/template_library.h"
#include "core/editing/write_out.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

namespace {

QString toQString(const std::string& text) {
  return QString::fromStdString(text);
}

}  // namespace

std::vector<const DeclaredObject*> DiagramEditor::chosenEntries() const {
  std::vector<const DeclaredObject*> entries;
  const Document* document = canvas_.document();
  if (!document) return entries;
  std::set<std::string> names;
  for (const ShownId id : selection_.objects()) names.insert(entryOf(id));
  for (const DeclaredObject& d : document->architecture->declared) {
    if (names.contains(d.object.name)) entries.push_back(&d);
  }
  return entries;
}

std::pair<std::string, std::string> DiagramEditor::chosenPart() const {
  std::pair<std::string, std::string> part;
  for (const ShownId id : selection_.objects()) {
    const std::string entry = entryOf(id);
    std::string rest = canvas_.shown().objects[id.index()].name.substr(entry.size());
    while (rest.starts_with('[')) rest.erase(0, rest.find(']') + 1);
    if (rest.empty()) return {};
    rest = rest.substr(1, rest.find_first_of(".[", 1) - 1);
    if (!part.first.empty() && part != std::pair(entry, rest)) return {};
    part = {entry, rest};
  }
  return part;
}

QString DiagramEditor::whyNotEdit() const {
  const Document* document = canvas_.document();
  if (!document) return tr("Open an architecture first.");
  return document->architecture->readOnly
             ? tr("The file holds something this version does not know; it is read-only.")
             : QString();
}

QString DiagramEditor::whyNot(const QString& command) const {
  if (QString reason = whyNotEdit(); !reason.isEmpty()) return reason;
  const Document* document = canvas_.document();
  const bool any = !selection_.objects().empty();
  if (command == QLatin1String("arrange.template")) {
    return any ? QString() : tr("Select the blocks of the template.");
  }
  std::set<std::string> names;
  for (const ShownId id : selection_.objects()) names.insert(entryOf(id));
  if (command == QLatin1String("arrange.array")) {
    return names.size() == 1 ? QString() : tr("Select one block or one instance to make it an array.");
  }
  const std::vector<const DeclaredObject*> entries = chosenEntries();
  const auto isInstance = [](const DeclaredObject* d) { return !d->templateName.text.empty(); };
  if (command == QLatin1String("arrange.openArray")) {
    return entries.size() == 1 && !entries[0]->size.empty()
               ? QString()
               : tr("Select one array to write out its elements.");
  }
  if (command == QLatin1String("arrange.ungroup")) {
    if (entries.size() != 1 || !isInstance(entries[0]))
      return tr("Select one instance of a template to ungroup it.");
    return entries[0]->size.empty()
               ? QString()
               : tr("%1 is an array; write out its elements first.").arg(toQString(entries[0]->object.name));
  }
  if (command == QLatin1String("arrange.intoTemplate")) {
    const auto instances = std::count_if(entries.begin(), entries.end(), isInstance);
    if (names.size() < 2 || instances != 1)
      return tr("Select blocks and the one instance that they shall go into.");
    return {};
  }
  if (command == QLatin1String("arrange.outOfTemplate")) {
    return chosenPart().first.empty() ? tr("Select one block inside an instance.") : QString();
  }
  if (command == QLatin1String("arrange.updateTemplate")) {
    if (entries.size() != 1 || !isInstance(entries[0]))
      return tr("Select one instance of a template of the library.");
    const TemplateDeclaration* t = findTemplate(*document->architecture, entries[0]->templateName.text);
    if (!t || t->from.empty()) {
      return tr("Template %1 is not from the library.").arg(toQString(entries[0]->templateName.text));
    }
    if (!library_) return tr("There is no library.");
    if (updateReason_.document != documents_.document() || updateReason_.templateName != t->name) {
      const Result<TemplateUpdate> update = taktwerk::updateTemplate(document->bytes, t->name, *library_);
      updateReason_ = {documents_.document(), t->name,
                       update ? QString() : toQString(update.diagnostics.front().message)};
    }
    return updateReason_.reason;
  }
  return {};
}

bool DiagramEditor::take(const QString& name, const Result<EditedText>& result) {
  const Document* document = canvas_.document();
  if (!document) return false;
  if (!result) {
    Q_EMIT said(toQString(result.diagnostics.front().message));
    return false;
  }
  std::vector<std::string> now;
  for (const auto& [from, to] : result->names) {
    for (const ShownObject& object : document->shown->objects) {
      // The block, or a part of it.
      if (!object.name.starts_with(from)) continue;
      const std::string rest = object.name.substr(from.size());
      if (!rest.empty() && rest[0] != '.' && rest[0] != '[') continue;
      const Block& drawn = document->diagram->blocks[object.shown.index()];
      now.push_back(to + rest);
      const bool free = !drawn.parent || document->group(ShownId{*drawn.parent});  // in no stage
      if (free) documents_.rememberPlace(now.back(), {drawn.rect.x, drawn.rect.y});
    }
  }
  const QString reason = documents_.replace(name, Result<std::string>(result->text));
  if (!reason.isEmpty()) {
    Q_EMIT said(reason);
    return false;
  }
  canvas_.select(now);
  return true;
}

void DiagramEditor::openArray() {
  if (const QString why = whyNot(QStringLiteral("arrange.openArray")); !why.isEmpty())
    return Q_EMIT said(why);
  const std::string entry = chosenEntries().front()->object.name;
  const QString reason = documents_.replace(tr("Write out %1").arg(toQString(entry)),
                                            writeOutArray(canvas_.document()->bytes, entry));
  if (!reason.isEmpty()) Q_EMIT said(reason);
}

void DiagramEditor::ungroup() {
  if (const QString why = whyNot(QStringLiteral("arrange.ungroup")); !why.isEmpty()) return Q_EMIT said(why);
  const std::string entry = chosenEntries().front()->object.name;
  take(tr("Ungroup %1").arg(toQString(entry)), writeOutInstance(canvas_.document()->bytes, entry));
}

void DiagramEditor::moveIntoTemplate() {
  if (const QString why = whyNot(QStringLiteral("arrange.intoTemplate")); !why.isEmpty())
    return Q_EMIT said(why);
  MoveIntoTemplate edit;
  std::set<std::string> names;
  for (const ShownId id : selection_.objects()) names.insert(entryOf(id));
  for (const DeclaredObject* d : chosenEntries()) {
    if (!d->templateName.text.empty()) edit.instance = d->object.name;
  }
  for (const std::string& name : names) {
    if (name != edit.instance) edit.objects.push_back(name);
  }
  const QString what =
      edit.objects.size() == 1 ? toQString(edit.objects.front()) : tr("%1 blocks").arg(edit.objects.size());
  take(tr("Move %1 into %2").arg(what, toQString(edit.instance)),
       taktwerk::moveIntoTemplate(canvas_.document()->bytes, edit));
}

void DiagramEditor::moveOutOfTemplate() {
  if (const QString why = whyNot(QStringLiteral("arrange.outOfTemplate")); !why.isEmpty())
    return Q_EMIT said(why);
  const auto [instance, block] = chosenPart();
  take(tr("Move %1 out of %2").arg(toQString(block), toQString(instance)),
       taktwerk::moveOutOfTemplate(canvas_.document()->bytes, {instance, block}));
}

void DiagramEditor::updateTemplate() {
  if (const QString why = whyNot(QStringLiteral("arrange.updateTemplate")); !why.isEmpty())
    return Q_EMIT said(why);
  const std::string name = chosenEntries().front()->templateName.text;
  const Result<TemplateUpdate> update = taktwerk::updateTemplate(canvas_.document()->bytes, name, *library_);
  if (!update) return Q_EMIT said(toQString(update.diagnostics.front().message));
  const QString reason = documents_.replace(tr("Update %1 from the library").arg(toQString(name)),
                                            Result<std::string>(update->text));
  Q_EMIT said(reason.isEmpty() ? tr("%1 updated: %2").arg(toQString(name), toQString(update->changes))
                               : reason);
}

}  // namespace taktwerk
