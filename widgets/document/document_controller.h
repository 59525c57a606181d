// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "widgets/document/document.h"

namespace taktwerk {

class JobManager;

/// Owns the open document. Opening happens in a job; a file that cannot be read leaves the document as it
/// was and is reported with `openFailed`. When another program changes the file it is read again, half a
/// second after the last change.
class DocumentController : public QObject {
  Q_OBJECT
 public:
  /// `layoutProgram` is the path of taktwerk-layout, or empty.
  DocumentController(JobManager& jobs, QString layoutProgram, QObject* parent = nullptr);

  [[nodiscard]] const std::shared_ptr<const Document>& document() const { return document_; }
  [[nodiscard]] bool isOpening() const;
  /// Opens an architecture file, instead of what is open.
  void open(const QString& path);
  void reload();
  void close();

 Q_SIGNALS:
  void opening(const QString& path);
  /// Another document, the same file read again, or none.
  void documentChanged();
  void openFailed(const QString& path, const taktwerk::Diagnostics& diagnostics);

 private:
  void show(std::shared_ptr<const Document> document);
  void fileChanged();
  void reloadIfDifferent();

  JobManager& jobs_;
  QString layoutProgram_;
  QFileSystemWatcher watcher_;
  QTimer settle_;
  int missing_ = 0;  ///< how often the file was not there when looked for
  std::shared_ptr<const Document> document_;
};

}  // namespace taktwerk
