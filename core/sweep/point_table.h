// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

/// A table of points, read line by line: a heading of parameters, then a line a point. An empty cell leaves
/// the parameter as it is. Columns that a sweep writes about results (`point`, `state`, `cycles`, figures, …)
/// are passed over, so that its output can be its input; a parameter that is called like one of them is
/// `arch.NAME` there.
class PointTable {
 public:
  explicit PointTable(std::string file) : file_(std::move(file)) {}
  /// The parameters that a heading names. Errors: none, one twice (S0204).
  [[nodiscard]] Result<std::vector<std::string>> readHeading(std::string_view line);
  /// The values of a line under the parameters of the heading; a value is none for a line that holds nothing.
  /// Errors: too many or too few cells, one that is no whole number (S0205).
  [[nodiscard]] Result<std::optional<std::vector<std::optional<std::int64_t>>>> readLine(
      std::string_view line);
  /// The line that is read next, from 1.
  [[nodiscard]] std::uint32_t line() const { return line_; }

 private:
  std::string file_;
  std::uint32_t line_ = 1;
  std::vector<bool> isParameter_;  ///< by column
  std::vector<std::string> names_;
};

/// What all tables of results tell beside the parameters; figures (`isFigureName`) come before the reason.
[[nodiscard]] const std::vector<std::string>& resultColumns();

}  // namespace taktwerk
