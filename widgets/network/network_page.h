// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/network/network.h"
#include "widgets/document/text_document.h"

class QLabel;
class QPushButton;
class QTableView;
class QTableWidget;
class QStackedLayout;

namespace taktwerk {

class EstimateController;
class NetworkGraphView;
class NetworkModel;
class Theme;

/// The chosen network: its layers as a table and as a graph, its totals, and the dimensions of the selected
/// layer and the network's parameters to be edited. An edit changes the network's text where something
/// changed and nowhere else, can be undone, and what follows from it follows (core/network/resize.h).
class NetworkPage : public QWidget {
  Q_OBJECT
 public:
  NetworkPage(const Theme& theme, EstimateController& estimates, QWidget* parent = nullptr);

  [[nodiscard]] TextDocument& document() { return document_; }
  [[nodiscard]] const NetworkModel& model() const { return *model_; }
  [[nodiscard]] NetworkGraphView& graph() { return *graph_; }
  [[nodiscard]] QTableView& table() { return *table_; }
  [[nodiscard]] QTableWidget& dimensions() { return *dimensions_; }
  [[nodiscard]] QString totalsText() const;
  [[nodiscard]] QString messageText() const;

  void setCurrentLayer(const QString& name);
  /// What a value typed for a dimension would do: "" when it is fine, else why not.
  [[nodiscard]] QString problemOf(const QString& dimension, const QString& text) const;
  /// Writes the text to `path` and goes on with that file; false when it could not, and said so.
  bool saveAs(const QString& path);
  /// Networks with changes that are in no file, by path: the one shown, and those that were changed before
  /// another one was chosen. An imported one that was only looked at is none.
  [[nodiscard]] QStringList unsaved() const;
  /// Writes one of them; false when it could not, and said so.
  bool save(const QString& path, const QString& to);

 Q_SIGNALS:
  void layerSelected(const QString& name);
  void importRequested();
  void saveRequested();
  void writeFailed(const QString& path, const taktwerk::Diagnostics& diagnostics);

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void takeNetwork();
  void documentChanged();
  void refreshTotals();
  /// A dimension of the layer, or a parameter of the network, as its row shows it.
  struct DimensionRow {
    QString name;
    std::int64_t value = 0;
    QString meaning;
    bool editable = false;
    bool parameter = false;
  };
  [[nodiscard]] std::vector<DimensionRow> dimensionRows() const;
  void refreshDimensions();
  void refreshButtons();
  void edit(int row, int column);
  void say(const QString& message);
  [[nodiscard]] bool isUnsaved() const;
  [[nodiscard]] int currentRow() const;
  /// The changes of the text that a value of a dimension or parameter takes, or what speaks against it.
  struct Plan {
    std::vector<YamlChange> changes;
    QString problem;
  };
  [[nodiscard]] Plan planFor(const QString& name, const QString& text) const;

  const Theme& theme_;
  EstimateController& estimates_;
  TextDocument document_;
  std::shared_ptr<const Network> network_;
  NetworkModel* model_;
  QStackedLayout* stack_ = nullptr;
  QLabel* empty_;
  QLabel* name_;
  QLabel* totals_;
  QLabel* layerName_;
  QLabel* message_;
  QTableView* table_;
  QTableWidget* dimensions_;
  NetworkGraphView* graph_;
  QPushButton* save_;
  QPushButton* undo_;
  QPushButton* redo_;
  bool taking_ = false;
};

}  // namespace taktwerk
