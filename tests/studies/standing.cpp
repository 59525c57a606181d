// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/architecture/validation_reader.h"
#include "core/report/text_table.h"
#include "tests/studies/swept_space.h"

namespace taktwerk::studies {
namespace {

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return groupedDigits(count) + ' ' + (count == 1 ? one : many);
}

/// "bert-base-layer: 8 layers missing …", a sentence for each network that lacks some.
void addMissing(const SweptSpace& space, const std::vector<std::uint32_t>& rows,
                std::vector<std::string>& notes) {
  const auto network = space.table.find("network");
  std::map<std::string, std::int64_t> missing;
  for (const std::uint32_t row : rows) {
    if (space.rows[row].state != PointState::Done || space.rows[row].complete) continue;
    const std::string name =
        network && space.table.columns()[*network].name == "network" ? space.table.text(*network, row) : "";
    missing[name] = std::max(missing[name], space.rows[row].missingLayers);
  }
  for (const auto& [name, layers] : missing) {
    notes.push_back((name.empty() ? "" : name + ": ") + counted(layers, "layer has", "layers have") +
                    " no mapping and " + (layers == 1 ? "is" : "are") +
                    " missing (left to the host): its figures are lower bounds (≥).");
  }
}

/// Whether the architecture's parameters have other values than its file in some of these rows.
std::string changedParameters(const SweptSpace& space, const Study& study) {
  std::string names;
  for (const SweepColumn& column : space.sweep->columns) {
    const std::string& name = column.name;
    if (!name.starts_with("arch.")) continue;
    const auto& parameters = study.architecture->parameters;
    const bool known = std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& parameter) {
      return "arch." + parameter.name == name;
    });
    if (known) names += (names.empty() ? "" : ", ") + name.substr(5);
  }
  return names;
}

void addValidation(const SweptSpace& space, std::vector<std::string>& notes) {
  std::set<const Architecture*> seen;
  for (const Study& study : space.sweep->studies) {
    if (!seen.insert(study.architecture.get()).second) continue;
    const std::string& name = study.architecture->name;
    if (study.architecture->validation.empty()) {
      notes.push_back(name +
                      ": no validation is declared; figures compare designs of this description alone.");
      continue;
    }
    std::string text = name + ", declared validation:";
    bool first = true;
    for (const DeclaredValidation& each : study.architecture->validation) {
      text += std::string(first ? " " : "; ") + percentText(each.meanError) + " mean error over " +
              counted(each.points, "point", "points") + " against " + each.against;
      first = false;
    }
    notes.push_back(text + '.');
    const std::string changed = changedParameters(space, study);
    if (!changed.empty())
      notes.push_back("That is said of the file's own values, and of no other " + changed + ".");
  }
}

}  // namespace

std::vector<std::string> standingOf(const SweptSpace& space, const std::vector<std::uint32_t>& rows) {
  std::vector<std::string> notes;
  addMissing(space, rows, notes);
  std::int64_t notExact = 0, infeasible = 0, done = 0;
  for (const std::uint32_t row : rows) {
    infeasible += space.rows[row].state == PointState::Infeasible ? 1 : 0;
    if (space.rows[row].state != PointState::Done) continue;
    ++done;
    notExact += space.rows[row].exact ? 0 : 1;
  }
  notes.push_back(notExact == 0
                      ? counted(done, "design", "designs") + ", all timed exactly for the description."
                      : groupedDigits(notExact) + " of " + counted(done, "design", "designs") +
                            " are not exact for the description, but approximated.");
  if (infeasible > 0)
    notes.push_back(counted(infeasible, "design", "designs") +
                    " cannot be (hatched where they have a cell).");
  addValidation(space, notes);
  return notes;
}

}  // namespace taktwerk::studies
