// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/encoding.h"
#include "core/study/settings.h"
#include "core/sweep/figures.h"
#include "core/sweep/sweep_layers.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// How rows look in a store. What rows have in common, names of parameters, reasons, figures, what is said of
/// a layer besides its cycles, are texts with numbers (StoreTexts); what is left are a few bytes a row.

/// The names of settings, with their owners, in a fixed order, as a text; and their values in that order.
[[nodiscard]] std::string encodeNames(const StudySettings& settings);
[[nodiscard]] std::vector<std::string> decodeNames(std::string_view text);
/// A point: the number of its names, then the values.
[[nodiscard]] std::string encodePoint(std::int64_t names, const StudySettings& settings);
/// A point's settings; none: it is damaged.
[[nodiscard]] std::optional<StudySettings> decodePoint(std::string_view point,
                                                       const std::vector<std::string>& names);
/// "arch.rows" and a value put where they belong.
void putSetting(StudySettings& settings, std::string_view name, std::int64_t value);

[[nodiscard]] std::string encodeFigures(const std::vector<Figure>& figures);
[[nodiscard]] std::vector<Figure> decodeFigures(std::string_view text);

/// What a row says.
struct RowCode {
  std::int64_t number = 0;
  PointState state = PointState::Done;
  bool exact = true, complete = true;
  bool hasLayers = false;
  std::int64_t reason = 0;  ///< number of a text; 0: empty
  std::int64_t cycles = 0, instructions = 0, macs = 0, missingLayers = 0;
  std::int64_t figureNames = 0;  ///< number of a text
  std::uint64_t figures = 0;     ///< how many there are
  Decoder values{{}};            ///< of the figures
};
/// Where a row is: what is there is of no use elsewhere.
struct RowPlace {
  std::int64_t id = 0;
  std::int64_t study = 0;
  std::string_view point;
};
[[nodiscard]] std::string encodeRow(const SweepRow& row, std::int64_t reason, std::int64_t figureNames,
                                    const RowPlace& place);
/// None: it is damaged.
[[nodiscard]] std::optional<RowCode> decodeRow(std::string_view bytes, const RowPlace& place);

/// What is said of a layer besides its cycles.
[[nodiscard]] std::string encodeWay(const SweepLayer& layer);
[[nodiscard]] SweepLayer decodeWay(std::string_view text);
/// Of each layer the number of its way and its cycles.
struct LayerCode {
  std::int64_t way = 0;
  Cycles cycles = 0;
};
[[nodiscard]] std::string encodeLayers(const std::vector<LayerCode>& layers, std::int64_t id);
[[nodiscard]] std::optional<std::vector<LayerCode>> decodeLayers(std::string_view bytes, std::int64_t id);

}  // namespace taktwerk
