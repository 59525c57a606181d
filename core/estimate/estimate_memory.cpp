// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate_memory.h"

#include "core/estimate/equal_layers.h"
#include "core/estimate/machine_content.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostNumbers = std::size_t{1} << 25U;  ///< of kept programs, 8 bytes each
constexpr std::size_t mostEntries = 200'000;

/// Texts and numbers one behind the other, each with its end.
class Key {
 public:
  Key& add(std::string_view text) {
    key_ += std::to_string(text.size());
    key_ += ':';
    key_ += text;
    return *this;
  }
  Key& add(std::int64_t number) {
    key_ += std::to_string(number);
    key_ += ' ';
    return *this;
  }
  Key& add(const TunableValues& values) {
    add(std::ssize(values));
    for (const auto& [name, value] : values) add(name).add(value);
    return *this;
  }
  [[nodiscard]] std::string take() && { return std::move(key_); }

 private:
  std::string key_;
};

std::size_t numbersIn(const Program& program) {
  return program.coefficients.size() + 2 * program.steps.size() + 2 * program.items.size() +
         8 * program.loops.size() + 16;
}

std::string keyOf(const EstimateOptions& options) {
  return std::move(Key()
                       .add(static_cast<std::int64_t>(options.method))
                       .add(options.budget.evaluated)
                       .add(options.budget.full)
                       .add(options.budget.stateWords)
                       .add(options.budget.small)
                       .add(static_cast<std::int64_t>(options.usage)))
      .take();
}

}  // namespace

std::uint64_t EstimateMemory::number(std::unordered_map<std::string, std::uint64_t>& table,
                                     std::string&& content) {
  if (table.size() > mostEntries / 100) table.clear();  // contents are large; numbers are never given again
  const auto [entry, isNew] = table.try_emplace(std::move(content), next_);
  if (isNew) ++next_;
  return entry->second;
}

KnownMachine EstimateMemory::know(const Machine& machine) {
  std::string timing = timingContentOf(machine), mapping = mappingViewOf(machine);
  std::string energy = energyContentOf(machine);
  const std::scoped_lock lock(mutex_);
  return {number(timingContents_, std::move(timing)), number(mappingViews_, std::move(mapping)),
          energy.empty() ? 0 : number(energyContents_, std::move(energy))};
}

std::uint64_t EstimateMemory::numberOf(const Mapping& mapping) {
  const auto [entry, isNew] = mappings_.try_emplace(mapping.document.get(), next_, mapping);
  if (isNew) ++next_;
  return entry->second.first;
}

Plan EstimateMemory::plan(const KnownMachine& known, const Machine& machine, const Network& network,
                          const std::vector<Mapping>& mappings, const EstimateOptions& options,
                          const Refusals& refused) {
  Key key;
  key.add(static_cast<std::int64_t>(known.mapping)).add(options.layer.value);
  std::vector<LayerId> all;
  for (const Layer& layer : network.layers) {
    all.push_back(layer.id);
    key.add(layer.name);
  }
  key.add(signatureOf(network, all));
  for (const auto& [layer, choice] : options.choices) key.add(layer.value).add(choice.mapping);
  for (const auto& [what, reason] : refused) key.add(what.first.value).add(what.second.value).add(reason);
  {
    const std::scoped_lock lock(mutex_);
    for (const Mapping& mapping : mappings) {
      key.add(static_cast<std::int64_t>(numberOf(mapping))).add(parametersSeenBy(mapping, machine));
    }
  }
  const std::string text = std::move(key).take();
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = plans_.find(text); found != plans_.end()) {
      Plan plan = found->second;
      for (LayerTask& task : plan.tasks) task.candidate.mapping = &mappings[task.candidate.id.index()];
      return plan;
    }
    ++counts_.plans;
  }
  Plan plan = planOf(machine, network, mappings, options, refused);
  const std::scoped_lock lock(mutex_);
  if (plans_.size() > mostEntries / 100) plans_.clear();
  plans_.emplace(text, plan);
  return plan;
}

SharedProgram EstimateMemory::program(const KnownMachine& known, const Machine& machine,
                                      const Mapping& mapping, const Network& network,
                                      std::span<const LayerId> layers, const TunableValues& tunables,
                                      const std::function<Result<MappedProgram>()>& make) {
  Key key;
  key.add(static_cast<std::int64_t>(known.mapping)).add(parametersSeenBy(mapping, machine)).add(tunables);
  for (const LayerId layer : layers) key.add(network.layer(layer).name);  // messages name them
  key.add(signatureOf(network, layers));
  std::string text;
  {
    const std::scoped_lock lock(mutex_);
    text = std::move(key.add(static_cast<std::int64_t>(numberOf(mapping)))).take();
    if (const auto found = programs_.find(text); found != programs_.end()) {
      ++counts_.programsKnown;
      return found->second;
    }
    ++counts_.programs;
  }
  auto made = std::make_shared<const Result<MappedProgram>>(make());
  const std::scoped_lock lock(mutex_);
  held_ += *made ? numbersIn((*made)->program) : 16;
  if (held_ > mostNumbers || programs_.size() > mostEntries) {
    programs_.clear();
    timings_.clear();  // which keep programs
    energies_.clear();
    held_ = 0;
  }
  return programs_.try_emplace(text, std::move(made)).first->second;
}

SharedTiming EstimateMemory::timing(const KnownMachine& known, const SharedProgram& program,
                                    const EstimateOptions& options,
                                    const std::function<TimedProgram()>& make) {
  const TimingKey key{known.timing, program.get(), keyOf(options)};
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = timings_.find(key); found != timings_.end()) {
      ++counts_.timingsKnown;
      return found->second.second;
    }
    ++counts_.timed;
  }
  auto made = std::make_shared<const TimedProgram>(make());
  if (made->cancelled) return made;
  const std::scoped_lock lock(mutex_);
  if (timings_.size() > mostEntries) timings_.clear();
  return timings_.try_emplace(key, program, std::move(made)).first->second.second;
}

SharedEnergy EstimateMemory::energy(const KnownMachine& known, const SharedProgram& program,
                                    const std::function<SharedEnergy()>& make) {
  const EnergyKey key{known.timing, known.energy, program.get()};
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = energies_.find(key); found != energies_.end()) return found->second.second;
  }
  SharedEnergy made = make();
  const std::scoped_lock lock(mutex_);
  if (energies_.size() > mostEntries) energies_.clear();
  return energies_.try_emplace(key, program, std::move(made)).first->second.second;
}

EstimateCounts EstimateMemory::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

}  // namespace taktwerk
