// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/declared_figure.h"
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

/// The figures that every point can have a value of, `cycles` first:
///
/// | name | unit | is |
/// |---|---|---|
/// | `cycles` | cycles | of the whole network: until the first result |
/// | `interval` | cycles | of a further inference, one after another |
/// | `total` | cycles | of a batch of inferences |
/// | `utilisation` | – | multiplications done, of those that fit into its cycles, 0 to 1 |
/// | `traffic` | bytes | moved by all memories together |
[[nodiscard]] const std::vector<Figure>& standardFigures();

/// Those of architectures that declare a clock:
///
/// | name | unit | is |
/// |---|---|---|
/// | `time` | s | `cycles` in seconds |
/// | `inferences_per_second` | 1/s | results of the network, one inference after another |
[[nodiscard]] const std::vector<Figure>& timeFigures();

/// Those of architectures that declare costs; of what objects do not have they are nothing, and they leave
/// out what single objects do not have (`CostTotals`):
///
/// | name | unit | is |
/// |---|---|---|
/// | `area` | µm² | of all objects |
/// | `leakage` | µW | of all objects |
/// | `energy` | pJ | of an inference, with what leaks away where that is known; at most |
[[nodiscard]] const std::vector<Figure>& costFigures();

/// Those of architectures that declare costs and a clock:
///
/// | name | unit | is |
/// |---|---|---|
/// | `power` | mW | in the mean: `energy` over `time` |
/// | `energy_delay` | pJ s | `energy` times `time` |
[[nodiscard]] const std::vector<Figure>& powerFigures();

/// `traffic.NAME`: the bytes that a memory moves.
inline constexpr std::string_view memoryTraffic = "traffic.";
[[nodiscard]] Figure trafficFigure(std::string_view memory);

/// `figure.NAME`: a figure that an architecture declares, the sum of what its objects add.
inline constexpr std::string_view ownFigure = "figure.";
[[nodiscard]] Figure figureOf(const DeclaredFigure& declared);

/// Whether a column of a table of results is a figure's. Names that begin with `traffic.` or `figure.` are
/// figures' whatever follows.
[[nodiscard]] bool isFigureName(std::string_view name);

/// The values of figures of an estimate, in their order; NaN where it has none: traffic by methods that count
/// none, and of a memory that there is not. `total` is of `batch` inferences.
[[nodiscard]] std::vector<double> figuresOf(const NetworkEstimate& estimate,
                                            const std::vector<Figure>& figures, std::int64_t batch = 1);

/// Whether a figure is one of the machine alone, whatever runs on it: area, leakage and the file's own.
[[nodiscard]] bool isMachineFigure(std::string_view figure);
/// The value of such a figure, as `figuresOf` gives it for every estimate on this machine.
[[nodiscard]] double machineFigure(const Machine& machine, std::string_view figure);

/// A figure as tables have it: whole numbers as they are, "12000000", of others the shortest text that is
/// read as the same number, "0.25"; empty for none.
[[nodiscard]] std::string figureText(double value);

/// The place of the figure of this name.
[[nodiscard]] std::optional<std::size_t> findFigure(const std::vector<Figure>& figures,
                                                    std::string_view name);

}  // namespace taktwerk
