// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include "core/base/text_delta.h"
#include "widgets/document/history.h"

namespace taktwerk {

class DocumentController;

/// A merge key of one gesture, such as a slider held by the mouse: its steps become one however long it is
/// held. No two gestures have the same.
[[nodiscard]] QString gestureKey();
/// Whether a merge key is, or begins with, one of those.
[[nodiscard]] bool isOfGesture(const QString& mergeKey);

/// One step of the architecture: the stretch of the file's text that it changed, both ways. Steps with the
/// same key that follow each other within a second become one (nudges, typed values), those of a gesture in
/// any case; a step that in the end changed nothing goes away.
class EditCommand : public HistoryStep {
 public:
  EditCommand(DocumentController& documents, const QString& name, TextDelta delta, QString mergeKey);

  void redo() override;
  void undo() override;
  bool mergeWith(const HistoryStep& next) override;
  [[nodiscard]] bool isEmpty() const override { return delta_.empty(); }

 private:
  DocumentController& documents_;
  TextDelta delta_;
  QString mergeKey_;
  QElapsedTimer age_;  ///< since the last change that went into it
};

}  // namespace taktwerk
