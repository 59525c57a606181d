// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/architecture/approvals.h"
#include "core/base/diagnostic.h"

namespace taktwerk {

class DocumentController;
class EstimateController;

/// All that is wrong with what is open, or could not be opened, judged by the approvals of the architecture.
class ProblemList : public QObject {
  Q_OBJECT
 public:
  ProblemList(DocumentController& documents, EstimateController& estimates, QObject* parent = nullptr);

  /// Open and approved ones, and approvals of nothing.
  [[nodiscard]] const JudgedProblems& judged() const { return judged_; }
  [[nodiscard]] const std::vector<Approval>& approvals() const { return approvals_; }
  [[nodiscard]] const Diagnostics& open() const { return judged_.open; }
  [[nodiscard]] int errors() const;
  [[nodiscard]] int warnings() const;
  /// Those of a run may be solved by what has changed since; only the next run knows.
  [[nodiscard]] bool isOld() const;
  /// Of the latest file that could not be opened or written; they go with the next document.
  void setFailure(const Diagnostics& failure);

 Q_SIGNALS:
  void changed();

 private:
  void refresh();

  DocumentController& documents_;
  EstimateController& estimates_;
  Diagnostics failure_;
  JudgedProblems judged_;
  std::vector<Approval> approvals_;
};

}  // namespace taktwerk
