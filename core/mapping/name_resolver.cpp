// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/name_resolver.h"

#include <algorithm>

namespace taktwerk {
namespace {

template <class Objects>
std::string hint(const std::string& name, const Objects& objects) {
  std::vector<std::string> names;
  for (const auto& object : objects) names.push_back(object.name);
  return didYouMean(name, names);
}

}  // namespace

NameResolver::NameResolver(const Machine& machine) : machine_(machine) {
  std::uint32_t index = 0;
  files_.reserve(machine.registerFiles.size());
  for (const RegisterFile& file : machine.registerFiles) files_.emplace(file.name, index++);
  index = 0;
  for (const Unit& unit : machine.units) units_.emplace(unit.name, index++);
  index = 0;
  for (const Memory& memory : machine.memories) memories_.emplace(memory.name, index++);
}

std::string NameResolver::text(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  std::string result = pattern.texts.front();
  for (std::size_t i = 0; i < holes.size(); ++i) result += std::to_string(holes[i]) + pattern.texts[i + 1];
  return result;
}

template <class Find>
std::uint32_t NameResolver::lookUp(const NamePattern& pattern, const std::vector<std::int64_t>& holes, Find find) {
  constexpr std::int64_t limit = 1 << 20;
  std::uint64_t key = 0;
  bool packed = holes.size() <= 3;
  for (const std::int64_t hole : holes) {
    packed = packed && hole >= 0 && hole < limit;
    key = key * limit + static_cast<std::uint64_t>(hole);
  }
  if (!packed) return find(text(pattern, holes));
  const auto [entry, inserted] = known_[&pattern].try_emplace(key, 0);
  if (inserted) entry->second = find(text(pattern, holes));
  return entry->second;
}

RegisterId NameResolver::registerNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  return RegisterId{lookUp(pattern, holes, [this](const std::string& name) {
    const std::size_t dot = name.rfind('.');
    const auto file = files_.find(std::string_view(name).substr(0, dot));
    if (dot == std::string::npos || file == files_.end()) return RegisterId::none;
    const RegisterFile& found = machine_.registerFiles[file->second];
    const auto at = std::find(found.registers.begin(), found.registers.end(), name.substr(dot + 1));
    if (at == found.registers.end()) return RegisterId::none;
    return found.firstRegister + static_cast<std::uint32_t>(at - found.registers.begin());
  })};
}

UnitId NameResolver::unitNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  return UnitId{lookUp(pattern, holes, [this](const std::string& name) {
    const auto unit = units_.find(name);
    return unit == units_.end() ? UnitId::none : unit->second;
  })};
}

MemoryId NameResolver::memoryNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  return MemoryId{lookUp(pattern, holes, [this](const std::string& name) {
    const auto memory = memories_.find(name);
    return memory == memories_.end() ? MemoryId::none : memory->second;
  })};
}

std::string NameResolver::registerHint(const std::string& name) const {
  std::vector<std::string> names;
  for (const RegisterFile& file : machine_.registerFiles) {
    for (const std::string& each : file.registers) names.push_back(file.name + '.' + each);
  }
  return didYouMean(name, names);
}

std::string NameResolver::unitHint(const std::string& name) const { return hint(name, machine_.units); }
std::string NameResolver::memoryHint(const std::string& name) const { return hint(name, machine_.memories); }

}  // namespace taktwerk
