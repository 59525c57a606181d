// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/text_box_keys.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace taktwerk {

namespace {

/// Whether a text control has an undo of its own with something to take back or to make again.
template <class TextEdit>
bool keeps(const TextEdit& box, bool undo) {
  if (box.isReadOnly()) return false;
  const QTextDocument& document = *box.document();
  if (!document.isUndoRedoEnabled()) return false;
  return undo ? document.isUndoAvailable() : document.isRedoAvailable();
}

bool passes(const QObject* watched, bool undo) {
  if (const auto* line = qobject_cast<const QLineEdit*>(watched)) {
    return line->isReadOnly() || !(undo ? line->isUndoAvailable() : line->isRedoAvailable());
  }
  // A box of numbers hands its keys to the line in it.
  if (qobject_cast<const QAbstractSpinBox*>(watched) != nullptr) {
    const auto* line = watched->findChild<QLineEdit*>();
    return line == nullptr || passes(line, undo);
  }
  if (const auto* box = qobject_cast<const QPlainTextEdit*>(watched)) return !keeps(*box, undo);
  if (const auto* box = qobject_cast<const QTextEdit*>(watched)) return !keeps(*box, undo);
  return qobject_cast<const QLabel*>(watched) != nullptr;
}

}  // namespace

TextBoxKeys::TextBoxKeys(QObject* parent) : QObject(parent) {
  qApp->installEventFilter(this);
}

bool TextBoxKeys::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress) return false;
  auto* key = static_cast<QKeyEvent*>(event);
  const bool undo = key->matches(QKeySequence::Undo);
  if (!(undo || key->matches(QKeySequence::Redo)) || !passes(watched, undo)) return false;
  key->ignore();  // what is around the box is asked next, and the commands
  return true;
}

}  // namespace taktwerk
