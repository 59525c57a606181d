// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include "core/base/diagnostic.h"

class QCompleter;
class QStringListModel;

namespace taktwerk {

class TextDocument;
class Theme;

/// A mapping's text. What is typed goes to the document, and what the document becomes shows here, so that
/// text and tree are one: undo is that of the window's history. Completes names after two letters or
/// Ctrl+Space.
class MappingEditor : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit MappingEditor(const Theme& theme, QWidget* parent = nullptr);

  void setDocument(TextDocument* document);
  void setProblems(const Diagnostics& problems);
  void setNames(const QStringList& names);
  void goTo(SourcePosition position);
  [[nodiscard]] QCompleter& completer() { return *completer_; }

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void typed();
  void show();
  void mark();
  [[nodiscard]] QString wordBeforeCursor() const;
  void complete(const QString& name);
  void offerNames(bool asked);

  const Theme& theme_;
  TextDocument* document_ = nullptr;
  QCompleter* completer_;
  QStringListModel* names_;
  Diagnostics problems_;
  bool showing_ = false;
};

}  // namespace taktwerk
