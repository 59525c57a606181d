// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "widgets/sweep/space_edits.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace taktwerk {

class SpaceSetup;
class SpaceTree;
class SweepRun;
struct Models;

/// The design space, which of its points are wanted, where results go, about how long it takes, and the
/// buttons that run it.
class SpacePanel : public QWidget {
  Q_OBJECT
 public:
  SpacePanel(Models& models, SpaceSetup& setup, SweepRun& run, QWidget* parent = nullptr);

  [[nodiscard]] SpaceTree& tree() { return *tree_; }
  /// What stands below the space: what is wrong with it or with what was typed.
  [[nodiscard]] QString messageText() const;
  /// What can be done while there is no space, or why the workspace's cannot be read.
  [[nodiscard]] QString hintText() const;
  /// "512 points, about 12 s on 2 threads".
  [[nodiscard]] QString outlookText() const;
  /// Varies a parameter and shows it, over these values or over some that suit it.
  void vary(const QString& name, const std::vector<std::int64_t>& values);
  void openSpace();
  void saveSpace();
  void chooseStore();
  /// An empty space in the place of one that cannot be read.
  void beginAnew();
  /// Takes over the line that was typed: see `withLine`.
  void addLine();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void layOut();
  void connectAll();
  [[nodiscard]] QWidget* makeHead();
  [[nodiscard]] QWidget* makeFoot();
  void fillVaryMenu();
  void addFiles(Dimension::Of of);
  void refreshSpace();
  void refreshOutlook();
  void refreshRun();
  void setSample();
  void tell(const QString& message);

  Models& models_;
  SpaceSetup& setup_;
  SweepRun& run_;
  SpaceTree* tree_;
  QLabel* hint_;
  QToolButton* anew_;  ///< shown when the space cannot be read
  QToolButton* vary_;
  QMenu* varyMenu_;
  QLineEdit* line_;
  QLabel* message_;
  QComboBox* how_;
  QSpinBox* wanted_;
  QLabel* seedLabel_;
  QSpinBox* seed_;
  QLabel* store_;
  QToolButton* forget_;
  QLabel* outlook_;
  QPushButton* start_;
  QPushButton* pause_;
  QPushButton* stop_;
  QString told_;  ///< about what was typed
  bool showing_ = false;
};

}  // namespace taktwerk
