// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace taktwerk {

class MethodsTab;
class ResultFiles;
class ResultsTab;
struct Models;

/// Two results side by side, and the methods of timing side by side. Files that are dropped here are read: of
/// results (*.json), and tables of measured cycles (*.csv) while the methods are in front.
class ComparePage : public QWidget {
  Q_OBJECT
 public:
  enum class Tab { Results, Methods };
  explicit ComparePage(Models& models, QWidget* parent = nullptr);

  [[nodiscard]] ResultsTab& results() { return *results_; }
  [[nodiscard]] MethodsTab& methods() { return *methods_; }
  void show(Tab tab);
  using QWidget::show;
  void openResults(const QStringList& paths);
  [[nodiscard]] bool isWaiting() const;
  void setCurrentLayer(const QString& name);

 Q_SIGNALS:
  void layerSelected(const QString& name);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void bindFiles();
  void save(std::size_t pin);

  Models& models_;
  QTabBar* tabs_;
  QStackedWidget* shown_;
  ResultFiles* files_;
  ResultsTab* results_;
  MethodsTab* methods_;
};

}  // namespace taktwerk
