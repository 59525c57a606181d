// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_inputs.h"

#include <utility>

#include "core/base/files.h"

namespace taktwerk {
namespace {

/// Figures of programs that are older or newer are not taken for those of this one.
constexpr std::string_view figuresVersion = "1";

std::string howText(const StudyOptions& options) {
  const EstimateOptions& how = options.how;
  std::string text = "figures " + std::string(figuresVersion) + "\nmethod " +
                     std::string(toString(how.method)) + "\nsearch " + std::to_string(how.search);
  for (const std::int64_t number :
       {how.budget.evaluated, how.budget.full, how.budget.stateWords, how.budget.small}) {
    text += "\nbudget " + std::to_string(number);
  }
  if (!options.layer.empty()) text += "\nlayer " + options.layer;
  return text;
}

}  // namespace

Result<std::vector<StoredStudy>> storedStudies(const Sweep& sweep, const StudyOptions& options,
                                               StudyMemory& memory) {
  std::vector<StoredStudy> all;
  all.reserve(sweep.studies.size());
  for (const Study& study : sweep.studies) {
    StoredStudy stored;
    stored.how = howText(options);
    const auto add = [&](const char* kind, const std::string& path, Result<std::string> text) {
      if (text) stored.inputs.push_back({kind, path, std::move(*text)});
      return std::move(text.diagnostics);
    };
    Diagnostics problems = add("architecture", study.architecture->file, readFile(study.architecture->file));
    if (hasErrors(problems)) return problems;
    auto network = memory.networkText(study.network.path);
    if (!network) return std::move(network.diagnostics);
    (void)add("network", study.network.path, study.network.text ? *study.network.text : **network);
    for (const Mapping& mapping : *study.mappings) {
      problems = add("mapping", mapping.file, readFile(mapping.file));
      if (hasErrors(problems)) return problems;
    }
    all.push_back(std::move(stored));
  }
  return all;
}

std::string settingsText(const StudySettings& settings) {
  std::string text;
  const auto add = [&](const char* owner, const auto& values) {
    for (const auto& [name, value] : values) {
      if (!text.empty()) text += ' ';
      text += owner + name + '=' + std::to_string(value);
    }
  };
  add("arch.", settings.architecture);
  add("network.", settings.network);
  add("mapping.", settings.tunables);
  return text;
}

}  // namespace taktwerk
