// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/settings.h"

#include <algorithm>
#include <set>

#include "core/base/diagnostic.h"
#include "core/base/whole_number.h"

namespace taktwerk::cli {

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
  std::string message = "--set: there is no parameter \"" + name + "\"";
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

std::variant<Setting, Misuse> parseSetting(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return Misuse{"--set wants NAME=VALUE, such as arch.rows=8, not \"" + std::string(text) + "\""};
  }
  const std::string name(text.substr(0, equals));
  const std::string_view value = text.substr(equals + 1);
  if (const auto number = wholeNumber(value)) return Setting{name, *number};
  return Misuse{"--set " + name + ": " + whyNotWholeNumber(value)};
}

std::variant<Overrides, Misuse> resolveSettings(const std::vector<Setting>& settings,
                                                const SettableNames& names) {
  const std::vector<Owner> owners = {
      {"arch.", &names.architecture}, {"network.", &names.network}, {"mapping.", &names.mapping}};
  Overrides overrides;
  std::set<std::string> seen;
  for (const Setting& setting : settings) {
    const std::vector<std::string> found = meanings(setting.name, owners);
    if (found.empty()) return Misuse{unknown(setting.name, owners)};
    if (found.size() > 1) {
      std::string choices = found[0];
      for (std::size_t i = 1; i < found.size(); ++i) choices += " or " + found[i];
      return Misuse{"--set: \"" + setting.name + "\" is ambiguous; write " + choices};
    }
    if (!seen.insert(found[0]).second) return Misuse{"--set: " + found[0] + " is set twice"};
    const std::size_t dot = found[0].find('.');
    const std::string owner = found[0].substr(0, dot);
    const std::string name = found[0].substr(dot + 1);
    if (owner == "arch") {
      overrides.architecture[name] = setting.value;
    } else if (owner == "network") {
      overrides.network[name] = setting.value;
    } else {
      overrides.tunables[name] = setting.value;
    }
  }
  return overrides;
}

}  // namespace taktwerk::cli
