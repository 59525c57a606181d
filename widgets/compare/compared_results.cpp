// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compared_results.h"

#include <QCoreApplication>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/estimate/pinning.h"
#include "widgets/estimate/reference.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Compare", text);
}

/// The result at the right; null when there is none.
std::shared_ptr<const StoredResult> resultAt(const EstimateController& estimates, const ComparedWith& with) {
  if (with.pin) return with.pin;
  const EstimateOutcome& outcome = estimates.outcome();
  return outcome.estimate ? pinOf(outcome).result : nullptr;
}

}  // namespace

std::optional<std::size_t> placeOf(const Session& session, const std::shared_ptr<const StoredResult>& pin) {
  for (std::size_t i = 0; i < session.pins().size(); ++i) {
    if (pin && session.pins()[i].result == pin) return i;
  }
  return std::nullopt;
}

ComparedResults compareResults(const Session& session, const EstimateController& estimates,
                               const ComparedWith& with) {
  ComparedResults compared;
  const Reference reference = referenceOf(session, estimates);
  const auto now = resultAt(estimates, with);
  const auto place = placeOf(session, with.pin);
  compared.beforeTitle = reference.title;
  compared.nowTitle = place ? session.pins()[*place].title : tr("the present result");
  compared.outOfDate = !with.pin && estimates.outOfDate();
  const auto& present = estimates.outcome().estimate;
  if (!with.pin && present && hasErrors(present->diagnostics)) {
    compared.whyNone = tr("The present run came to no result; Problems (F8) says why.");
  } else if (!reference.result && !now) {
    compared.whyNone =
        tr("Nothing to compare yet. Run an estimate (F5) and pin it, change something and run again; or open "
           "a result that “taktwerk-cli estimate --json” has written.");
  } else if (!reference.result) {
    compared.whyNone =
        session.pins().empty()
            ? tr("There is one result so far. Pin it, change something and run again; or open a result that "
                 "“taktwerk-cli estimate --json” has written.")
            : tr("There was no run before on this network. Choose one of the pinned results as the "
                 "baseline.");
  } else if (!now) {
    compared.whyNone =
        tr("There is no present result yet. Run an estimate (F5), or choose another pinned "
           "result at the right.");
  }
  if (!compared.whyNone.isEmpty()) return compared;
  compared.difference = differenceOf(*reference.result, *now);
  compared.sources = sourceDifferences(*reference.result, *now);
  compared.sourcesKnown = !reference.result->sources.empty() && !now->sources.empty();
  return compared;
}

}  // namespace taktwerk
