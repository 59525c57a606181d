// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_reader.h"

#include <sstream>
#include <utility>

namespace taktwerk {

std::int64_t hashOfInput(std::int64_t id, const StoredInput& input) {
  const std::uint64_t named = hashOf(input.path, hashOf(input.kind, hashOf(id)));
  return static_cast<std::int64_t>(hashOf(input.text, named));
}

std::int64_t hashOfStudy(std::int64_t id, std::string_view how, std::string_view inputs,
                         std::string_view words) {
  return static_cast<std::int64_t>(hashOf(words, hashOf(inputs, hashOf(how, hashOf(id)))));
}

std::map<std::int64_t, NumberedStudy> studiesIn(Database& database) {
  std::map<std::int64_t, NumberedStudy> studies;
  Statement each = database.prepare("SELECT id, how, inputs, words, hash FROM studies ORDER BY id");
  while (each.step()) {
    const std::int64_t id = each.number(0);
    NumberedStudy& study = studies[id];
    study.how = each.text(1);
    const std::string inputs = each.text(2);
    if (each.number(4) != hashOfStudy(id, study.how, inputs, each.bytes(3))) {
      database.failAsDamaged("a study has changed");
      break;
    }
    std::istringstream numbers(inputs);
    for (std::int64_t number = 0; numbers >> number;) study.inputs.push_back(number);
    Decoder words(each.bytes(3));
    while (!words.atEnd() && !words.failed()) {
      std::string kind(words.text());
      study.words.emplace_back(std::move(kind), words.text());
    }
  }
  return studies;
}

std::map<std::int64_t, StoredInput> inputsIn(Database& database, bool texts) {
  std::map<std::int64_t, StoredInput> inputs;
  Statement each = database.prepare(texts ? "SELECT id, kind, path, hash, text FROM inputs"
                                          : "SELECT id, kind, path FROM inputs");
  while (each.step()) {
    StoredInput& input = inputs[each.number(0)];
    input = {each.text(1), each.text(2), texts ? each.text(4) : std::string()};
    if (texts && each.number(3) != hashOfInput(each.number(0), input)) {
      database.failAsDamaged("the text of " + input.path + " has changed");
      break;
    }
  }
  return inputs;
}

std::map<std::int64_t, Result<std::string>> inputTextsIn(Database& database, const std::string& path) {
  std::map<std::int64_t, Result<std::string>> texts;
  Statement each = database.prepare("SELECT id, kind, path, text, hash FROM inputs");
  while (each.step()) {
    StoredInput input{each.text(1), each.text(2), each.text(3)};
    if (each.number(4) == hashOfInput(each.number(0), input)) {
      texts.emplace(each.number(0), std::move(input.text));
    } else {
      Diagnostic changed{Severity::Error, path, {1, 1}, "S0302", {}, {}};
      changed.message = "the text of " + input.path + " in the store has changed; name a copy of the store";
      texts.emplace(each.number(0), std::move(changed));
    }
  }
  return texts;
}

SweepRow rowFrom(const RowCode& code, StoreTexts& texts) {
  SweepRow row;
  row.point.number = code.number;
  row.state = code.state;
  if (code.reason != 0) row.reason = texts.text(code.reason);
  row.cycles = code.cycles;
  row.instructions = code.instructions;
  row.macs = code.macs;
  row.exact = code.exact;
  row.complete = code.complete;
  row.missingLayers = code.missingLayers;
  Decoder values = code.values;
  for (std::uint64_t f = 0; f < code.figures && !values.failed(); ++f) row.figures.push_back(values.real());
  return row;
}

RowWalk::RowWalk(Database& database, std::int64_t after)
    : database_(database),
      rows_(database.prepare("SELECT id, study, point, result FROM points WHERE id > ? ORDER BY id")),
      last_(after) {
  rows_.bind(0, after);
}

bool RowWalk::next() {
  if (!rows_.step()) return false;
  place_ = {rows_.number(0), rows_.number(1), rows_.bytes(2)};
  const auto code = decodeRow(rows_.bytes(3), place_);
  // A page whose cells were changed may give a row twice and leave another out.
  const bool ascends = place_.id > std::exchange(last_, place_.id);
  if (!code || !ascends) {
    database_.failAsDamaged("a row has changed");
    return false;
  }
  row_ = *code;
  return true;
}

std::vector<SweepLayer> layersIn(Database& database, StoreTexts& texts, std::int64_t id) {
  std::vector<SweepLayer> layers;
  Statement find = database.prepare("SELECT layers FROM layers WHERE id = ?");
  find.bind(0, id);
  if (!find.step()) {
    database.failAsDamaged("the layers of a row are missing");
    return layers;
  }
  const auto codes = decodeLayers(find.bytes(0), id);
  if (!codes) {
    database.failAsDamaged("the layers of a row have changed");
    return layers;
  }
  layers.reserve(codes->size());
  for (const LayerCode& code : *codes) {
    layers.push_back(decodeWay(texts.text(code.way)));
    layers.back().cycles = code.cycles;
  }
  return layers;
}

}  // namespace taktwerk
