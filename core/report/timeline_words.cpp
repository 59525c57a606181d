// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/timeline_words.h"

#include "core/report/cause_text.h"

namespace taktwerk {

std::string waitInWords(const TimelineWait& wait, const Machine& machine) {
  if (wait.kind == GraphEdgeKind::BufferFill) {
    return "room in the issue buffer of " +
           machine.objectNames[machine.stages[machine.fetch.stage.index()].object];
  }
  if (wait.cause.detail == WaitDetail::None) return causeInWords(wait.cause, machine);
  return detailInWords(wait.cause.detail, machine.objectNames[wait.cause.object.index()]);
}

}  // namespace taktwerk
