// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a timeline takes: 300 pans and zooms at 1600 × 1000, drawn offscreen, each with all that it needs,
// also what is fetched in the background for it. Times are of the processor, all threads together; what
// counts is the 99th percentile, whose limit is 33 ms. And how long until a layer of AlexNet on an array of
// 2 × 2 is there: 1 s at most.
#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "tests/support/places.h"
#include "widgets/document/document.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_data.h"
#include "widgets/timeline/timeline_loader.h"

namespace taktwerk {
namespace {

EstimateInput inputOf(const char* architecture, const char* network) {
  const QString root = QString::fromStdString(taktwerk::sourceDirectory());
  EstimateInput input;
  input.document = std::make_shared<const Document>(openDocument(root + QLatin1String(architecture)));
  input.networkPath = root + QLatin1String(network);
  return input;
}

/// One after the other all instructions of a layer, again and again, so that no loop tells what repeats.
LayerProgram flat(const LayerProgram& layer, std::int64_t instructions) {
  ProgramBuilder builder("flat", layer.program->file);
  std::int64_t count = 0;
  while (count < instructions) {
    ProgramWalker walker(*layer.program);
    while (walker.next() && count < instructions) {
      const auto addresses = walker.addresses();
      const std::vector<std::int64_t> own(addresses.begin(), addresses.end());
      builder.add(layer.program->templates[walker.step().instruction], own);
      ++count;
    }
  }
  LayerProgram result = layer;
  result.program = std::make_shared<const Program>(std::move(builder).finish());
  return result;
}

double milliseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void print(const char* what, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  const std::size_t count = times.size();
  std::printf("timeline: %-44s  median %6.2f ms, 99th percentile %6.2f ms, longest %6.2f ms (limit 33)\n",
              what, times[count / 2], times[count * 99 / 100], times.back());
}

/// A canvas with what fetches for it.
struct Shown {
  explicit Shown(const std::shared_ptr<const LayerTime>& time) : canvas(theme), loader(jobs) {
    QObject::connect(&canvas, &TimelineCanvas::sightChanged, &loader,
                     [this] { loader.want(canvas.sight()); });
    QObject::connect(&loader, &TimelineLoader::sliceChanged, &canvas,
                     [this] { canvas.setSlice(loader.slice()); });
    QObject::connect(&loader, &TimelineLoader::fineChanged, &canvas,
                     [this] { canvas.setFine(loader.fine()); });
    canvas.resize(1600, 1000);
    canvas.show();
    loader.setTime(time);
    canvas.setTime(time, false);
    settle();
  }
  void settle() const {
    do {
      QApplication::processEvents(QEventLoop::AllEvents, 5);
    } while (loader.isWaiting());
    QApplication::processEvents();
  }

  Theme theme{false};
  JobManager jobs;
  TimelineCanvas canvas;
  TimelineLoader loader;
};

/// Pans, then zooms in and out about different places, 300 paintings in all; of what is seen from `scale`
/// pixels a cycle on.
void measure(Shown& shown, double from, double cycles, TimelineRows rows, const char* what) {
  TimelineCanvas& canvas = shown.canvas;
  canvas.setRows(rows);
  canvas.showCycles(from, from + cycles);
  shown.settle();
  const QSizeF size = canvas.viewport()->size();
  std::vector<double> painting, all;
  for (int i = 0; i < 300; ++i) {
    const double begin = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    const double here = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    if (i % 3 == 0) {
      canvas.panBy(i % 60 < 30 ? 137 : -137);
    } else {
      canvas.zoomBy(i % 40 < 20 ? 1.25 : 1 / 1.25, {size.width() * (i % 7) / 7, size.height() / 2});
    }
    canvas.viewport()->repaint();  // what is there at once …
    painting.push_back(milliseconds(CLOCK_THREAD_CPUTIME_ID) - here);
    shown.settle();
    canvas.viewport()->repaint();  // … and what belongs there
    all.push_back(milliseconds(CLOCK_PROCESS_CPUTIME_ID) - begin);
  }
  const QByteArray name(what);
  print((name + ", painting").constData(), painting);
  print((name + ", with all that is fetched").constData(), all);
}

void measureAll(const std::shared_ptr<const LayerTime>& time, const char* what) {
  Shown shown(time);
  const auto cycles = static_cast<double>(time->cycles());
  const QByteArray name(what);
  measure(shown, 0, cycles, TimelineRows::Blocks, (name + ", all").constData());
  for (const std::uint32_t lane : time->lanes.outermost) shown.canvas.setOpen(lane, true);
  measure(shown, cycles / 3, cycles / 30, TimelineRows::Blocks, (name + ", a 30th, opened").constData());
  measure(shown, cycles / 2, 700, TimelineRows::Blocks, (name + ", 700 cycles").constData());
  measure(shown, cycles / 2, 700, TimelineRows::Instructions, (name + ", rows").constData());
}

void openAlexNet() {
  EstimateInput input =
      inputOf("/archs/systolic-array/systolic-array.arch.yaml", "/resources/networks/alexnet.network.yaml");
  input.parameters = {{"arch.rows", 2}, {"arch.columns", 2}};
  Progress progress;
  std::int64_t instructions = 0;
  std::shared_ptr<const LayerTime> largest;
  for (const char* layer : {"conv1", "conv2", "conv3", "conv4", "conv5", "fc6"}) {
    const double cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    QElapsedTimer clock;
    clock.start();
    const auto time = timeOfLayer(input, QString::fromLatin1(layer), progress);
    if (!time->made) continue;
    const auto slice =
        sliceOf(time, {0, time->cycles(), 700, time->cycles() / 400 + 1, time->lanes.outermost});
    std::printf(
        "timeline: AlexNet on 2 × 2, %s: %lld instructions are there after %lld ms, %.0f ms of the "
        "processor (limit 1000)\n",
        layer, static_cast<long long>(time->timeline.instructions), static_cast<long long>(clock.elapsed()),
        milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    instructions += time->timeline.instructions;
    if (!largest || time->timeline.instructions > largest->timeline.instructions) largest = time;
  }
  std::printf("%lld instructions in all\n", static_cast<long long>(instructions));
  if (largest) measureAll(largest, "AlexNet");
}

int run() {
  openAlexNet();
  Progress progress;
  const auto layer =
      timeOfLayer(inputOf("/archs/one-mac/one-mac.arch.yaml", "/resources/networks/tc-resnet8.network.yaml"),
                  QStringLiteral("conv0"), progress);
  if (!layer->made) return 1;
  const auto time = timeOfProgram(QStringLiteral("flat"), flat(layer->program, 1'000'000), progress);
  if (!time->made) return 1;
  std::printf("%lld instructions without a loop, %lld of them known\n",
              static_cast<long long>(time->timeline.instructions),
              static_cast<long long>(time->timeline.known));
  measureAll(time, "1,000,000 flat");
  return 0;
}

}  // namespace
}  // namespace taktwerk

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  return taktwerk::run();
}
