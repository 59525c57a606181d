// SPDX-License-Identifier: GPL-3.0-or-later
// What the page does with the form that is laid out. What is selected is a node, of which boxes show the one
// that it is in; so it stays when the form changes and when boxes are opened.
#include <QComboBox>
#include <QStackedWidget>
#include <QTableView>

#include "core/report/folded_graph_files.h"
#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/graph_legend.h"
#include "widgets/graph/graph_page.h"
#include "widgets/graph/laid_out_canvas.h"
#include "widgets/graph/laid_out_pane.h"
#include "widgets/graph/path_model.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

bool GraphPage::isLaidOut() const {
  return forms_->currentIndex() == 1;
}

/// The laid out graph, where it is the form and shows the graph of the page.
const LaidOutGraph* GraphPage::boxes() const {
  const auto& shown = laidOut_->shown();
  return isLaidOut() && shown && shown->graph == graph_ ? shown.get() : nullptr;
}

void GraphPage::showForm() {
  const int form = form_->currentIndex();
  const bool laidOut = form >= 2;
  if (!laidOut) canvas_->setRows(form == 0 ? GraphRows::Instructions : GraphRows::Objects);
  if (laidOut) laidOut_->setBy(form == 2 ? FoldBy::Loops : FoldBy::Blocks);
  forms_->setCurrentIndex(laidOut ? 1 : 0);
  legend_->offerAllEdges(!laidOut);
  Q_EMIT formChanged();
  if (laidOut) return showLaidOut();
  if (const auto node = canvas_->look().selected) canvas_->bringIntoSight(*node);
  showNode(canvas_->look().selected);
  more_->setVisible(canvas_->hasMore());
  showSummary();
}

/// Another picture is there, or none.
void GraphPage::showLaidOut() {
  markSelected();
  markFound();
  if (const LaidOutGraph* const shown = boxes()) {
    const auto node = canvas_->look().selected;
    if (node) {
      const std::uint32_t box = shown->folded.boxOf[*node];
      if (laidOut_->canvas().look().selected != box) laidOut_->canvas().select(box);
      showBox(box);
    } else {
      showNode(std::nullopt);
    }
  }
  more_->setVisible(isLaidOut() ? laidOut_->canvas().hasMore() : canvas_->hasMore());
  showSummary();
}

void GraphPage::selectNode(std::uint32_t node) {
  canvas_->select(node);
  canvas_->bringIntoSight(node);
  if (const LaidOutGraph* const shown = boxes()) {
    laidOut_->canvas().select(shown->folded.boxOf[node]);
    laidOut_->canvas().bringIntoSight(shown->folded.boxOf[node]);
  }
  showNode(node);
  selectBlocks({node});
}

/// By the user, in the picture; −1: nothing any more. In the list stands the first step in that box.
void GraphPage::chooseBox(qint64 box) {
  const LaidOutGraph* const shown = boxes();
  if (box < 0 || shown == nullptr) {
    list_->setCurrentIndex({});
    canvas_->select(std::nullopt);
    return showNode(std::nullopt);
  }
  const auto chosen = static_cast<std::uint32_t>(box);
  int row = -1;
  for (std::size_t step = 0; step < graph_->path.size() && row < 0; ++step) {
    if (shown->folded.boxOf[graph_->path[step].node] == chosen) row = static_cast<int>(step);
  }
  choosing_ = true;
  list_->setCurrentIndex(row < 0 ? QModelIndex() : path_->index(row, 0));
  choosing_ = false;
  const FoldedBox& inside = shown->folded.boxes[chosen];
  canvas_->select(row < 0 ? inside.nodes.front() : graph_->path[static_cast<std::size_t>(row)].node);
  showBox(chosen);
  // What works, where something does: every instruction goes through the same stages.
  std::vector<std::uint32_t> works;
  for (const std::uint32_t n : inside.nodes) {
    if (graph_->window.graph.nodes[n].kind >= NodeKind::Unit) works.push_back(n);
  }
  selectBlocks(works.empty() ? inside.nodes : works);
}

void GraphPage::showBox(std::uint32_t box) {
  QString text;
  for (const std::string& line : boxInWords(graph_->window, boxes()->folded.boxes[box])) {
    if (!text.isEmpty()) text += QLatin1Char('\n');
    text += shortened(line, 200);
  }
  detail_->setText(text);
}

void GraphPage::markFound() {
  const LaidOutGraph* const shown = boxes();
  if (shown == nullptr) return;
  std::vector<bool> found;
  if (!found_.empty()) found.resize(shown->boxes.size());
  for (const std::uint32_t n : found_) found[shown->folded.boxOf[n]] = true;
  laidOut_->canvas().setFound(std::move(found));
}

}  // namespace taktwerk
