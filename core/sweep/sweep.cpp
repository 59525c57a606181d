// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/sweep.h"

#include <utility>

namespace taktwerk {
namespace {

void put(StudySettings& settings, const std::string& name, std::int64_t value) {
  const std::size_t dot = name.find('.');
  const std::string owner = name.substr(0, dot);
  const std::string own = name.substr(dot + 1);
  if (owner == "arch") {
    settings.architecture[own] = value;
  } else if (owner == "network") {
    settings.network[own] = value;
  } else {
    settings.tunables[own] = value;
  }
}

}  // namespace

SweepPoint sweepPoint(const Sweep& sweep, const NumberedPoint& point) {
  SweepPoint made;
  made.number = point.number;
  made.problem = point.point.problem;
  const Space& space = sweep.judge->space();
  for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
    const Dimension& dimension = space.dimensions[d];
    if (dimension.of == Dimension::Of::Parameter) continue;
    made.study = made.study * dimension.alternatives.size() +
                 static_cast<std::size_t>(point.point.values[d].value_or(0));
  }
  made.settings = sweep.studies[made.study].settings;
  made.values.reserve(sweep.columns.size());
  for (std::size_t c = 0; c < sweep.columns.size(); ++c) {
    const std::size_t name = sweep.columnNames[c];
    const bool isDimension = name < space.dimensions.size();
    std::optional<std::int64_t> value =
        isDimension ? point.point.values[name] : point.point.derived[name - space.dimensions.size()];
    if (!sweep.offered[made.study][c]) value.reset();
    made.values.push_back(value);
    if (value && sweep.columns[c].words.empty()) put(made.settings, sweep.columns[c].name, *value);
  }
  return made;
}

SweepPoint sweepPoint(const Sweep& sweep, std::int64_t number,
                      std::vector<std::optional<std::int64_t>> values) {
  SweepPoint made;
  made.number = number;
  made.settings = sweep.studies.front().settings;
  for (std::size_t c = 0; c < values.size(); ++c) {
    if (values[c]) put(made.settings, sweep.columns[c].name, *values[c]);
  }
  made.values = std::move(values);
  return made;
}

Study studyOf(const Sweep& sweep, const SweepPoint& point) {
  Study study = sweep.studies[point.study];
  study.settings = point.settings;
  return study;
}

std::string valueText(const SweepColumn& column, const std::optional<std::int64_t>& value) {
  if (!value) return {};
  return column.words.empty() ? std::to_string(*value) : column.words[static_cast<std::size_t>(*value)];
}

}  // namespace taktwerk
