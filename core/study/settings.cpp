// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/settings.h"

#include <algorithm>
#include <set>

#include "core/base/diagnostic.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {

namespace {

struct Owner {
  std::string prefix;
  const std::vector<std::string>* names;
};

std::vector<std::string> qualifiedNames(const std::vector<Owner>& owners) {
  std::vector<std::string> all;
  for (const Owner& owner : owners) {
    for (const std::string& name : *owner.names) all.push_back(owner.prefix + name);
  }
  return all;
}

/// The full names that a user's name can stand for.
std::vector<std::string> meanings(const std::string& name, const std::vector<Owner>& owners) {
  std::vector<std::string> found;
  for (const Owner& owner : owners) {
    for (const std::string& candidate : *owner.names) {
      if (name == candidate || name == owner.prefix + candidate) found.push_back(owner.prefix + candidate);
    }
  }
  return found;
}

std::string unknown(const std::string& name, const std::vector<Owner>& owners) {
  const std::vector<std::string> qualified = qualifiedNames(owners);
  std::string message = "there is no parameter " + inQuotes(name);
  if (qualified.empty()) return message + "; none can be set here";
  std::vector<std::string> candidates = qualified;
  for (const Owner& owner : owners)
    candidates.insert(candidates.end(), owner.names->begin(), owner.names->end());
  const std::string hint = didYouMean(name, candidates);
  if (!hint.empty()) return message + hint;
  message += "; there are";
  const std::size_t shown = std::min<std::size_t>(qualified.size(), 20);
  for (std::size_t i = 0; i < shown; ++i) message += (i == 0 ? " " : ", ") + qualified[i];
  return shown < qualified.size() ? message + " and more" : message;
}

}  // namespace

std::variant<Setting, SettingProblem> parseSetting(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return SettingProblem{"wants NAME=VALUE, such as arch.rows=8, not " + inQuotes(text)};
  }
  const std::string name(text.substr(0, equals));
  const std::string_view value = text.substr(equals + 1);
  if (const auto number = wholeNumber(value)) return Setting{name, *number};
  return SettingProblem{name + ": " + whyNotWholeNumber(value)};
}

std::variant<StudySettings, SettingProblem> sortSettings(const std::vector<Setting>& settings,
                                                         const SettableNames& names) {
  const std::vector<Owner> owners = {
      {"arch.", &names.architecture}, {"network.", &names.network}, {"mapping.", &names.mapping}};
  StudySettings sorted;
  std::set<std::string> seen;
  for (const Setting& setting : settings) {
    const std::vector<std::string> found = meanings(setting.name, owners);
    if (found.empty()) return SettingProblem{unknown(setting.name, owners)};
    if (found.size() > 1) {
      std::string choices = found[0];
      for (std::size_t i = 1; i < found.size(); ++i) choices += " or " + found[i];
      return SettingProblem{'"' + setting.name + "\" is ambiguous; write " + choices};
    }
    if (!seen.insert(found[0]).second) return SettingProblem{found[0] + " is set twice"};
    const std::size_t dot = found[0].find('.');
    const std::string owner = found[0].substr(0, dot);
    const std::string name = found[0].substr(dot + 1);
    if (owner == "arch") {
      sorted.architecture[name] = setting.value;
    } else if (owner == "network") {
      sorted.network[name] = setting.value;
    } else {
      sorted.tunables[name] = setting.value;
    }
  }
  return sorted;
}

StudySettings sortParameters(const std::map<std::string, std::int64_t>& parameters) {
  constexpr std::string_view architecture = "arch.", network = "network.", mapping = "mapping.";
  StudySettings sorted;
  for (const auto& [name, value] : parameters) {
    if (name.starts_with(architecture)) sorted.architecture[name.substr(architecture.size())] = value;
    if (name.starts_with(network)) sorted.network[name.substr(network.size())] = value;
    if (name.starts_with(mapping)) sorted.tunables[name.substr(mapping.size())] = value;
  }
  return sorted;
}

}  // namespace taktwerk
