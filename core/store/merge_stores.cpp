// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/merge_stores.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "core/store/database.h"
#include "core/store/result_store.h"
#include "core/store/store_lock.h"
#include "core/store/store_reader.h"
#include "core/store/store_schema.h"
#include "core/store/store_writer.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostContradictions = 20;  // that are told one by one

/// Figures are sums of products; another compiler may round the last digit otherwise.
bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b)) ||
         std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

/// A figure with all digits that it has: what differs looks different.
std::string distinct(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

/// What two results of one point differ in, as "cycles 5 and 7"; empty: they are the same.
std::string differenceOf(const FoundRow& before, const FoundRow& now) {
  const auto differ = [](const std::string& name, const auto& a, const auto& b) {
    return name + ' ' + b + " here and " + a;
  };
  const SweepRow &a = before.row, &b = now.row;
  if (a.state != b.state) {
    return differ("state", std::string(toString(a.state)), std::string(toString(b.state)));
  }
  if (a.state != PointState::Done) return {};
  const auto numbers = {
      std::tuple("cycles", a.cycles, b.cycles), std::tuple("instructions", a.instructions, b.instructions),
      std::tuple("macs", a.macs, b.macs), std::tuple("missing layers", a.missingLayers, b.missingLayers),
      std::tuple("exact", std::int64_t{a.exact}, std::int64_t{b.exact})};
  for (const auto& [name, one, other] : numbers) {
    if (one != other) return differ(name, std::to_string(one), std::to_string(other));
  }
  for (std::size_t f = 0; f < before.figures.size(); ++f) {
    const auto place = findFigure(now.figures, before.figures[f].name);
    if (!place || now.figures[*place].unit != before.figures[f].unit) continue;
    const double one = a.figures[f], other = b.figures[*place];
    if (!same(one, other)) return differ(before.figures[f].name, distinct(one), distinct(other));
  }
  return {};
}

class Merge {
 public:
  Merge(Database& into, std::string path, bool layers)
      : into_(into), writer_(into), path_(std::move(path)), layers_(layers) {}

  Diagnostics copy(const std::string& path, const Progress& progress) {
    auto opened = openStoreToRead(path);
    if (!opened) return std::move(opened.diagnostics);
    Database& from = **opened;
    StoreTexts texts(from);  // its statements end before the database is closed
    texts_ = &texts;
    names_.clear();
    figures_.clear();
    sources_.emplace_back(added_, path);
    const auto inputs = inputsIn(from, true);
    std::map<std::int64_t, std::int64_t> studies;
    for (const auto& [id, study] : studiesIn(from)) {
      StoredStudy stored{{}, study.how, study.words};
      for (const std::int64_t number : study.inputs) {
        const auto input = inputs.find(number);
        if (input == inputs.end()) from.failAsDamaged("a file of a study is missing");
        if (input != inputs.end()) stored.inputs.push_back(input->second);
      }
      if (!from.failure()) studies[id] = writer_.study(stored, StoreWriter::Paths::Keep);
    }
    RowWalk walk(from, 0);
    while (!progress.cancelled() && walk.next()) {
      if (!put(from, walk, studies[walk.place().study])) break;
    }
    texts_ = nullptr;
    if (from.failure()) return from.problems();
    return into_.problems();
  }

  bool finish() { return writer_.writeCount(); }
  [[nodiscard]] Diagnostics contradictions() && {
    if (contradictions_ > problems_.size()) {
      problems_.back().message +=
          "; and " + std::to_string(contradictions_ - problems_.size()) + " more like this";
    }
    return std::move(problems_);
  }
  [[nodiscard]] const MergedStores& merged() const { return merged_; }

 private:
  bool put(Database& from, const RowWalk& walk, std::int64_t study) {
    const RowCode& code = walk.row();
    const auto number = static_cast<std::int64_t>(Decoder(walk.place().point).number());
    auto [names, isNew] = names_.try_emplace(number);
    if (isNew) names->second = decodeNames(texts_->text(number));
    auto [figures, areNew] = figures_.try_emplace(code.figureNames);
    if (areNew) figures->second = decodeFigures(texts_->text(code.figureNames));
    auto settings = decodePoint(walk.place().point, names->second);
    if (!settings) from.failAsDamaged("the values of a point are missing");
    if (from.failure()) return false;
    FoundRow now{walk.place().id, rowFrom(code, *texts_), figures->second};
    now.row.point.settings = std::move(*settings);
    ++merged_.rows;
    const auto known = writer_.find(study, now.row.point.settings);
    if (known && now.row.state == PointState::Failed) return true;
    if (known && known->row.state != PointState::Failed) {
      const std::string difference = differenceOf(*known, now);
      if (!difference.empty()) contradict(now, *known, difference);
      // One of them may have been made by a version that knew less.
      if (!difference.empty() || now.figures.size() <= known->figures.size()) return true;
    }
    merged_.added += known ? 0 : 1;
    if (layers_ && code.hasLayers) now.row.layers = layersIn(from, *texts_, now.id);
    ++added_;
    return !from.failure() && writer_.add(study, now.row, now.figures);
  }

  void contradict(const FoundRow& now, const FoundRow& known, const std::string& difference) {
    if (++contradictions_ > mostContradictions) return;
    const std::int64_t place = known.id - firstId_;
    std::string other = path_;
    for (const auto& [begin, path] : sources_)
      if (place > begin) other = path;
    problems_.push_back({Severity::Error,
                         sources_.back().second,
                         {1, 1},
                         "S0309",
                         "point " + std::to_string(now.row.point.number) + " (" +
                             settingsText(now.row.point.settings) + ") has " + difference + " in " + other +
                             ", from the same files; one of the two is wrong",
                         {}});
  }

  Database& into_;
  StoreWriter writer_;
  std::string path_;
  bool layers_;
  std::int64_t firstId_ = into_.number("SELECT coalesce(max(id), 0) FROM points");
  std::int64_t added_ = 0;
  std::vector<std::pair<std::int64_t, std::string>> sources_;  ///< rows added before each, and its path
  StoreTexts* texts_ = nullptr;                                ///< of the store that is copied from
  std::map<std::int64_t, std::vector<std::string>> names_;
  std::map<std::int64_t, std::vector<Figure>> figures_;
  MergedStores merged_;
  Diagnostics problems_;
  std::size_t contradictions_ = 0;
};

/// Into a database whose tables are there, with layers or without.
Result<MergedStores> mergeInto(Database& into, const std::vector<std::string>& from, const std::string& path,
                               bool layers, const Progress& progress) {
  if (!into.execute("BEGIN IMMEDIATE")) return into.problems();
  Merge merge(into, path, layers);
  for (const std::string& each : from) {
    if (Diagnostics problems = merge.copy(each, progress); hasErrors(problems)) return problems;
  }
  const MergedStores merged = merge.merged();
  if (!merge.finish()) return into.problems();
  if (Diagnostics problems = std::move(merge).contradictions(); hasErrors(problems)) return problems;
  if (progress.cancelled()) return MergedStores{};
  if (!into.execute("COMMIT")) return into.problems();
  return merged;
}

/// Columns come as rows do, and which of them comes first is chance: alternatives of files stay in front,
/// then parameters by their owners, as they are named, and their names.
void sortColumns(std::vector<StoredColumn>& columns) {
  constexpr std::string_view owners = "anm";  // arch., network., mapping.
  const auto rank = [&](const StoredColumn& column) {
    return column.words.empty() ? static_cast<int>(owners.find(column.name.front())) : -1;
  };
  std::stable_sort(columns.begin(), columns.end(), [&](const StoredColumn& a, const StoredColumn& b) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return rank(a) >= 0 && a.name < b.name;
  });
}

/// Every file is looked at before one is written.
Diagnostics checkAll(const std::vector<std::string>& from) {
  for (const std::string& path : from) {
    auto summary = readStoreSummary(path);
    if (!summary) return std::move(summary.diagnostics);
  }
  return {};
}

}  // namespace

Result<MergedStores> mergeStores(const std::vector<std::string>& from, const std::string& into,
                                 const Progress& progress) {
  if (Diagnostics problems = checkAll(from); hasErrors(problems)) return problems;
  if (Diagnostics problems = checkKind(into); hasErrors(problems)) return problems;
  auto lock = StoreLock::take(into);
  if (!lock) return std::move(lock.diagnostics);
  std::error_code none;
  const bool isNew = !std::filesystem::exists(into, none);
  Result<MergedStores> merged;
  {
    Database database;
    Diagnostics problems = database.open(into) ? prepareSchema(database, into) : database.problems();
    merged = hasErrors(problems) ? Result<MergedStores>(std::move(problems))
                                 : mergeInto(database, from, into, true, progress);
    if (!merged || progress.cancelled()) database.rollBack();
  }
  if (isNew && (!merged || progress.cancelled())) std::filesystem::remove(into, none);
  return merged;
}

Result<StoredTable> mergedTable(const std::vector<std::string>& from, const Progress& progress) {
  Result<StoredTable> table;
  if (from.size() == 1) {
    table = readStoredTable(from.front(), progress);
  } else {
    if (Diagnostics problems = checkAll(from); hasErrors(problems)) return problems;
    Database all;
    if (!all.openInMemory(from.front()) || !makeTables(all)) return all.problems();
    auto merged = mergeInto(all, from, from.front(), false, progress);
    if (!merged) return std::move(merged.diagnostics);
    table = progress.cancelled() ? StoredTable() : readStoredTable(all, from.front(), progress);
  }
  if (table) sortColumns(table->columns);
  return table;
}

}  // namespace taktwerk
