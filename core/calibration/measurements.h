// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/network/network.h"
#include "core/study/settings.h"
#include "core/study/study.h"

namespace taktwerk {

/// One layer that somebody measured on a machine, alone.
struct Measurement {
  std::string name;                                             ///< of its row, or made of its dimensions
  std::string operatorName;                                     ///< as the operator table has it
  std::map<std::string, std::int64_t, std::less<>> dimensions;  ///< all of them, in the operator's letters
  std::vector<Setting> settings;      ///< values that hold for this row alone: of another size of the machine
  double cycles = 0;                  ///< above 0; of several runs it may be a mean
  std::optional<double> least, most;  ///< of several runs
  NetworkSource network;              ///< of this layer alone
  SourcePosition position;
};

struct Measurements {
  std::string file;
  std::vector<Measurement> rows;
  /// Dimensions and settings that are not the same in all rows, by name.
  std::vector<std::string> varied;
};

/// Reads a table of measured layers. Its headings, in any order and without regard to case where they are not
/// dimensions:
///
///     operator,C,K,R,S,P,Q,stride,cycles,cycles_min,cycles_max
///     conv2d,64,64,3,3,56,56,1,632003,628884,636613
///
/// `operator` (or `options.operatorName` for all rows); the operator's dimensions, where an output extent may
/// stand for the input extent that it follows from, which then is the smallest that gives it; `cycles` or
/// `cycles_mean`; perhaps `cycles_min` and `cycles_max`, `layer` (a name), `bits` of an element (8), `bias`
/// (1: the layer has one), and settings for a row, written with their owner: `arch.width`,
/// `mapping.tile_rows`. An empty cell says nothing. Other columns are passed over with a warning.
///
/// Errors, all of them: no cycles, an operator that is none, a dimension that is missing or contradicts
/// others, cells that are no numbers, cycles below 1, no rows.
struct MeasurementOptions {
  std::string operatorName;  ///< empty: the table says it
};
[[nodiscard]] Result<Measurements> parseMeasurements(std::string_view text, const std::string& file,
                                                     const MeasurementOptions& options = {});
[[nodiscard]] Result<Measurements> readMeasurements(const std::filesystem::path& path,
                                                    const MeasurementOptions& options = {});

}  // namespace taktwerk
