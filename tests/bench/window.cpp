// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long people wait in the window: the real one, drawn offscreen. Times are those of the clock on the
// wall, from what the user does to when the result is drawn; a gap is the longest time for which the window
// did not react meanwhile.
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>

#include <benchmark/benchmark.h>

#include "app/desktop/main_window.h"
#include "tests/support/places.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/theme/theme.h"

namespace taktwerk {
namespace {

const QString root = QString::fromStdString(taktwerk::sourceDirectory());

/// Stages in a row, each with a unit, a register file and its share of memories: `blocks` objects in all.
QByteArray generatedArchitecture(int blocks) {
  QByteArray objects =
      "format: taktwerk-architecture/1\nname: generated\nobjects:\n"
      "  imem: {class: SRAM}\n  imau: {class: InstructionMemoryAccessUnit}\n"
      "  fetch: {class: InstructionFetchStage}\n  dmem: {class: SRAM}\n";
  QByteArray connections = "connections:\n  - contains: [fetch, imau]\n  - reads: [imau, imem]\n";
  QByteArray before = "fetch";
  for (int i = 0; i < (blocks - 4) / 4; ++i) {
    const QByteArray n = QByteArray::number(i);
    objects += "  stage" + n + ": {class: ExecuteStage}\n  alu" + n +
               ": {class: FunctionalUnit, operations: [mac]}\n  lsu" + n +
               ": {class: MemoryAccessUnit, operations: [load]}\n  regs" + n +
               ": {class: RegisterFile, registers: [\"r[8]\"]}\n";
    connections += "  - forward: [" + before + ", stage" + n + "]\n  - contains: [stage" + n + ", alu" + n +
                   "]\n  - contains: [stage" + n + ", lsu" + n + "]\n  - reads: [alu" + n + ", regs" + n +
                   "]\n  - writes: [alu" + n + ", regs" + n + "]\n  - writes: [lsu" + n + ", regs" + n +
                   "]\n  - reads: [lsu" + n + ", dmem]\n";
    before = "stage" + n;
  }
  return objects + connections;
}

/// A window on the screen, and what is measured with it.
struct Desk {
  Theme theme{false};
  std::unique_ptr<MainWindow> window;
  QTemporaryDir folder;

  void start() {
    window = std::make_unique<MainWindow>(theme, false);
    window->ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
    window->resize(1600, 1000);
    window->show();
    QApplication::processEvents();
  }
  /// Works off events until the condition holds, and draws; returns the longest gap between two ticks in ms.
  double until(const std::function<bool()>& holds) {
    QElapsedTimer sinceTick;
    double gap = 0;
    sinceTick.start();
    const auto tick = [&] {
      gap = std::max(gap, static_cast<double>(sinceTick.nsecsElapsed()) / 1e6);
      sinceTick.restart();
    };
    QTimer ticks;
    QObject::connect(&ticks, &QTimer::timeout, tick);
    ticks.start(1);
    while (!holds()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QApplication::processEvents();
    tick();
    return gap;
  }
  double untilIdle() {
    return until([this] { return !window->busy(); });
  }
  QString file(int blocks) const {
    if (blocks == 0) return root + QStringLiteral("/archs/one-mac/one-mac.arch.yaml");
    QString path = folder.filePath(QStringLiteral("generated.arch.yaml"));
    QFile out(path);
    if (out.open(QIODevice::WriteOnly)) out.write(generatedArchitecture(blocks));
    return path;
  }
  /// The systolic array with so many rows and columns.
  QString array(int edge = 64) const {
    QFile in(root + QStringLiteral("/archs/systolic-array/systolic-array.arch.yaml"));
    QString path = folder.filePath(QStringLiteral("array.arch.yaml"));
    QFile out(path);
    if (in.open(QIODevice::ReadOnly) && out.open(QIODevice::WriteOnly)) {
      out.write(in.readAll().replace("default: 4, minimum: 1, maximum: 128",
                                     "default: " + QByteArray::number(edge) + ", minimum: 1"));
    }
    return path;
  }
  void open(const QString& path, const QString& network = {}) const {
    QStringList paths{path};
    if (!network.isEmpty())
      paths << root + QStringLiteral("/resources/networks/%1.network.yaml").arg(network);
    window->openFiles(paths);
  }
};

/// Runs one measurement an iteration in a window that is not yet timed; what is measured is in ms.
void measure(benchmark::State& state, const std::function<double(Desk&)>& once) {
  for (auto _ : state) {
    Desk desk;
    state.SetIterationTime(once(desk) / 1e3);
  }
}

double elapsed(const QElapsedTimer& timer) {
  return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// Time of the processor that the window's own thread took so far, in ms: what else runs does not count.
double windowTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void addBenchmarks(int blocks, const std::string& what) {
  const auto add = [&](const std::string& name, const std::function<double(Desk&)>& once) {
    benchmark::RegisterBenchmark(("window: " + name + what).c_str(),
                                 [once](benchmark::State& state) { measure(state, once); })
        ->UseManualTime()
        ->Iterations(3)
        ->Unit(benchmark::kMillisecond);
  };
  add("open ", [blocks](Desk& desk) {
    desk.start();
    desk.untilIdle();
    const QString path = desk.file(blocks);
    QElapsedTimer timer;
    timer.start();
    desk.open(path);
    desk.untilIdle();
    return elapsed(timer);
  });
  add("longest gap while opening ", [blocks](Desk& desk) {
    desk.start();
    desk.untilIdle();
    desk.open(desk.file(blocks));
    return desk.untilIdle();
  });
}

void addAll() {
  const auto add = [](const std::string& name, const std::function<double(Desk&)>& once) {
    benchmark::RegisterBenchmark(("window: " + name).c_str(),
                                 [once](benchmark::State& state) { measure(state, once); })
        ->UseManualTime()
        ->Iterations(3)
        ->Unit(benchmark::kMillisecond);
  };
  add("start to usable", [](Desk& desk) {
    QElapsedTimer timer;
    timer.start();
    desk.start();
    return elapsed(timer);
  });
  addBenchmarks(0, "one-mac");
  addBenchmarks(500, "500 blocks");
  const auto frames = [](Desk& desk, bool zoom) {
    auto* view = desk.window->findChild<DiagramView*>();
    view->zoomBy(1.5);
    view->viewport()->repaint();  // fonts are laid out once
    constexpr int count = 60;
    double longest = 0;
    for (int i = 0; i < count; ++i) {
      QElapsedTimer timer;
      timer.start();
      if (zoom) {
        view->zoomBy(i % 2 == 0 ? 1.1 : 1 / 1.1);
      } else {
        view->horizontalScrollBar()->setValue(view->horizontalScrollBar()->value() +
                                              (i % 20 < 10 ? 12 : -12));
      }
      view->viewport()->repaint();
      longest = std::max(longest, elapsed(timer));
    }
    return longest;
  };
  for (const bool zoom : {false, true}) {
    const std::string what = zoom ? "zoom, longest frame, " : "pan, longest frame, ";
    add(what + "500 blocks (limit 16)", [frames, zoom](Desk& desk) {
      desk.start();
      desk.open(desk.file(500));
      desk.untilIdle();
      return frames(desk, zoom);
    });
    add(what + "64x64 array (limit 16)", [frames, zoom](Desk& desk) {
      desk.start();
      desk.open(desk.array());
      desk.untilIdle();
      return frames(desk, zoom);
    });
  }
  const auto editOnScreen = [](Desk& desk, const char* object) {
    desk.untilIdle();
    auto* view = desk.window->findChild<DiagramView*>();
    constexpr int edits = 10;
    const double begun = windowTime();
    for (int i = 0; i < edits; ++i) {
      desk.window->documents().edit(QStringLiteral("Set"),
                                    {SetAttribute{object, "note", yamlScalar(std::to_string(i))}});
      view->viewport()->repaint();
    }
    return (windowTime() - begun) / edits;
  };
  add("an edit on the screen, one-mac (limit 50)", [editOnScreen](Desk& desk) {
    desk.start();
    desk.open(desk.file(0));
    return editOnScreen(desk, "decode");
  });
  add("an edit on the screen, 500 blocks (limit 50)", [editOnScreen](Desk& desk) {
    desk.start();
    desk.open(desk.file(500));
    return editOnScreen(desk, "dmem");
  });
  add("an edit on the screen, 64x64 array (limit 30)", [editOnScreen](Desk& desk) {
    desk.start();
    desk.open(desk.array());
    return editOnScreen(desk, "fetch");
  });
  add("back through 75 steps, 64x64 array (limit 200)", [](Desk& desk) {
    desk.start();
    desk.open(desk.array());
    desk.untilIdle();
    for (int i = 0; i < 75; ++i) {
      desk.window->documents().edit(QStringLiteral("Set"),
                                    {SetAttribute{"fetch", "note", yamlScalar(std::to_string(i))}});
    }
    const double begun = windowTime();
    desk.window->documents().history().setIndex(0);
    desk.window->findChild<DiagramView*>()->viewport()->repaint();
    return windowTime() - begun;
  });
  add("pan, a frame, open 16x16 array (limit 16)", [](Desk& desk) {
    desk.start();
    desk.open(desk.array(16));
    desk.untilIdle();
    Expansion all = desk.window->documents().document()->expansion;
    all.depth = 2;
    all.arraysClosed = false;
    desk.window->documents().setExpansion(all);
    auto* view = desk.window->findChild<DiagramView*>();
    double longest = 0;
    for (const double zoom : {0.0, 0.6, 1.0}) {
      if (zoom == 0) view->fit();
      if (zoom > 0) view->showPlace(view->scene()->itemsBoundingRect().center(), zoom);
      view->viewport()->repaint();
      constexpr int count = 40;
      const double begun = windowTime();
      for (int i = 0; i < count; ++i) {
        auto* bar = view->horizontalScrollBar();
        bar->setValue(bar->value() + (i % 20 < 10 ? 12 : -12));
        QApplication::processEvents();
      }
      const double frame = (windowTime() - begun) / count;
      std::printf("zoom %.2f: %.2f ms a frame\n", view->zoom(), frame);
      longest = std::max(longest, frame);
    }
    return longest;
  });
  add("live re-estimate of tc-resnet8 on one-mac (limit 100)", [](Desk& desk) {
    desk.start();
    desk.open(desk.file(0), QStringLiteral("tc-resnet8"));
    desk.untilIdle();
    desk.window->estimates().run();
    desk.untilIdle();
    QElapsedTimer timer;
    timer.start();
    desk.window->documents().edit(QStringLiteral("Set"),
                                  {SetParameter{"mac_latency", "default", yamlScalar("2")}});
    desk.until([&] { return !desk.window->estimates().outOfDate() && !desk.window->busy(); });
    return elapsed(timer);
  });
  add("estimate tc-resnet8 on one-mac", [](Desk& desk) {
    desk.start();
    desk.open(desk.file(0), QStringLiteral("tc-resnet8"));
    desk.untilIdle();
    QElapsedTimer timer;
    timer.start();
    desk.window->estimates().run();
    desk.untilIdle();
    return elapsed(timer);
  });
  add("longest gap while estimating resnet-50 on one-mac", [](Desk& desk) {
    desk.start();
    desk.open(desk.file(0), QStringLiteral("resnet-50"));
    desk.untilIdle();
    desk.window->estimates().run();
    return desk.untilIdle();
  });
  add("cancel estimating resnet-50 on one-mac", [](Desk& desk) {
    desk.start();
    desk.open(desk.file(0), QStringLiteral("resnet-50"));
    desk.untilIdle();
    desk.window->estimates().run();
    QElapsedTimer running;
    running.start();
    desk.until([&] { return running.elapsed() >= 10; });
    QElapsedTimer timer;
    timer.start();
    desk.window->estimates().cancel();
    desk.untilIdle();
    return elapsed(timer);
  });
}

}  // namespace
}  // namespace taktwerk

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  taktwerk::addAll();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
