// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/difference.h"
#include "core/analysis/source_difference.h"
#include "widgets/session/session.h"

namespace taktwerk {

class EstimateController;

/// What stands at the right: the present result, or one of the pins.
struct ComparedWith {
  std::shared_ptr<const StoredResult> pin;  ///< null: the present result
  friend bool operator==(const ComparedWith&, const ComparedWith&) = default;
};

/// Where a result is among the pins.
[[nodiscard]] std::optional<std::size_t> placeOf(const Session& session,
                                                 const std::shared_ptr<const StoredResult>& pin);

/// Two results side by side, or why there are none.
struct ComparedResults {
  QString beforeTitle, nowTitle;
  std::optional<ResultDifference> difference;
  std::vector<SourceDifference> sources;
  bool sourcesKnown = false;  ///< both results know which files they came from
  bool outOfDate = false;     ///< the present result is one of them, and is
  QString whyNone;            ///< a sentence that says what to do
};
/// At the left the baseline, or the run before.
[[nodiscard]] ComparedResults compareResults(const Session& session, const EstimateController& estimates,
                                             const ComparedWith& with);

}  // namespace taktwerk
