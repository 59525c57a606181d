// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/program/program.h"

namespace taktwerk {

/// A program while it is made: instructions and brackets of loops in a row. Parts of it can be taken back,
/// and neighbouring loops that continue each other can become one.
///
/// The address of an access at loop depth d takes 1 + d numbers: base, then a stride for each open loop,
/// those of one trip included.
class TokenList {
 public:
  struct Mark {
    std::size_t tokens = 0, coefficients = 0, loops = 0;
  };

  explicit TokenList(const TemplateTable& templates) : templates_(templates) {}

  [[nodiscard]] Mark mark() const { return {tokens_.size(), coefficients_.size(), loops_.size()}; }
  void rewind(const Mark& mark);

  void open(std::int64_t trips, const std::string* name);
  void close();
  /// `coefficients` holds 1 + depth numbers for each access of the template.
  void step(TemplateId instruction, std::uint32_t line, const std::vector<std::int64_t>& coefficients);

  /// An instruction without accesses.
  struct PlainStep {
    TemplateId instruction;
    std::uint32_t line = 0;
  };
  void append(const std::vector<PlainStep>& steps);
  /// What was added since `mark`, which is nothing but instructions without accesses.
  [[nodiscard]] std::vector<PlainStep> plainStepsSince(const Mark& mark) const;
  [[nodiscard]] std::size_t steps() const { return steps_; }
  /// Numbers kept for addresses.
  [[nodiscard]] std::size_t numbers() const { return coefficients_.size(); }

  /// If the loop that ends at the end of the list continues the one that ends at `second`, the start of
  /// the former: lengthens the first and drops the second. `depth` loops are open around both.
  bool merge(const Mark& first, const Mark& second, std::uint32_t depth);

  /// The finished program: loops without instructions dropped, loops of one trip replaced by their bodies.
  /// The builder shares the table of templates.
  void lowerTo(ProgramBuilder& builder) const;

 private:
  enum class Kind : std::uint8_t { Step, Open, Close };
  struct Token {
    Kind kind = Kind::Step;
    std::uint32_t index = 0;  ///< of a template or loop
    std::uint32_t line = 0;
    std::uint32_t firstCoefficient = 0;
    std::uint32_t accesses = 0;  ///< of the template
  };
  struct Loop {
    std::int64_t trips = 1;
    const std::string* name = nullptr;
  };

  template <class Visit>
  bool comparePairs(const Mark& first, const Mark& second, std::uint32_t depth, Visit visit);

  std::vector<Token> tokens_;
  std::vector<std::int64_t> coefficients_;
  std::vector<Loop> loops_;
  const TemplateTable& templates_;
  std::size_t steps_ = 0;
};

}  // namespace taktwerk
