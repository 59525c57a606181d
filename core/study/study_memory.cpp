// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_memory.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "core/import/import_network.h"
#include "core/network/network_file.h"
#include "core/study/study_estimate.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostArchitectures = 16, mostMappings = 256, mostNetworks = 64, mostMachines = 64,
                      mostResults = 4096;

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

}  // namespace

Result<std::shared_ptr<const Architecture>> StudyMemory::architecture(const std::string& path) {
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  {
    const std::scoped_lock lock(mutex_);
    const auto* known = findIn(architectures_, path);
    if (known != nullptr && known->first == *text) return known->second;
    ++counts_.files;
  }
  Result<Architecture> parsed = parseArchitecture(*text, path);
  Result<std::shared_ptr<const Architecture>> made(std::move(parsed.diagnostics));
  if (parsed) made.value = std::make_shared<const Architecture>(std::move(*parsed));
  const std::scoped_lock lock(mutex_);
  std::erase_if(architectures_, [&](const auto& entry) { return entry.first == path; });
  keepIn(architectures_, path, {std::move(*text), made}, mostArchitectures);
  return made;
}

Result<Mapping> StudyMemory::mapping(const std::string& path, const std::string* text) {
  Result<std::string> held = text != nullptr ? Result<std::string>(*text) : readFile(path);
  if (!held) return std::move(held.diagnostics);
  {
    const std::scoped_lock lock(mutex_);
    const auto* known = findIn(mappings_, path);
    if (known != nullptr && known->first == *held) return known->second;
    ++counts_.files;
  }
  Result<Mapping> parsed = parseMapping(*held, path);
  const std::scoped_lock lock(mutex_);
  std::erase_if(mappings_, [&](const auto& entry) { return entry.first == path; });
  keepIn(mappings_, path, {std::move(*held), parsed}, mostMappings);
  return parsed;
}

Result<std::shared_ptr<const Network>> StudyMemory::network(const NetworkSource& source,
                                                            const Settings::Values& parameters) {
  std::string key = source.text ? source.path : stampOf(source.path);
  for (const auto& [name, value] : parameters) key += '\n' + name + '=' + std::to_string(value);
  const auto same = [&](const std::shared_ptr<const std::string>& text) {
    return text == source.text || (text && source.text && *text == *source.text);
  };
  {
    const std::scoped_lock lock(mutex_);
    const auto* known = findIn(networks_, key);
    if (known != nullptr && same(known->first)) return known->second;
    ++counts_.networks;
  }
  Result<Network> read = source.text ? parseNetwork(*source.text, source.path, parameters)
                                     : readAnyNetwork(source.path, parameters);
  Result<std::shared_ptr<const Network>> made(std::move(read.diagnostics));
  if (read) made.value = std::make_shared<const Network>(std::move(*read));
  const std::scoped_lock lock(mutex_);
  std::erase_if(networks_, [&](const auto& entry) { return entry.first == key; });
  keepIn(networks_, key, {source.text, made}, mostNetworks);
  return made;
}

Result<std::shared_ptr<const std::string>> StudyMemory::networkText(const std::string& path) {
  const bool imported = isImportable(path);
  const std::string key = stampOf(path);
  if (imported) {
    const std::scoped_lock lock(mutex_);
    if (const auto* known = findIn(imported_, key)) return *known;
  }
  Result<std::string> text = imported ? importAsText(path) : readFile(path);
  Result<std::shared_ptr<const std::string>> made(std::move(text.diagnostics));
  if (text) made.value = std::make_shared<const std::string>(std::move(*text));
  if (!imported) return made;
  const std::scoped_lock lock(mutex_);
  keepIn(imported_, key, made, mostNetworks);
  return made;
}

Result<std::shared_ptr<const Machine>> StudyMemory::machine(
    const std::shared_ptr<const Architecture>& architecture, const Settings::Values& parameters) {
  std::shared_ptr<Elaborated> elaborated;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = std::find_if(elaborations_.begin(), elaborations_.end(), [&](const auto& each) {
      return each->elaboration.architecture() == architecture;
    });
    if (found != elaborations_.end()) {
      elaborations_.splice(elaborations_.begin(), elaborations_, found);
    } else {
      elaborations_.push_front(std::make_shared<Elaborated>(architecture));
      if (elaborations_.size() > mostArchitectures) {
        const std::scoped_lock inner(elaborations_.back()->mutex);
        const ElaborationCounts counts = elaborations_.back()->elaboration.counts();
        forgotten_.expressions += counts.expressions;
        forgotten_.structures += counts.structures;
        forgotten_.machines += counts.machines;
      }
      if (elaborations_.size() > mostArchitectures) elaborations_.pop_back();
    }
    elaborated = elaborations_.front();
  }
  const std::scoped_lock lock(elaborated->mutex);
  if (const auto known = elaborated->machines.find(parameters); known != elaborated->machines.end()) {
    return known->second;
  }
  Result<std::shared_ptr<const Machine>> made = elaborated->elaboration.machine(parameters);
  if (elaborated->machines.size() >= mostMachines) elaborated->machines.clear();
  elaborated->machines.emplace(parameters, made);
  return made;
}

std::shared_ptr<const StudyResult> StudyMemory::result(const std::string& point) {
  const std::scoped_lock lock(mutex_);
  const auto found = results_.find(point);
  if (found == results_.end()) return nullptr;
  ++counts_.pointsKnown;
  return found->second;
}

void StudyMemory::keep(const std::string& point, std::shared_ptr<const StudyResult> result) {
  const std::scoped_lock lock(mutex_);
  ++counts_.points;
  if (results_.size() >= mostResults) results_.clear();
  results_.emplace(point, std::move(result));
}

StudyCounts StudyMemory::counts() const {
  const std::scoped_lock lock(mutex_);
  StudyCounts counts = counts_;
  counts.elaborations = forgotten_;
  for (const auto& each : elaborations_) {
    const std::scoped_lock inner(each->mutex);
    const ElaborationCounts own = each->elaboration.counts();
    counts.elaborations.expressions += own.expressions;
    counts.elaborations.structures += own.structures;
    counts.elaborations.machines += own.machines;
  }
  counts.estimates = estimates_.counts();
  return counts;
}

}  // namespace taktwerk
