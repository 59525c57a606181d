// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/problem_list.h"

#include <algorithm>

#include "widgets/document/document_controller.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

ProblemList::ProblemList(DocumentController& documents, EstimateController& estimates, QObject* parent)
    : QObject(parent), documents_(documents), estimates_(estimates) {
  connect(&documents_, &DocumentController::documentChanged, this, [this] {
    failure_.clear();
    refresh();
  });
  connect(&estimates_, &EstimateController::problemsChanged, this, &ProblemList::refresh);
  connect(&estimates_, &EstimateController::stateChanged, this, &ProblemList::changed);
}

void ProblemList::setFailure(const Diagnostics& failure) {
  failure_ = failure;
  refresh();
}

int ProblemList::errors() const {
  return static_cast<int>(std::count_if(judged_.open.begin(), judged_.open.end(),
                                        [](const Diagnostic& d) { return d.severity == Severity::Error; }));
}

int ProblemList::warnings() const {
  return static_cast<int>(judged_.open.size()) - errors();
}

bool ProblemList::isOld() const {
  return !judged_.open.empty() && estimates_.outOfDate() && !estimates_.outcome().diagnostics.empty();
}

void ProblemList::refresh() {
  const auto& document = documents_.document();
  Diagnostics all = failure_;
  if (document) all.insert(all.end(), document->diagnostics.begin(), document->diagnostics.end());
  for (const Diagnostic& d : estimates_.problems()) {
    if (std::find(all.begin(), all.end(), d) == all.end()) all.push_back(d);
  }
  approvals_ = document ? approvalsOf(document->bytes) : std::vector<Approval>();
  judged_ = judge(all, approvals_);
  Q_EMIT changed();
}

}  // namespace taktwerk
