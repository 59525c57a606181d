// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/reference.h"

#include <QCoreApplication>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/session/session.h"

namespace taktwerk {

Reference referenceOf(const Session& session, const EstimateController& estimates) {
  if (const PinnedResult* baseline = session.baseline()) return {baseline->result, baseline->title, true};
  const auto& before = estimates.before();
  if (!before || hasErrors(before->diagnostics)) return {};
  return {std::make_shared<const StoredResult>(storedResult(*before)),
          QCoreApplication::translate("Reference", "the run before"), false};
}

}  // namespace taktwerk
