// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace taktwerk {

/// How often a piece of words is repeated, at which distance.
struct Repetition {
  std::int64_t stride = 0;
  std::int64_t count = 1;
};

/// Words of `length` from `first` on, repeated: what an access touches over all iterations of its loops.
/// Normal: strides positive, the widest first, pieces apart from each other.
struct WordPieces {
  std::int64_t first = 0;
  std::int64_t length = 1;
  std::vector<Repetition> repeated;

  /// Number of pieces and of their words, saturating.
  [[nodiscard]] std::int64_t pieces() const;
  [[nodiscard]] std::int64_t words() const;
};

/// The same words in normal form: what touches or overlaps is one piece.
[[nodiscard]] WordPieces piecesOf(std::int64_t first, std::int64_t length,
                                  std::vector<Repetition> repetitions);

/// Which of the words [0, words) were touched, exactly, without unrolling loops: patterns are collected, and
/// taken apart into pieces only where no single one covers all.
class TouchedWords {
 public:
  explicit TouchedWords(std::int64_t words) : words_(words) {}

  void add(WordPieces pattern);
  [[nodiscard]] bool all() const { return all_; }
  /// How many of the words of `wanted`, whose pieces do not overlap, were touched. Where that would take too
  /// long to find out, as many as it can be at most. Forgets what was added.
  [[nodiscard]] std::int64_t countOf(const WordPieces& wanted);

  /// Patterns that are kept and pieces that are taken apart at most, and words of a storage that is looked at
  /// in such detail.
  static constexpr std::size_t mostPatterns = 1 << 20;
  static constexpr std::int64_t mostPieces = 1 << 22;
  static constexpr std::int64_t mostWords = std::int64_t{1} << 28;

 private:
  std::int64_t words_;
  bool all_ = false;
  bool tooMany_ = false;
  std::vector<WordPieces> patterns_;
};

}  // namespace taktwerk
