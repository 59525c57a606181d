// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "widgets/document/sidecar.h"

class QWidget;

namespace taktwerk {

class Banner;
class Recovery;
class Saving;
struct Models;

/// Offers what ended programs left of architectures and what was changed with them, and says when unsaved
/// work cannot be kept.
class LeftOvers : public QObject {
  Q_OBJECT
 public:
  /// `mayLeave` asks about the architecture that is open; without `remember` only what concerns that is
  /// offered.
  LeftOvers(Models& models, Banner& banner, Saving& saving, Recovery& recovery,
            std::function<bool()> mayLeave, bool remember, QWidget& window, QObject* parent = nullptr);

  /// Of any file, some at a time.
  void offerAll();
  /// Of the open file; false when there is nothing.
  bool offerOfOpen();
  /// What was said about keeping the open document does not concern another one.
  void settle();

 private:
  void bindAutosave();
  /// Of one architecture, with what was changed while it was open.
  void offerGroup(const std::vector<Sidecar>& group);
  void offerArchitecture(const Sidecar& sidecar);
  void showText(const QString& path, const std::string& text);

  Models& models_;
  Banner& banner_;
  Saving& saving_;
  Recovery& recovery_;
  std::function<bool()> mayLeave_;
  bool remember_;
  QWidget& window_;
};

}  // namespace taktwerk
