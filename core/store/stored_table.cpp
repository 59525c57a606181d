// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stored_table.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/store/store_reader.h"
#include "core/store/store_schema.h"
#include "core/store/stored_words.h"

namespace taktwerk {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t betweenLooks = 4096;  // rows between two looks at whether to stop

/// Puts rows of a store at the end of a table, or in the place of one that failed.
class Filler {
 public:
  Filler(Database& database, StoredTable& table) : database_(database), texts_(database), table_(table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (table.columns[c].words.empty()) columns_[table.columns[c].name] = c;
    for (std::size_t s = 0; s < table.studies.size(); ++s)
      studies_[table.studies[s].id] = static_cast<std::uint32_t>(s);
  }

  /// Takes the rows behind the last one. False: these are not all `points` of the store.
  bool fill(std::int64_t points, StoredNews& news, const Progress& progress) {
    // Ids may be far apart, and either number may be damaged.
    const std::int64_t behind =
        database_.number("SELECT coalesce(max(id), 0) FROM points") - table_.place.last;
    const std::int64_t rows = std::min(behind, points - std::ssize(table_.ids));
    if (rows > 0) reserve(table_.size() + static_cast<std::size_t>(rows));
    RowWalk walk(database_, table_.place.last);
    for (std::int64_t n = 0; walk.next(); ++n) {
      if (n % betweenLooks == 0 && progress.cancelled()) return true;
      if (!put(walk.place(), walk.row(), news)) return true;
      table_.place.last = walk.place().id;
    }
    return database_.failure() || std::ssize(table_.ids) == points;
  }

 private:
  /// What the numbers of a row's values stand for.
  struct Names {
    std::vector<std::size_t> columns;
    std::vector<std::size_t> others;  ///< columns in which such a row has nothing
    std::size_t columnsThen = std::numeric_limits<std::size_t>::max();
  };

  void reserve(std::size_t rows) {
    const auto grow = [&](auto&... columns) { (columns.reserve(rows), ...); };
    grow(table_.ids, table_.numbers, table_.study, table_.states, table_.exact, table_.complete,
         table_.reason, table_.cycles, table_.instructions, table_.macs, table_.missingLayers);
    rows_ = rows;
  }

  const Names& namesOf(std::int64_t number) {
    Names& names = names_[number];
    if (names.columnsThen == table_.columns.size()) return names;
    names = {};
    for (const std::string& name : decodeNames(texts_.text(number))) {
      auto [column, isNew] = columns_.try_emplace(name, table_.columns.size());
      if (isNew) {
        StoredColumn made{name, {}, {}, {}};
        made.values.reserve(rows_);
        made.values.resize(table_.size());
        made.missing.assign(table_.size(), 1);
        table_.columns.push_back(std::move(made));
      }
      names.columns.push_back(column->second);
    }
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      const bool own = std::find(names.columns.begin(), names.columns.end(), c) != names.columns.end();
      if (!own && table_.columns[c].words.empty()) names.others.push_back(c);
    }
    names.columnsThen = table_.columns.size();
    return names;
  }

  const std::vector<std::size_t>& figuresOf(std::int64_t number) {
    const auto [known, isNew] = figures_.try_emplace(number);
    if (!isNew) return known->second;
    for (Figure& figure : decodeFigures(texts_.text(number))) {
      std::size_t place = 0;
      while (place < table_.figures.size() && (table_.figures[place].figure.name != figure.name ||
                                               table_.figures[place].figure.unit != figure.unit)) {
        ++place;
      }
      if (place == table_.figures.size()) {
        StoredFigure made{std::move(figure), {}};
        made.values.reserve(rows_);
        made.values.resize(table_.size(), none);
        table_.figures.push_back(std::move(made));
      }
      known->second.push_back(place);
    }
    return known->second;
  }

  std::uint32_t reasonOf(std::int64_t number) {
    if (number == 0) return 0;
    const auto [known, isNew] =
        table_.place.reasons.try_emplace(number, static_cast<std::uint32_t>(table_.reasons.size()));
    if (isNew) table_.reasons.push_back(texts_.text(number));
    return known->second;
  }

  /// The row that a point had when it failed, else a new one.
  std::size_t rowOf(const RowPlace& place, PointState state, StoredNews& news) {
    auto& failed = table_.place.failed;
    if (failed.empty() && state != PointState::Failed) return table_.size();
    std::string key = std::to_string(place.study) + ' ' + std::string(place.point);
    const auto before = failed.find(key);
    const std::size_t row = before == failed.end() ? table_.size() : before->second;
    if (before != failed.end() && row < news.firstNew) news.replaced.push_back(row);
    if (state == PointState::Failed) {
      failed.insert_or_assign(std::move(key), row);
    } else if (before != failed.end()) {
      failed.erase(before);
    }
    return row;
  }

  bool put(const RowPlace& place, const RowCode& code, StoredNews& news) {
    Decoder point(place.point);
    const Names& names = namesOf(static_cast<std::int64_t>(point.number()));
    const std::vector<std::size_t>& figures = figuresOf(code.figureNames);
    const std::uint32_t reason = reasonOf(code.reason);
    const auto study = studies_.find(place.study);
    if (code.figures > figures.size()) database_.failAsDamaged("figures of a row have no names");
    if (study == studies_.end()) database_.failAsDamaged("the study of a row is missing");
    if (database_.failure()) return false;
    const std::size_t row = rowOf(place, code.state, news);
    const auto set = [row](auto& column, auto value) {
      if (row == column.size()) {
        column.push_back(value);
      } else {
        column[row] = value;
      }
    };
    for (const std::size_t c : names.columns) {
      StoredColumn& column = table_.columns[c];
      set(column.values, point.signedNumber());
      if (!column.missing.empty()) set(column.missing, std::uint8_t{0});
    }
    for (const std::size_t c : names.others) {
      StoredColumn& column = table_.columns[c];
      if (column.missing.empty()) column.missing.assign(table_.size(), 0);
      set(column.values, std::int64_t{0});
      set(column.missing, std::uint8_t{1});
    }
    Decoder values = code.values;
    for (StoredFigure& figure : table_.figures) set(figure.values, none);
    for (std::uint64_t f = 0; f < code.figures; ++f) table_.figures[figures[f]].values[row] = values.real();
    set(table_.numbers, code.number);
    set(table_.study, study->second);
    set(table_.states, code.state);
    set(table_.exact, std::uint8_t{code.exact});
    set(table_.complete, std::uint8_t{code.complete});
    set(table_.reason, reason);
    set(table_.cycles, code.cycles);
    set(table_.instructions, code.instructions);
    set(table_.macs, code.macs);
    set(table_.missingLayers, code.missingLayers);
    set(table_.ids, place.id);  // last: it says how many rows there are
    return true;
  }

  Database& database_;
  StoreTexts texts_;
  StoredTable& table_;
  std::size_t rows_ = 0;
  std::unordered_map<std::string, std::size_t> columns_;
  std::unordered_map<std::int64_t, std::uint32_t> studies_;
  std::unordered_map<std::int64_t, Names> names_;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> figures_;
};

void readStudies(Database& database, StoredTable& table) {
  const auto studies = studiesIn(database);
  if (studies.size() == table.studies.size()) return;
  const auto inputs = inputsIn(database, false);
  for (const auto& [id, study] : studies) {
    if (!table.studies.empty() && id <= table.studies.back().id) continue;
    StoredStudyFiles made{id, study.how, {}, study.words};
    for (const std::int64_t number : study.inputs) {
      const auto input = inputs.find(number);
      if (input == inputs.end()) database.failAsDamaged("a file of a study is missing");
      if (input != inputs.end()) made.files.push_back({number, input->second.kind, input->second.path});
    }
    table.studies.push_back(std::move(made));
  }
}

void startAnew(StoredTable& table, std::int64_t store) {
  std::string path = std::move(table.path);
  table = {};
  table.path = std::move(path);
  table.place.store = store;
  table.reasons.emplace_back();
}

Result<StoredNews> readInto(Database& database, StoredTable& table, const Progress& progress) {
  StoredNews news;
  news.firstNew = table.size();
  if (!database.execute("BEGIN")) return database.problems();  // all of one moment
  const AboutStore about = aboutStore(database);
  if (about.id != table.place.store) {
    news.anew = table.place.store != 0;
    news.firstNew = 0;
    startAnew(table, about.id);
  }
  readStudies(database, table);
  const auto fill = [&] {
    return database.failure() || Filler(database, table).fill(about.points, news, progress);
  };
  bool whole = fill();
  if (!whole && news.firstNew > 0) {
    // A point that was done was estimated again, for a figure that it lacked: its row is behind the others
    // now, and the one before is gone.
    news = {true, 0, {}};
    startAnew(table, about.id);
    readStudies(database, table);
    whole = fill();
  }
  if (!whole) database.failAsDamaged("rows are missing");
  fillWords(table, news.firstNew == 0);
  if (database.failure()) return database.problems();
  return news;
}

}  // namespace

Result<StoredTable> readStoredTable(const std::string& path, const Progress& progress) {
  auto database = openStoreToRead(path);
  if (!database) return std::move(database.diagnostics);
  return readStoredTable(**database, path, progress);
}

Result<StoredTable> readStoredTable(Database& database, const std::string& path, const Progress& progress) {
  StoredTable table;
  table.path = path;
  if (auto news = readInto(database, table, progress); !news) return std::move(news.diagnostics);
  return table;
}

Result<StoredNews> readMore(StoredTable& table, const Progress& progress) {
  auto database = openStoreToRead(table.path);
  if (!database) return std::move(database.diagnostics);
  return readInto(**database, table, progress);
}

StudySettings settingsOf(const StoredTable& table, std::size_t row) {
  StudySettings settings;
  for (const StoredColumn& column : table.columns) {
    const auto value = column.words.empty() ? column.at(row) : std::nullopt;
    if (value) putSetting(settings, column.name, *value);
  }
  return settings;
}

Result<std::vector<SweepLayer>> readStoredLayers(const std::string& path, std::int64_t store,
                                                 std::int64_t id) {
  auto database = openStoreAsItIs(path);
  if (!database) return std::move(database.diagnostics);
  if ((*database)->number("PRAGMA user_version") != schemaVersion) return std::vector<SweepLayer>();
  if (!(*database)->execute("BEGIN")) return (*database)->problems();  // all of one moment
  if (aboutStore(**database).id != store && !(*database)->failure()) {
    return Diagnostic{Severity::Error,
                      path,
                      {1, 1},
                      "S0308",
                      "the store is another file by now; open its results again",
                      {}};
  }
  StoreTexts texts(**database);
  std::vector<SweepLayer> layers;
  RowWalk row(**database, id - 1);
  if (row.next() && row.place().id == id && row.row().hasLayers) layers = layersIn(**database, texts, id);
  if ((*database)->failure()) return (*database)->problems();
  return layers;
}

Result<StoredResults> readStoredResults(const std::string& path, const Progress& progress) {
  auto database = openStoreToRead(path);
  if (!database) return std::move(database.diagnostics);
  auto table = readStoredTable(**database, path, progress);
  if (!table) return std::move(table.diagnostics);
  StoredResults results{std::move(*table), inputTextsIn(**database, path)};
  for (const StoredStudyFiles& study : results.table.studies)
    for (const StoredFile& file : study.files) results.texts.try_emplace(file.id, (*database)->problems());
  return results;
}

}  // namespace taktwerk
