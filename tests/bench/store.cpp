// SPDX-License-Identifier: GPL-3.0-or-later
// A store of a million points of eight parameters and four figures, with the layers of each:
//
//     bench_store [POINTS] [LAYERS]
//
// prints how long it takes to write it, its size, how long to open it column by column and as the rows that
// the window shows, to check all of it, to find points again and to read the layers of one, and the memory of
// the process after each, on what is there just now: times are those of a clock.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "core/store/check_store.h"
#include "core/store/result_store.h"
#include "core/store/stored_rows.h"
#include "core/store/stored_table.h"

namespace taktwerk {
namespace {

using Clock = std::chrono::steady_clock;

struct Moment {
  Clock::time_point clock = Clock::now();
  std::clock_t processor = std::clock();
};

double since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A line of /proc/self/status in MB.
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ':')) return std::strtod(line.c_str() + name.size() + 1, nullptr) / 1000;
  }
  return 0;
}

/// What took so long since `begin`, by the clock and by the processor, which others may use, too.
void tell(const std::string& what, Moment begin) {
  std::cout << what << ": " << since(begin.clock) << " s, of the processor "
            << static_cast<double>(std::clock() - begin.processor) / CLOCKS_PER_SEC << " s; memory "
            << memory("VmRSS") << " MB, at most " << memory("VmHWM") << " MB" << std::endl;
}

const std::vector<Figure>& fourFigures() {
  static const std::vector<Figure> figures = {{"cycles", "cycles", Figure::Better::Less, ""},
                                              {"utilisation", "", Figure::Better::More, ""},
                                              {"traffic", "bytes", Figure::Better::Less, ""},
                                              {"area", "mm2", Figure::Better::Less, ""}};
  return figures;
}

/// Points as a grid would have them: the last parameter fastest; every hundredth is none.
SweepRow rowAt(std::int64_t number, int layers) {
  static const std::vector<std::string> names = {"rows",   "columns", "latency", "ports",
                                                 "buffer", "width",   "banks",   "depth"};
  SweepRow row;
  row.point.number = number;
  std::int64_t rest = number;
  for (auto name = names.rbegin(); name != names.rend(); ++name, rest /= 6)
    row.point.settings.architecture[*name] = 4 * (1 + rest % 6);
  if (number % 100 == 0) {
    row.state = PointState::Infeasible;
    row.reason = "rows * columns must be at most " + std::to_string(number % 7000);
    return row;
  }
  row.instructions = 4'659'705;
  row.macs = 1'533'504;
  for (int l = 0; l < layers; ++l) {
    SweepLayer layer;
    layer.name = "layer" + std::to_string(l);
    layer.operatorName = "conv1d";
    layer.mapping = "rows";
    layer.tunables = {{"tile_k", 1 << (number % 5)}, {"tile_n", 1 << ((number + l) % 4)}};
    layer.cycles = 1000 + (number * 7919 + std::int64_t{l} * 104'729) % 1'000'000;
    row.cycles += layer.cycles;
    row.layers.push_back(std::move(layer));
  }
  const auto cycles = static_cast<double>(row.cycles);
  row.figures = {cycles, 1e5 / cycles, static_cast<double>(number % 977) * 4096,
                 0.37 * static_cast<double>(number % 1009)};
  return row;
}

int run(std::int64_t points, int layers) {
  const std::string folder = (std::filesystem::temp_directory_path() / "taktwerk-bench-store").string();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/a.sqlite";
  const StoredStudy study{
      {{"architecture", "a.arch.yaml", "one"}, {"network", "n.network.yaml", "two"}}, "auto", {}};
  std::cout << points << " points of 8 parameters and 4 figures, with " << layers << " layers each\n";
  tell("beginning", {});
  {
    const Moment begin;
    auto store = ResultStore::open(path, ResultStore::Existing::Continue, fourFigures());
    if (!store) return 1;
    const std::int64_t number = (*store)->studies({study})[0];
    for (std::int64_t p = 0; p < points; ++p)
      if (!(*store)->add(number, rowAt(p, layers))) return 1;
    if (!(*store)->commit()) return 1;
    tell("written", begin);
  }
  std::cout << "file: " << static_cast<double>(std::filesystem::file_size(path)) / 1e6 << " MB\n";
  {
    const Moment begin;
    auto table = readStoredTable(path, Progress());
    if (!table || std::ssize(table->ids) != points) return 1;
    tell("opened", begin);
    {
      const Moment rows;
      Progress progress;
      const RowTable shown = rowTableOf(*table, progress);
      if (std::ssize(table->ids) != static_cast<std::int64_t>(shown.rows())) return 1;
      tell("made a table for the window", rows);
    }
    std::vector<double> times;
    for (std::size_t i = 0; i < 100; ++i) {
      const Clock::time_point before = Clock::now();
      const auto found =
          readStoredLayers(path, table->place.store, table->ids[(i * 7919 + 1) % table->ids.size()]);
      if (!found) return 1;
      times.push_back(since(before) * 1e3);
    }
    std::sort(times.begin(), times.end());
    std::cout << "layers of a point: " << times[50] << " ms, at most " << times[99] << " ms\n";
    const Moment more;
    if (!readMore(*table, Progress())) return 1;
    tell("looked for more", more);
  }
  {
    const Moment begin;
    if (!checkStore(path, Progress())) return 1;
    tell("checked", begin);
  }
  const Moment begin;
  auto store = ResultStore::open(path, ResultStore::Existing::Continue, fourFigures());
  if (!store) return 1;
  const std::int64_t number = (*store)->studies({study})[0];
  for (std::int64_t p = 0; p < points; ++p)
    if (!(*store)->find(number, rowAt(p, 0).point.settings)) return 1;
  tell("every point found again", begin);
  store->reset();
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace taktwerk

int main(int count, char** arguments) {
  const std::int64_t points = count > 1 ? std::strtoll(arguments[1], nullptr, 10) : 1'000'000;
  const int layers = count > 2 ? static_cast<int>(std::strtol(arguments[2], nullptr, 10)) : 20;
  return taktwerk::run(points, layers);
}
