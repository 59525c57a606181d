// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <string>
#include <vector>

#include "core/base/yaml_edit.h"
#include "widgets/document/file_watch.h"
#include "widgets/document/history.h"

namespace taktwerk {

/// A text file that is edited here: the text is the only truth, every change is one step of the window's
/// history, whether it was typed or came from a table. Typing within a second is one step. When another
/// program changes the file it is read again, as a step that can be undone; with changes that are not saved
/// `changedOnDisk` asks first. When the file goes away, what is here is the only copy: see `isLost`.
class TextDocument : public QObject, public HistoryOwner {
  Q_OBJECT
 public:
  /// `kind`: what its steps belong to.
  TextDocument(History& history, HistoryPlace::Kind kind, QObject* parent = nullptr);
  ~TextDocument() override;

  /// Another file, or the same read again: what was undone and done before is forgotten. `saved`: the text is
  /// what the file at `path` holds; an imported or new one is not yet anywhere.
  void load(const QString& path, const std::string& text, bool saved);

  [[nodiscard]] const QString& path() const { return path_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// How many steps of the history were done here since it was loaded.
  [[nodiscard]] int steps() const { return history_.done(*this); }
  [[nodiscard]] bool modified() const { return !saved_ || lost_ || !isClean(); }
  /// Whether it is as it was read or saved, however it came there.
  [[nodiscard]] bool isClean() const { return text_ == read_; }
  /// Whether the file it was read from is gone or cannot be read any more.
  [[nodiscard]] bool isLost() const { return lost_; }

  /// `what` is the step's name: "change K of conv1".
  void change(const std::string& text, const QString& what, bool typed = false);
  /// Leaves every byte outside the places concerned as it is; false when the text has no such places.
  bool change(const std::vector<YamlChange>& changes, const QString& what);

  /// Writes the text to `path`, which becomes its file. A folder that went away with the file is made again.
  /// Empty on success.
  Diagnostics write(const QString& path);
  /// The text now is the file `path`.
  void markSaved(const QString& path);
  /// Takes what the file holds now, as a step that can be undone.
  void readAgain();

  [[nodiscard]] HistoryPlace historyPlace() const override { return {kind_, path_}; }
  void catchUp() override;

 Q_SIGNALS:
  void changed();
  /// What was read or saved is another text, while the one here stayed.
  void cleanChanged();
  /// The file was deleted, moved away, or cannot be read any more; or is there again.
  void fileLost();
  void fileFound();
  /// Another program changed the file while there are changes that are not saved.
  void changedOnDisk();

 private:
  class Step;
  /// The text is what the file holds.
  void takeAsRead();

  History& history_;
  HistoryPlace::Kind kind_;
  QString path_;
  std::string text_;
  std::string read_;  ///< as it was read or saved, or as the file became since
  bool saved_ = true;
  bool lost_ = false;
  FileWatch watch_;
};

}  // namespace taktwerk
