// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstddef>
#include <optional>

class QPushButton;
class QTableView;

namespace taktwerk {

class CommandTable;
class EstimateController;
class PinModel;
class Session;
class Theme;

/// The pinned results: titles are edited in place, one is made the baseline, others are saved or taken out.
class PinPanel : public QWidget {
  Q_OBJECT
 public:
  PinPanel(const Theme& theme, Session& session, const EstimateController& estimates, CommandTable& commands,
           QWidget* parent = nullptr);

  [[nodiscard]] QTableView& table() { return *table_; }

 Q_SIGNALS:
  void openRequested();
  void saveRequested(std::size_t pin);

 private:
  void refreshButtons();
  [[nodiscard]] std::optional<std::size_t> current() const;

  Session& session_;
  PinModel* model_;
  QTableView* table_;
  QPushButton* baseline_;
  QPushButton* rename_;
  QPushButton* save_;
  QPushButton* remove_;
};

}  // namespace taktwerk
