// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

#include "core/analysis/stored_result.h"

namespace taktwerk {

class EstimateController;
class Session;

/// What differences of the present result refer to, in all views: the baseline, if one is set, else the run
/// before.
struct Reference {
  std::shared_ptr<const StoredResult> result;  ///< null: there is nothing to compare with
  QString title;                               ///< "gemmini, mesh 16", "the run before"
  bool isBaseline = false;
};
/// It changes with `Session::baselineChanged` and `EstimateController::outcomeChanged`.
[[nodiscard]] Reference referenceOf(const Session& session, const EstimateController& estimates);

}  // namespace taktwerk
