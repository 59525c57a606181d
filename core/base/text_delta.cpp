// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text_delta.h"

#include <algorithm>
#include <stdexcept>

namespace taktwerk {

namespace {

std::string replaced(std::string_view text, std::size_t offset, std::string_view old, std::string_view by) {
  if (offset > text.size() || text.substr(offset, old.size()) != old) {
    throw std::logic_error("a change of a text does not fit the text");
  }
  std::string result;
  result.reserve(text.size() - old.size() + by.size());
  result += text.substr(0, offset);
  result += by;
  result += text.substr(offset + old.size());
  return result;
}

}  // namespace

TextDelta textDelta(std::string_view before, std::string_view after) {
  const auto first = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto common = static_cast<std::size_t>(first.first - before.begin());
  before.remove_prefix(common);
  after.remove_prefix(common);
  const auto last = std::mismatch(before.rbegin(), before.rend(), after.rbegin(), after.rend());
  const auto behind = static_cast<std::size_t>(last.first - before.rbegin());
  before.remove_suffix(behind);
  after.remove_suffix(behind);
  return {common, std::string(before), std::string(after)};
}

std::string applyDelta(std::string_view before, const TextDelta& delta) {
  return replaced(before, delta.offset, delta.removed, delta.inserted);
}

std::string revertDelta(std::string_view after, const TextDelta& delta) {
  return replaced(after, delta.offset, delta.inserted, delta.removed);
}

}  // namespace taktwerk
