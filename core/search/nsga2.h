// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace taktwerk {

/// A design as the search sees it: the place of each dimension, and what is to be small.
struct Individual {
  std::vector<std::int64_t> places;
  std::vector<double> fitness;  ///< of two objectives or more, all finite, by objective
};

/// The NSGA-II of pagmo (Deb, Pratap, Agarwal, Meyarivan, "A fast and elitist multiobjective genetic
/// algorithm", IEEE Trans. Evolutionary Computation 6, 2002; Biscani, Izzo, "A parallel global multiobjective
/// framework for optimization: pagmo", JOSS 5, 2020), in two halves, so that what lies between, estimating
/// the children, is the caller's. Equal seeds and calls give equal children.
class Nsga2 {
 public:
  /// How many places each dimension has.
  Nsga2(std::vector<std::int64_t> sizes, std::uint64_t seed);
  ~Nsga2();
  Nsga2(Nsga2&&) noexcept;
  Nsga2& operator=(Nsga2&&) noexcept;

  /// Parents are chosen by rank and crowding, crossed and mutated: as many children as there are parents,
  /// whose number is a multiple of four, at least `fewest`.
  [[nodiscard]] std::vector<std::vector<std::int64_t>> childrenOf(const std::vector<Individual>& parents);
  static constexpr std::size_t fewest = 8;

 private:
  struct Algorithm;
  std::unique_ptr<Algorithm> algorithm_;
};

/// Which `wanted` of them live on, by their places in the list, best first: by rank, within a rank those with
/// more room around them.
[[nodiscard]] std::vector<std::size_t> survivorsOf(const std::vector<Individual>& individuals,
                                                   std::size_t wanted);

}  // namespace taktwerk
