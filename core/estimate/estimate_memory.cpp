// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate_memory.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "core/base/processor_time.h"
#include "core/estimate/equal_layers.h"
#include "core/estimate/machine_content.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostNumbers = std::size_t{1} << 25U;  ///< of kept programs, 8 bytes each; of timings
constexpr std::size_t mostEntries = 200'000;
constexpr std::size_t mostPlans = 2'000;
constexpr std::size_t mostKinds = 64;  ///< of one wish: what nothing fits has one for each end of a memory

/// About how much a program holds, but for its table of instructions.
std::size_t numbersIn(const MadeProgram& made) {
  constexpr std::size_t least = 16;
  const std::size_t kept = 3 * made.ends.all().size() + 4 * made.footprints.size() + least;
  if (!made.result) return kept;
  const Program& program = made.result->program;
  return program.coefficients.size() + 2 * program.steps.size() + 2 * program.items.size() +
         8 * program.loops.size() + kept;
}

/// The same of a table; an instruction is about as much as three short lists.
std::size_t numbersIn(const TemplateTable& templates) {
  return 24 * templates.size();
}

/// About how much a timing holds: a node of a table is about as much as eight numbers.
std::size_t numbersIn(const TimedProgram& timed) {
  constexpr std::size_t least = 64, node = 8;
  const LayerEstimate& layer = timed.layer;
  std::size_t nodes =
      layer.breakdown.size() + layer.traffic.size() + layer.usage.size() + layer.tunables.size();
  for (const ImmediateUse& use : layer.immediates) nodes += use.executions.size();
  return least + node * nodes + sizeof(InstructionTimes) / sizeof(std::int64_t) * layer.times.size();
}

/// Of a program by what was wished and the ends of memories that it goes with.
Digest keyOf(const Digest& wish, const MemoryEnds& ends) {
  Digester key;
  key.add(wish);
  for (const MemoryEnd& each : ends.all()) key.add(each.memory.value).add(each.least).add(each.most);
  return key.digest();
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

KeyedProgram EstimateMemory::program(const Digest& wish, const Machine& machine,
                                     const std::function<MadeProgram()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    KeyedProgram known = find(wish, machine);
    ++(known.program != nullptr ? counts_.programsKnown : counts_.programs);
    if (known.program != nullptr) return known;
  }
  KeyedProgram made{std::make_shared<const MadeProgram>(make()), {}};
  keepPrograms({&wish, 1}, {&made, 1});
  return made;
}

/// A program is the same for all ends of memories that it goes with, so the first that fits is the only one.
KeyedProgram EstimateMemory::find(const Digest& wish, const Machine& machine) const {
  const auto known = ends_.find(wish);
  if (known == ends_.end()) return {};
  for (const MemoryEnds& ends : known->second) {
    if (!ends.hold(machine)) continue;
    const Digest key = keyOf(wish, ends);
    return {programs_.find(key), key};
  }
  return {};
}

std::vector<KeyedProgram> EstimateMemory::findPrograms(const std::vector<Digest>& wishes,
                                                       const Machine& machine) {
  std::vector<KeyedProgram> programs;
  programs.reserve(wishes.size());
  const std::scoped_lock lock(mutex_);
  for (const Digest& wish : wishes) {
    programs.push_back(find(wish, machine));
    ++(programs.back().program != nullptr ? counts_.programsKnown : counts_.programs);
  }
  return programs;
}

void EstimateMemory::keepPrograms(std::span<const Digest> wishes, std::span<KeyedProgram> made) {
  std::vector<std::shared_ptr<const MadeProgram>> old;  // freed when nobody waits for that, as what follows
  decltype(ends_) forgotten;
  const std::scoped_lock lock(mutex_);
  bool tableCounted = false;
  // What they lead to is forgotten for the greater part.
  if (endsHeld_ > mostEntries) {
    forgotten.swap(ends_);
    endsHeld_ = 0;
  }
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    KeyedProgram& each = made[i];
    const MadeProgram& program = *each.program;
    each.key = keyOf(wishes[i], program.ends);
    if (!program.result && program.result.diagnostics.empty()) continue;  // stopped
    std::size_t weighs = numbersIn(program);
    if (program.result && !tableCounted) weighs += numbersIn(program.result->program.templates);
    tableCounted = tableCounted || program.result;
    programs_.keep(each.key, each.program, weighs);
    std::vector<MemoryEnds>& ends = ends_[wishes[i]];
    if (std::find(ends.begin(), ends.end(), program.ends) != ends.end()) continue;
    // The first that was found out goes: a program that it led to is made again.
    if (ends.size() >= mostKinds) {
      endsHeld_ -= ends.front().all().size() + 1;
      ends.erase(ends.begin());
    }
    ends.push_back(program.ends);
    endsHeld_ += program.ends.all().size() + 1;
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
  std::vector<SharedTiming> old;
  const std::scoped_lock lock(mutex_);
  timingSeconds_ += taken;
  if (made->cancelled) return made;
  timings_.keep(key, made, numbersIn(*made));
  while (timings_.order.size() > 1 &&
         (timings_.weight > mostNumbers || timings_.order.size() > mostEntries)) {
    old.push_back(timings_.takeOldest());
  }
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
                       const EstimateOptions& options)
    : machine_(machine),
      mappings_(mappings),
      parameterNames_(parameterNamesOf(machine)),
      plain_(plainMemories(machine)) {
  const KnownMachine known = knownAs(machine);
  views_.reserve(mappings.size());
  for (const Mapping& mapping : mappings) views_.push_back(viewOf(mapping, known.mapping, machine));
  Digester timing;
  timing.add(known.timing).add(options.method).add(options.usage);
  timing.add(options.budget.evaluated).add(options.budget.full);
  timing.add(options.budget.stateWords).add(options.budget.small);
  timing_ = timing.digest();
  energy_ = known.energy;
}

Digest MemoryKeys::plan(const Network& network, const EstimateOptions& options,
                        const Refusals& refused) const {
  Digester key;
  std::set<std::string_view> operators;
  for (const Layer& layer : network.layers) operators.insert(layer.operatorName);
  for (const Mapping& mapping : mappings_) {
    const auto& of = operatorsOf(mapping);
    const bool mayTake =
        std::any_of(of.begin(), of.end(), [&](const std::string& name) { return operators.contains(name); });
    key.add(mayTake ? conditionViewOf(mapping, parameterNames_, machine_) : contentOf(mapping));
  }
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

Digest MemoryKeys::timing(const KeyedProgram& program) const {
  Digester key;
  key.add(timing_).add(program.key);
  addAccesses(key, machine_, plain_, program.program->footprints);
  return key.digest();
}

Digest MemoryKeys::energy(const KeyedProgram& program) const {
  return Digester().add(energy_).add(program.key).digest();
}

}  // namespace taktwerk
