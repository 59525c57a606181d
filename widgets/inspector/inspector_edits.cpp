// SPDX-License-Identifier: GPL-3.0-or-later
// What typing into the inspector does to the document.
#include <QLineEdit>
#include <QTreeWidget>

#include "core/architecture/assemble.h"
#include "core/architecture/names.h"
#include "widgets/document/document.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/session/selection_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr int fieldRole = Qt::UserRole + 2;
constexpr int keyRole = Qt::UserRole + 3;

}  // namespace

std::vector<ArchitectureEdit> Inspector::editsFor(const QTreeWidgetItem& item, const QString& text,
                                                  QString& name) const {
  std::vector<ArchitectureEdit> edits;
  const QString key = item.data(0, keyRole).toString();
  const std::string attribute = key.toStdString();
  const QString typed = text.trimmed();
  switch (static_cast<InspectorRow::Field>(item.data(0, fieldRole).toInt())) {
    case InspectorRow::Field::Parameter:
      name = tr("Set %1 to %2").arg(key, typed);
      if (!typed.isEmpty())
        edits.emplace_back(SetParameter{attribute, "default", yamlScalar(typed.toStdString())});
      break;
    case InspectorRow::Field::Attribute: {
      std::set<std::pair<std::string, std::string>> seen;  // elements of an array have one origin
      QString first;
      for (const ObjectId id : selection_.objects()) {
        const ObjectDeclaration& object = document_->architecture->objects[id.index()];
        const auto origin = originOf(*document_->whole, object.name);
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
  return edits;
}

void Inspector::commit(const QTreeWidgetItem& item, const QString& text, const QString& mergeKey) {
  if (!editor_ || !document_) return;
  const QString source = item.data(0, keyRole + 1).toString();
  if (text.trimmed() == source) return describeCurrent();
  QString name;
  const std::vector<ArchitectureEdit> edits = editsFor(item, text, name);
  QString key = mergeKey;
  if (!key.isEmpty()) key += QLatin1Char(' ') + item.data(0, keyRole).toString();
  const QString reason = edits.empty() ? QString() : editor_(name, edits, key);
  if (!reason.isEmpty()) {
    detail_->setText(QStringLiteral("✕ ") + reason);
    detail_->setStyleSheet(QStringLiteral("color: %1; border-top: 1px solid %2;")
                               .arg(theme_.colour(&Palette::error).name(), theme_.border().name()));
  }
}

void Inspector::addParameter() {
  if (!editor_ || !document_) return;
  const QString text = newParameter_->text();
  const std::string name = text.section(QLatin1Char('='), 0, 0).trimmed().toStdString();
  const QString value =
      text.contains(QLatin1Char('=')) ? text.section(QLatin1Char('='), 1).trimmed() : QStringLiteral("1");
  if (!isIdentifier(name) || isReservedName(name) || value.isEmpty()) {
    detail_->setText(tr("✕ write a name, an equals sign and a number or expression, as in rows = 4"));
    return;
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
    detail_->setText(QStringLiteral("✕ ") + reason);
  }
}

void Inspector::removeCurrent() {
  const QTreeWidgetItem* item = rows_->currentItem();
  if (!item || !editor_ || !document_) return;
  const auto field = static_cast<InspectorRow::Field>(item->data(0, fieldRole).toInt());
  const QString key = item->data(0, keyRole).toString();
  if (field == InspectorRow::Field::Attribute) {
    commit(*item, {});
  } else if (field == InspectorRow::Field::Parameter) {
    const QString reason =
        editor_(tr("Remove parameter %1").arg(key), {RemoveParameter{key.toStdString()}}, {});
    if (!reason.isEmpty()) detail_->setText(QStringLiteral("✕ ") + reason);
  }
}

QString Inspector::detailText() const {
  return detail_->text();
}

}  // namespace taktwerk
