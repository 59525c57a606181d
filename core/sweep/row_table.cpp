// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/row_table.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace taktwerk {
namespace {

template <class Number>
int order(Number a, Number b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

std::vector<std::string> stateWords() {
  std::vector<std::string> words;
  for (const PointState state :
       {PointState::Done, PointState::Infeasible, PointState::Failed, PointState::Cancelled}) {
    words.emplace_back(toString(state));
  }
  return words;
}

RowColumn count(std::string name, std::string meaning) {
  return {RowColumn::Of::Count, std::move(name), {}, std::move(meaning), Figure::Better::Less, {}};
}

RowColumn yesOrNo(std::string name, std::string meaning) {
  return {RowColumn::Of::Word, std::move(name),      {},
          std::move(meaning),  Figure::Better::Less, {"false", "true"}};
}

std::vector<RowColumn> columnsOf(const std::vector<SweepColumn>& columns,
                                 const std::vector<Figure>& figures) {
  std::vector<RowColumn> all;
  all.reserve(columns.size() + figures.size() + 8);
  all.push_back({RowColumn::Of::Point, "point", {}, "number of the point", Figure::Better::Less, {}});
  for (const SweepColumn& column : columns) {
    const RowColumn::Of of = column.words.empty() ? RowColumn::Of::Parameter : RowColumn::Of::Choice;
    all.push_back({of, column.name, {}, {}, Figure::Better::Less, column.words});
  }
  all.push_back(
      {RowColumn::Of::State, "state", {}, "how the point ended", Figure::Better::Less, stateWords()});
  for (const Figure& figure : figures) {
    all.push_back({RowColumn::Of::Figure, figure.name, figure.unit, figure.meaning, figure.better, {}});
  }
  all.push_back(count("instructions", "instructions executed"));
  all.push_back(count("macs", "multiplications that are accumulated"));
  all.push_back(yesOrNo("exact", "whether the cycles are exact"));
  all.push_back(yesOrNo("complete", "whether every layer has cycles; else they are at least what is needed"));
  all.push_back(count("missing_layers", "layers that the figures do not count, or with a guess"));
  all.push_back({RowColumn::Of::Text,
                 "reason",
                 {},
                 "why there is no figure, or what it lacks",
                 Figure::Better::Less,
                 {}});
  return all;
}

}  // namespace

RowTable::RowTable(const std::vector<SweepColumn>& columns, const std::vector<Figure>& figures)
    : columns_(std::make_shared<const std::vector<RowColumn>>(columnsOf(columns, figures))) {
  for (const RowColumn& column : *columns_) {
    real_.push_back(column.isReal());
    place_.push_back(column.isReal() ? reals_++ : wholes_++);
    if (column.of == RowColumn::Of::State) stateColumn_ = real_.size() - 1;
  }
  varies_.assign(columns_->size(), false);
}

std::shared_ptr<RowTable::Chunk> RowTable::makeChunk() const {
  auto chunk = std::make_shared<Chunk>();
  chunk->wholes.reserve(wholes_);
  chunk->reals.reserve(reals_);
  for (std::size_t i = 0; i < wholes_; ++i) {
    chunk->wholes.push_back(std::make_unique<std::int64_t[]>(chunkRows));
  }
  for (std::size_t i = 0; i < reals_; ++i) chunk->reals.push_back(std::make_unique<double[]>(chunkRows));
  return chunk;
}

RowTable::Chunk& RowTable::tail() {
  const std::size_t inside = rows_ % chunkRows;
  if (inside == 0) return *chunks_.emplace_back(makeChunk());
  if (chunks_.back()->used == inside) return *chunks_.back();
  // Another copy went on from here.
  const Chunk& before = *chunks_.back();
  auto chunk = makeChunk();
  for (std::size_t i = 0; i < wholes_; ++i) {
    std::copy_n(before.wholes[i].get(), inside, chunk->wholes[i].get());
  }
  for (std::size_t i = 0; i < reals_; ++i) {
    std::copy_n(before.reals[i].get(), inside, chunk->reals[i].get());
  }
  if (before.texts) {
    chunk->texts = std::make_unique<std::string[]>(chunkRows);
    std::copy_n(before.texts.get(), before.textCount, chunk->texts.get());
    chunk->textCount = before.textCount;
  }
  chunk->used = inside;
  chunks_.back() = std::move(chunk);
  return *chunks_.back();
}

void RowTable::add(const SweepRow& row) {
  Chunk& chunk = tail();
  const std::size_t inside = rows_ % chunkRows;
  std::size_t whole = 0, real = 0;
  const auto put = [&](std::int64_t value) { chunk.wholes[whole++][inside] = value; };
  const bool done = row.state == PointState::Done;
  const auto putOfDone = [&](std::int64_t value) { put(done ? value : none); };
  put(row.point.number);
  std::size_t values = 0;
  for (std::size_t c = 1; c < stateColumn_; ++c, ++values) {
    put(values < row.point.values.size() ? row.point.values[values].value_or(none) : none);
  }
  put(static_cast<std::int64_t>(row.state));
  for (; real < reals_;) {
    const double value =
        real < row.figures.size() ? row.figures[real] : std::numeric_limits<double>::quiet_NaN();
    chunk.reals[real++][inside] = done ? value : std::numeric_limits<double>::quiet_NaN();
  }
  putOfDone(row.instructions);
  putOfDone(row.macs);
  putOfDone(row.exact ? 1 : 0);
  putOfDone(row.complete ? 1 : 0);
  putOfDone(row.missingLayers);
  if (row.reason.empty()) {
    put(none);
  } else {
    if (!chunk.texts) chunk.texts = std::make_unique<std::string[]>(chunkRows);
    const bool again = chunk.textCount > 0 && chunk.texts[chunk.textCount - 1] == row.reason;
    if (!again) chunk.texts[chunk.textCount++] = row.reason;
    put(chunk.textCount - 1);
  }
  ++chunk.used;
  ++rows_;
  ++counts_[static_cast<std::size_t>(row.state)];
  noteWhetherVaries();
}

void RowTable::noteWhetherVaries() {
  if (rows_ < 2) return;
  for (std::size_t c = 0; c < varies_.size(); ++c) {
    if (!varies_[c]) varies_[c] = compare(c, 0, rows_ - 1) != 0;
  }
}

std::string RowTable::text(std::size_t column, std::size_t row) const {
  const RowColumn& of = (*columns_)[column];
  if (of.isReal()) return figureText(number(column, row));
  const std::int64_t value = whole(column, row);
  if (value == none) return {};
  if (of.of == RowColumn::Of::Text) return chunks_[row / chunkRows]->texts[value];
  return of.isWord() ? of.words[static_cast<std::size_t>(value)] : std::to_string(value);
}

int RowTable::compare(std::size_t column, std::size_t a, std::size_t b) const {
  const RowColumn& of = (*columns_)[column];
  if (of.isReal()) {
    const double left = number(column, a), right = number(column, b);
    if (std::isnan(left) || std::isnan(right)) return order(std::isnan(left), std::isnan(right));
    return order(left, right);
  }
  const std::int64_t left = whole(column, a), right = whole(column, b);
  if (left == none || right == none) return order(left == none, right == none);
  if (of.of == RowColumn::Of::Text || of.of == RowColumn::Of::Choice) {
    return order(text(column, a).compare(text(column, b)), 0);
  }
  return order(left, right);
}

std::optional<std::size_t> RowTable::find(std::string_view name) const {
  std::optional<std::size_t> found;
  for (std::size_t c = 0; c < columns_->size(); ++c) {
    const std::string_view own = (*columns_)[c].name;
    if (own == name) return c;
    const std::size_t dot = own.find('.');
    if (dot == std::string_view::npos || own.substr(dot + 1) != name) continue;
    if (found) return std::nullopt;
    found = c;
  }
  return found;
}

std::size_t RowTable::bytes() const {
  std::size_t texts = 0;
  for (const auto& chunk : chunks_) {
    if (!chunk->texts) continue;
    texts += chunkRows * sizeof(std::string);
    for (std::int64_t i = 0; i < chunk->textCount; ++i) texts += chunk->texts[i].capacity();
  }
  return chunks_.size() * chunkRows * (wholes_ + reals_) * 8 + texts;
}

}  // namespace taktwerk
