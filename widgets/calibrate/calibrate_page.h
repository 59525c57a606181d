// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace taktwerk {

class CalibrationResults;
class CalibrationRun;
class CalibrationSetup;
struct Models;

/// The open architecture beside measured layers: what is compared and fitted at the left, what was found at
/// the right. A table (*.csv) that is dropped here is chosen.
class CalibratePage : public QWidget {
  Q_OBJECT
 public:
  explicit CalibratePage(Models& models, QWidget* parent = nullptr);
  ~CalibratePage() override;

  [[nodiscard]] CalibrationRun& run() { return *run_; }
  [[nodiscard]] CalibrationSetup& setup() { return *setup_; }
  [[nodiscard]] CalibrationResults& results() { return *results_; }
  [[nodiscard]] bool isWaiting() const;

  /// Empty when `write` would write what was found, else why not.
  [[nodiscard]] QString whyNotWritable() const;
  /// Writes what the rows determine into the architecture, as one step that can be undone. Values that are
  /// set over the defaults for the estimate would hide it, and are left to the default: a step of its own.
  void write();
  /// Writes the comparison to a file: text, or JSON by the ending.
  void exportComparison();
  /// Copies the chosen rows as text, or all when none are chosen, in the order in which they are shown.
  void copyRows();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void bindCommands();
  void refreshCommands() const;
  [[nodiscard]] QString whyNothingFound() const;

  Models& models_;
  CalibrationRun* run_;
  CalibrationSetup* setup_;
  CalibrationResults* results_;
};

}  // namespace taktwerk
