// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "widgets/document/document.h"

namespace taktwerk {

class JobManager;

/// Owns the open document. Opening happens in a job; a file that cannot be read leaves the document as it
/// was and is reported with `openFailed`.
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
  JobManager& jobs_;
  QString layoutProgram_;
  std::shared_ptr<const Document> document_;
};

}  // namespace taktwerk
