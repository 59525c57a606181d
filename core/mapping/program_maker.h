// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/progress.h"
#include "core/mapping/binding.h"
#include "core/mapping/evaluator.h"
#include "core/mapping/instruction_emitter.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/token_list.h"
#include "core/program/program.h"

namespace taktwerk {

/// Makes a program from a mapping whose names are bound. A loop is first tried as a whole; when something
/// in its body is not the same for all its iterations (`SplitRequest`), what was made of it is taken back
/// and it is tried again in parts, unrolled, or as two nested loops.
class ProgramMaker {
 public:
  /// `instructions` are those of the mapping's earlier programs on this machine; `progress` may be null.
  ProgramMaker(const MappingDocument& document, const Machine& machine, Binding& binding,
               InstructionMemory& instructions, const Progress* progress);
  ProgramMaker(const ProgramMaker&) = delete;
  ProgramMaker& operator=(const ProgramMaker&) = delete;

  /// False if an error was reported, or, without one, if it was asked to stop.
  bool run();
  [[nodiscard]] const TokenList& tokens() const { return tokens_; }
  [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }

  /// Limits that keep hostile mappings cheap: instructions of the program before loops are counted, numbers
  /// of their addresses and templates, and nodes visited in all attempts.
  static constexpr std::size_t mostSteps = 2'000'000;
  static constexpr std::size_t mostNumbers = 30'000'000;
  static constexpr std::int64_t mostWork = 10'000'000;

 private:
  /// Called with the number of the iteration, affine in the loops under way.
  using Body = std::function<Outcome(const Affine& iteration)>;

  /// Iterations [first, end) of a loop, `unroll` of them in one body, or `strip` in a loop of their own.
  struct Part {
    std::int64_t first = 0, end = 0;
    std::int64_t unroll = 1, strip = 1;
  };
  struct Range {
    const std::string* name = nullptr;
    SourcePosition position;
    Affine offset;  ///< of the first iteration
    std::int64_t count = 0;
  };

  Outcome nodes(const ProgramNodes& list);
  Outcome node(const ProgramNode& node);
  Outcome loop(const LoopNode& loop, SourcePosition position);
  Outcome loopBody(const LoopNode& loop, const Affine& from, std::int64_t step, std::int64_t count,
                   std::int64_t extent, const Affine& iteration);
  Outcome tile(const LoopNode& loop, const Affine& number, std::int64_t size, std::int64_t extent);
  Outcome spatial(const SpatialNode& node);
  Outcome spatialAnew(const SpatialNode& node);
  bool valuesOf(const std::vector<SlotIndex>& names, std::vector<std::int64_t>& values) const;
  Outcome bounds(const CompiledExpression& from, const CompiledExpression& to, const CompiledExpression& step,
                 Affine& first, std::int64_t& stride, std::int64_t& count);

  Outcome iterate(const Range& range, std::vector<Part> parts, const Body& body,
                  std::vector<Part>* finished = nullptr);
  Outcome emitPart(const Range& range, const Part& part, const Body& body, bool& single);
  bool apply(const SplitRequest& request, const Range& range, std::vector<Part>& parts);

  Outcome fail(SourcePosition position, std::string message);
  void report(SourcePosition position, std::string message);
  void setSlot(SlotIndex slot, const Affine& value);
  /// Whether it may go on; else why not is reported, unless it was asked to stop.
  bool withinLimits(SourcePosition position);

  const MappingDocument& document_;
  Binding& binding_;
  InstructionMemory& instructions_;
  const Progress* progress_;
  std::size_t numbersBefore_;  ///< of instructions, when the program was begun
  Diagnostics diagnostics_;
  LoopLevels levels_;
  TokenList tokens_;
  Evaluator evaluator_;
  InstructionEmitter emitter_;
  std::int64_t work_ = 0;
  bool withinFixedPart_ = false;  ///< only the outermost is kept

  /// How a loop had to be taken the last time it was met, with as many iterations: most likely it has to be
  /// again. What turns out to be equal after all becomes one loop again.
  struct Experience {
    std::int64_t total = 0;
    std::vector<Part> parts;
  };
  std::unordered_map<const LoopNode*, Experience> experiences_;
  static constexpr std::size_t mostExperience = 32;
};

}  // namespace taktwerk
