// SPDX-License-Identifier: GPL-3.0-or-later
// What typing into the inspector does to the document.
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QTreeWidget>

#include "core/architecture/class_specification.h"
#include "core/architecture/names.h"
#include "core/base/whole_number.h"
#include "core/editing/declared_place.h"
#include "core/editing/edit.h"
#include "widgets/document/document.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/inspector/inspector_roles.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

Inspector::Change Inspector::changeOf(const QTreeWidgetItem& item, const QString& text) const {
  Change change;
  QString& name = change.name;
  std::vector<ArchitectureEdit>& edits = change.edits;
  if (!document_ || text.trimmed() == item.data(0, SourceRole).toString()) return change;
  const QString key = rowName(item);
  const std::string attribute = key.toStdString();
  const QString typed = text.trimmed();
  switch (fieldOf(item)) {
    case InspectorRow::Field::Parameter:
      name = tr("Set %1 to %2").arg(key, typed);
      if (!typed.isEmpty())
        edits.emplace_back(SetParameter{attribute, "default", yamlScalar(typed.toStdString())});
      break;
    case InspectorRow::Field::Attribute: {
      std::set<std::pair<std::string, std::string>> seen;  // elements of an array have one origin
      QString first;
      for (const std::string& subject : subjects_) {
        const auto origin = originOf(*document_->architecture, subject);
        if (!origin || !seen.emplace(origin->inTemplate, origin->object).second) continue;
        const bool there = attribute == "note"     ? !origin->declaration->note.empty()
                           : attribute == "colour" ? !origin->declaration->colour.empty()
                                                   : origin->declaration->find(attribute) != nullptr;
        std::optional<YamlNode> value;
        if (!typed.isEmpty()) {
          const bool words = attribute == "note" || attribute == "colour";
          value = words ? yamlScalar(typed.toStdString(), true) : typedValue(specificationOfRow(item), typed);
        } else if (!there) {
          continue;
        }
        if (first.isEmpty()) first = QString::fromStdString(origin->object);
        edits.emplace_back(SetAttribute{origin->object, attribute, std::move(value), origin->inTemplate});
      }
      const QString who = edits.size() == 1 ? first : tr("%1 blocks").arg(edits.size());
      name = typed.isEmpty() ? tr("Remove %1 of %2").arg(key, who)
                             : tr("Set %1 of %2 to %3").arg(key, who, typed);
      break;
    }
    case InspectorRow::Field::None:
      break;
  }
  if (name.size() > 80) name = name.left(79) + QStringLiteral("…");
  return change;
}

void Inspector::commit(const QTreeWidgetItem& item, const QString& text, const QString& mergeKey) {
  make(changeOf(item, text), mergeKey.isEmpty() ? QString() : mergeKey + QLatin1Char(' ') + rowName(item));
}

void Inspector::make(const Change& change, const QString& mergeKey) {
  if (!editor_ || !document_) return;
  if (change.edits.empty()) return describeCurrent();
  const QString reason = editor_(change.name, change.edits, mergeKey);
  if (!reason.isEmpty()) tell(reason, true);
}

void Inspector::tell(const QString& text, bool wrong) {
  detail_->setText(wrong ? QStringLiteral("✕ ") + shortened(text) : text);
  detail_->setStyleSheet(
      QStringLiteral("color: %1; border-top: 1px solid %2;")
          .arg(theme_.colour(wrong ? &Palette::error : &Palette::mutedText).name(), theme_.border().name()));
}

void Inspector::addParameter() {
  if (!editor_ || !document_) return;
  const QString text = newParameter_->text();
  const std::string name = text.section(QLatin1Char('='), 0, 0).trimmed().toStdString();
  const QString value =
      text.contains(QLatin1Char('=')) ? text.section(QLatin1Char('='), 1).trimmed() : QStringLiteral("1");
  if (!isIdentifier(name) || isReservedName(name) || value.isEmpty()) {
    return tell(tr("write a name, an equals sign and a number or expression, as in rows = 4"), true);
  }
  YamlNode node;
  node.kind = YamlNode::Kind::Map;
  node.flow = true;
  node.entries.push_back({"default", {}, yamlScalar(value.toStdString())});
  const QString reason =
      editor_(tr("Add parameter %1").arg(QString::fromStdString(name)), {AddParameter{name, node}}, {});
  if (reason.isEmpty()) {
    newParameter_->clear();
  } else {
    tell(reason, true);
  }
}

void Inspector::showOverride(const QTreeWidgetItem* item) {
  const bool can = item && overrideEditor_ && document_ && fieldOf(*item) == InspectorRow::Field::Parameter;
  if (!can && override_->hasFocus()) rows_->setFocus();
  override_->setVisible(can);
  if (vary_->hasFocus() && !can) rows_->setFocus();
  vary_->setVisible(can && varyRequest_);
  if (!can || (override_->hasFocus() && override_->isModified())) return;  // what is typed stays
  const auto set = overrides_.values.find(rowName(*item).toStdString());
  override_->setText(set == overrides_.values.end() ? QString() : QString::number(set->second));
}

void Inspector::varyCurrent() {
  const QTreeWidgetItem* item = rows_->currentItem();
  if (item && varyRequest_) varyRequest_(QStringLiteral("arch.") + rowName(*item));
}

void Inspector::showMenu(const QPoint& at) {
  const QTreeWidgetItem* item = rows_->itemAt(at);
  if (!item || !varyRequest_ || fieldOf(*item) != InspectorRow::Field::Parameter) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(vary_->text()), &QAction::triggered, this, &Inspector::varyCurrent);
  menu->popup(rows_->viewport()->mapToGlobal(at));
}

void Inspector::commitOverride() {
  const QTreeWidgetItem* item = rows_->currentItem();
  if (!item || !overrideEditor_ || !document_) return;
  const QString text = override_->text().trimmed();
  const auto value = wholeNumber(text.toStdString());
  // Values that must suit each other are set one after the other; the row then says what does not hold yet.
  const QString problem =
      text.isEmpty() ? QString()
      : !value       ? QString::fromStdString(whyNotWholeNumber(text.toStdString()))
               : whyInfeasible(*document_->architecture, overrides_, rowName(*item).toStdString(), *value)
                     .ofItself;
  if (!problem.isEmpty()) return tell(problem, true);
  override_->setModified(false);
  overrideEditor_(rowName(*item).toStdString(), text.isEmpty() ? std::nullopt : std::optional(*value));
}

void Inspector::removeCurrent() {
  const QTreeWidgetItem* item = rows_->currentItem();
  if (!item || !editor_ || !document_) return;
  const auto field = fieldOf(*item);
  const QString key = rowName(*item);
  if (field == InspectorRow::Field::Attribute) {
    commit(*item, {});
  } else if (field == InspectorRow::Field::Parameter) {
    const QString reason =
        editor_(tr("Remove parameter %1").arg(key), {RemoveParameter{key.toStdString()}}, {});
    if (!reason.isEmpty()) tell(reason, true);
  }
}

const ObjectDeclaration* Inspector::subject() const {
  return document_ && !subjects_.empty() ? document_->shown->find(subjects_.front()) : nullptr;
}

const AttributeSpecification* Inspector::specificationOfRow(const QTreeWidgetItem& item) const {
  const ObjectDeclaration* object = subject();
  if (!object || fieldOf(item) != InspectorRow::Field::Attribute) return nullptr;
  const ClassSpecification* specification = specificationOf(object->objectClass);
  return specification ? specification->find(rowName(item).toStdString()) : nullptr;
}

QString Inspector::check(const QTreeWidgetItem& item, const QString& text, QString* value) const {
  if (value) value->clear();
  if (!document_) return {};
  const QString key = rowName(item);
  if (fieldOf(item) == InspectorRow::Field::Parameter) {
    const auto number = wholeNumber(text.trimmed().toStdString());
    if (text.trimmed().isEmpty()) return tr("a parameter needs a default");
    if (!number) return {};  // an expression: told once it stands
    const WhyInfeasible why = whyInfeasible(*document_->architecture, {}, key.toStdString(), *number);
    return why.ofItself.isEmpty() ? why.ofOthers : why.ofItself;
  }
  if (key == QLatin1String("colour")) {
    const bool good =
        text.trimmed().isEmpty() || (text.trimmed().size() == 7 && QColor::isValidColor(text.trimmed()));
    return good ? QString() : tr("a colour is #rrggbb");
  }
  const AttributeSpecification* specification = specificationOfRow(item);
  if (!specification) return {};
  return problemOf(*document_->architecture, *subject(), *specification, text, value);
}

void Inspector::showCheck(const QTreeWidgetItem& item, const QString& text) {
  QString value;
  const QString problem = check(item, text, &value);
  if (!problem.isEmpty()) return tell(problem, true);
  const QString description = shortened(item.data(0, DescriptionRole).toString());
  tell(value.isEmpty() ? description : value + QLatin1Char('\n') + description, false);
}

QString Inspector::detailText() const {
  return detail_->text();
}

}  // namespace taktwerk
