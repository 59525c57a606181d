// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/made_programs.h"

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <utility>

#include "core/estimate/estimate_memory.h"
#include "core/estimate/threads.h"

namespace taktwerk {
namespace {

/// Places in `wanted` whose programs are made with one mapper.
using Batch = std::vector<std::size_t>;

/// What is missing, by mapping; where there is much, in parts for several threads.
std::vector<Batch> batchesOf(const std::vector<LayerTask>& tasks, const std::vector<std::size_t>& wanted,
                             const std::vector<KeyedProgram>& programs, unsigned jobs) {
  std::map<MappingId, Batch> missing;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    if (programs[k].program == nullptr) missing[tasks[wanted[k]].candidate.id].push_back(k);
  }
  constexpr std::size_t fewest = 8;
  std::vector<Batch> batches;
  for (const auto& [mapping, places] : missing) {
    const std::size_t parts = std::clamp<std::size_t>(places.size() / fewest, 1, threadsOf(jobs));
    for (std::size_t part = 0; part < parts; ++part) {
      const auto at = [&, &all = places](std::size_t k) {
        return all.begin() + static_cast<std::ptrdiff_t>(all.size() * k / parts);
      };
      batches.emplace_back(at(part), at(part + 1));
    }
  }
  return batches;
}

}  // namespace

std::vector<KeyedProgram> makePrograms(const Machine& machine, const Network& network,
                                       const std::vector<LayerTask>& tasks,
                                       const std::vector<std::size_t>& wanted, const EstimateOptions& options,
                                       const Remembered& remembered, const Progress& progress) {
  std::vector<TunableValues> tunables(wanted.size());
  std::vector<Digest> wishes(wanted.size());
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    tunables[k] = tunablesGiven(tasks[wanted[k]], options);
    wishes[k] = remembered.keys->program(tasks[wanted[k]].candidate, tunables[k]);
  }
  std::vector<KeyedProgram> programs = remembered.memory->findPrograms(wishes, machine);
  const std::vector<Batch> batches = batchesOf(tasks, wanted, programs, options.jobs);
  inParallel(batches.size(), options.jobs, [&](std::size_t b) {
    const Batch& batch = batches[b];
    Mapper mapper(*tasks[wanted[batch.front()]].candidate.mapping, machine);
    std::vector<Digest> batchWishes;
    std::vector<KeyedProgram> made;
    batchWishes.reserve(batch.size());
    made.reserve(batch.size());
    for (const std::size_t k : batch) {
      batchWishes.push_back(wishes[k]);
      made.push_back({std::make_shared<const MadeProgram>(
                          makeProgram(mapper, network, tasks[wanted[k]].candidate, tunables[k], progress)),
                      {}});
    }
    remembered.memory->keepPrograms(batchWishes, made);
    for (std::size_t i = 0; i < batch.size(); ++i) programs[batch[i]] = std::move(made[i]);
  });
  return programs;
}

}  // namespace taktwerk
