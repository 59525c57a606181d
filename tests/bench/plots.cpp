// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long plots of 100,000 results take: from a brush to its picture, and a painting while results stream
// in. Times are of the processor, drawn offscreen at 1600 × 700; what counts is 100 ms for a brush, 33 ms for
// the 99th percentile of paintings.
#include <QApplication>
#include <QTabWidget>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/result_plot.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/theme/theme.h"

namespace taktwerk {
namespace {

double milliseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Eight parameters and four figures, each point somewhere else.
RowTable emptyTable() {
  std::vector<SweepColumn> columns;
  columns.reserve(8);
  for (int p = 0; p < 8; ++p) columns.push_back({"arch.p" + std::to_string(p), {}});
  std::vector<Figure> figures(4);
  figures[0].name = "cycles";
  figures[1].name = "area";
  figures[2].name = "energy";
  figures[3].name = "traffic";
  return RowTable(columns, figures);
}

void addRows(RowTable& table, int count, std::mt19937& random) {
  for (int i = 0; i < count; ++i) {
    SweepRow row;
    row.point.number = static_cast<std::int64_t>(table.rows());
    double product = 1;
    for (int p = 0; p < 8; ++p) {
      row.point.values.emplace_back(1 + static_cast<std::int64_t>(random() % (8U << p)));
      product *= static_cast<double>(*row.point.values.back());
    }
    const double noise = 0.5 + static_cast<double>(random() % 1000) / 1000;
    row.figures = {1e12 / product * noise, product * noise, product / noise, 1e6 * noise};
    table.add(row);
  }
}

void settle(JobManager& jobs, const SweepResults& results) {
  do QApplication::processEvents();
  while (!jobs.states().empty() || results.isArranging());
}

void measure(PlotPanel& panel, SweepResults& results, JobManager& jobs, const char* name, RowTable table,
             std::mt19937& random) {
  std::vector<double> brushes, paints;
  for (int i = 0; i < 20; ++i) {
    const double before = milliseconds(CLOCK_MONOTONIC);
    (void)results.setFilter("cycles <= " + QString::number(1e3 * (i + 1)) +
                            " and p7 >= " + QString::number(i * 20));
    settle(jobs, results);
    if (ResultPlot* plot = panel.currentPlot()) plot->grab();
    brushes.push_back(milliseconds(CLOCK_MONOTONIC) - before);
  }
  (void)results.setFilter("");
  settle(jobs, results);
  for (int i = 0; i < 100; ++i) {
    addRows(table, 50, random);
    results.grow(table);
    const double before = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    if (ResultPlot* plot = panel.currentPlot()) plot->grab();
    paints.push_back(milliseconds(CLOCK_THREAD_CPUTIME_ID) - before);
  }
  settle(jobs, results);
  std::sort(brushes.begin(), brushes.end());
  std::sort(paints.begin(), paints.end());
  std::printf(
      "plots: %-10s brush: median %6.1f ms, longest %6.1f ms (limit 100); painting: median %5.1f ms, 99th "
      "percentile %5.1f ms (limit 33)\n",
      name, brushes[brushes.size() / 2], brushes.back(), paints[paints.size() / 2], paints[98]);
}

int run() {
  JobManager jobs;
  const Theme theme(false);
  SweepResults results(jobs);
  PlotPanel panel(jobs, theme, results);
  panel.resize(1600, 700);
  panel.show();
  std::mt19937 random(7);
  RowTable table = emptyTable();
  addRows(table, 100'000, random);
  results.begin(table);
  settle(jobs, results);
  const char* names[] = {"scatter", "parallel", "heat map", "effects"};
  for (int tab = 0; tab < 4; ++tab) {
    results.begin(table);
    panel.tabs().setCurrentIndex(tab);
    settle(jobs, results);
    RowTable own = emptyTable();
    std::mt19937 again(7);
    addRows(own, 100'000, again);
    results.begin(own);
    settle(jobs, results);
    measure(panel, results, jobs, names[tab], own, random);
  }
  return 0;
}

}  // namespace
}  // namespace taktwerk

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  return taktwerk::run();
}
