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

/// How far the shipped Gemmini is from cycles that others measured on its RTL. Each row: what was measured,
/// which tiles the mapping takes, layers, the cycles of both (of a single layer), mean absolute and mean
/// error in percent, layers that the model takes for faster than they are.
[[nodiscard]] std::vector<std::vector<std::string>> distancesFromGemmini();
[[nodiscard]] std::string measuredTable();
/// The first of these rows in numbers, with the largest of the absolute errors, in per cent.
struct MeasuredDistance {
  std::int64_t layers = 0;
  double mean = 0, largest = 0;
};
[[nodiscard]] MeasuredDistance distanceOfOwnTiles();

}  // namespace taktwerk::tables
