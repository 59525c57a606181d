// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/base/diagnostic.h"

class QLabel;
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
  [[nodiscard]] const ProblemModel& model() const { return *model_; }
  /// Selects the problem `step` rows on, round the end, and activates it.
  void go(int step);

 Q_SIGNALS:
  void activated(const taktwerk::Diagnostic& diagnostic);

 private:
  void copy() const;
  ProblemModel* model_;
  QTableView* table_;
  QLabel* empty_;
};

}  // namespace taktwerk
