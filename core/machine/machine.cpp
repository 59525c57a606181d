// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/machine.h"

#include <algorithm>

namespace taktwerk {
namespace {

using Names = std::unordered_map<std::string_view, std::uint32_t>;

std::string_view nameOf(const std::string& entry) {
  return entry;
}
template <class T>
std::string_view nameOf(const T& entry) {
  return entry.name;
}

template <class T>
Names indexed(const std::vector<T>& table) {
  Names names;
  names.reserve(table.size());
  for (std::uint32_t i = 0; i < table.size(); ++i) names.try_emplace(nameOf(table[i]), i);
  return names;
}

/// The first position of a name, from the index where there is one.
template <class T>
std::uint32_t position(const std::vector<T>& table, const Names* names, std::string_view name) {
  constexpr std::uint32_t none = Id<T>::none;
  if (names != nullptr) {
    const auto found = names->find(name);
    return found == names->end() ? none : found->second;
  }
  const auto found = std::find_if(table.begin(), table.end(), [&](const T& e) { return nameOf(e) == name; });
  return found == table.end() ? none : static_cast<std::uint32_t>(found - table.begin());
}

}  // namespace

std::variant<Cycles, ExpressionError> Cost::evaluate(const Expression::Lookup& lookup) const {
  if (!expression) return constant;
  auto value = expression->evaluateWhole([&](std::string_view name) -> std::optional<Rational> {
    if (parameters) {
      const auto found = parameters->find(name);
      if (found != parameters->end()) return Rational(found->second);
    }
    return lookup ? lookup(name) : std::nullopt;
  });
  if (const Cycles* cycles = std::get_if<Cycles>(&value); cycles != nullptr && *cycles > mostCycles) {
    return ExpressionError{
        1, "must be at most " + std::to_string(mostCycles) + ", is " + std::to_string(*cycles)};
  }
  return value;
}

void Machine::indexNames() {
  auto names = std::make_shared<NameIndex>();
  names->memories = indexed(memories);
  names->operations = indexed(operations);
  index = std::move(names);
}

std::size_t Machine::registerCount() const {
  if (registerFiles.empty()) return 0;
  return registerFiles.back().firstRegister + registerFiles.back().registers.size();
}

OperationId Machine::findOperation(std::string_view operation) const {
  return {position(operations, index ? &index->operations : nullptr, operation)};
}

MemoryId Machine::findMemory(std::string_view memory) const {
  return {position(memories, index ? &index->memories : nullptr, memory)};
}

RegisterFileId Machine::registerFileOf(RegisterId id) const {
  if (id.index() >= registerCount()) return {};
  // Files without registers share their first number with the next file; the last of them holds it.
  const auto next =
      std::upper_bound(registerFiles.begin(), registerFiles.end(), id.value,
                       [](std::uint32_t value, const RegisterFile& f) { return value < f.firstRegister; });
  return {static_cast<std::uint32_t>(next - registerFiles.begin()) - 1};
}

std::string Machine::registerName(RegisterId id) const {
  const RegisterFileId owner = registerFileOf(id);
  if (!owner.valid()) return {};
  const RegisterFile& f = registerFiles[owner.index()];
  return f.name + '.' + f.registers[id.value - f.firstRegister];
}

}  // namespace taktwerk
