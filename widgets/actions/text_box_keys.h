// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace taktwerk {

/// Lets the keys of undo and redo pass through text boxes that have nothing to take back: Qt's keep them in
/// any case, labels with text that can be selected, read-only texts and texts without an undo of their own as
/// well, so that they did nothing.
/// A box with a typed text of its own keeps them.
class TextBoxKeys : public QObject {
  Q_OBJECT
 public:
  /// For all text boxes of the application.
  explicit TextBoxKeys(QObject* parent);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace taktwerk
