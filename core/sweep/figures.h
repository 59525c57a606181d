// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// A number by which designs are compared.
struct Figure {
  enum class Better : std::uint8_t { Less, More };
  std::string name;  ///< "cycles", as columns, objectives and stores call it
  std::string unit;  ///< "cycles", "bytes"; empty of a share
  Better better = Better::Less;
  std::string meaning;  ///< a sentence for users

  friend bool operator==(const Figure&, const Figure&) = default;
};

/// The figures that every point has a value of, `cycles` first:
///
/// | name | unit | is |
/// |---|---|---|
/// | `cycles` | cycles | of the whole network |
/// | `utilisation` | – | multiplications done, of those that fit into its cycles, 0 to 1 |
/// | `traffic` | bytes | moved by all memories together |
[[nodiscard]] const std::vector<Figure>& standardFigures();

/// The values of figures of an estimate, in their order; NaN where it has none.
[[nodiscard]] std::vector<double> figuresOf(const NetworkEstimate& estimate,
                                            const std::vector<Figure>& figures);

/// The place of the figure of this name.
[[nodiscard]] std::optional<std::size_t> findFigure(const std::vector<Figure>& figures,
                                                    std::string_view name);

}  // namespace taktwerk
