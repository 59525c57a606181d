// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <memory>

#include "widgets/document/sidecar.h"

namespace taktwerk {

class DocumentController;

/// Keeps unsaved work safe: writes a sidecar ten seconds after the latest change and at least once a minute,
/// removes it when the work is saved or given up, and holds the lock of the file from the first change on.
/// What ended programs left is never written over: it stays until it is discarded.
class Autosave : public QObject {
  Q_OBJECT
 public:
  /// `dataFolder` lists sidecars and holds those of documents that were never saved.
  Autosave(DocumentController& documents, QString dataFolder, QObject* parent = nullptr);
  ~Autosave() override;

  /// Milliseconds after the latest change, and at most between two.
  void setPace(int idle, int most);
  /// Now, if there is something to keep. Empty on success.
  Diagnostics keep();
  /// Who else has the open file, or nothing.
  [[nodiscard]] QString otherOwner() const { return otherOwner_; }
  /// What ended programs left of the open file, latest first.
  [[nodiscard]] std::vector<Sidecar> leftOvers() const;
  /// What they left of any file.
  [[nodiscard]] std::vector<Sidecar> allLeftOvers() const;
  [[nodiscard]] const QString& dataFolder() const { return dataFolder_; }
  /// Gives the left sidecar up.
  void discard(const Sidecar& sidecar);

 Q_SIGNALS:
  /// Keeping failed; told once until it works again.
  void failed(const taktwerk::Diagnostics& diagnostics);
  /// Another program edits the file that was just changed here.
  void contended(const QString& owner);

 private:
  void follow();
  void lock();
  void clear();

  DocumentController& documents_;
  QString dataFolder_;
  QTimer idle_;
  int rest_ = 10'000;
  int most_ = 60'000;
  QElapsedTimer sinceKept_;
  std::unique_ptr<QLockFile> lock_;
  QString path_;  ///< of the document, when the lock was taken
  bool open_ = false;
  QString sidecar_;  ///< that is ours
  std::string kept_;
  QString otherOwner_;
  bool told_ = false;
};

}  // namespace taktwerk
