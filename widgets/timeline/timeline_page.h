// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "widgets/session/shown_selection.h"
#include "widgets/timeline/timeline_data.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace taktwerk {

class RangePanel;
class TimelineCanvas;
class TimelineLoader;
class TimelineMinimap;
struct Models;

/// A layer in time, all of it at once and down to single cycles. Made in the background, when the page is in
/// sight, for the result that is there; layer and what is selected are those of the session.
class TimelinePage : public QWidget {
  Q_OBJECT
 public:
  explicit TimelinePage(Models& models, QWidget* parent = nullptr);

  [[nodiscard]] QString wantedLayer() const;
  /// What is shown; null while there is none.
  [[nodiscard]] const std::shared_ptr<const LayerTime>& time() const { return time_; }
  /// Single instructions of the stretch in sight; null where there are none.
  [[nodiscard]] std::shared_ptr<const TimelineFine> fine() const;
  /// Why there is nothing to look at though there is a result; nothing when there is.
  [[nodiscard]] QString whyEmpty() const;
  /// What stands in place of the timeline, or nothing: that it is being made, or why there is none.
  [[nodiscard]] QString message() const;
  /// What is shown, in a line above it.
  [[nodiscard]] QString summary() const;
  /// What is known of the selected instruction, below it.
  [[nodiscard]] QString detail() const;
  [[nodiscard]] bool isWaiting() const;
  void setCurrentLayer(const QString& name);
  /// Selects an instruction and brings it into sight, now or as soon as the timeline is there.
  void goTo(std::int64_t instruction);
  /// What the user typed: an instruction's number, or "@" and a cycle.
  void goToText(const QString& text);
  /// Asks where to, and writes a picture of what is in sight, or the instructions of the measured range, or
  /// else of what is in sight.
  void exportTimeline();

 Q_SIGNALS:
  void layerSelected(const QString& name);
  void emptinessChanged();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  QWidget* buildHead();
  QWidget* buildContent();
  void connectParts();
  void connectCanvas();
  void refresh();
  void fillLayers();
  void look();
  void take(const std::shared_ptr<const LayerTime>& time, const std::shared_ptr<const NetworkEstimate>& of);
  void say(const QString& message, bool running = false);
  void showTime();
  void showSummary();
  void showDetail();
  void selectBlock(qint64 object);
  void markSelected();
  void showInGraph();
  void fillBookmarks();
  void measure();

  Models& models_;
  ShownSelection selection_;
  std::shared_ptr<const LayerTime> time_;
  std::shared_ptr<const NetworkEstimate> shownOf_;   ///< the result that `time_` belongs to …
  std::shared_ptr<const NetworkEstimate> lookedAt_;  ///< … and that of the latest job
  QString asked_;                                    ///< the layer of the job under way
  bool stopped_ = false;                             ///< by the user, until something changes
  std::optional<std::int64_t> goTo_;                 ///< once the timeline is there
  ObjectTable objects_;
  TimelineLoader* loader_;
  QComboBox* layers_;
  QComboBox* rows_;
  QLineEdit* place_;
  QToolButton* idle_;
  QLabel* summary_;
  QPushButton* stop_;
  QStackedWidget* stack_;
  QLabel* message_;
  TimelineMinimap* minimap_;
  TimelineCanvas* canvas_;
  QPlainTextEdit* detail_;
  QPushButton* graph_;
  QPushButton* more_;
  QPushButton* export_;
  QToolButton* bookmarks_;
  RangePanel* range_;
};

}  // namespace taktwerk
