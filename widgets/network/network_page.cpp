// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/network/network_page.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <algorithm>
#include <functional>
#include <map>

#include "core/network/operators.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/network/network_edit.h"
#include "widgets/network/network_graph_view.h"
#include "widgets/network/network_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

enum DimensionColumn { DimensionName, DimensionValue, DimensionMeaning };
constexpr int isParameterRole = Qt::UserRole;

/// Checks what is typed while it is typed.
class DimensionDelegate : public QStyledItemDelegate {
 public:
  DimensionDelegate(NetworkPage& page, std::function<void(const QString&)> say)
      : QStyledItemDelegate(&page), page_(page), say_(std::move(say)) {}

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                        const QModelIndex& index) const override {
    auto* line = new QLineEdit(parent);
    line->setFrame(false);
    const QString name = index.siblingAtColumn(DimensionName).data().toString();
    connect(line, &QLineEdit::textEdited, this,
            [this, name](const QString& text) { say_(page_.problemOf(name, text)); });
    return line;
  }

  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    const auto* line = qobject_cast<const QLineEdit*>(editor);
    if (line == nullptr || !line->isModified()) QStyledItemDelegate::setEditorData(editor, index);
  }

 private:
  NetworkPage& page_;
  std::function<void(const QString&)> say_;
};

QPushButton* button(const QString& text, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setToolTip(tip);
  return made;
}

}  // namespace

NetworkPage::NetworkPage(const Theme& theme, EstimateController& estimates, History& history, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      estimates_(estimates),
      documents_(history, HistoryPlace::Kind::Network),
      none_(history, HistoryPlace::Kind::Network),
      model_(new NetworkModel(theme, this)),
      name_(new QLabel),
      totals_(new QLabel),
      layerName_(new QLabel),
      message_(new QLabel),
      table_(new QTableView),
      dimensions_(new QTableWidget(0, 3)),
      graph_(new NetworkGraphView(theme)),
      save_(button(tr("Save as…"), tr("Write the network as it is here to a *.network.yaml"))),
      vary_(new QToolButton) {
  styleParts();
  arrange();
  bindParts();
  connect(&estimates_, &EstimateController::networkChanged, this, &NetworkPage::takeNetwork);
  const auto takeEstimate = [this] {
    model_->setEstimate(estimates_.outcome().estimate, estimates_.outOfDate());
    graph_->setShares(sharesOfLayers());
  };
  connect(&estimates_, &EstimateController::outcomeChanged, this, takeEstimate);
  connect(&estimates_, &EstimateController::stateChanged, this, takeEstimate);
  connect(&theme_, &Theme::changed, this, [this] {
    const QString said = message_->text();
    if (network_) refreshTotals();
    refreshDimensions();
    say(said);
  });
  takeNetwork();
}

/// Of the layers of the network shown; nothing of a result that is out of date.
std::vector<double> NetworkPage::sharesOfLayers() const {
  const auto& estimate = estimates_.outcome().estimate;
  if (!estimate || !network_ || estimates_.outOfDate() || estimate->cycles <= 0) return {};
  std::map<std::string, double> byName;
  for (const LayerEstimate& layer : estimate->layers) {
    byName[layer.name] = static_cast<double>(layer.cycles) / static_cast<double>(estimate->cycles);
    for (const std::string& fused : layer.fused) byName[fused] = 0;
  }
  std::vector<double> shares;
  for (const Layer& layer : network_->layers) {
    const auto found = byName.find(layer.name);
    shares.push_back(found == byName.end() ? -1 : found->second);
  }
  return shares;
}

void NetworkPage::styleParts() {
  name_->setFont(theme_.font(11, true));
  name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  totals_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  message_->setWordWrap(true);
  message_->setAccessibleDescription(tr("What is wrong with the value"));
  layerName_->setFont(theme_.font(9, true));

  table_->setModel(model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setAccessibleName(tr("Layers of the network"));
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(23);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setStretchLastSection(true);

  dimensions_->setHorizontalHeaderLabels({tr("Dimension"), tr("Value"), tr("Meaning")});
  dimensions_->setAccessibleName(tr("Dimensions and parameters"));
  dimensions_->verticalHeader()->hide();
  dimensions_->verticalHeader()->setDefaultSectionSize(22);
  dimensions_->setShowGrid(false);
  dimensions_->horizontalHeader()->setStretchLastSection(true);
  dimensions_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  dimensions_->horizontalHeader()->setHighlightSections(false);
  dimensions_->setSelectionMode(QAbstractItemView::SingleSelection);
  dimensions_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                               QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
  auto* delegate = new DimensionDelegate(*this, [this](const QString& problem) { say(problem); });
  dimensions_->setItemDelegateForColumn(DimensionValue, delegate);
}

QLayout* NetworkPage::makeHead() {
  auto* import =
      button(tr("Import…"), tr("Read an ONNX model or a SCALE-Sim topology; dropping the file on the "
                               "window does the same"));
  connect(import, &QPushButton::clicked, this, &NetworkPage::importRequested);
  auto* titles = new QVBoxLayout;
  titles->setSpacing(1);
  titles->addWidget(name_);
  titles->addWidget(totals_);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 8, 12, 8);
  head->setSpacing(8);
  head->addLayout(titles, 1);
  for (QWidget* each : {import, save_}) head->addWidget(each);
  return head;
}

QWidget* NetworkPage::makeBelow() {
  auto* below = new QWidget;
  auto* belowColumn = new QVBoxLayout(below);
  belowColumn->setContentsMargins(0, 6, 0, 0);
  belowColumn->setSpacing(4);
  auto* belowHead = new QHBoxLayout;
  belowHead->setContentsMargins(12, 0, 12, 0);
  belowHead->addWidget(layerName_);
  belowHead->addWidget(message_, 1);
  vary_->setText(tr("Vary this"));
  vary_->setToolTip(tr("Vary the chosen parameter of the network in the design space"));
  vary_->setEnabled(false);
  belowHead->addWidget(vary_);
  belowColumn->addLayout(belowHead);
  belowColumn->addWidget(dimensions_, 1);
  return below;
}

void NetworkPage::arrange() {
  auto* left = new QSplitter(Qt::Vertical);
  left->addWidget(table_);
  left->addWidget(makeBelow());
  left->setStretchFactor(0, 3);
  left->setStretchFactor(1, 2);
  left->setChildrenCollapsible(false);
  auto* all = new QSplitter(Qt::Horizontal);
  all->addWidget(left);
  all->addWidget(graph_);
  all->setStretchFactor(0, 1);
  all->setSizes({940, 310});
  all->setChildrenCollapsible(false);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(makeHead());
  column->addWidget(all, 1);
  setFocusProxy(table_);
}

void NetworkPage::bindParts() {
  connect(save_, &QPushButton::clicked, this, &NetworkPage::saveRequested);
  connect(&documents_, &TextDocuments::changed, this, &NetworkPage::documentChanged);
  // Queued: the rows are made anew, but not under the editor that is just being closed.
  dimensions_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(dimensions_, &QTableWidget::customContextMenuRequested, this, &NetworkPage::showMenu);
  connect(vary_, &QToolButton::clicked, this, [this] { Q_EMIT varyRequested(currentParameter()); });
  connect(dimensions_, &QTableWidget::currentCellChanged, this,
          [this] { vary_->setEnabled(!currentParameter().isEmpty()); });
  connect(dimensions_, &QTableWidget::cellChanged, this, &NetworkPage::edit, Qt::QueuedConnection);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
    graph_->setCurrentLayer(currentRow());
    refreshDimensions();
    if (!taking_ && currentRow() >= 0) {
      Q_EMIT layerSelected(model_->index(currentRow(), NetworkModel::Name).data().toString());
    }
  });
  connect(graph_, &NetworkGraphView::layerActivated, table_, &QTableView::selectRow);
}

QString NetworkPage::totalsText() const {
  return totals_->text();
}
QString NetworkPage::messageText() const {
  return message_->text();
}

int NetworkPage::currentRow() const {
  return table_->currentIndex().isValid() ? table_->currentIndex().row() : -1;
}

void NetworkPage::takeNetwork() {
  const auto& text = estimates_.networkText();
  const QString path = estimates_.input().networkPath;
  network_ = estimates_.network();
  save_->setEnabled(network_ != nullptr);
  if (text) {
    TextDocument* document = documents_.find(path);
    if (document && document->text() != *text && !document->isClean()) {
      // It was being read while it was changed: what is here is newer.
      showDocument(*document);
      return documentChanged(document);
    }
    if (!document || document->text() != *text) {
      taking_ = true;
      document =
          &documents_.open(path, *text,
                           fileKindOf(path) == FileKind::Network && path.endsWith(QLatin1String(".yaml")) &&
                               !estimates_.input().texts.contains(path));
      taking_ = false;
    }
    showDocument(*document);
  }
  if (!network_) {
    if (text && document_->steps() > 0) {
      // An edit gone wrong: what was there stays to look at.
      totals_->setText(tr("Out of date: the text has errors, Problems has them all."));
      totals_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::error).name()));
      return;
    }
    const bool trace = !estimates_.input().tracePath.isEmpty();
    whyEmpty_ = trace ? tr("A trace is open instead of a network: its instructions are in Kernels. Choose a "
                           "network above to see its layers.")
                : path.isEmpty()
                    ? tr("No network yet. Choose one above, or drop a network, an ONNX model or a "
                         "SCALE-Sim topology on the window.")
                : hasErrors(estimates_.problems())
                    ? tr("%1 has errors; Problems has them all.").arg(QFileInfo(path).fileName())
                    : tr("Reading %1 …").arg(QFileInfo(path).fileName());
    Q_EMIT filled();
    return;
  }
  taking_ = true;
  const int row = currentRow();
  const bool same = model_->network() && model_->network()->layers.size() == network_->layers.size();
  model_->setNetwork(network_);
  graph_->setNetwork(network_);
  if (!same) {
    for (const auto& [column, most] : {std::pair<int, int>{NetworkModel::Name, 180},
                                       {NetworkModel::Operator, 110},
                                       {NetworkModel::Dimensions, 190},
                                       {NetworkModel::Output, 170},
                                       {NetworkModel::Macs, 130},
                                       {NetworkModel::Weights, 110},
                                       {NetworkModel::Activations, 110}}) {
      table_->resizeColumnToContents(column);
      table_->setColumnWidth(column, std::clamp(table_->columnWidth(column) + 8, 60, most));
    }
  }
  if (model_->rowCount() > 0) table_->selectRow(same && row >= 0 ? row : 0);
  taking_ = false;
  whyEmpty_.clear();
  Q_EMIT filled();
  refreshTotals();
  refreshDimensions();
}

void NetworkPage::showDocument(TextDocument& document) {
  document_ = &document;
}

void NetworkPage::documentChanged(TextDocument* document) {
  if (taking_) return;
  const QString& path = document->path();
  const auto& texts = estimates_.input().texts;
  const auto known = texts.find(path);
  const bool chosen = path == estimates_.input().networkPath;
  // One that is not chosen counts by its file, as long as that is there.
  if (!chosen && known == texts.end() && !document->isLost()) return;
  const auto counts = known != texts.end() ? known->second : chosen ? estimates_.networkText() : nullptr;
  const bool kept = known != texts.end() || !document->isLost();  // also without its file
  if (kept && counts && *counts == document->text()) return;
  estimates_.setText(path, std::make_shared<const std::string>(document->text()));
}

void NetworkPage::refreshTotals() {
  std::int64_t activations = 0;
  for (const Tensor& tensor : network_->tensors) {
    if (tensor.role != TensorRole::Weight && tensor.role != TensorRole::Constant)
      activations += tensor.elements();
  }
  name_->setText(QString::fromStdString(network_->name));
  const auto foreign = std::count_if(network_->layers.begin(), network_->layers.end(),
                                     [](const Layer& layer) { return layer.foreign; });
  QString text = tr("%1 layers  ·  %2 MACs  ·  %3 weights  ·  %4 activations")
                     .arg(network_->layers.size())
                     .arg(grouped(network_->macs()), grouped(network_->weights()), grouped(activations));
  if (foreign > 0) text += tr("  ·  %1 layers of unknown operators").arg(foreign);
  const auto guessed = std::count_if(network_->layers.begin(), network_->layers.end(),
                                     [this](const Layer& layer) { return network_->sizeGuessed(layer); });
  if (guessed > 0) text += tr("  ·  %1 layers of guessed size").arg(guessed);
  totals_->setText(text);
  totals_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::mutedText).name()));
}

std::vector<NetworkPage::DimensionRow> NetworkPage::dimensionRows() const {
  std::vector<DimensionRow> rows;
  if (!network_) return rows;
  for (const auto& [name, value] : network_->parameters) {
    rows.push_back({QString::fromStdString(name), value, tr("parameter of the network"), true, true});
  }
  const int row = currentRow();
  if (row < 0 || row >= static_cast<int>(network_->layers.size())) return rows;
  const Layer& layer = network_->layers[static_cast<std::size_t>(row)];
  const OperatorSpecification* specification = findOperator(layer.operatorName);
  if (specification == nullptr) return rows;
  for (const DimensionSpecification& dimension : specification->dimensions) {
    const auto value = layer.dimensions.find(dimension.name);
    if (value == layer.dimensions.end()) continue;
    const QString meaning = QString::fromStdString(dimension.description);
    rows.push_back({QString::fromStdString(dimension.name), value->second,
                    dimension.derived ? tr("%1; follows from the others").arg(meaning) : meaning,
                    !dimension.derived, false});
  }
  return rows;
}

/// Rows that stay keep their items, and with them the current cell and the editor that is open in it.
void NetworkPage::refreshDimensions() {
  const QSignalBlocker quiet(dimensions_);
  say({});
  const int row = currentRow();
  const bool known = network_ && row >= 0 && row < static_cast<int>(network_->layers.size());
  layerName_->setText(known ? QString::fromStdString(network_->layers[static_cast<std::size_t>(row)].name)
                            : QString());
  const std::vector<DimensionRow> rows = dimensionRows();
  dimensions_->setRowCount(static_cast<int>(rows.size()));
  for (int at = 0; at < dimensions_->rowCount(); ++at) {
    const DimensionRow& dimension = rows[static_cast<std::size_t>(at)];
    const auto cell = [&](int column) {
      QTableWidgetItem* item = dimensions_->item(at, column);
      if (item == nullptr) dimensions_->setItem(at, column, item = new QTableWidgetItem);
      return item;
    };
    const QColor muted = theme_.colour(&Palette::mutedText);
    cell(DimensionName)->setText(dimension.name);
    cell(DimensionName)->setFlags(Qt::ItemIsEnabled);
    cell(DimensionName)->setData(isParameterRole, dimension.parameter);
    cell(DimensionValue)->setText(QString::number(dimension.value));
    cell(DimensionValue)
        ->setFlags(dimension.editable ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable
                                      : Qt::ItemIsEnabled);
    cell(DimensionValue)->setForeground(dimension.editable ? theme_.colour(&Palette::text) : muted);
    cell(DimensionMeaning)->setText(dimension.meaning);
    cell(DimensionMeaning)->setFlags(Qt::ItemIsEnabled);
    cell(DimensionMeaning)->setForeground(muted);
  }
}

NetworkPlan NetworkPage::planFor(const QString& name, const QString& text) const {
  if (!network_) return {{}, tr("There is no network.")};
  return planNetworkEdit(*network_, document_->text(), currentRow(), name, text);
}

QString NetworkPage::problemOf(const QString& dimension, const QString& text) const {
  return planFor(dimension, text).problem;
}

void NetworkPage::edit(int row, int column) {
  if (column != DimensionValue || !network_ || row >= dimensions_->rowCount()) return;
  const QString name = dimensions_->item(row, DimensionName)->text();
  const QString text = dimensions_->item(row, DimensionValue)->text();
  const bool parameter = dimensions_->item(row, DimensionName)->data(isParameterRole).toBool();
  const NetworkPlan plan = planFor(name, text);
  QString problem = plan.problem;
  if (problem.isEmpty() && !plan.changes.empty()) {
    const QString what =
        parameter ? tr("Change %1").arg(name) : tr("Change %1 of %2").arg(name, layerName_->text());
    if (!document_->change(plan.changes, what))
      problem = tr("The text does not allow this change; edit it by hand.");
  }
  if (!problem.isEmpty()) {
    refreshDimensions();
    say(problem);
  }
}

QString NetworkPage::currentParameter() const {
  const QTableWidgetItem* item = dimensions_->item(dimensions_->currentRow(), DimensionName);
  return item != nullptr && item->data(isParameterRole).toBool() ? item->text() : QString();
}

void NetworkPage::showMenu(const QPoint& at) {
  const QTableWidgetItem* item = dimensions_->itemAt(at);
  if (item == nullptr) return;
  dimensions_->setCurrentCell(item->row(), item->column());
  if (currentParameter().isEmpty()) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(vary_->text()), &QAction::triggered, this,
          [this] { Q_EMIT varyRequested(currentParameter()); });
  menu->popup(dimensions_->viewport()->mapToGlobal(at));
}

void NetworkPage::say(const QString& message) {
  message_->setText(message);
  message_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::error).name()));
}

void NetworkPage::setCurrentLayer(const QString& name) {
  for (int row = 0; row < model_->rowCount(); ++row) {
    if (model_->index(row, NetworkModel::Name).data().toString() != name) continue;
    taking_ = true;
    table_->selectRow(row);
    taking_ = false;
    return;
  }
}

}  // namespace taktwerk
