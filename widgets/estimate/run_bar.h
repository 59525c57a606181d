// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace taktwerk {

class CommandTable;
class EstimateController;
class JobManager;
class Theme;
class TrustTag;

/// Chooses the network, starts and stops the run, shows its progress and the total with its standing.
class RunBar : public QWidget {
  Q_OBJECT
 public:
  RunBar(const Theme& theme, EstimateController& estimates, JobManager& jobs, CommandTable& commands,
         QWidget* parent = nullptr);

  /// Networks to choose from; others are added when chosen.
  void setNetworks(const QStringList& paths);
  /// "12 345 cycles" and its standing as shown, for tests.
  [[nodiscard]] QString totalText() const;
  [[nodiscard]] QString standingText() const;
  [[nodiscard]] QString differenceText() const;

 Q_SIGNALS:
  void openNetworkRequested();

 private:
  void refresh();
  void refreshProgress();
  void showButtons(bool running);
  void chooseNetwork(int index);
  void showChosenNetwork();
  void refreshStanding();

  const Theme& theme_;
  EstimateController& estimates_;
  CommandTable& commands_;
  QComboBox* networks_;
  QLabel* mappings_;
  QPushButton* run_;
  QPushButton* stop_;
  QProgressBar* progress_;
  QLabel* phase_;
  QLabel* total_;
  QLabel* difference_;
  TrustTag* standing_;
};

}  // namespace taktwerk
