// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/calibration_edits.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

namespace taktwerk {

namespace {

/// Whether another value than the one that was set is told of a parameter of the architecture.
bool isFound(const Calibration& calibration, const std::string& key) {
  return std::any_of(calibration.parameters.begin(), calibration.parameters.end(),
                     [&](const FittedParameter& each) { return each.key == key && isWritten(each); });
}

bool isFoundTunable(const Calibration& calibration, const std::string& name) {
  return std::any_of(calibration.parameters.begin(), calibration.parameters.end(),
                     [&](const FittedParameter& each) {
                       return each.key.empty() && (each.name == name || each.name == "mapping." + name);
                     });
}

}  // namespace

bool isWritten(const FittedParameter& parameter) {
  return !parameter.key.empty() && parameter.determined != FittedParameter::Determined::No;
}

std::string provenanceOf(const Study& study, const Measurements& measurements, const Calibration& calibration,
                         std::uint64_t seed) {
  const Accuracy judged = accuracyOf(measurements, calibration.after, calibration.fitted, Rows::Judged);
  const auto fitted = std::count(calibration.fitted.begin(), calibration.fitted.end(), true);
  std::array<char, 32> percent{};
  std::snprintf(percent.data(), percent.size(), "%.1f %%", judged.meanAbsolute * 100);
  std::string with;
  const auto add = [&](const std::string& name, std::int64_t value) {
    with += (with.empty() ? ", with " : ", ") + name + " = " + std::to_string(value);
  };
  for (const auto& [name, value] : study.settings.architecture) {
    if (!isFound(calibration, name)) add(name, value);
  }
  for (const auto& [name, value] : study.settings.tunables) {
    if (!isFoundTunable(calibration, name)) add(name, value);
  }
  for (const FittedParameter& each : calibration.parameters) {
    if (each.key.empty()) add(each.name, each.value);
  }
  return "calibrated on " + std::filesystem::path(measurements.file).filename().string() + ": fitted on " +
         std::to_string(static_cast<std::size_t>(fitted) + judged.rows) + " rows; on " +
         std::to_string(fitted) + " of them alone it is " + percent.data() + " off in the mean on the " +
         std::to_string(judged.rows) + " others (seed " + std::to_string(seed) + ')' + with;
}

std::vector<ArchitectureEdit> editsOf(const Study& study, const Measurements& measurements,
                                      const Calibration& calibration, std::uint64_t seed) {
  std::vector<ArchitectureEdit> edits;
  if (calibration.after.empty()) return edits;
  const std::string source = provenanceOf(study, measurements, calibration, seed);
  for (const FittedParameter& each : calibration.parameters) {
    if (!isWritten(each)) continue;
    edits.emplace_back(SetParameter{each.key, "default", yamlScalar(std::to_string(each.value))});
    edits.emplace_back(SetParameter{each.key, "source", yamlScalar(source)});
  }
  return edits;
}

}  // namespace taktwerk
