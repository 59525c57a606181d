// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/mapping_editor.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>
#include <algorithm>

#include "widgets/document/text_document.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

bool isWord(QChar c) {
  return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('.');
}

/// Words of the language itself (core/mapping/mapping_document.h).
QStringList keywords() {
  return {"format",  "name",   "description", "takes",   "requires", "condition", "reason",  "tunables",
          "default", "values", "tensors",     "buffers", "memory",   "order",     "halo",    "pitches",
          "pack",    "axes",   "align",       "base",    "shape",    "copies",    "program", "overlap",
          "next",    "for",    "in",          "from",    "to",       "step",      "do",      "tile",
          "by",      "as",     "unroll",      "stages",  "spatial",  "when",      "else",    "let",
          "bits",    "words",  "input",       "weight",  "bias",     "output",    "min",     "max",
          "ceil",    "length"};
}

}  // namespace

MappingEditor::MappingEditor(const Theme& theme, QWidget* parent)
    : QPlainTextEdit(parent),
      theme_(theme),
      completer_(new QCompleter(this)),
      names_(new QStringListModel(this)) {
  setUndoRedoEnabled(false);  // the history's
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setFrameShape(QFrame::NoFrame);
  setAccessibleName(tr("Text of the mapping"));
  setFont(theme_.fixedFont(9));
  setTabChangesFocus(true);
  completer_->setModel(names_);
  completer_->setWidget(this);
  completer_->setCaseSensitivity(Qt::CaseSensitive);
  completer_->setCompletionMode(QCompleter::PopupCompletion);
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &MappingEditor::complete);
  connect(this, &QPlainTextEdit::textChanged, this, &MappingEditor::typed);
  connect(&theme_, &Theme::changed, this, &MappingEditor::mark);
  setNames({});
}

void MappingEditor::setDocument(TextDocument* document) {
  if (document_) disconnect(document_, nullptr, this, nullptr);
  document_ = document;
  setReadOnly(document_ == nullptr);
  if (document_) connect(document_, &TextDocument::changed, this, &MappingEditor::show);
  showing_ = true;
  setPlainText(document_ ? QString::fromStdString(document_->text()) : QString());
  showing_ = false;
}

void MappingEditor::typed() {
  if (showing_ || !document_) return;
  document_->change(toPlainText().toStdString(), tr("Type"), true);
}

/// Puts in what differs and nothing else, so that cursor and scrolling stay where they are.
void MappingEditor::show() {
  const QString now = QString::fromStdString(document_->text());
  const QString here = toPlainText();
  if (now == here) return;
  const qsizetype shorter = std::min(now.size(), here.size());
  qsizetype first = 0, last = 0;
  while (first < shorter && now[first] == here[first]) ++first;
  while (last < shorter - first && now[now.size() - 1 - last] == here[here.size() - 1 - last]) ++last;
  showing_ = true;
  QTextCursor cursor(QPlainTextEdit::document());
  cursor.setPosition(static_cast<int>(first));
  cursor.setPosition(static_cast<int>(here.size() - last), QTextCursor::KeepAnchor);
  cursor.insertText(now.mid(first, now.size() - last - first));
  showing_ = false;
}

void MappingEditor::setProblems(const Diagnostics& problems) {
  problems_ = problems;
  mark();
}

void MappingEditor::mark() {
  QList<QTextEdit::ExtraSelection> marks;
  for (const Diagnostic& problem : problems_) {
    const QTextBlock block = QPlainTextEdit::document()->findBlockByNumber(
        std::max(0, static_cast<int>(problem.position.line) - 1));
    if (!block.isValid()) continue;
    QTextEdit::ExtraSelection mark;
    QColor colour = theme_.colour(problem.severity == Severity::Error ? &Palette::error : &Palette::warning);
    colour.setAlpha(48);
    mark.format.setBackground(colour);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    mark.format.setToolTip(QString::fromStdString(problem.message));
    mark.cursor = QTextCursor(block);
    marks << mark;
  }
  setExtraSelections(marks);
}

void MappingEditor::setNames(const QStringList& names) {
  QStringList all = names + keywords();
  all.sort();
  all.removeDuplicates();
  if (all != names_->stringList()) names_->setStringList(all);
}

void MappingEditor::goTo(SourcePosition position) {
  const QTextBlock block =
      QPlainTextEdit::document()->findBlockByNumber(std::max(0, static_cast<int>(position.line) - 1));
  if (!block.isValid()) return;
  QTextCursor cursor(block);
  cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                      std::min(std::max(0, static_cast<int>(position.column) - 1), block.length() - 1));
  setTextCursor(cursor);
  centerCursor();
}

QString MappingEditor::wordBeforeCursor() const {
  const QTextCursor cursor = textCursor();
  const QString line = cursor.block().text();
  int begin = cursor.positionInBlock();
  const int end = begin;
  while (begin > 0 && isWord(line[begin - 1])) --begin;
  return line.mid(begin, end - begin);
}

void MappingEditor::complete(const QString& name) {
  QTextCursor cursor = textCursor();
  cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor,
                      static_cast<int>(wordBeforeCursor().size()));
  cursor.insertText(name);
  setTextCursor(cursor);
}

void MappingEditor::offerNames(bool asked) {
  const QString word = wordBeforeCursor();
  constexpr int fewestLetters = 2;
  if (!asked && word.size() < fewestLetters) {
    completer_->popup()->hide();
    return;
  }
  completer_->setCompletionPrefix(word);
  const bool nothingNew = completer_->completionCount() == 0 ||
                          (completer_->completionCount() == 1 && completer_->currentCompletion() == word);
  if (nothingNew) {
    completer_->popup()->hide();
    return;
  }
  completer_->popup()->setCurrentIndex(completer_->completionModel()->index(0, 0));
  QRect area = cursorRect();
  area.setWidth(std::min(360, completer_->popup()->sizeHintForColumn(0) + 30));
  completer_->complete(area);
}

void MappingEditor::keyPressEvent(QKeyEvent* event) {
  const bool popped = completer_->popup()->isVisible();
  if (popped && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                 event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
    event->ignore();  // the list takes it
    return;
  }
  if (event->key() == Qt::Key_Space && (event->modifiers() & Qt::ControlModifier)) return offerNames(true);
  if (!popped && event->key() == Qt::Key_Return && !isReadOnly()) {
    // The next line begins below the first letter of this one.
    const QString line = textCursor().block().text();
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' ')) ++indent;
    textCursor().insertText(
        QLatin1Char('\n') +
        QString(std::min<qsizetype>(indent, textCursor().positionInBlock()), QLatin1Char(' ')));
    ensureCursorVisible();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
  const QString text = event->text();
  if (!text.isEmpty() && isWord(text[0]))
    offerNames(false);
  else if (popped && event->key() != Qt::Key_Backspace)
    completer_->popup()->hide();
}

}  // namespace taktwerk
