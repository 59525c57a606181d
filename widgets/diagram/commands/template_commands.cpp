// SPDX-License-Identifier: GPL-3.0-or-later
// Templates and arrays from what is selected.
#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/local_values.h"
#include "core/architecture/names.h"
#include "core/base/whole_number.h"
#include "core/editing/edit.h"
#include "core/editing/make_template.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

std::string DiagramEditor::entryOf(ShownId id) const {
  const std::string& name = canvas_.shown().objects[id.index()].name;
  const Architecture& architecture = *canvas_.document()->architecture;
  if (architecture.declared.empty()) return name;
  std::string found = name;
  for (const DeclaredObject& d : architecture.declared) {
    const std::string& entry = d.object.name;
    if (name == entry) return name;
    if (!name.starts_with(entry)) continue;
    if (name[entry.size()] == '[' || name[entry.size()] == '.') found = entry;
  }
  return found;
}

namespace {

/// The upper left corner of blocks taken together.
CanvasPoint cornerOf(const BlockDiagram& diagram, const std::set<std::uint32_t>& blocks) {
  CanvasPoint corner{1e300, 1e300};
  for (const std::uint32_t block : blocks) {
    const Rect& rect = diagram.blocks[block].rect;
    corner = {std::min(corner.x, rect.x), std::min(corner.y, rect.y)};
  }
  return corner;
}

}  // namespace

void DiagramEditor::makeTemplate() {
  const std::shared_ptr<const Document> document = documents_.document();  // kept while the user is asked
  if (!document || selection_.objects().empty()) return Q_EMIT said(tr("Select the blocks of the template."));
  const FoldedView& shown = *document->shown;
  std::set<std::uint32_t> blocks;
  for (const ShownId id : selection_.objects()) {  // a stage with its units
    for (const Block& block : document->diagram->blocks) {
      if (isDrawnIn(document->diagram->blocks, block.object.value, id.value)) {
        blocks.insert(block.object.value);
      }
    }
  }
  // Part of an instance goes with the whole of it, or not at all.
  std::map<std::string, std::size_t> parts, chosen;
  for (const ShownObject& object : shown.objects) {
    const std::string entry = entryOf(object.shown);
    ++parts[entry];
    if (blocks.contains(object.shown.value)) ++chosen[entry];
  }
  MakeTemplate edit;
  for (const auto& [entry, count] : chosen) {
    if (count < parts[entry]) {
      return Q_EMIT said(
          tr("%1 has its template already; select all of it or none.").arg(QString::fromStdString(entry)));
    }
    edit.objects.push_back(entry);
  }
  const auto named = [&](const std::string& text) {
    const auto& templates = document->architecture->templates;
    return std::any_of(templates.begin(), templates.end(), [&](const auto& t) { return t.name == text; });
  };
  QString free = tr("group");
  for (int i = 2; named(free.toStdString()) || parts.contains(free.toStdString()); ++i) {
    free = tr("group") + QString::number(i);
  }
  Question question;
  question.title = tr("Make template");
  question.explanation =
      tr("%1 with the wires among them will be a template, with one instance in their place. More instances "
         "can be added from the palette.")
          .arg(blocks.size() == 1 ? QString::fromStdString(shown.objects[*blocks.begin()].name)
                                  : tr("%1 blocks").arg(blocks.size()));
  question.fields = {{tr("Name of the template"), free}, {tr("Name of the instance"), free}};
  question.accept = tr("Make template");
  question.problem = [&](const QStringList& texts) -> std::optional<Question::Problem> {
    const std::string name = texts[0].toStdString(), instance = texts[1].toStdString();
    if (name.empty()) return Question::Problem{0, tr("The template needs a name.")};
    if (!isIdentifier(name)) {
      return Question::Problem{
          0, tr("A name of a template is letters, digits and _, not beginning with a digit.")};
    }
    if (named(name)) return Question::Problem{0, tr("There is a template %1 already.").arg(texts[0])};
    if (instance.empty()) return Question::Problem{1, tr("The instance needs a name.")};
    if (!isObjectName(instance)) {
      return Question::Problem{1,
                               tr("A name of a block is letters, digits and _, not beginning with a digit.")};
    }
    if (parts.contains(instance) && !chosen.contains(instance)) {
      return Question::Problem{1, tr("There is a block %1 already.").arg(texts[1])};
    }
    return std::nullopt;
  };
  question.preview = [&](const QStringList& texts) {
    const std::string first = shown.objects[*blocks.begin()].name;
    return tr("%1 is then called %2.%1.").arg(QString::fromStdString(first), texts[1]);
  };
  const std::optional<QStringList> names = ask(question);
  if (!names || isPast(document)) return;
  edit.templateName = names->at(0).trimmed().toStdString();
  edit.instance = names->at(1).trimmed().toStdString();
  const CanvasPoint corner = cornerOf(*document->diagram, blocks);
  // So that the blocks stay where they are in the frame.
  documents_.rememberPlace(edit.instance, {corner.x - frameInset.x, corner.y - frameInset.y});
  const QString reason =
      documents_.replace(tr("Make template %1").arg(QString::fromStdString(edit.templateName)),
                         taktwerk::makeTemplate(document->bytes, edit));
  if (!reason.isEmpty()) return Q_EMIT said(reason);
  canvas_.select({edit.instance});
}

namespace {

/// A parameter as typed in place of a size: "lanes = 8", or nothing.
std::optional<std::pair<std::string, std::int64_t>> newParameter(const QString& text) {
  const qsizetype equals = text.indexOf(QLatin1Char('='));
  if (equals < 0) return std::nullopt;
  const std::string name = text.left(equals).trimmed().toStdString();
  const auto value = wholeNumber(text.mid(equals + 1).trimmed().toStdString());
  if (!value || !isIdentifier(name)) return std::nullopt;
  return std::pair(name, *value);
}

/// What a size as typed gives, or why it gives nothing.
std::pair<std::optional<std::int64_t>, QString> sizeOf(const Architecture& architecture,
                                                       const QString& text) {
  if (const auto made = newParameter(text)) {
    const auto& all = architecture.parameters;
    if (std::any_of(all.begin(), all.end(), [&](const Parameter& p) { return p.name == made->first; })) {
      return {std::nullopt,
              DiagramEditor::tr("There is a parameter %1 already.").arg(QString::fromStdString(made->first))};
    }
    if (made->second < 1) return {std::nullopt, DiagramEditor::tr("A size is 1 or more.")};
    return {made->second, {}};
  }
  Problems problems({});
  const ParameterMap values = resolveParameters(architecture, {}, problems);
  Problems own({});
  const auto value = wholeValue({text.toStdString(), {}}, values, "the size", 0, own);
  if (value) return {value, {}};
  const Diagnostics all = std::move(own).take();
  return {std::nullopt, all.empty() ? QString() : QString::fromStdString(all.front().message)};
}

/// The text with the parameters that sizes were typed as, which become their names; one for both is made
/// once.
Result<std::string> withNewParameters(const std::string& text, std::initializer_list<std::string*> sizes) {
  std::vector<ArchitectureEdit> edits;
  std::set<std::string> names;
  for (std::string* size : sizes) {
    const auto made = newParameter(QString::fromStdString(*size));
    if (!made) continue;
    *size = made->first;
    if (!names.insert(made->first).second) continue;
    YamlNode node;
    node.kind = YamlNode::Kind::Map;
    node.flow = true;
    node.entries.push_back({"default", {}, yamlScalar(std::to_string(made->second))});
    node.entries.push_back({"minimum", {}, yamlScalar("1")});
    edits.emplace_back(AddParameter{made->first, std::move(node)});
  }
  return edits.empty() ? Result<std::string>(text) : applyEdits(text, edits);
}

}  // namespace

void DiagramEditor::makeArray() {
  const Document* document = canvas_.document();
  const QString why = whyNot(QStringLiteral("arrange.array"));
  if (!document || !why.isEmpty()) return Q_EMIT said(why);
  askArray(entryOf(*selection_.objects().begin()));
}

void DiagramEditor::askArray(const std::string& entry) {
  const std::shared_ptr<const Document> document = documents_.document();  // kept while the user is asked
  if (!document) return;
  MakeArray edit{entry, {}, {}};
  const QString name = QString::fromStdString(edit.object);
  QStringList sizes{QStringLiteral("2"), QStringLiteral("2")};
  bool array = false;
  for (const DeclaredObject& d : document->architecture->declared) {
    if (d.object.name != entry || d.size.empty()) continue;
    array = true;
    sizes = {QString::fromStdString(d.size[0].text),
             d.size.size() > 1 ? QString::fromStdString(d.size[1].text) : QString()};
  }
  Question question;
  question.title = array ? tr("Change the size of %1").arg(name) : tr("Make %1 an array").arg(name);
  question.explanation =
      array
          ? tr("Wires that count the elements follow the sizes. Without columns the elements have one index.")
          : tr("Each element is wired as %1 is now. Sizes may use parameters, as in “rows” or “2 * columns”; "
               "“lanes = 8” makes one.")
                .arg(name);
  question.fields = {{tr("Rows"), sizes[0], tr("a number or an expression")},
                     {tr("Columns"), sizes[1], tr("empty: elements have one index")}};
  question.accept = array ? tr("Change size") : tr("Make array");
  question.problem = [&](const QStringList& texts) -> std::optional<Question::Problem> {
    if (texts[0].isEmpty()) return Question::Problem{0, tr("How many rows, or elements?")};
    for (int k = 0; k < 2; ++k) {
      if (texts[k].isEmpty()) continue;
      const auto [value, reason] = sizeOf(*document->architecture, texts[k]);
      if (!value) return Question::Problem{k, reason};
    }
    return std::nullopt;
  };
  question.preview = [&](const QStringList& texts) {
    const auto rows = sizeOf(*document->architecture, texts[0]).first;
    if (texts[1].isEmpty()) {
      return tr("%1[0] … %1[%2]: %3 elements").arg(name).arg(rows.value_or(0) - 1).arg(rows.value_or(0));
    }
    const auto columns = sizeOf(*document->architecture, texts[1]).first;
    return tr("%1[0][0] … %1[%2][%3]: %4 × %5 elements")
        .arg(name)
        .arg(rows.value_or(0) - 1)
        .arg(columns.value_or(0) - 1)
        .arg(rows.value_or(0))
        .arg(columns.value_or(0));
  };
  const std::optional<QStringList> given = ask(question);
  if (!given || isPast(document)) return;
  edit.rows = given->at(0).trimmed().toStdString();
  edit.columns = given->at(1).trimmed().toStdString();
  const Result<std::string> text = withNewParameters(document->bytes, {&edit.rows, &edit.columns});
  if (!text) return Q_EMIT said(QString::fromStdString(text.diagnostics.front().message));
  if (const ShownObject* shown = document->shown->find(entry)) {
    const Block& drawn = document->diagram->blocks[shown->shown.index()];
    const bool free = !drawn.parent || document->group(ShownId{*drawn.parent});  // in no stage
    if (free) documents_.rememberPlace(entry, {drawn.rect.x, drawn.rect.y});
  }
  const QString reason =
      documents_.replace(tr("Make %1 an array").arg(name), taktwerk::makeArray(*text, edit));
  if (!reason.isEmpty()) Q_EMIT said(reason);
}

bool DiagramEditor::isPast(const std::shared_ptr<const Document>& document) {
  if (documents_.document() == document) return false;
  Q_EMIT said(tr("The architecture has changed meanwhile; nothing was done."));
  return true;
}

std::optional<QStringList> DiagramEditor::ask(const Question& question) {
  if (askTexts) {
    std::optional<QStringList> answers = askTexts(question);
    if (!answers || !question.problem) return answers;
    if (const auto problem = question.problem(*answers)) {
      Q_EMIT said(problem->text);
      return std::nullopt;
    }
    return answers;
  }
  QuestionDialog dialog(theme_, question, &view_);
  if (dialog.exec() != QDialog::Accepted) return std::nullopt;
  return dialog.answers();
}

}  // namespace taktwerk
