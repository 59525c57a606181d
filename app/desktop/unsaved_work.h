// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "widgets/document/work_keeper.h"

namespace taktwerk {

class Banner;
class MainWindow;
class MappingPage;
class NetworkPage;
class WorkspaceDocument;

/// The pages whose work can be unsaved.
struct WorkPages {
  NetworkPage& network;
  MappingPage& mapping;
  WorkspaceDocument& workspace;
  Banner& banner;
};

/// How the window saves; each asks where to when it must, and says whether anything was written.
struct SavingActions {
  std::function<bool()> architecture;
  std::function<bool(const QString& path)> network;
  /// A path, or where something of that name is better written: not over what came with the program.
  std::function<QString(const QString& path)> placeForOwn;
};

/// Unsaved work besides the architecture: networks and mappings that were edited, and choices of the
/// workspace. Asks about it before it would be lost, and keeps it against crashes.
class UnsavedWork : public QObject {
  Q_OBJECT
 public:
  /// What is left: the architecture with its mappings and choices, while networks stay; or everything.
  enum class Leaving { Architecture, Everything };

  UnsavedWork(MainWindow& window, WorkPages pages, SavingActions saving);

  [[nodiscard]] bool any() const;
  /// Asks about files and about choices; false when the user wants to stay, or saving failed. What the user
  /// gives up goes once something else is open.
  bool mayLeave(Leaving leaving);
  /// To its file; to one that is asked for with `elsewhere`, or when it has none.
  bool saveWorkspace(bool elsewhere);
  /// What was given up, or belongs to an architecture that is open no more, goes.
  void drop();
  [[nodiscard]] WorkKeeper& keeper() { return keeper_; }

 Q_SIGNALS:
  /// Something may have become unsaved or saved.
  void changed();

 private:
  [[nodiscard]] std::vector<UnsavedPiece> pieces() const;
  bool saveFiles(const QStringList& networks);
  [[nodiscard]] QString choicesQuestion() const;
  void bindKeeper();
  /// What was said about files that are unsaved no more does not concern them any more.
  void settle();

  MainWindow& window_;
  WorkPages pages_;
  SavingActions saving_;
  WorkKeeper keeper_;
  QStringList contended_;    ///< files of which is said that another program changes them
  bool everything_ = false;  ///< what `drop` takes: the user agreed to it
};

}  // namespace taktwerk
