// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/edit_command.h"

#include <QUuid>

#include "widgets/document/document_controller.h"

namespace taktwerk {

namespace {
constexpr qint64 mergeMilliseconds = 1000;
constexpr QLatin1String gesturePrefix("gesture ");
}  // namespace

QString gestureKey() {
  return gesturePrefix + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

bool isOfGesture(const QString& mergeKey) {
  return mergeKey.startsWith(gesturePrefix);
}

EditCommand::EditCommand(DocumentController& documents, const QString& name, TextDelta delta,
                         QString mergeKey)
    : HistoryStep(documents, name),
      documents_(documents),
      delta_(std::move(delta)),
      mergeKey_(std::move(mergeKey)) {
  age_.start();
}

void EditCommand::redo() {
  documents_.takeText(applyDelta(documents_.textNow(), delta_));
}

void EditCommand::undo() {
  documents_.takeText(revertDelta(documents_.textNow(), delta_));
}

bool EditCommand::mergeWith(const HistoryStep& next) {
  const auto& other = static_cast<const EditCommand&>(next);
  if (mergeKey_.isEmpty() || other.mergeKey_ != mergeKey_) return false;
  if (!isOfGesture(mergeKey_) && age_.elapsed() > mergeMilliseconds) return false;
  const std::string& now = documents_.textNow();
  delta_ = textDelta(revertDelta(revertDelta(now, other.delta_), delta_), now);
  setName(other.name());
  age_.restart();
  return true;
}

}  // namespace taktwerk
