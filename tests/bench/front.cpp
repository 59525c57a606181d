// SPDX-License-Identifier: GPL-3.0-or-later
//
// The front of a million points: random ones, of which few are on it, and ones of a sphere, which all are.
#include "core/front/front.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/front/hypervolume.h"
#include "tests/support/random.h"

namespace taktwerk {
namespace {

constexpr std::size_t million = 1'000'000;

std::vector<std::vector<double>> pointsOf(std::size_t objectives, std::size_t count, bool sphere) {
  test::Random random(7);
  std::vector<std::vector<double>> values(objectives, std::vector<double>(count));
  for (std::size_t p = 0; p < count; ++p) {
    double square = 0;
    for (auto& column : values) {
      column[p] = 1 + static_cast<double>(random.next() >> 12U);
      square += column[p] * column[p];
    }
    if (!sphere) continue;
    for (auto& column : values) column[p] = -column[p] / std::sqrt(square);
  }
  return values;
}

void front(benchmark::State& state, std::size_t objectives, bool sphere) {
  const auto values = pointsOf(objectives, million, sphere);
  std::size_t found = 0;
  for (auto _ : state) found = nonDominated(columnsOf(values)).size();
  state.counters["on_it"] = static_cast<double>(found);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(million));
}
BENCHMARK_CAPTURE(front, two_random, 2, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(front, two_all_on_it, 2, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(front, three_random, 3, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(front, three_all_on_it, 3, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(front, four_random, 4, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(front, four_all_on_it, 4, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(front, five_random, 5, false)->Unit(benchmark::kMillisecond);

void volume(benchmark::State& state, std::size_t objectives, std::size_t count) {
  const auto values = pointsOf(objectives, count, true);
  const std::vector<double> reference(objectives, 0.0);
  for (auto _ : state) benchmark::DoNotOptimize(hypervolume(columnsOf(values), reference));
}
BENCHMARK_CAPTURE(volume, two_of_100000, 2, 100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(volume, three_of_100000, 3, 100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(volume, four_of_100, 4, 100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace taktwerk
