// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace taktwerk::tables {

/// Rows of cells as Markdown; the first row are the headings. Columns whose name is in `right` are numbers.
[[nodiscard]] std::string markdown(const std::vector<std::vector<std::string>>& rows,
                                   const std::vector<std::string>& right);
/// 1234567 as "1,234,567".
[[nodiscard]] std::string grouped(std::int64_t number);
/// With so many digits after the point.
[[nodiscard]] std::string fixed(double number, int digits);

/// One network on one architecture with its default parameters, on one core: both names, instructions, cycles
/// (with ≥ where layers are missing), whether they are exact, evaluated loop bodies, seconds, layers not
/// mapped. Empty if no convolution and no product is mapped.
[[nodiscard]] std::vector<std::string> networkRow(const std::string& architecture,
                                                  const std::string& network);
/// All shipped networks on all shipped architectures.
[[nodiscard]] std::string networkTable();

/// Mean absolute percentage errors of four kinds of estimate, by architecture: of single layers against the
/// reference simulation, and of matrix products against a circuit.
/// Each row: the architecture, what it is compared with, layers, and the errors of auto, published, roofline
/// and a regression.
[[nodiscard]] std::vector<std::string> errorsAgainstSimulation(const std::string& architecture);
[[nodiscard]] std::vector<std::string> errorsAgainstCircuit();
[[nodiscard]] std::string errorTable();

/// How far the shipped Gemmini with its own library's tiles is from cycles that others measured on its RTL.
/// Each row: what was measured, layers, mean absolute percentage error and mean error (bias) of the
/// estimates, and the mean absolute percentage errors of the published method and of the roofline for the
/// same programs, of a regression that is fitted to every second layer and judged on the others, of the ideal
/// cycles (multiply-accumulates by elements of the mesh), and of Timeloop where that is recorded.
[[nodiscard]] std::vector<std::vector<std::string>> distancesFromGemmini();
[[nodiscard]] std::string measuredTable();
/// Of the layers with Gemmini's own tiles, in numbers, with the largest of the absolute errors; in per cent.
struct MeasuredDistance {
  std::int64_t layers = 0;
  double mean = 0, bias = 0, largest = 0;
};
[[nodiscard]] MeasuredDistance distanceOfOwnTiles();
/// Of the same layers on gemmini-blocks, with its own tiles.
[[nodiscard]] MeasuredDistance distanceOfBlocks();

}  // namespace taktwerk::tables
