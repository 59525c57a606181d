// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "widgets/document/file_lock.h"

namespace taktwerk {

/// Something that was changed here and is in no file yet.
struct UnsavedPiece {
  QString path;  ///< of its file; empty: choices that are in no workspace yet
  int steps = 1;
  std::function<std::string()> bytes;  ///< its text now
};

/// Keeps unsaved work other than the architecture safe, as Autosave keeps that: networks, mappings and the
/// choices of a workspace, each in a sidecar of its own, written ten seconds after the latest change and at
/// least once a minute; removed when the work is saved or given up. Holds the locks of their files meanwhile.
class WorkKeeper : public QObject {
  Q_OBJECT
 public:
  /// Everything there is to keep now, each path once.
  using Collect = std::function<std::vector<UnsavedPiece>()>;
  WorkKeeper(QString dataFolder, Collect collect, QObject* parent = nullptr);
  /// Who leaves has saved or said that the work may go.
  ~WorkKeeper() override;

  /// Milliseconds after the latest change, and at most between two.
  void setPace(int idle, int most);
  /// The architecture that is open, and what shipped file it is an unsaved copy of; it is written down with
  /// each piece.
  void setArchitecture(const QString& path, const QString& copyOf = {}) {
    architecture_ = path;
    copyOf_ = copyOf;
  }
  /// Something was changed, saved or given up.
  void follow();
  /// Now, what is not kept yet. Empty on success.
  Diagnostics keep();
  /// Whether a sidecar is one of this keeper's own.
  [[nodiscard]] bool owns(const QString& sidecar) const;
  [[nodiscard]] const QString& dataFolder() const { return dataFolder_; }

 Q_SIGNALS:
  /// Keeping failed; told once until it works again.
  void failed(const taktwerk::Diagnostics& diagnostics);
  /// Another program changes the file, too.
  void contended(const QString& path, const QString& owner);

 private:
  struct Kept {
    FileLock lock;
    QString sidecar;  ///< empty: nothing is written yet
    std::string bytes;
  };
  [[nodiscard]] QString sidecarFor(const QString& path, const Kept& kept) const;
  void forgetAllBut(const std::vector<UnsavedPiece>& pieces);

  QString dataFolder_;
  QString architecture_, copyOf_;
  Collect collect_;
  std::map<QString, Kept> kept_;  ///< by path
  QTimer idle_;
  QElapsedTimer sinceKept_;
  int rest_ = 10'000;
  int most_ = 60'000;
  bool told_ = false;
};

}  // namespace taktwerk
