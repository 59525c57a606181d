// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <map>
#include <string>

#include "core/base/diagnostic.h"
#include "widgets/document/text_document.h"
#include "widgets/document/work_keeper.h"

namespace taktwerk {

/// The texts of one kind that a page has opened, by path. Each keeps its steps in the history of the window
/// while others are looked at, until it is given up or opened anew.
class TextDocuments : public QObject {
  Q_OBJECT
 public:
  TextDocuments(History& history, HistoryPlace::Kind kind, QObject* parent = nullptr)
      : QObject(parent), history_(history), kind_(kind) {}

  /// Null when the file was not opened here.
  [[nodiscard]] TextDocument* find(const QString& path) const;
  /// Opens a text (see TextDocument::load); one of that path that is open already is loaded anew.
  TextDocument& open(const QString& path, const std::string& text, bool saved);
  /// What an ended program left of a file: one step over what the file says now (`saved`, which is no file of
  /// this kind when `imported`), or over nothing.
  TextDocument& recover(const QString& path, const Result<std::string>& saved, const std::string& text,
                        bool imported = false);
  /// Writes a text to `path` and goes on with that file; whatever was open of that path goes. Empty on
  /// success.
  Diagnostics save(TextDocument& document, const QString& path);
  /// What was written to `to` by somebody else goes on there.
  void follow(const QString& path, const QString& to);
  /// Gives a text up, and its steps.
  void drop(const QString& path);
  [[nodiscard]] QStringList paths() const;
  /// Those with changes that are in no file. What was neither changed nor saved, such as an imported network,
  /// counts with `untouched` or when its file is lost.
  [[nodiscard]] QStringList unsaved(bool untouched) const;

 Q_SIGNALS:
  /// See TextDocument.
  void changed(taktwerk::TextDocument* document);
  void fileLost(const QString& path);
  void changedOnDisk(const QString& path);
  /// Nothing is open of this path any more: it was given up, or goes on in another file.
  void left(const QString& path);
  /// A text, or whether it is in its file, changed; or there is one more or less.
  void edited();

 private:
  void rename(const QString& path, const QString& to);

  History& history_;
  HistoryPlace::Kind kind_;
  std::map<QString, TextDocument*> all_;
};

/// Those texts as pieces to be kept and saved.
[[nodiscard]] std::vector<UnsavedPiece> piecesOf(const TextDocuments& documents, const QStringList& paths);

}  // namespace taktwerk
