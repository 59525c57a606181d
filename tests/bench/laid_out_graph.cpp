// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/laid_out_graph.h"

#include <QApplication>
#include <QScrollBar>
#include <chrono>
#include <cstdio>
#include <thread>

#include "tests/bench/graph_bench.h"
#include "widgets/graph/laid_out_canvas.h"
#include "widgets/theme/theme.h"

namespace taktwerk {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// From the request to end a layout until its job is over.
void measureCancelling(const std::shared_ptr<const LayerGraph>& graph, const GraphFold& fold,
                       const QString& program) {
  Progress progress;
  Clock::time_point over;
  std::thread job([&] {
    const auto result = layOutFolded(graph, fold, boxesAtMost, program, progress);
    over = Clock::now();
    if (result->state != LaidOutGraph::State::Cancelled) std::printf("it was over before\n");
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  const Clock::time_point asked = Clock::now();
  progress.cancel();
  job.join();
  std::printf("graph: ended after %.0f ms (limit 100)\n",
              std::chrono::duration<double, std::milli>(over - asked).count());
}

/// Pans, then zooms in and out about different places, 300 paintings in all.
void measure(LaidOutCanvas& canvas, const char* what) {
  canvas.fit();
  const QSizeF size = canvas.viewport()->size();
  std::vector<double> times;
  constexpr int paints = 300;
  times.reserve(paints);
  for (int i = 0; i < paints; ++i) {
    const double begin = milliseconds();
    if (i % 3 == 0) {
      canvas.horizontalScrollBar()->setValue(canvas.horizontalScrollBar()->value() +
                                             (i % 60 < 30 ? 37 : -37));
      canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->value() + (i % 90 < 45 ? 23 : -23));
    } else {
      canvas.zoomBy(i % 40 < 20 ? 1.2 : 1 / 1.2,
                    QPointF(size.width() * (i % 7) / 7, size.height() * (i % 5) / 5));
    }
    canvas.viewport()->repaint();
    times.push_back(milliseconds() - begin);
  }
  printPaintings(what, std::move(times));
}

}  // namespace

int measureLaidOut(const QString& root, const QString& folder) {
  const auto graph = graphOf(root, 1000);
  if (!graph) return 1;
  const GraphFold fold = withAllOpened(graph->window, *graph->program.program, {});
  const QString program = folder + QStringLiteral("/taktwerk-layout");
  Progress progress;
  const Clock::time_point begin = Clock::now();
  const auto laidOut = layOutFolded(graph, fold, boxesAtMost, program, progress);
  std::printf("graph: laid out %zu boxes, %zu arrows in %.0f ms (limit 3000)\n", laidOut->folded.boxes.size(),
              laidOut->folded.edges.size(), since(begin));
  if (laidOut->state != LaidOutGraph::State::Made) return 1;
  measureCancelling(graph, fold, program);
  const Theme theme(false);
  LaidOutCanvas canvas(theme);
  canvas.resize(1600, 1000);
  canvas.show();
  canvas.setGraph(laidOut);
  QApplication::processEvents();
  measure(canvas, "laid out, critical path");
  canvas.select(static_cast<std::uint32_t>(laidOut->boxes.size() / 2));
  measure(canvas, "laid out, a box selected");
  canvas.setShown({true, true, true, true}, false);
  measure(canvas, "laid out, no path");
  return 0;
}

}  // namespace taktwerk
