// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "widgets/kernels/kernel_data.h"
#include "widgets/session/shown_selection.h"

class QComboBox;
class QLabel;
class QModelIndex;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTreeView;

namespace taktwerk {

class BodyModel;
class KernelModel;
class SettlingPlot;
struct Models;

/// The loops of a layer's program: what each comes to, how its iterations settle, and the instructions of one
/// iteration with what each waits for. Looked at in the background, when the page is in sight, for the result
/// that is there; what is selected, the layer and the iterations chosen are those of the session.
class KernelsPage : public QWidget {
  Q_OBJECT
 public:
  explicit KernelsPage(Models& models, QWidget* parent = nullptr);

  /// The layer whose loops are to be seen, by the name of the first of its chain.
  [[nodiscard]] QString wantedLayer() const;
  [[nodiscard]] const LayerKernels& kernels() const { return *kernels_; }
  /// Why there is nothing to look at though there is a result; nothing when there is.
  [[nodiscard]] QString whyEmpty() const;
  /// What stands in place of the loops, or nothing: that they are looked at, or why there are none.
  [[nodiscard]] QString message() const;
  [[nodiscard]] QString groundText() const;
  /// A job is under way, or begins when the page is seen.
  [[nodiscard]] bool isWaiting() const;
  void setCurrentLayer(const QString& name);

 Q_SIGNALS:
  void layerSelected(const QString& name);
  void emptinessChanged();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  QWidget* buildContent();
  void connectParts();
  void refresh();
  void fillLayers();
  void look();
  void take(LayerKernels kernels, const std::shared_ptr<const NetworkEstimate>& of);
  void arrangeColumns();
  void say(const QString& message, bool running = false);
  void showOutOfDate();
  void showLoop(const QModelIndex& index);
  void takeBody(KernelBody body);
  void showWindow();
  void selectInstruction(const QModelIndex& index);
  void openLine(const QModelIndex& index);
  void markSelected();
  [[nodiscard]] ShownSelection::Objects shownOf(const std::vector<MachineObjectId>& objects) const;

  Models& models_;
  ShownSelection selection_;
  std::shared_ptr<const LayerKernels> kernels_ = std::make_shared<const LayerKernels>();
  std::shared_ptr<const NetworkEstimate> lookedAt_;  ///< the result that `kernels_` belong to
  QString asked_;                                    ///< the layer of the job under way
  bool stopped_ = false;                             ///< by the user, until something changes
  ObjectTable objects_;
  std::optional<std::size_t> row_;
  KernelModel* model_;
  BodyModel* bodyModel_;
  QComboBox* layers_;
  QLabel* ground_;
  QPushButton* stop_;
  QStackedWidget* stack_;
  QLabel* message_;
  QSplitter* halves_;      ///< the tree, and the plot beside it
  bool arranged_ = false;  ///< they have found their widths
  QTreeView* tree_;
  QLabel* why_;
  SettlingPlot* plot_;
  QLabel* caption_;
  QTableView* body_;
};

}  // namespace taktwerk
