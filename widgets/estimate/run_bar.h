// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/estimate/estimate.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace taktwerk {

class CommandTable;
class EstimateController;
class JobManager;
class Session;
class Theme;
class TrustTag;

/// Chooses the network, starts and stops the run, shows its progress and the total with its standing.
class RunBar : public QWidget {
  Q_OBJECT
 public:
  RunBar(const Theme& theme, Session& session, EstimateController& estimates, JobManager& jobs,
         CommandTable& commands, QWidget* parent = nullptr);

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
  /// How the total differs from what is compared with.
  void showDifference(const NetworkEstimate& estimate);
  void refreshProgress();
  void showButtons(bool running);
  void chooseNetwork(int index);
  void showChosenNetwork();
  void refreshStanding();

  const Theme& theme_;
  Session& session_;
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
