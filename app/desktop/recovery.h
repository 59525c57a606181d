// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "app/desktop/unsaved_work.h"
#include "widgets/document/sidecar.h"

namespace taktwerk {

class Banner;
class FileOpener;
class MappingPage;
class NetworkPage;
class WorkspaceDocument;
struct Models;

/// The pages that take over what was left.
struct WorkPages {
  NetworkPage& network;
  MappingPage& mapping;
  WorkspaceDocument& workspace;
  Banner& banner;
};

/// What belongs together among the sidecars, as that of `first`: of one architecture, and what was changed
/// while that was open.
[[nodiscard]] std::vector<Sidecar> groupOf(const Sidecar& first, const std::vector<Sidecar>& all);
/// All of them by what belongs together, that with the latest first.
[[nodiscard]] std::vector<std::vector<Sidecar>> groupsOf(std::vector<Sidecar> all);
/// The topic under which a group is offered, until that is answered.
[[nodiscard]] QString recoveryTopic(const std::vector<Sidecar>& group);

/// Offers networks, mappings and choices that an ended program left, together with the architecture they were
/// changed with, and takes them over.
class Recovery : public QObject {
  Q_OBJECT
 public:
  /// `mayLeave` asks about the architecture that is open.
  Recovery(Models& models, WorkPages pages, UnsavedWork& work, FileOpener& opener,
           std::function<bool()> mayLeave);

  /// What ended programs left, latest first.
  [[nodiscard]] std::vector<Sidecar> left() const;
  /// Of that, what belongs to the open architecture.
  [[nodiscard]] std::vector<Sidecar> leftOfOpen() const;
  /// Offers what belongs together. False when that is nothing but an architecture.
  bool offer(const std::vector<Sidecar>& group);
  /// Whether something is taken over once its architecture is open.
  [[nodiscard]] bool isPending() const { return !pending_.empty(); }

 Q_SIGNALS:
  /// What was offered is restored or discarded.
  void answered();

 private:
  void restore(const std::vector<Sidecar>& group);
  void takeOver(const std::vector<Sidecar>& group);
  void goOn();
  void settle(const std::vector<Sidecar>& group);
  void discard(const std::vector<Sidecar>& group);
  /// The open document is what the group was changed with.
  [[nodiscard]] bool isOpenFor(const std::vector<Sidecar>& group) const;
  bool restoreArchitecture(const Sidecar& kept);
  void offerForNetwork();

  Models& models_;
  WorkPages pages_;
  UnsavedWork& work_;
  FileOpener& opener_;
  std::function<bool()> mayLeave_;
  std::vector<Sidecar> pending_;  ///< until their architecture is open
  QString looked_;                ///< the network that was looked for last
};

}  // namespace taktwerk
