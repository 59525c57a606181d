// SPDX-License-Identifier: GPL-3.0-or-later
// Templates and arrays from what is selected.
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/make_template.h"
#include "widgets/diagram/diagram_view.h"
#include "widgets/diagram/tools/diagram_editor.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/selection_model.h"

namespace taktwerk {

std::string DiagramEditor::entryOf(ObjectId id) const {
  const std::string& name = canvas_.architecture().objects[id.index()].name;
  const Architecture& whole = *canvas_.document()->whole;
  if (whole.declared.empty()) return name;
  std::string found = name;
  for (const DeclaredObject& d : whole.declared) {
    const std::string& entry = d.object.name;
    if (name == entry) return name;
    if (!name.starts_with(entry)) continue;
    if (name[entry.size()] == '[' || name[entry.size()] == '.') found = entry;
  }
  return found;
}

void DiagramEditor::makeTemplate() {
  const Document* document = canvas_.document();
  if (!document || selection_.objects().empty()) return Q_EMIT said(tr("Select the blocks of the template."));
  const Architecture& architecture = *document->architecture;
  std::set<std::uint32_t> blocks;
  for (const ObjectId id : selection_.objects()) {  // a stage with its units
    for (const Block& block : document->diagram->blocks) {
      if (isDrawnIn(document->diagram->blocks, block.object.value, id.value)) {
        blocks.insert(block.object.value);
      }
    }
  }
  // Part of an instance goes with the whole of it, or not at all.
  std::map<std::string, std::size_t> parts, chosen;
  for (const ObjectDeclaration& object : architecture.objects) {
    const std::string entry = entryOf(object.id);
    ++parts[entry];
    if (blocks.contains(object.id.value)) ++chosen[entry];
  }
  MakeTemplate edit;
  for (const auto& [entry, count] : chosen) {
    if (count < parts[entry]) {
      return Q_EMIT said(
          tr("%1 has its template already; select all of it or none.").arg(QString::fromStdString(entry)));
    }
    edit.objects.push_back(entry);
  }
  QString free = tr("group");
  const auto taken = [&](const QString& name) {
    const std::string text = name.toStdString();
    const auto named = [&](const auto& entry) { return entry.name == text; };
    return std::any_of(document->whole->templates.begin(), document->whole->templates.end(), named) ||
           parts.contains(text);
  };
  for (int i = 2; taken(free); ++i) free = tr("group") + QString::number(i);
  const std::optional<QStringList> names =
      askTexts(tr("Make template"), {tr("Name of the template"), tr("Name of the instance")}, {free, free});
  if (!names || canvas_.document() != document) return;
  edit.templateName = names->at(0).trimmed().toStdString();
  edit.instance = names->at(1).trimmed().toStdString();
  CanvasPoint corner{1e300, 1e300};
  for (const std::uint32_t block : blocks) {
    const Rect& rect = document->diagram->blocks[block].rect;
    corner = {std::min(corner.x, rect.x), std::min(corner.y, rect.y)};
  }
  // So that the blocks stay where they are in the frame.
  documents_.rememberPlace(edit.instance, {corner.x - frameInset.x, corner.y - frameInset.y});
  const QString reason =
      documents_.replace(tr("Make template %1").arg(QString::fromStdString(edit.templateName)),
                         taktwerk::makeTemplate(document->bytes, edit));
  if (!reason.isEmpty()) return Q_EMIT said(reason);
  canvas_.select({edit.instance});
}

void DiagramEditor::makeArray() {
  const Document* document = canvas_.document();
  if (!document || selection_.objects().empty()) {
    return Q_EMIT said(tr("Select an instance of a template to make it an array."));
  }
  MakeArray edit{entryOf(*selection_.objects().begin()), {}, {}};
  for (const ObjectId id : selection_.objects()) {
    if (entryOf(id) != edit.object) return Q_EMIT said(tr("Select one instance to make it an array."));
  }
  const auto& declared = document->whole->declared;
  const auto found = std::find_if(declared.begin(), declared.end(),
                                  [&](const DeclaredObject& d) { return d.object.name == edit.object; });
  if (found == declared.end() || found->templateName.text.empty()) {
    return Q_EMIT said(tr("%1 is no instance of a template; make a template from it first.")
                           .arg(QString::fromStdString(edit.object)));
  }
  QStringList sizes{QStringLiteral("2"), QStringLiteral("2")};
  for (std::size_t k = 0; k < 2 && !found->size.empty(); ++k) {
    sizes[static_cast<int>(k)] =
        k < found->size.size() ? QString::fromStdString(found->size[k].text) : QString();
  }
  const std::optional<QStringList> given =
      askTexts(tr("Make %1 an array").arg(QString::fromStdString(edit.object)),
               {tr("Rows"), tr("Columns (empty: one index)")}, sizes);
  if (!given || canvas_.document() != document) return;
  edit.rows = given->at(0).trimmed().toStdString();
  edit.columns = given->at(1).trimmed().toStdString();
  const QString reason = documents_.replace(tr("Make %1 an array").arg(QString::fromStdString(edit.object)),
                                            taktwerk::makeArray(document->bytes, edit));
  if (!reason.isEmpty()) Q_EMIT said(reason);
}

std::optional<QStringList> DiagramEditor::askInDialog(const QString& title, const QStringList& labels,
                                                      const QStringList& suggestions) {
  QDialog dialog(&view_);
  dialog.setWindowTitle(title);
  auto* form = new QFormLayout(&dialog);
  std::vector<QLineEdit*> lines;
  for (int i = 0; i < labels.size(); ++i) {
    lines.push_back(new QLineEdit(suggestions.value(i)));
    lines.back()->setAccessibleName(labels[i]);
    form->addRow(labels[i], lines.back());
  }
  lines.front()->selectAll();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  if (dialog.exec() != QDialog::Accepted) return std::nullopt;
  QStringList texts;
  for (const QLineEdit* line : lines) texts.append(line->text());
  return texts;
}

}  // namespace taktwerk
