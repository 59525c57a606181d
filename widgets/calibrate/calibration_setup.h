// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace taktwerk {

class CalibrationRun;
class FitList;
struct Models;

/// Which table of measured layers the design is held against, which parameters are fitted, and the buttons
/// that run it.
class CalibrationSetup : public QWidget {
  Q_OBJECT
 public:
  CalibrationSetup(Models& models, CalibrationRun& run, QWidget* parent = nullptr);

  [[nodiscard]] FitList& fitted() { return *fitted_; }
  /// "36 rows; K, M, N vary", or how many problems there are.
  [[nodiscard]] QString tableText() const;
  /// What is wrong with what was typed.
  [[nodiscard]] QString messageText() const;
  [[nodiscard]] QString progressText() const;
  /// Asks for a table.
  void browse();
  /// Takes over the line that was typed: `NAME=RANGE`.
  void addLine();
  void start();
  /// Another design is open: what was to be fitted is of no use.
  void forget();

 private:
  void layOut();
  [[nodiscard]] QWidget* makeTable();
  [[nodiscard]] QWidget* makeFit();
  [[nodiscard]] QWidget* makeFoot();
  void connectAll();
  void fillVaryMenu();
  void fillOperators();
  void refresh();
  void refreshTable();
  void tell(const QString& message);

  Models& models_;
  CalibrationRun& run_;
  QLabel* file_;
  QLabel* what_;
  QComboBox* operator_;
  QToolButton* vary_;
  QMenu* varyMenu_;
  FitList* fitted_;
  QLineEdit* line_;
  QLabel* message_;
  QSpinBox* seed_;
  QProgressBar* progress_;
  QLabel* done_;
  QPushButton* start_;
  QPushButton* stop_;
};

}  // namespace taktwerk
