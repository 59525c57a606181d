// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/report/bottleneck_sentence.h"
#include "widgets/session/shown_selection.h"

class QLabel;
class QTabWidget;
class QTableView;
class QToolButton;
class QTreeView;
class QSortFilterProxyModel;

namespace taktwerk {

class BlockModel;
class CauseModel;
class FillingModel;
class MovedModel;
class SentenceLabel;
struct Document;
struct Models;

/// Why the estimate is what it is: the deciding object in a sentence with what would help, re-estimated in
/// the background; causes on the critical path; what every block did of the time; what memories moved; what
/// is partly filled. Of the whole network, or of the layer of the session, which is then named with a button
/// that leads back to all. What is selected here is selected everywhere, and the other way round.
class AnalysisPage : public QWidget {
  Q_OBJECT
 public:
  explicit AnalysisPage(Models& models, QWidget* parent = nullptr);

  [[nodiscard]] const CauseModel& causes() const { return *causes_; }
  [[nodiscard]] const BlockModel& blocks() const { return *blocks_; }
  [[nodiscard]] const MovedModel& moved() const { return *moved_; }
  [[nodiscard]] const FillingModel& filling() const { return *filling_; }
  [[nodiscard]] QString sentenceText() const;
  /// "All layers", or "Layer conv1".
  [[nodiscard]] QString filterText() const;
  /// Why there is nothing to see though there is a result; nothing when there is.
  [[nodiscard]] QString whyEmpty() const;
  /// Remedies are being estimated.
  [[nodiscard]] bool isWaiting() const;

 Q_SIGNALS:
  void filled();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  void buildTables();
  void layOut();
  QTableView* makeTable(QSortFilterProxyModel* sorted, const QString& name);
  void refresh();
  void refreshSentence();
  void askForRemedies();
  /// The layer that is looked at, if the estimate has it; else all.
  [[nodiscard]] std::string shownLayer() const;
  void select(MachineObjectId object);
  void followSelection(const QObject* origin);

  Models& models_;
  ShownSelection selection_;
  std::shared_ptr<const Document> document_;  ///< that the tables are about
  CauseModel* causes_;
  BlockModel* blocks_;
  MovedModel* moved_;
  FillingModel* filling_;
  SentenceLabel* sentence_;
  QLabel* filter_;
  QToolButton* all_;
  QLabel* leftOut_;
  QTreeView* causeTree_;
  QTableView* blockTable_ = nullptr;
  QTableView* movedTable_ = nullptr;
  QTableView* fillingTable_ = nullptr;
  QSortFilterProxyModel* sortedBlocks_;
  QTabWidget* tables_;
  std::optional<Remedies> remedies_;
  bool asked_ = false;      ///< for remedies of what is shown
  bool following_ = false;  ///< the shared selection leads just now
};

}  // namespace taktwerk
