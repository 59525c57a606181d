// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nsga2.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/bfe.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/types.hpp>
#include <pagmo/utils/multi_objective.hpp>

namespace taktwerk {
namespace {

using pagmo::vector_double;

/// What pagmo knows of a space: whole numbers in a box. It never asks for a fitness: parents come with
/// theirs, and children are listened to, not judged.
struct Box {
  vector_double last;
  std::size_t objectives = 2;

  [[nodiscard]] vector_double fitness(const vector_double& /*genes*/) const {
    return vector_double(objectives, 0);
  }
  [[nodiscard]] std::pair<vector_double, vector_double> get_bounds() const {
    return {vector_double(last.size(), 0), last};
  }
  [[nodiscard]] std::size_t get_nobj() const { return objectives; }
  [[nodiscard]] std::size_t get_nix() const { return last.size(); }
};

/// Stands where pagmo has its children judged, and keeps them.
struct Listener {
  vector_double* genes = nullptr;

  vector_double operator()(const pagmo::problem& problem, const vector_double& children) const {
    *genes = children;
    return vector_double(children.size() / problem.get_nx() * problem.get_nobj(), 0);
  }
};

}  // namespace

struct Nsga2::Algorithm {
  std::vector<std::int64_t> sizes;
  std::vector<std::size_t> genes;  ///< dimensions of more than one place: pagmo takes no others
  vector_double children;
  pagmo::nsga2 nsga2;
};

Nsga2::Nsga2(std::vector<std::int64_t> sizes, std::uint64_t seed)
    : algorithm_(std::make_unique<Algorithm>()) {
  // Crossed nearly always, and one gene of a child mutated on the average.
  constexpr double crossover = 0.95, crossoverIndex = 10, mutationIndex = 20;
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] > 1) algorithm_->genes.push_back(d);
  }
  const double mutation = 1.0 / static_cast<double>(std::max<std::size_t>(algorithm_->genes.size(), 1));
  algorithm_->sizes = std::move(sizes);
  algorithm_->nsga2 = pagmo::nsga2(1, crossover, crossoverIndex, mutation, mutationIndex,
                                   static_cast<unsigned>(seed ^ (seed >> 32U)));
  algorithm_->nsga2.set_bfe(pagmo::bfe(Listener{&algorithm_->children}));
}
Nsga2::~Nsga2() = default;
Nsga2::Nsga2(Nsga2&&) noexcept = default;
Nsga2& Nsga2::operator=(Nsga2&&) noexcept = default;

std::vector<std::vector<std::int64_t>> Nsga2::childrenOf(const std::vector<Individual>& parents) {
  const std::vector<std::int64_t>& sizes = algorithm_->sizes;
  const std::vector<std::size_t>& genes = algorithm_->genes;
  std::vector<std::vector<std::int64_t>> children(parents.size(), std::vector<std::int64_t>(sizes.size(), 0));
  if (genes.empty()) return children;
  Box box;
  box.objectives = parents.front().fitness.size();
  box.last.reserve(genes.size());
  for (const std::size_t d : genes) box.last.push_back(static_cast<double>(sizes[d] - 1));
  pagmo::population population(pagmo::problem(std::move(box)), 0U, 0U);
  for (const Individual& parent : parents) {
    vector_double own;
    own.reserve(genes.size());
    for (const std::size_t d : genes) own.push_back(static_cast<double>(parent.places[d]));
    population.push_back(own, parent.fitness);
  }
  (void)algorithm_->nsga2.evolve(std::move(population));
  for (std::size_t c = 0; c < children.size(); ++c) {
    for (std::size_t g = 0; g < genes.size(); ++g) {
      // Beyond 2^53 not every place is a number of floating point; the last one may round up.
      const auto place = static_cast<std::int64_t>(std::llround(algorithm_->children[c * genes.size() + g]));
      children[c][genes[g]] = std::clamp<std::int64_t>(place, 0, sizes[genes[g]] - 1);
    }
  }
  return children;
}

std::vector<std::size_t> survivorsOf(const std::vector<Individual>& individuals, std::size_t wanted) {
  if (individuals.empty()) return {};
  std::vector<vector_double> fitness;
  fitness.reserve(individuals.size());
  for (const Individual& individual : individuals) fitness.push_back(individual.fitness);
  const auto best = pagmo::select_best_N_mo(fitness, std::min(wanted, fitness.size()));
  return {best.begin(), best.end()};
}

}  // namespace taktwerk
