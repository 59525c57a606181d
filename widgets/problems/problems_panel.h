// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/architecture/approvals.h"
#include "core/base/diagnostic.h"

class QAction;
class QTableView;

namespace taktwerk {

class ProblemModel;
class Theme;

/// The list of problems. A click or Enter asks to be shown the place; Ctrl+C copies the rows as compilers
/// print them.
class ProblemsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ProblemsPanel(const Theme& theme, QWidget* parent = nullptr);

  void setProblems(const Diagnostics& problems);
  void setProblems(const JudgedProblems& judged, const std::vector<Approval>& approvals);
  /// Asks for the approval of the current row, when that is an open warning.
  void approveCurrent();
  [[nodiscard]] bool canApprove() const;
  [[nodiscard]] const ProblemModel& model() const { return *model_; }
  /// Selects the problem `step` rows on, round the end, and activates it.
  void go(int step);

 Q_SIGNALS:
  void activated(const taktwerk::Diagnostic& diagnostic);
  void approveRequested(const taktwerk::Diagnostic& warning);
  void withdrawRequested(std::size_t approval);
  void currentChanged();

 private:
  void activate(int row);
  void copy() const;
  void refreshActions();
  [[nodiscard]] int currentRow() const;
  ProblemModel* model_;
  QTableView* table_;
  QAction* approve_;
  QAction* withdraw_;
};

}  // namespace taktwerk
