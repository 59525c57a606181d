// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/events/state.h"

namespace taktwerk::engine {

/// What loop bodies do depending on the answers they got about DRAM rows: for each body in a state a tree
/// whose inner nodes are the questions in the order in which they are asked, branching by answer, and whose
/// leaves tell which entry follows. Two runs that get the same answers are the same run.
class RowOutcomes {
 public:
  enum class Kind : std::uint8_t { Unknown, Question, End };
  struct Step {
    Kind kind = Kind::Unknown;
    bool over = false;  ///< no question, but the end of an access
    std::uint32_t tag = 0, row = 0;
    std::uint32_t entry = 0;  ///< of an end
    /// What follows an answer and its cause.
    struct Next {
      RowQuestion::Answer answer;
      std::int32_t cause;
      std::uint32_t step;
    };
    std::vector<Next> next;

    /// The step after an answer; 0, of which nothing is known, if it was not had before.
    [[nodiscard]] std::uint32_t after(RowQuestion::Answer answer, std::int32_t cause) const {
      for (const Next& known : next) {
        if (known.answer == answer && known.cause == cause) return known.step;
      }
      return 0;
    }
  };

  RowOutcomes() { begin(); }
  /// A new tree, of which nothing is known.
  std::uint32_t begin() {
    steps_.push_back({});
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }
  [[nodiscard]] const Step& operator[](std::uint32_t step) const { return steps_[step]; }
  [[nodiscard]] std::size_t size() const { return steps_.size(); }
  /// After these answers `entry` follows.
  void add(std::uint32_t at, const std::vector<RowQuestion>& questions, std::uint32_t entry) {
    for (const RowQuestion& question : questions) {
      if (steps_[at].kind == Kind::Unknown) {
        steps_[at].kind = Kind::Question;
        steps_[at].over = question.answer == RowQuestion::Answer::Over;
        steps_[at].tag = question.tag;
        steps_[at].row = question.row;
      }
      std::uint32_t next = steps_[at].after(question.answer, question.cause);
      if (next == 0) {
        next = begin();
        steps_[at].next.push_back({question.answer, question.cause, next});
      }
      at = next;
    }
    steps_[at].kind = Kind::End;
    steps_[at].entry = entry;
  }

 private:
  std::vector<Step> steps_;
};

}  // namespace taktwerk::engine
