// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrate_store.h"

#include <cstdint>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

#include "core/base/whole_number.h"
#include "core/store/store_inputs.h"
#include "core/store/store_writer.h"

namespace taktwerk {
namespace {

std::map<std::int64_t, std::int64_t> migrateStudies(Database& from, const std::string& suffix,
                                                    StoreWriter& writer) {
  std::map<std::int64_t, StoredInput> inputs;
  Statement ofInputs = from.prepare(("SELECT id, kind, path, text FROM inputs" + suffix).c_str());
  while (ofInputs.step()) inputs[ofInputs.number(0)] = {ofInputs.text(1), ofInputs.text(2), ofInputs.text(3)};
  std::map<std::int64_t, std::int64_t> numbers;
  Statement ofStudies = from.prepare(("SELECT id, how, inputs FROM studies" + suffix).c_str());
  while (ofStudies.step()) {
    StoredStudy study;
    study.how = ofStudies.text(1);
    std::istringstream list(ofStudies.text(2));
    for (std::int64_t number = 0; list >> number;) study.inputs.push_back(inputs[number]);
    study.words = wordsOf(study.inputs);
    numbers[ofStudies.number(0)] = writer.study(study, StoreWriter::Paths::Keep);
  }
  return numbers;
}

/// "arch.rows=4 network.batch=1"
StudySettings settingsFrom(std::string_view text) {
  StudySettings settings;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    const std::size_t equals = one.find('=');
    const auto value = equals == std::string_view::npos ? std::nullopt : wholeNumber(one.substr(equals + 1));
    if (value) putSetting(settings, one.substr(0, equals), *value);
  }
  return settings;
}

}  // namespace

bool migrateRows(Database& from, const std::string& suffix, Database& to) {
  StoreWriter writer(to);
  std::map<std::int64_t, std::int64_t> studies = migrateStudies(from, suffix, writer);
  const std::vector<Figure> figures(standardFigures().begin(), standardFigures().begin() + 1);
  Statement rows = from.prepare(("SELECT study, point, state, reason, cycles, instructions, macs, exact, "
                                 "complete, missing FROM results" +
                                 suffix)
                                    .c_str());
  std::int64_t number = 0;
  while (rows.step()) {
    SweepRow row;
    row.point.number = number++;
    row.point.settings = settingsFrom(rows.text(1));
    row.state = pointStateFrom(rows.text(2)).value_or(PointState::Failed);
    row.reason = rows.text(3);
    row.cycles = rows.number(4);
    row.instructions = rows.number(5);
    row.macs = rows.number(6);
    row.exact = rows.number(7) != 0;
    row.complete = rows.number(8) != 0;
    row.missingLayers = rows.number(9);
    if (row.state == PointState::Done) row.figures = {static_cast<double>(row.cycles)};
    if (!writer.add(studies[rows.number(0)], row, figures)) return false;
  }
  return writer.writeCount() && !from.failure();
}

}  // namespace taktwerk
