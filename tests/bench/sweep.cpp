// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a sweep costs beside the timing of its programs, and what a second thread brings: the whole and the
// timing of the same run, in seconds of the processor. bench_sweep [POINTS OF THE ARRAY (100)]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/estimate/threads.h"
#include "core/space/vary.h"
#include "core/study/study_memory.h"
#include "core/sweep/run_sweep.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

struct Case {
  std::string architecture;
  std::vector<std::string> vary;
  PointChoice choice;
};

/// Seconds that all points take on so many threads.
double run(const Case& what, unsigned jobs) {
  SweepFiles files;
  files.files.architecture =
      sourceDirectory() + "/archs/" + what.architecture + '/' + what.architecture + ".arch.yaml";
  files.files.network = sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml";
  Space space;
  for (const std::string& text : what.vary) space.dimensions.push_back(std::get<Dimension>(parseVary(text)));
  StudyMemory memory;
  const auto sweep = std::make_shared<const Sweep>(std::move(*bindSpace(std::move(space), files, memory)));
  SweepOptions options;
  options.jobs = jobs;
  options.study.how.jobs = 1;
  options.study.keep = false;
  SweepControl control;
  const auto begin = std::chrono::steady_clock::now();
  const SweepTotals totals =
      runSweep(*sweep, pointsOf(sweep, what.choice).stream, options, memory, control, [](const SweepRow&) {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf(
      "%s: %lld points, %u threads: %.2f s; %.2f s of the processor, %.2f s (%.1f %%) to time programs\n",
      what.architecture.c_str(), static_cast<long long>(totals.all()), threadsOf(jobs), seconds,
      totals.processorSeconds, totals.timingSeconds, 100 * totals.timingSeconds / totals.processorSeconds);
  return seconds;
}

void compare(const Case& what) {
  const double one = run(what, 1), two = run(what, 2);
  std::printf("%s: two threads are %.2f times as fast as one\n", what.architecture.c_str(), one / two);
}

}  // namespace
}  // namespace taktwerk

int main(int argc, char** argv) {
  using namespace taktwerk;
  const std::int64_t points = argc > 1 ? std::atoll(argv[1]) : 100;
  compare({"gemmini", {"mesh=2:32:2", "scratchpad_rows=1024:16384:1024", "bus_bytes=4:160:4"}, {}});
  compare({"systolic-array",
           {"rows=2:32", "columns=2:32", "memory_port_width=1,4,16", "element_latency=1,2,4,8"},
           {.how = PointChoice::How::Random, .wanted = points}});
}
