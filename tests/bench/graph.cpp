// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a painting of a dependency graph takes: 300 pans and zooms of about 5,000 nodes at 1600 × 1000,
// drawn offscreen, and of about 1,000 that are laid out. Times are of the processor; what counts is the 99th
// percentile, whose limit is 33 ms. How long a layout takes is told by the clock.
#include <QApplication>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>
#include <vector>

#include "tests/bench/graph_bench.h"
#include "tests/support/places.h"
#include "widgets/document/document.h"
#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/graph_data.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

std::shared_ptr<const LayerGraph> graphOf(const QString& root, std::int64_t nodes) {
  EstimateInput input;
  const QString file = root + QStringLiteral("/archs/gemmini/gemmini.arch.yaml");
  input.document = std::make_shared<const Document>(openDocument(file));
  input.networkPath = root + QStringLiteral("/resources/networks/resnet-50.network.yaml");
  Progress progress;
  std::int64_t count = 64;
  for (;; count += count / 4) {
    const ProgramWindow window{ProgramWindow::Unit::Instructions, 0, count};
    auto graph = graphOfLayer(input, QStringLiteral("layer1.0.conv2"), window, shownAtMost, progress);
    if (!graph->made) {
      for (const Diagnostic& each : graph->diagnostics) std::fprintf(stderr, "%s\n", toString(each).c_str());
      return nullptr;
    }
    if (static_cast<std::int64_t>(graph->window.graph.nodes.size()) >= nodes) return graph;
  }
}

double milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void printPaintings(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  std::printf("graph: %-32s  median %6.2f ms, 99th percentile %6.2f ms, longest %6.2f ms (limit 33)\n", what,
              times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

namespace {

/// Pans, then zooms in and out about different places, 300 paintings in all.
void measure(GraphCanvas& canvas, const char* what) {
  canvas.fit();
  const QSizeF size = canvas.viewport()->size();
  std::vector<double> times;
  constexpr int paints = 300;
  for (int i = 0; i < paints; ++i) {
    const double begin = milliseconds();
    if (i % 3 == 0) {
      canvas.horizontalScrollBar()->setValue(canvas.horizontalScrollBar()->value() +
                                             (i % 60 < 30 ? 37 : -37));
      canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->value() + (i % 90 < 45 ? 23 : -23));
    } else {
      const double factor = i % 40 < 20 ? 1.2 : 1 / 1.2;
      canvas.zoomBy(factor, factor, QPointF(size.width() * (i % 7) / 7, size.height() * (i % 5) / 5));
    }
    canvas.viewport()->repaint();
    times.push_back(milliseconds() - begin);
  }
  printPaintings(what, std::move(times));
}

int run() {
  const QString root = QString::fromStdString(taktwerk::sourceDirectory());
  const auto graph = graphOf(root, 5000);
  if (!graph) return 1;
  std::printf("%zu nodes, %zu edges, %lld instructions\n", graph->window.graph.nodes.size(),
              graph->window.graph.edges.size(),
              static_cast<long long>(graph->window.end - graph->window.first));
  const Theme theme(false);
  GraphCanvas canvas(theme);
  canvas.resize(1600, 1000);
  canvas.show();
  canvas.setGraph(graph);
  QApplication::processEvents();
  for (const GraphRows rows : {GraphRows::Instructions, GraphRows::Objects}) {
    const bool objects = rows == GraphRows::Objects;
    canvas.setRows(rows);
    canvas.setShown({true, true, true, true}, true, false);
    measure(canvas, objects ? "blocks, critical path" : "instructions, critical path");
    canvas.select(static_cast<std::uint32_t>(graph->window.graph.nodes.size() / 2));
    canvas.setShown({true, true, true, true}, true, true);
    measure(canvas, objects ? "blocks, all edges" : "instructions, all edges");
    canvas.setShown({true, true, true, true}, false, true);
    measure(canvas, objects ? "blocks, all edges, no path" : "instructions, all edges, no path");
  }
  return measureLaidOut(root, QApplication::applicationDirPath());
}

}  // namespace
}  // namespace taktwerk

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  return taktwerk::run();
}
