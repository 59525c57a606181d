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

NameResolver::NameResolver(const Machine& machine, std::uint32_t patterns)
    : machine_(machine), known_(patterns) {}

/// The index of the object of that name; the table is made when it is first needed.
template <class Objects>
std::uint32_t NameResolver::find(Table& table, const Objects& objects, std::string_view name) {
  if (table.empty()) {
    table.reserve(objects.size());
    for (std::uint32_t i = 0; i < objects.size(); ++i) table.emplace(objects[i].name, i);
  }
  const auto found = table.find(name);
  return found == table.end() ? Id<struct NameTag>::none : found->second;
}

std::string NameResolver::text(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  std::string result = pattern.texts.front();
  for (std::size_t i = 0; i < holes.size(); ++i) result += std::to_string(holes[i]) + pattern.texts[i + 1];
  return result;
}

template <class Search>
std::uint32_t NameResolver::lookUp(const NamePattern& pattern, const std::vector<std::int64_t>& holes,
                                   Search search) {
  constexpr std::int64_t limit = 1 << 20;
  std::uint64_t key = 0;
  bool packed = holes.size() <= 3;
  for (const std::int64_t hole : holes) {
    packed = packed && hole >= 0 && hole < limit;
    key = key * limit + static_cast<std::uint64_t>(hole);
  }
  if (!packed) return search(text(pattern, holes));
  const auto [entry, inserted] = known_[pattern.index].try_emplace(key, 0);
  if (inserted) entry->second = search(text(pattern, holes));
  return entry->second;
}

RegisterId NameResolver::registerNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  return RegisterId{lookUp(pattern, holes, [this](const std::string& name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return RegisterId::none;
    const std::uint32_t file = find(files_, machine_.registerFiles, std::string_view(name).substr(0, dot));
    if (file == RegisterFileId::none) return RegisterId::none;
    const RegisterFile& found = machine_.registerFiles[file];
    const auto at =
        std::find(found.registers.begin(), found.registers.end(), std::string_view(name).substr(dot + 1));
    if (at == found.registers.end()) return RegisterId::none;
    return found.firstRegister + static_cast<std::uint32_t>(at - found.registers.begin());
  })};
}

UnitId NameResolver::unitNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  return UnitId{
      lookUp(pattern, holes, [this](const std::string& name) { return find(units_, machine_.units, name); })};
}

MemoryId NameResolver::memoryNamed(const NamePattern& pattern, const std::vector<std::int64_t>& holes) {
  return MemoryId{lookUp(
      pattern, holes, [this](const std::string& name) { return find(memories_, machine_.memories, name); })};
}

std::string NameResolver::registerHint(const std::string& name) const {
  std::vector<std::string> names;
  for (const RegisterFile& file : machine_.registerFiles) {
    for (const std::string& each : file.registers) names.push_back(file.name + '.' + each);
  }
  return didYouMean(name, names);
}

std::string NameResolver::unitHint(const std::string& name) const {
  return hint(name, machine_.units);
}
std::string NameResolver::memoryHint(const std::string& name) const {
  return hint(name, machine_.memories);
}

}  // namespace taktwerk
