// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "widgets/document/work_keeper.h"

namespace taktwerk {

class Banner;
class Saving;
class ViewHost;
struct Models;

/// Unsaved work: asks about it before it would be lost, and keeps what is no architecture against crashes:
/// networks and mappings that were edited, and choices of the workspace (see Autosave for the architecture).
class UnsavedWork : public QObject {
  Q_OBJECT
 public:
  /// What is left: the architecture with its mappings and choices, while networks stay; or everything.
  enum class Leaving { Architecture, Everything };

  UnsavedWork(Models& models, ViewHost& views, Banner& banner, Saving& saving);

  [[nodiscard]] bool any() const;
  /// Asks about the architecture, files and choices; false when the user wants to stay, or saving failed.
  /// What the user gives up goes once something else is open.
  bool mayLeave(Leaving leaving);
  /// Asks about what goes with the window besides; false when the user wants to keep it.
  [[nodiscard]] bool mayClose() const;
  /// To its file; to one that is asked for with `elsewhere`, or when it has none.
  bool saveWorkspace(bool elsewhere);
  /// What was given up, or belongs to an architecture that is open no more, goes.
  void drop();
  [[nodiscard]] WorkKeeper& keeper() { return keeper_; }

 Q_SIGNALS:
  /// Something may have become unsaved or saved.
  void changed();

 private:
  [[nodiscard]] bool mayLeaveArchitecture();
  [[nodiscard]] std::vector<UnsavedPiece> pieces() const;
  [[nodiscard]] bool mayLeaveFiles(Leaving leaving);
  [[nodiscard]] QString choicesQuestion() const;
  void bindKeeper();
  /// What was said about files that are unsaved no more does not concern them any more.
  void settle();

  Models& models_;
  ViewHost& views_;
  Banner& banner_;
  Saving& saving_;
  WorkKeeper keeper_;
  QStringList contended_;    ///< files of which is said that another program changes them
  bool everything_ = false;  ///< what `drop` takes: the user agreed to it
};

}  // namespace taktwerk
