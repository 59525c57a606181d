// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks get other names, on the canvas.
#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <algorithm>

#include "core/architecture/names.h"
#include "core/editing/declared_place.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

void DiagramEditor::rename() {
  const Document* document = canvas_.document();
  if (!document || selection_.objects().size() != 1) return Q_EMIT said(tr("Select one block to rename it."));
  const ShownId id = *selection_.objects().begin();
  const std::string& name = document->shown->objects[id.index()].name;
  const auto part = isDeclared(*document->architecture, name) ? std::nullopt : partOf(id);
  if (!part && !isDeclared(*document->architecture, name)) {
    return Q_EMIT said(tr("Elements of an array have their names from that."));
  }
  finishRename(false);
  const Rect& rect = document->diagram->blocks[id.index()].rect;
  const QPoint corner = view_.mapFromScene(QPointF(rect.x, rect.y));
  renamed_ = name;
  nameBox_ = new QLineEdit(QString::fromStdString(part ? part->object : name), view_.viewport());
  nameBox_->setObjectName(QStringLiteral("nameBox"));
  nameBox_->setProperty("before", nameBox_->text());
  nameBox_->setAccessibleName(tr("Name of the block"));
  const int width = std::max(140, static_cast<int>(rect.width * view_.zoom()));
  const int height = std::max(26, static_cast<int>(headerHeight * view_.zoom()));
  nameBox_->setGeometry(corner.x(), corner.y(), width, height);
  nameBox_->selectAll();
  nameBox_->show();
  nameBox_->setFocus();
  connect(nameBox_, &QLineEdit::editingFinished, this, [this] { finishRename(true); });
  nameBox_->installEventFilter(this);
}

bool DiagramEditor::eventFilter(QObject* watched, QEvent* event) {
  const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
  if (watched == nameBox_ && key && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    event->accept();
    if (event->type() == QEvent::KeyPress) finishRename(false);
    return true;
  }
  // While a name is typed, keys of the canvas are letters; those of the window stay commands.
  if (watched == nameBox_ && event->type() == QEvent::ShortcutOverride) {
    const auto* pressed = static_cast<QKeyEvent*>(event);
    const QKeySequence keys(pressed->keyCombination());
    const bool plain = !(pressed->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) &&
                       (pressed->key() < Qt::Key_F1 || pressed->key() > Qt::Key_F35);
    const auto commands = view_.actions();
    if (plain || std::any_of(commands.begin(), commands.end(),
                             [&](const QAction* a) { return a->shortcuts().contains(keys); })) {
      event->accept();
    }
  }
  return QObject::eventFilter(watched, event);
}

void DiagramEditor::finishRename(bool accept) {
  if (!nameBox_) return;
  QLineEdit* box = nameBox_;
  nameBox_.clear();
  const std::string to = box->text().trimmed().toStdString();
  box->disconnect(this);
  box->hide();
  box->deleteLater();
  view_.setFocus();
  if (!accept || !canvas_.document() || to == box->property("before").toString().toStdString()) return;
  if (!isObjectName(to)) {
    return Q_EMIT said(
        QString::fromUtf8(objectNameRule.data(), static_cast<qsizetype>(objectNameRule.size())));
  }
  const ShownObject* object = canvas_.shown().find(renamed_);
  if (!object) return;
  if (const auto part =
          isDeclared(*canvas_.document()->architecture, renamed_) ? std::nullopt : partOf(object->shown)) {
    return renamePart(*part, to);
  }
  const Rect& rect = canvas_.document()->diagram->blocks[object->shown.index()].rect;
  if (canvas_.shown().find(to)) return Q_EMIT said(tr("There is a %1 already.").arg(box->text()));
  documents_.rememberPlace(to, {rect.x, rect.y});
  const std::string from = renamed_;
  if (canvas_.edit(tr("Rename %1 to %2").arg(QString::fromStdString(from), QString::fromStdString(to)),
                   {RenameObject{from, to}})) {
    canvas_.select({to});
  }
}

void DiagramEditor::renamePart(const Origin& part, const std::string& to) {
  const std::string path = renamed_.substr(0, renamed_.size() - part.object.size());
  const QString name = QString::fromStdString(part.object), other = QString::fromStdString(to);
  const QString of = QString::fromStdString(part.inTemplate);
  if (!canvas_.edit(tr("Rename %1 of template %2 to %3").arg(name, of, other),
                    {RenameObject{part.object, to, part.inTemplate}}))
    return;
  canvas_.select({path + to});
  Q_EMIT said(tr("Renamed for all uses of template %1.").arg(of));
}

}  // namespace taktwerk
