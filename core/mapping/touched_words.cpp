// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/touched_words.h"

#include <algorithm>
#include <bit>

namespace taktwerk {
namespace {

/// Calls `visit` with the first word of every piece.
template <class Visit>
void forEachPiece(const WordPieces& pattern, Visit visit) {
  std::vector<std::int64_t> at(pattern.repeated.size(), 0);
  std::int64_t first = pattern.first;
  while (true) {
    visit(first);
    std::size_t level = at.size();
    while (level > 0) {
      const Repetition& repetition = pattern.repeated[level - 1];
      if (++at[level - 1] < repetition.count) {
        first += repetition.stride;
        break;
      }
      first -= repetition.stride * (repetition.count - 1);
      at[--level] = 0;
    }
    if (level == 0) return;
  }
}

/// Calls `visit` with every number of the bit set that [first, end) reaches, and the bits that it reaches.
template <class Visit>
void forEachChunk(std::int64_t first, std::int64_t end, Visit visit) {
  constexpr std::int64_t width = 64;
  while (first < end) {
    const std::int64_t low = first % width;
    const std::int64_t count = std::min(width - low, end - first);
    const std::uint64_t ones = count == width ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    visit(static_cast<std::size_t>(first / width), ones << low);
    first += count;
  }
}

}  // namespace

std::int64_t WordPieces::pieces() const {
  std::int64_t product = 1;
  for (const Repetition& repetition : repeated) {
    if (__builtin_mul_overflow(product, repetition.count, &product)) return INT64_MAX;
  }
  return product;
}

std::int64_t WordPieces::words() const {
  std::int64_t product = 0;
  return __builtin_mul_overflow(pieces(), length, &product) ? INT64_MAX : product;
}

WordPieces piecesOf(std::int64_t first, std::int64_t length, std::vector<Repetition> repetitions) {
  std::erase_if(repetitions, [](const Repetition& r) { return r.count <= 1 || r.stride == 0; });
  for (Repetition& r : repetitions) {
    if (r.stride > 0) continue;
    first += r.stride * (r.count - 1);
    r.stride = -r.stride;
  }
  std::sort(repetitions.begin(), repetitions.end(),
            [](const Repetition& a, const Repetition& b) { return a.stride < b.stride; });
  WordPieces pieces{first, length, {}};
  for (const Repetition& r : repetitions) {
    if (pieces.repeated.empty() && r.stride <= pieces.length) {
      pieces.length += r.stride * (r.count - 1);
      continue;
    }
    // A repetition that goes on where the one inside it ends, or within it, at its distance.
    Repetition* inner = pieces.repeated.empty() ? nullptr : &pieces.repeated.back();
    if (inner != nullptr && r.stride % inner->stride == 0 && r.stride / inner->stride <= inner->count) {
      inner->count += r.stride / inner->stride * (r.count - 1);
      continue;
    }
    pieces.repeated.push_back(r);
  }
  std::reverse(pieces.repeated.begin(), pieces.repeated.end());
  return pieces;
}

void TouchedWords::add(WordPieces pattern) {
  if (all_) return;
  tooMany_ = tooMany_ || patterns_.size() >= mostPatterns;
  if (pattern.repeated.empty() && pattern.first <= 0 && pattern.first + pattern.length >= words_) {
    all_ = true;
    patterns_ = {};
    return;
  }
  if (!tooMany_) patterns_.push_back(std::move(pattern));
}

std::int64_t TouchedWords::countOf(const WordPieces& wanted) {
  const std::int64_t most = wanted.words();
  if (all_ || tooMany_) return most;
  std::int64_t pieces = wanted.pieces(), words = 0;
  for (const WordPieces& pattern : patterns_) {
    if (__builtin_add_overflow(pieces, pattern.pieces(), &pieces)) pieces = INT64_MAX;
    if (__builtin_add_overflow(words, pattern.words(), &words)) words = INT64_MAX;
  }
  if (words_ > mostWords || pieces > mostPieces) return std::min(most, words);
  std::vector<std::uint64_t> touched(static_cast<std::size_t>((words_ + 63) / 64));
  for (const WordPieces& pattern : patterns_) {
    forEachPiece(pattern, [&](std::int64_t first) {
      forEachChunk(std::max<std::int64_t>(first, 0), std::min(first + pattern.length, words_),
                   [&](std::size_t at, std::uint64_t bits) { touched[at] |= bits; });
    });
  }
  patterns_ = {};
  std::int64_t count = 0;
  forEachPiece(wanted, [&](std::int64_t first) {
    forEachChunk(first, std::min(first + wanted.length, words_),
                 [&](std::size_t at, std::uint64_t bits) { count += std::popcount(touched[at] & bits); });
  });
  return count;
}

}  // namespace taktwerk
