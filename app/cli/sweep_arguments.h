// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/inputs.h"
#include "core/sweep/point_stream.h"
#include "core/sweep/run_sweep.h"

namespace taktwerk::cli {

/// The arguments of `sweep` as they are written.
struct SweepArguments {
  InputArguments inputs;
  std::string space;
  std::vector<std::string> vary;
  std::string points;
  std::string sample;
  std::vector<std::string> objectives;
  std::vector<std::string> goals;
  std::optional<std::string> seed, shard, search, explore, batch;
  std::string jobs;
  bool front = false;
  std::string layer;
  std::string method{toString(Method::Auto)};
  std::string out;
  std::string store;
  bool resume = false;
};
void addSweepArguments(CLI::App& command, SweepArguments& arguments);

/// The same, understood.
struct SweepWishes {
  std::vector<Dimension> vary;
  std::vector<Setting> settings;
  PointChoice choice;
  std::optional<std::int64_t> explore;  ///< points that a search may estimate
  SweepOptions options;
  std::int64_t batch = 1;  ///< inferences one after another
  bool json = false;       ///< the file to write
};
[[nodiscard]] std::variant<SweepWishes, Misuse> wishesFrom(const SweepArguments& arguments);

}  // namespace taktwerk::cli
