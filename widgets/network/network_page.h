// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/network/network.h"
#include "widgets/document/text_documents.h"
#include "widgets/network/network_edit.h"

class QLabel;
class QLayout;
class QPushButton;
class QTableView;
class QTableWidget;
class QToolButton;

namespace taktwerk {

class EstimateController;
class NetworkGraphView;
class NetworkModel;
class Theme;

/// The chosen network: its layers as a table and as a graph, its totals, and the dimensions of the selected
/// layer and the network's parameters to be edited. An edit changes the network's text where something
/// changed and nowhere else, is a step of the window's history, and what follows from it follows
/// (core/network/resize.h). A network that was edited keeps its edits and their steps while another one is
/// chosen.
class NetworkPage : public QWidget {
  Q_OBJECT
 public:
  NetworkPage(const Theme& theme, EstimateController& estimates, History& history, QWidget* parent = nullptr);

  /// Of the chosen network; an empty one while there is none.
  [[nodiscard]] TextDocument& document() { return *document_; }
  /// All networks that were opened here.
  [[nodiscard]] TextDocuments& documents() { return documents_; }
  [[nodiscard]] const NetworkModel& model() const { return *model_; }
  [[nodiscard]] NetworkGraphView& graph() { return *graph_; }
  [[nodiscard]] QTableView& table() { return *table_; }
  [[nodiscard]] QTableWidget& dimensions() { return *dimensions_; }
  [[nodiscard]] QString totalsText() const;
  [[nodiscard]] QString messageText() const;

  /// Why there is no network to see; nothing when there is.
  [[nodiscard]] const QString& whyEmpty() const { return whyEmpty_; }
  void setCurrentLayer(const QString& name);
  /// What a value typed for a dimension would do: "" when it is fine, else why not.
  [[nodiscard]] QString problemOf(const QString& dimension, const QString& text) const;
  /// Writes the text to `path` and goes on with that file; false when it could not, and said so.
  bool saveAs(const QString& path);
  /// The same for the network at `path`, which need not be the chosen one.
  bool save(const QString& path, const QString& to);
  /// Networks with edits that are in no file, by path. One that was imported and only looked at is no loss.
  [[nodiscard]] QStringList unsaved() const { return documents_.unsaved(false); }
  /// Gives the edits of a network up: it is read from its file again.
  void drop(const QString& path);
  /// Edits that an ended program left of a network.
  void recover(const QString& path, const std::string& text);

 Q_SIGNALS:
  /// There is something to see, or nothing any more: see `whyEmpty`.
  void filled();
  void layerSelected(const QString& name);
  /// Asks for a parameter of the network to be varied in the design space.
  void varyRequested(const QString& parameter);
  void importRequested();
  void saveRequested();
  void writeFailed(const QString& path, const taktwerk::Diagnostics& diagnostics);

 private:
  [[nodiscard]] std::vector<double> sharesOfLayers() const;
  void styleParts();
  /// Name, totals and buttons.
  [[nodiscard]] QLayout* makeHead();
  /// The dimensions of the selected layer.
  [[nodiscard]] QWidget* makeBelow();
  void arrange();
  void bindParts();
  void takeNetwork();
  void showDocument(TextDocument& document);
  void documentChanged(TextDocument* document);
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
  void edit(int row, int column);
  /// The parameter of the current row, or empty.
  [[nodiscard]] QString currentParameter() const;
  void showMenu(const QPoint& at);
  void say(const QString& message);
  [[nodiscard]] int currentRow() const;
  [[nodiscard]] NetworkPlan planFor(const QString& name, const QString& text) const;

  const Theme& theme_;
  EstimateController& estimates_;
  TextDocuments documents_;
  TextDocument none_;
  TextDocument* document_ = &none_;
  std::shared_ptr<const Network> network_;
  NetworkModel* model_;
  QString whyEmpty_;
  QLabel* name_;
  QLabel* totals_;
  QLabel* layerName_;
  QLabel* message_;
  QTableView* table_;
  QTableWidget* dimensions_;
  NetworkGraphView* graph_;
  QPushButton* save_;
  QToolButton* vary_;  ///< lets the current parameter be varied
  bool taking_ = false;
};

}  // namespace taktwerk
