// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUndoStack>
#include <memory>
#include <string>
#include <vector>

#include "core/base/yaml_edit.h"

namespace taktwerk {

/// A text file that is edited here: the text is the only truth, every change is one step of the undo stack,
/// whether it was typed or came from a table. Typing within a second is one step.
class TextDocument : public QObject {
  Q_OBJECT
 public:
  explicit TextDocument(QObject* parent = nullptr) : QObject(parent) {}

  /// Another file, or the same read again: what was undone and done before is forgotten. `saved`: the text is
  /// what the file at `path` holds; an imported or new one is not yet anywhere.
  void load(const QString& path, const std::string& text, bool saved);

  [[nodiscard]] const QString& path() const { return path_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] QUndoStack& undoStack() { return stack_; }
  [[nodiscard]] bool modified() const { return !saved_ || !stack_.isClean(); }

  /// `what` is the step's name: "change K of conv1".
  void change(const std::string& text, const QString& what, bool typed = false);
  /// Leaves every byte outside the places concerned as it is; false when the text has no such places.
  bool change(const std::vector<YamlChange>& changes, const QString& what);

  /// The text now is the file `path`.
  void markSaved(const QString& path);

 Q_SIGNALS:
  void changed();

 private:
  class Step;
  void replace(std::size_t at, std::size_t length, const std::string& text);

  QString path_;
  std::string text_;
  bool saved_ = true;
  QUndoStack stack_;
};

}  // namespace taktwerk
