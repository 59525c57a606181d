// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check_store.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "core/base/files.h"
#include "core/store/store_reader.h"
#include "core/store/store_schema.h"
#include "core/store/store_texts.h"

namespace taktwerk {
namespace {

constexpr std::int64_t betweenLooks = 4096;  // rows between two looks at whether to stop

/// Reads everything of a store whose tables are of this version; the database fails at what is wrong.
class FullCheck {
 public:
  FullCheck(Database& database, const Progress& progress) : database_(database), progress_(progress) {}

  void run() {
    readTexts();
    if (!database_.failure()) readStudies();
    if (!database_.failure() && !progress_.cancelled()) readRows();
  }

 private:
  void readTexts() {
    Statement each = database_.prepare("SELECT id, hash, text FROM texts ORDER BY id");
    while (!progress_.cancelled() && each.step()) {
      const std::int64_t id = each.number(0);
      const CheckedBytes stored = checked(each.bytes(2), hashOf(id));
      if (!stored.ok || static_cast<std::int64_t>(hashOf(stored.bytes)) != each.number(1))
        return database_.failAsDamaged("a text has changed");
      texts_.push_back(id);
    }
  }

  void readStudies() {
    const auto inputs = inputsIn(database_, true);
    for (const auto& [id, study] : studiesIn(database_)) {
      studies_.insert(id);
      for (const std::int64_t input : study.inputs)
        if (!inputs.contains(input)) database_.failAsDamaged("a file of a study is missing");
    }
  }

  [[nodiscard]] bool isText(std::int64_t number) const {
    return std::binary_search(texts_.begin(), texts_.end(), number);
  }

  bool isWhole(const RowPlace& place, const RowCode& row) {
    const auto number = static_cast<std::int64_t>(Decoder(place.point).number());
    if (!studies_.contains(place.study) || !isText(number) || !isText(row.figureNames)) return false;
    if (row.reason != 0 && !isText(row.reason)) return false;
    auto [names, isNew] = names_.try_emplace(number);
    if (isNew) names->second = decodeNames(words_.text(number));
    auto [figures, areNew] = figures_.try_emplace(row.figureNames, 0);
    if (areNew) figures->second = decodeFigures(words_.text(row.figureNames)).size();
    return decodePoint(place.point, names->second) && (row.figures == 0 || row.figures == figures->second);
  }

  /// Rows and their layers side by side: each that says that it has some has them, and nothing else has.
  void readRows() {
    RowWalk rows(database_, 0);
    Statement layers = database_.prepare("SELECT id, layers FROM layers ORDER BY id");
    bool more = layers.step();
    std::int64_t count = 0;
    for (; rows.next(); ++count) {
      if (count % betweenLooks == 0 && progress_.cancelled()) return;
      if (!isWhole(rows.place(), rows.row())) return database_.failAsDamaged("what a row needs is missing");
      const bool has = more && layers.number(0) == rows.place().id;
      if (has != rows.row().hasLayers)
        return database_.failAsDamaged(has ? "a row has layers that are not its own"
                                           : "the layers of a row are missing");
      if (!has) continue;
      const auto codes = decodeLayers(layers.bytes(1), rows.place().id);
      if (!codes) return database_.failAsDamaged("the layers of a row have changed");
      for (const LayerCode& code : *codes)
        if (!isText(code.way)) return database_.failAsDamaged("a text is missing");
      more = layers.step();
    }
    if (more) database_.failAsDamaged("there are layers of no row");
    if (count != aboutStore(database_).points) database_.failAsDamaged("rows are missing");
  }

  Database& database_;
  const Progress& progress_;
  StoreTexts words_{database_};
  std::vector<std::int64_t> texts_;  ///< their numbers, ascending
  std::set<std::int64_t> studies_;
  std::map<std::int64_t, std::vector<std::string>> names_;
  std::map<std::int64_t, std::size_t> figures_;  ///< how many
};

/// The kind becomes part of the name of a file, and a check of bytes can be made for any.
bool isKind(const std::string& kind) {
  return kind == "architecture" || kind == "network" || kind == "mapping";
}

/// What a file that went in is called in a folder of its own.
std::filesystem::path nameOf(const StoredInput& input) {
  const std::filesystem::path was = std::filesystem::path(input.path).filename();
  std::string name = was.string();
  const std::string ending = '.' + std::string(input.kind == "architecture" ? "arch" : input.kind) + ".yaml";
  if (name.empty() || name == "." || name == "..") name = input.kind;
  // A network that was imported is kept as what it became.
  if (!name.ends_with(ending)) name += ending;
  return input.kind == "mapping" ? std::filesystem::path("mappings") / name : std::filesystem::path(name);
}

/// "a.mapping.yaml", then "a-2.mapping.yaml", …
std::filesystem::path distinct(const std::filesystem::path& file, std::set<std::filesystem::path>& taken) {
  std::filesystem::path own = file;
  const std::string name = file.filename().string();
  const std::size_t ending = std::min(name.find('.', 1), name.size());
  for (int n = 2; !taken.insert(own).second; ++n)
    own = file.parent_path() / (name.substr(0, ending) + '-' + std::to_string(n) + name.substr(ending));
  return own;
}

/// Nothing is written before all that is there was compared.
Diagnostics writeAll(std::vector<WrittenInput>& files, const std::vector<const std::string*>& texts) {
  Diagnostics problems;
  for (std::size_t f = 0; f < files.size(); ++f) {
    std::error_code none;
    files[f].isNew = !std::filesystem::exists(std::filesystem::symlink_status(files[f].file, none));
    if (files[f].isNew) continue;
    const Result<std::string> there = readFile(files[f].file);
    if (!there) problems.insert(problems.end(), there.diagnostics.begin(), there.diagnostics.end());
    if (there && *there != *texts[f]) {
      problems.push_back({Severity::Error,
                          files[f].file.string(),
                          {1, 1},
                          "S0310",
                          "this is another text than the " + files[f].kind +
                              " that the results were made with; name a folder without it",
                          {}});
    }
  }
  for (std::size_t f = 0; f < files.size() && !hasErrors(problems); ++f) {
    if (!files[f].isNew) continue;
    std::error_code none;  // writing says what is wrong
    std::filesystem::create_directories(files[f].file.parent_path(), none);
    problems = writeFileAtomically(files[f].file, *texts[f]);
  }
  return problems;
}

}  // namespace

Result<StoreSummary> checkStore(const std::string& path, const Progress& progress) {
  auto file = openStoreAsItIs(path);
  if (!file) return std::move(file.diagnostics);
  {
    // Of an older version, too; what is read then may be a copy.
    const Interruption interruption(**file, progress);
    Statement pages = (*file)->prepare("PRAGMA integrity_check(1)");
    const bool tells = pages.step();
    // A check that was ended half way takes the pages that it did not see for lost ones.
    if (progress.cancelled()) return readStoreSummary(path);
    if (tells && pages.text(0) != "ok") (*file)->failAsDamaged(pages.text(0));
  }
  if ((*file)->failure()) return (*file)->problems();
  auto opened = openStoreToRead(path);
  if (!opened) return std::move(opened.diagnostics);
  if (!(*opened)->execute("BEGIN")) return (*opened)->problems();  // all of one moment
  FullCheck(**opened, progress).run();
  if ((*opened)->failure()) return (*opened)->problems();
  return readStoreSummary(path);
}

Result<std::vector<WrittenInput>> writeStoredInputs(const std::string& path,
                                                    const std::filesystem::path& folder) {
  auto database = openStoreToRead(path);
  if (!database) return std::move(database.diagnostics);
  const auto inputs = inputsIn(**database, true);
  const auto studies = studiesIn(**database);
  std::vector<WrittenInput> files;
  std::vector<const std::string*> texts;
  std::int64_t number = 0;
  for (const auto& [id, study] : studies) {
    const std::filesystem::path own = studies.size() == 1 ? folder : folder / std::to_string(++number);
    std::set<std::filesystem::path> taken;
    for (const std::int64_t each : study.inputs) {
      const auto input = inputs.find(each);
      if (input == inputs.end()) (*database)->failAsDamaged("a file of a study is missing");
      if (input == inputs.end()) break;
      if (!isKind(input->second.kind))
        (*database)->failAsDamaged("a file of a study is of no kind that is known");
      if (!isKind(input->second.kind)) break;
      files.push_back({input->second.kind, input->second.path, own / distinct(nameOf(input->second), taken)});
      texts.push_back(&input->second.text);
    }
  }
  if ((*database)->failure()) return (*database)->problems();
  if (Diagnostics problems = writeAll(files, texts); hasErrors(problems)) return problems;
  return files;
}

}  // namespace taktwerk
