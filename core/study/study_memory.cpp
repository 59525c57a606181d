// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_memory.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <mutex>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/estimate/estimate_memory.h"
#include "core/import/import_network.h"
#include "core/kernels/trace_kernels.h"
#include "core/network/network_file.h"
#include "core/study/study_estimate.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostArchitectures = 16, mostMappings = 256, mostNetworks = 64, mostMachines = 64,
                      mostResults = 4096, mostTraces = 2;

/// The entry of a key, brought to the front; null if there is none.
template <class List>
auto* findIn(List& list, const std::string& key) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.first == key; });
  if (found == list.end()) return static_cast<decltype(&found->second)>(nullptr);
  list.splice(list.begin(), list, found);
  return &list.front().second;
}

template <class List>
void keepIn(List& list, const std::string& key, typename List::value_type::second_type value,
            std::size_t most) {
  list.emplace_front(key, std::move(value));
  while (list.size() > most) list.pop_back();
}

/// A file's name with its time and size, for files whose text is not held.
std::string stampOf(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  std::string stamp = path;
  if (!error) stamp += '\n' + std::to_string(time.time_since_epoch().count());
  const auto size = std::filesystem::file_size(path, error);
  if (!error) stamp += '\n' + std::to_string(size);
  return stamp;
}

void add(ElaborationCounts& all, const ElaborationCounts& more) {
  all.expressions += more.expressions;
  all.structures += more.structures;
  all.machines += more.machines;
}

/// What has come on top of `before`.
ElaborationCounts since(const ElaborationCounts& before, const ElaborationCounts& now) {
  return {now.expressions - before.expressions, now.structures - before.structures,
          now.machines - before.machines};
}

}  // namespace

struct StudyMemory::State {
  template <class Value>
  using Kept = std::list<std::pair<std::string, Value>>;
  /// The machines of one architecture. Threads that want different ones at the same time each have an
  /// elaboration of their own; there are never more than threads.
  struct Elaborated {
    std::mutex mutex;
    std::shared_ptr<const Architecture> architecture;
    std::vector<std::unique_ptr<Elaboration>> free;
    ElaborationCounts counts;  ///< of all elaborations
    using MadeMachine = Result<std::shared_ptr<const Machine>>;
    std::map<StudySettings::Values, MadeMachine> machines;
    std::deque<decltype(machines)::const_iterator> order;  ///< the oldest first
    std::size_t objects = 0;                               ///< of all machines
    explicit Elaborated(std::shared_ptr<const Architecture> of) : architecture(std::move(of)) {}

    MadeMachine machine(const StudySettings::Values& parameters, const Progress* progress);
    /// What has to go for it is given to `old`.
    void keep(const StudySettings::Values& parameters, const MadeMachine& made,
              std::vector<MadeMachine>& old);
  };

  std::mutex mutex;
  Kept<std::pair<std::string, Result<std::shared_ptr<const Architecture>>>> architectures;
  Kept<std::pair<std::string, Result<Mapping>>> mappings;
  Kept<std::pair<std::shared_ptr<const std::string>, Result<std::shared_ptr<const Network>>>> networks;
  Kept<Result<std::shared_ptr<const std::string>>> imported;
  struct Trace {
    std::shared_ptr<const Machine> machine;
    Result<std::shared_ptr<const Program>> program;
  };
  Kept<Trace> traces;
  std::list<std::shared_ptr<Elaborated>> elaborations;
  std::unordered_map<std::string, std::shared_ptr<const StudyResult>> results;
  ElaborationCounts forgotten;  ///< of elaborations that are gone
  EstimateMemory estimates;
  StudyCounts counts;
};

void StudyMemory::State::Elaborated::keep(const StudySettings::Values& parameters, const MadeMachine& made,
                                          std::vector<MadeMachine>& old) {
  constexpr std::size_t mostObjectsKept = 1'000'000;
  const auto sizeOf = [](const MadeMachine& machine) {
    return machine ? (*machine)->objectNames.size() : std::size_t{0};
  };
  const auto [place, isNew] = machines.try_emplace(parameters, made);
  if (!isNew) return;  // another thread was first
  order.emplace_back(place);
  objects += sizeOf(made);
  while (order.size() > 1 && (order.size() > mostMachines || objects > mostObjectsKept)) {
    objects -= sizeOf(order.front()->second);
    old.push_back(order.front()->second);
    machines.erase(order.front());
    order.pop_front();
  }
}

Result<std::shared_ptr<const Machine>> StudyMemory::State::Elaborated::machine(
    const StudySettings::Values& parameters, const Progress* progress) {
  std::unique_ptr<Elaboration> elaboration;
  {
    const std::scoped_lock lock(mutex);
    if (const auto known = machines.find(parameters); known != machines.end()) return known->second;
    if (!free.empty()) {
      elaboration = std::move(free.back());
      free.pop_back();
    }
  }
  const ElaborationCounts before = elaboration ? elaboration->counts() : ElaborationCounts();
  if (!elaboration) elaboration = std::make_unique<Elaboration>(architecture);
  MadeMachine made = elaboration->machine(parameters, progress);
  std::vector<MadeMachine> old;  // freed when nobody waits for that
  const std::scoped_lock lock(mutex);
  add(counts, since(before, elaboration->counts()));
  free.push_back(std::move(elaboration));
  const bool stopped = !made && made.diagnostics.empty();
  if (!stopped) keep(parameters, made, old);
  return made;
}

StudyMemory::StudyMemory() : state_(std::make_unique<State>()) {}

StudyMemory::~StudyMemory() = default;

EstimateMemory& StudyMemory::estimates() {
  return state_->estimates;
}

Result<std::shared_ptr<const Architecture>> StudyMemory::architecture(const std::string& path) {
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  {
    const std::scoped_lock lock(state_->mutex);
    const auto* known = findIn(state_->architectures, path);
    if (known != nullptr && known->first == *text) return known->second;
    ++state_->counts.files;
  }
  Result<Architecture> parsed = parseArchitecture(*text, path);
  Result<std::shared_ptr<const Architecture>> made(std::move(parsed.diagnostics));
  if (parsed) made.value = std::make_shared<const Architecture>(std::move(*parsed));
  const std::scoped_lock lock(state_->mutex);
  std::erase_if(state_->architectures, [&](const auto& entry) { return entry.first == path; });
  keepIn(state_->architectures, path, {std::move(*text), made}, mostArchitectures);
  return made;
}

Result<Mapping> StudyMemory::mapping(const std::string& path, const std::string* text) {
  Result<std::string> held = text != nullptr ? Result<std::string>(*text) : readFile(path);
  if (!held) return std::move(held.diagnostics);
  {
    const std::scoped_lock lock(state_->mutex);
    const auto* known = findIn(state_->mappings, path);
    if (known != nullptr && known->first == *held) return known->second;
    ++state_->counts.files;
  }
  Result<Mapping> parsed = parseMapping(*held, path);
  const std::scoped_lock lock(state_->mutex);
  std::erase_if(state_->mappings, [&](const auto& entry) { return entry.first == path; });
  keepIn(state_->mappings, path, {std::move(*held), parsed}, mostMappings);
  return parsed;
}

Result<std::shared_ptr<const Network>> StudyMemory::network(const NetworkSource& source,
                                                            const StudySettings::Values& parameters) {
  std::string key = source.text ? source.path : stampOf(source.path);
  for (const auto& [name, value] : parameters) key += '\n' + name + '=' + std::to_string(value);
  const auto same = [&](const std::shared_ptr<const std::string>& text) {
    return text == source.text || (text && source.text && *text == *source.text);
  };
  {
    const std::scoped_lock lock(state_->mutex);
    const auto* known = findIn(state_->networks, key);
    if (known != nullptr && same(known->first)) return known->second;
    ++state_->counts.networks;
  }
  Result<Network> read = source.text ? parseNetwork(*source.text, source.path, parameters)
                                     : readAnyNetwork(source.path, parameters);
  Result<std::shared_ptr<const Network>> made(std::move(read.diagnostics));
  if (read) made.value = std::make_shared<const Network>(std::move(*read));
  const std::scoped_lock lock(state_->mutex);
  std::erase_if(state_->networks, [&](const auto& entry) { return entry.first == key; });
  keepIn(state_->networks, key, {source.text, made}, mostNetworks);
  return made;
}

Result<std::shared_ptr<const std::string>> StudyMemory::networkText(const std::string& path) {
  const bool imported = isImportable(path);
  const std::string key = stampOf(path);
  if (imported) {
    const std::scoped_lock lock(state_->mutex);
    if (const auto* known = findIn(state_->imported, key)) return *known;
  }
  Result<std::string> text = imported ? importAsText(path) : readFile(path);
  Result<std::shared_ptr<const std::string>> made(std::move(text.diagnostics));
  if (text) made.value = std::make_shared<const std::string>(std::move(*text));
  if (!imported) return made;
  const std::scoped_lock lock(state_->mutex);
  keepIn(state_->imported, key, made, mostNetworks);
  return made;
}

Result<std::shared_ptr<const Program>> StudyMemory::trace(const std::string& path,
                                                          const std::shared_ptr<const Machine>& machine,
                                                          Progress& progress) {
  const std::string key = stampOf(path);
  {
    const std::scoped_lock lock(state_->mutex);
    const auto* known = findIn(state_->traces, key);
    if (known != nullptr && known->machine == machine) return known->program;
  }
  Result<Program> read = readTraceAsLoops(path, *machine, progress);
  Result<std::shared_ptr<const Program>> made(std::move(read.diagnostics));
  if (read) made.value = std::make_shared<const Program>(std::move(*read));
  if (progress.cancelled() || !made) return made;
  const std::scoped_lock lock(state_->mutex);
  std::erase_if(state_->traces, [&](const auto& entry) { return entry.first == key; });
  keepIn(state_->traces, key, {machine, made}, mostTraces);
  return made;
}

Result<std::shared_ptr<const Machine>> StudyMemory::machine(
    const std::shared_ptr<const Architecture>& architecture, const StudySettings::Values& parameters,
    const Progress* progress) {
  std::shared_ptr<State::Elaborated> elaborated;
  {
    const std::scoped_lock lock(state_->mutex);
    const auto found = std::find_if(state_->elaborations.begin(), state_->elaborations.end(),
                                    [&](const auto& each) { return each->architecture == architecture; });
    if (found != state_->elaborations.end()) {
      state_->elaborations.splice(state_->elaborations.begin(), state_->elaborations, found);
    } else {
      state_->elaborations.push_front(std::make_shared<State::Elaborated>(architecture));
      if (state_->elaborations.size() > mostArchitectures) {
        const std::scoped_lock inner(state_->elaborations.back()->mutex);
        add(state_->forgotten, state_->elaborations.back()->counts);
      }
      if (state_->elaborations.size() > mostArchitectures) state_->elaborations.pop_back();
    }
    elaborated = state_->elaborations.front();
  }
  return elaborated->machine(parameters, progress);
}

std::shared_ptr<const StudyResult> StudyMemory::result(const std::string& point) {
  const std::scoped_lock lock(state_->mutex);
  const auto found = state_->results.find(point);
  if (found == state_->results.end()) return nullptr;
  ++state_->counts.pointsKnown;
  return found->second;
}

void StudyMemory::keep(const std::string& point, std::shared_ptr<const StudyResult> result) {
  const std::scoped_lock lock(state_->mutex);
  ++state_->counts.points;
  if (state_->results.size() >= mostResults) state_->results.clear();
  state_->results.emplace(point, std::move(result));
}

double StudyMemory::timingSeconds() const {
  return state_->estimates.timingSeconds();
}

StudyCounts StudyMemory::counts() const {
  const std::scoped_lock lock(state_->mutex);
  StudyCounts counts = state_->counts;
  counts.elaborations = state_->forgotten;
  for (const auto& each : state_->elaborations) {
    const std::scoped_lock inner(each->mutex);
    add(counts.elaborations, each->counts);
  }
  counts.estimates = state_->estimates.counts();
  return counts;
}

}  // namespace taktwerk
