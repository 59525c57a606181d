// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/template_changes.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "core/base/yaml_edit.h"
#include "core/base/yaml_text.h"

namespace taktwerk {
namespace {

void compareMaps(const YamlNode* before, const YamlNode* now, const std::string& what, bool deep,
                 std::vector<std::string>& changes) {
  static const YamlNode none;
  const YamlNode& a = before != nullptr ? *before : none;
  const YamlNode& b = now != nullptr ? *now : none;
  for (const YamlNode::Entry& entry : a.entries) {
    const YamlNode* other = b.find(entry.key);
    if (other == nullptr) {
      changes.push_back(what + entry.key + " removed");
    } else if (!sameContent(entry.value, *other)) {
      if (deep && entry.value.isMap() && other->isMap()) {
        compareMaps(&entry.value, other, entry.key + ": ", false, changes);
      } else {
        changes.push_back(what + entry.key + ' ' + yamlText(entry.value) + " → " + yamlText(*other));
      }
    }
  }
  for (const YamlNode::Entry& entry : b.entries) {
    if (a.find(entry.key) == nullptr) {
      changes.push_back(what + entry.key +
                        (deep || entry.value.isMap() ? " added" : ' ' + yamlText(entry.value)));
    }
  }
}

}  // namespace

std::string changesBetween(const YamlNode& before, const YamlNode& now) {
  std::vector<std::string> changes;
  compareMaps(before.find("parameters"), now.find("parameters"), "parameter ", true, changes);
  compareMaps(before.find("objects"), now.find("objects"), "block ", true, changes);
  std::multiset<std::string> old, fresh;
  const auto collect = [](const YamlNode& body, std::multiset<std::string>& into) {
    const YamlNode* all = body.find("connections");
    for (std::size_t i = 0; all != nullptr && i < all->items.size(); ++i)
      into.insert(yamlText(all->items[i]));
  };
  collect(before, old);
  collect(now, fresh);
  std::vector<std::string> gone, added;
  std::set_difference(old.begin(), old.end(), fresh.begin(), fresh.end(), std::back_inserter(gone));
  std::set_difference(fresh.begin(), fresh.end(), old.begin(), old.end(), std::back_inserter(added));
  for (const std::string& c : gone) changes.push_back("connection " + c + " removed");
  for (const std::string& c : added) changes.push_back("connection " + c + " added");
  if (changes.empty()) return "order or description";
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, changes.size()); ++i) text += (i > 0 ? "; " : "") + changes[i];
  return changes.size() > most ? text + "; and " + std::to_string(changes.size() - most) + " more" : text;
}

}  // namespace taktwerk
