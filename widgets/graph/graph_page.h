// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "widgets/graph/graph_data.h"
#include "widgets/session/shown_selection.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace taktwerk {

class GraphCanvas;
class GraphLegend;
class LaidOutPane;
struct LaidOutGraph;
class PathModel;
struct Models;

/// The dependency graph of a window of a layer, along time or folded and laid out, and beside it its critical
/// path as a list. Made in
/// the background, when the page is in sight, for the result that is there; layer, window and what is
/// selected are those of the session.
class GraphPage : public QWidget {
  Q_OBJECT
 public:
  explicit GraphPage(Models& models, QWidget* parent = nullptr);

  [[nodiscard]] QString wantedLayer() const;
  /// What is shown; null while there is none.
  [[nodiscard]] const std::shared_ptr<const LayerGraph>& graph() const { return graph_; }
  /// Why there is nothing to look at though there is a result; nothing when there is.
  [[nodiscard]] QString whyEmpty() const;
  /// What stands in place of the graph, or nothing: that it is being made, or why there is none.
  [[nodiscard]] QString message() const;
  /// What is shown, in a line above it.
  [[nodiscard]] QString summary() const;
  /// What is known of the selected node, below it.
  [[nodiscard]] QString detail() const;
  [[nodiscard]] bool isWaiting() const;
  /// The form is the one that is laid out, not the one along time.
  [[nodiscard]] bool isLaidOut() const;
  void setCurrentLayer(const QString& name);
  /// Selects the next step of the critical path, or the one before, and brings it into sight.
  void step(int direction);
  /// Looks for a text; the next node that it is about is selected.
  void search(const QString& text);
  /// Asks where to, and writes what is in sight.
  void exportPicture();

 Q_SIGNALS:
  void layerSelected(const QString& name);
  void emptinessChanged();
  void formChanged();

 protected:
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  QWidget* buildHead();
  QWidget* buildContent();
  void connectParts();
  void refresh();
  void fillLayers();
  void showWindow();
  void typeWindow();
  void look();
  void take(const std::shared_ptr<const LayerGraph>& graph, const std::shared_ptr<const NetworkEstimate>& of);
  void say(const QString& message, bool running = false);
  void showGraph();
  void showSummary();
  void showForm();
  [[nodiscard]] const LaidOutGraph* boxes() const;
  void selectNode(std::uint32_t node);
  void chooseBox(qint64 box);
  void showBox(std::uint32_t box);
  void showLaidOut();
  void markFound();
  void showNode(std::optional<std::uint32_t> node);
  void selectBlocks(const std::vector<std::uint32_t>& nodes);
  void markSelected();

  Models& models_;
  ShownSelection selection_;
  std::shared_ptr<const LayerGraph> graph_;
  std::shared_ptr<const NetworkEstimate> shownOf_;   ///< the result that `graph_` belongs to …
  std::shared_ptr<const NetworkEstimate> lookedAt_;  ///< … and that of the latest job
  QString asked_;                                    ///< the layer of the job under way …
  ProgramWindow askedWindow_;                        ///< … its window, …
  std::int64_t askedLimit_ = 0;                      ///< … and most instructions
  std::int64_t limit_ = shownUnasked;
  bool choosing_ = false;  ///< the list follows the picture
  bool stopped_ = false;   ///< by the user, until something changes
  ObjectTable objects_;
  QString searched_;
  std::vector<std::uint32_t> found_;
  std::size_t nextFound_ = 0;
  QComboBox* layers_;
  QComboBox* unit_;
  QDoubleSpinBox* first_;
  QDoubleSpinBox* count_;
  QComboBox* form_;
  QLineEdit* search_;
  QLabel* summary_;
  QPushButton* showAll_;
  QPushButton* more_;
  QPushButton* stop_;
  QPushButton* export_;
  QStackedWidget* stack_;
  QLabel* message_;
  GraphLegend* legend_;
  QStackedWidget* forms_;
  GraphCanvas* canvas_;
  LaidOutPane* laidOut_;
  QLabel* detail_;
  PathModel* path_;
  QTableView* list_;
};

}  // namespace taktwerk
