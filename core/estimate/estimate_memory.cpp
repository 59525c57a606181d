// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate_memory.h"

#include <utility>

#include "core/base/processor_time.h"
#include "core/estimate/equal_layers.h"
#include "core/estimate/machine_content.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostNumbers = std::size_t{1} << 25U;  ///< of kept programs, 8 bytes each
constexpr std::size_t mostEntries = 200'000;
constexpr std::size_t mostPlans = 2'000;

/// About how much a program holds, but for its table of instructions.
std::size_t numbersIn(const Result<MappedProgram>& made) {
  constexpr std::size_t least = 16;
  if (!made) return least;
  const Program& program = made->program;
  return program.coefficients.size() + 2 * program.steps.size() + 2 * program.items.size() +
         8 * program.loops.size() + least;
}

/// The same of a table; an instruction is about as much as three short lists.
std::size_t numbersIn(const TemplateTable& templates) {
  return 24 * templates.size();
}

void add(Digester& to, const TunableValues& values) {
  to.add(values.size());
  for (const auto& [name, value] : values) to.add(name).add(value);
}

}  // namespace

SharedPlan EstimateMemory::plan(const Digest& key, const std::function<Plan()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    if (SharedPlan known = plans_.find(key)) return known;
    ++counts_.plans;
  }
  SharedPlan made = std::make_shared<const Plan>(make());
  SharedPlan old;  // freed when nobody waits for that, as below
  const std::scoped_lock lock(mutex_);
  if (plans_.keep(key, made) && plans_.order.size() > mostPlans) old = plans_.takeOldest();
  return made;
}

SharedProgram EstimateMemory::program(const Digest& key, const std::function<Result<MappedProgram>()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    if (SharedProgram known = programs_.find(key)) {
      ++counts_.programsKnown;
      return known;
    }
    ++counts_.programs;
  }
  SharedProgram made = std::make_shared<const Result<MappedProgram>>(make());
  keepPrograms({{made, key}});
  return made;
}

void EstimateMemory::findPrograms(std::vector<KeyedProgram>& programs) {
  const std::scoped_lock lock(mutex_);
  for (KeyedProgram& each : programs) {
    each.program = programs_.find(each.key);
    ++(each.program != nullptr ? counts_.programsKnown : counts_.programs);
  }
}

void EstimateMemory::keepPrograms(const std::vector<KeyedProgram>& programs) {
  std::vector<SharedProgram> old;
  const std::scoped_lock lock(mutex_);
  bool tableCounted = false;
  for (const KeyedProgram& each : programs) {
    const Result<MappedProgram>& made = *each.program;
    if (!made && made.diagnostics.empty()) continue;  // stopped
    std::size_t weighs = numbersIn(made);
    if (made && !tableCounted) weighs += numbersIn(made->program.templates);
    tableCounted = tableCounted || made;
    programs_.keep(each.key, each.program, weighs);
  }
  while (programs_.order.size() > 1 &&
         (programs_.weight > mostNumbers || programs_.order.size() > mostEntries)) {
    old.push_back(programs_.takeOldest());
  }
}

SharedTiming EstimateMemory::timing(const Digest& key, const std::function<TimedProgram()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    if (SharedTiming known = timings_.find(key)) {
      ++counts_.timingsKnown;
      return known;
    }
    ++counts_.timed;
  }
  const double before = secondsOfThread();
  SharedTiming made = std::make_shared<const TimedProgram>(make());
  const double taken = secondsOfThread() - before;
  SharedTiming old;
  const std::scoped_lock lock(mutex_);
  timingSeconds_ += taken;
  if (made->cancelled) return made;
  if (timings_.keep(key, made) && timings_.order.size() > mostEntries) old = timings_.takeOldest();
  return made;
}

std::vector<TimedProgram> EstimateMemory::clocked(const std::function<std::vector<TimedProgram>()>& time) {
  const double before = secondsOfThread();
  std::vector<TimedProgram> timed = time();
  const double taken = secondsOfThread() - before;
  const std::scoped_lock lock(mutex_);
  timingSeconds_ += taken;
  return timed;
}

double EstimateMemory::timingSeconds() const {
  const std::scoped_lock lock(mutex_);
  return timingSeconds_;
}

SharedEnergy EstimateMemory::energy(const Digest& key, const std::function<SharedEnergy()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    if (SharedEnergy known = energies_.find(key)) return known;
  }
  SharedEnergy made = make();
  SharedEnergy old;
  const std::scoped_lock lock(mutex_);
  ++counts_.energies;
  if (energies_.keep(key, made) && energies_.order.size() > mostEntries) old = energies_.takeOldest();
  return made;
}

EstimateCounts EstimateMemory::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

MemoryKeys::MemoryKeys(const Machine& machine, const std::vector<Mapping>& mappings,
                       const EstimateOptions& options) {
  const KnownMachine known = knownAs(machine);
  views_.reserve(mappings.size());
  for (const Mapping& mapping : mappings) views_.push_back(viewOf(mapping, known.mapping, machine));
  Digester timing;
  timing.add(known.timing).add(options.method).add(options.usage);
  timing.add(options.budget.evaluated).add(options.budget.full);
  timing.add(options.budget.stateWords).add(options.budget.small);
  timing_ = timing.digest();
  energy_ = Digester().add(known.timing).add(known.energy).digest();
}

Digest MemoryKeys::plan(const Network& network, const EstimateOptions& options,
                        const Refusals& refused) const {
  Digester key;
  for (const Digest& view : views_) key.add(view);
  key.add(options.layer.value);
  std::vector<LayerId> all;
  all.reserve(network.layers.size());
  for (const Layer& layer : network.layers) {
    all.push_back(layer.id);
    key.add(layer.name);  // messages name them
  }
  key.add(signatureOf(network, all));
  key.add(options.choices.size());
  for (const auto& [layer, choice] : options.choices) key.add(layer.value).add(choice.mapping);
  for (const auto& [what, problems] : refused) {
    key.add(what.first.value).add(what.second.value).add(problems.front().message);
  }
  return key.digest();
}

Digest MemoryKeys::program(const Candidate& candidate, const TunableValues& tunables) const {
  Digester key;
  key.add(views_[candidate.id.index()]).add(candidate.content);
  add(key, tunables);
  return key.digest();
}

Digest MemoryKeys::timing(const Digest& program) const {
  return Digester().add(timing_).add(program).digest();
}

Digest MemoryKeys::energy(const Digest& program) const {
  return Digester().add(energy_).add(program).digest();
}

}  // namespace taktwerk
