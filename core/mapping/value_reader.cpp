// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/value_reader.h"

#include <utility>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view badValue = "M0124";
constexpr const char* noName =
    "a value's name is a letter or underscore followed by letters, digits and underscores";

}  // namespace

std::optional<CompiledExpression> ValueReader::compiled(const YamlNode& node, const std::string& what) {
  const auto placed = reader_.expression(node, what);
  if (!placed) return std::nullopt;
  return names_.compiled(*placed);
}

void ValueReader::read(const YamlNode& values) {
  for (const YamlNode::Entry& entry : values.entries) {
    if (!isPlainName(entry.key)) {
      reader_.error(entry.position, badValue, noName);
      continue;
    }
    if (entry.value.isMap()) {
      readRepetition(entry);
      continue;
    }
    auto value = compiled(entry.value, entry.key);
    const SlotIndex slot = names_.define(entry.key, entry.position);
    if (value) document_.values.push_back({entry.key, slot, std::move(*value)});
  }
}

RepeatedValues::Values ValueReader::defined(const YamlNode& part, const std::string& prefix, Slots& slots) {
  RepeatedValues::Values values;
  for (const YamlNode::Entry& entry : part.entries) {
    if (!isPlainName(entry.key)) {
      reader_.error(entry.position, badValue, noName);
      continue;
    }
    auto value = compiled(entry.value, prefix + entry.key);
    const SlotIndex slot = names_.define(prefix + entry.key, entry.position);
    slots.emplace(entry.key, slot);
    if (value) values.emplace_back(slot, std::move(*value));
  }
  return values;
}

RepeatedValues::Values ValueReader::changed(const YamlNode& part, const Slots& slots) {
  RepeatedValues::Values values;
  for (const YamlNode::Entry& entry : part.entries) {
    auto value = compiled(entry.value, "next " + entry.key);
    const auto known = slots.find(entry.key);
    if (known == slots.end()) {
      reader_.error(entry.position, badValue,
                    "next changes values that begin names; it has no " + inQuotes(entry.key));
    } else if (value) {
      values.emplace_back(known->second, std::move(*value));
    }
  }
  return values;
}

void ValueReader::readRepetition(const YamlNode::Entry& entry) {
  const std::string what = "a repetition";
  reader_.checkKeys(entry.value, {"begin", "let", "while", "next"}, what);
  const YamlNode* begin = reader_.need(entry.value, "begin", Kind::Map, what);
  const YamlNode* condition = reader_.need(entry.value, "while", Kind::Scalar, what);
  const YamlNode* next = reader_.need(entry.value, "next", Kind::Map, what);
  if (begin == nullptr || condition == nullptr || next == nullptr) return;
  if (begin->entries.empty() || next->entries.empty()) {
    return reader_.error(entry.position, badValue,
                         "a repetition begins with values, and next changes some of them");
  }
  const std::string prefix = entry.key + '.';
  RepeatedValues repetition;
  Slots slots, helpers;
  repetition.begin = defined(*begin, prefix, slots);
  if (const YamlNode* let = reader_.find(entry.value, "let", Kind::Map, what)) {
    repetition.helpers = defined(*let, prefix, helpers);
  }
  auto test = compiled(*condition, "while");
  repetition.next = changed(*next, slots);
  if (!test || repetition.begin.empty()) return;
  repetition.condition = std::move(*test);
  const SlotIndex first = repetition.begin.front().first;
  document_.values.push_back({entry.key, first, std::move(repetition)});
}

}  // namespace taktwerk
