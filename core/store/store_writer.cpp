// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_writer.h"

#include <utility>

#include "core/store/store_reader.h"

namespace taktwerk {

StoreWriter::StoreWriter(Database& database)
    : database_(database),
      texts_(database),
      findInput_(database.prepare("SELECT id, path FROM inputs WHERE kind = ? AND text = ?")),
      addInput_(database.prepare("INSERT INTO inputs (id, kind, path, text, hash) VALUES (?, ?, ?, ?, ?)")),
      moveInput_(database.prepare("UPDATE inputs SET path = ?, hash = ? WHERE id = ?")),
      findStudy_(database.prepare("SELECT id FROM studies WHERE how = ? AND inputs = ?")),
      addStudy_(
          database.prepare("INSERT INTO studies (id, how, inputs, words, hash) VALUES (?, ?, ?, ?, ?)")),
      findRow_(database.prepare("SELECT id, result FROM points WHERE study = ? AND point = ?")),
      addRow_(database.prepare(
          "INSERT INTO points (id, study, point, result) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")),
      addLayers_(database.prepare("INSERT OR REPLACE INTO layers (id, layers) VALUES (?, ?)")),
      removeRow_(database.prepare("DELETE FROM points WHERE id = ?")),
      removeLayers_(database.prepare("DELETE FROM layers WHERE id = ?")),
      lastId_(database.number("SELECT max(coalesce((SELECT max(id) FROM points), 0), "
                              "coalesce((SELECT max(id) FROM layers), 0))")),
      points_(database.number("SELECT points FROM about")) {}

std::int64_t StoreWriter::input(const StoredInput& input, Paths paths) {
  // Where a file lies changes no figure: its path is kept to find it again.
  findInput_.bind(0, input.kind).bind(1, input.text);
  std::int64_t id = findInput_.step() ? findInput_.number(0) : 0;
  const bool moved = id != 0 && findInput_.text(1) != input.path;
  findInput_.reset();
  // Of several places in one run the first: copies of a file would take turns.
  if (id != 0 && paths == Paths::Update && placed_.insert(id).second && moved) {
    moveInput_.bind(0, input.path).bind(1, hashOfInput(id, input)).bind(2, id);
    if (!moveInput_.run()) return 0;
  }
  if (id != 0 || database_.failure()) return id;
  id = database_.number("SELECT coalesce(max(id), 0) + 1 FROM inputs");
  placed_.insert(id);
  addInput_.bind(0, id).bind(1, input.kind).bind(2, input.path).bind(3, input.text);
  return addInput_.bind(4, hashOfInput(id, input)).run() ? id : 0;
}

std::int64_t StoreWriter::study(const StoredStudy& study, Paths paths) {
  std::string inputs;
  for (const StoredInput& each : study.inputs) {
    const std::int64_t id = input(each, paths);
    if (id == 0) return 0;
    inputs += (inputs.empty() ? "" : " ") + std::to_string(id);
  }
  findStudy_.bind(0, study.how).bind(1, inputs);
  std::int64_t id = findStudy_.step() ? findStudy_.number(0) : 0;
  findStudy_.reset();
  if (id == 0 && !database_.failure()) {
    id = database_.number("SELECT coalesce(max(id), 0) + 1 FROM studies");
    Encoder words;
    for (const auto& [kind, word] : study.words) words.text(kind).text(word);
    addStudy_.bind(0, id).bind(1, study.how).bind(2, inputs).bindBytes(3, words.bytes());
    if (!addStudy_.bind(4, hashOfStudy(id, study.how, inputs, words.bytes())).run()) return 0;
  }
  return database_.failure() ? 0 : id;
}

std::optional<FoundRow> StoreWriter::find(std::int64_t study, const StudySettings& settings) {
  const std::int64_t names = texts_.find(encodeNames(settings));
  if (names == 0) return std::nullopt;
  const std::string point = encodePoint(names, settings);
  findRow_.bind(0, study).bindBytes(1, point);
  if (!findRow_.step()) return std::nullopt;
  FoundRow found;
  found.id = findRow_.number(0);
  const auto code = decodeRow(findRow_.bytes(1), {found.id, study, point});
  if (!code) database_.failAsDamaged("a row has changed");
  if (code) {
    found.row = rowFrom(*code, texts_);
    auto [known, isNew] = known_.try_emplace(code->figureNames);
    if (isNew) known->second = decodeFigures(texts_.text(code->figureNames));
    found.figures = known->second;
    if (found.figures.size() != found.row.figures.size() && !found.row.figures.empty())
      database_.failAsDamaged("figures of a row are missing");
  }
  findRow_.reset();
  return database_.failure() ? std::nullopt : std::optional(std::move(found));
}

std::int64_t StoreWriter::numberOf(const std::vector<Figure>& figures) {
  if (figureNames_ == 0 || figures_ != figures) {
    figureNames_ = texts_.put(encodeFigures(figures));
    figures_ = figures;
  }
  return figureNames_;
}

bool StoreWriter::takeAway(std::int64_t study, const std::string& point) {
  findRow_.bind(0, study).bindBytes(1, point);
  const std::int64_t old = findRow_.step() ? findRow_.number(0) : 0;
  findRow_.reset();
  return removeRow_.bind(0, old).run() && removeLayers_.bind(0, old).run();
}

bool StoreWriter::addLayers(std::int64_t id, const std::vector<SweepLayer>& layers) {
  std::vector<LayerCode> codes;
  codes.reserve(layers.size());
  for (const SweepLayer& layer : layers) codes.push_back({texts_.put(encodeWay(layer)), layer.cycles});
  return addLayers_.bind(0, id).bindBytes(1, encodeLayers(codes, id)).run();
}

bool StoreWriter::add(std::int64_t study, const SweepRow& row, const std::vector<Figure>& figures) {
  const std::int64_t names = texts_.put(encodeNames(row.point.settings));
  const std::int64_t reason = row.reason.empty() ? 0 : texts_.put(row.reason);
  const std::int64_t figureNames = numberOf(figures);
  if (database_.failure()) return false;
  const std::string point = encodePoint(names, row.point.settings);
  const std::int64_t id = ++lastId_;
  const std::string result = encodeRow(row, reason, figureNames, {id, study, point});
  const auto insert = [&] {
    return addRow_.bind(0, id).bind(1, study).bindBytes(2, point).bindBytes(3, result).run();
  };
  if (!insert()) return false;
  if (database_.changes() > 0) {
    ++points_;
  } else if (!takeAway(study, point) || !insert()) {
    return false;
  }
  return row.layers.empty() || addLayers(id, row.layers);
}

bool StoreWriter::writeCount() {
  return database_.prepare("UPDATE about SET points = ?").bind(0, points_).run();
}

}  // namespace taktwerk
