// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <memory>

#include "core/analysis/folded_graph.h"
#include "widgets/graph/laid_out_graph.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace taktwerk {

class LaidOutCanvas;
struct Models;

/// A dependency graph as the layout helper lays it out, folded; or what stands in its way. Laid out in the
/// background, when the pane is in sight. Boxes are opened and closed one by one; the picture that is there
/// stays until the next one is, and when that would have more boxes than are laid out unasked.
class LaidOutPane : public QWidget {
  Q_OBJECT
 public:
  explicit LaidOutPane(Models& models, QWidget* parent = nullptr);

  /// Null: none. Folded as usual.
  void setGraph(std::shared_ptr<const LayerGraph> graph);
  void setBy(FoldBy by);
  [[nodiscard]] LaidOutCanvas& canvas() const { return *canvas_; }
  /// What is shown of the graph that was set; null while nothing is.
  [[nodiscard]] const std::shared_ptr<const LaidOutGraph>& shown() const;
  [[nodiscard]] bool isWaiting() const;
  /// What stands in place of the picture, or empty.
  [[nodiscard]] QString message() const;
  /// What is said beside the picture: that the next one is being made, or why it is not.
  [[nodiscard]] QString note() const;
  void open(std::uint32_t box, FoldState state = FoldState::Open);
  void close(std::uint32_t box);

 Q_SIGNALS:
  /// Another picture is there, or none.
  void changed();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  /// What a job is to find out about: folding takes its time, too.
  using Fold = std::function<GraphFold()>;
  void want(Fold fold, std::size_t most = boxesUnasked);
  void look();
  void take(const std::shared_ptr<const LaidOutGraph>& graph);
  void tell();

  Models& models_;
  std::shared_ptr<const LayerGraph> graph_;
  FoldBy by_ = FoldBy::Loops;
  Fold fold_;  ///< wanted; none: the usual one
  std::size_t most_ = boxesUnasked;
  bool done_ = false;  ///< what is wanted is there, could not be made, or is being made
  std::shared_ptr<const LaidOutGraph> latest_;  ///< of the latest job
  LaidOutCanvas* canvas_;
  QStackedWidget* stack_;
  QLabel* message_;
  QLabel* note_;
  QPushButton* open_;
  QPushButton* apart_;
  QPushButton* close_;
  QPushButton* openAll_;
  QPushButton* foldAll_;
  QPushButton* act_;  ///< what can be done about what `note_` or `message_` says
};

}  // namespace taktwerk
