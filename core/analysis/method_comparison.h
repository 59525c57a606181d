// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/measured_cycles.h"
#include "core/base/progress.h"
#include "core/estimate/estimate.h"
#include "core/study/study.h"
#include "core/study/study_memory.h"

namespace taktwerk {

/// A way to come by the cycles of a layer. All of them time the same programs: those that `Auto` chose.
enum class ComparedMethod : std::uint8_t {
  Auto,
  Published,
  Roofline,
  Regression,  ///< a linear model of what is known without timing, fitted on half of the layers
  Simulate,    ///< of layers with few instructions
  Measured
};
[[nodiscard]] std::string_view toString(ComparedMethod method);

/// What a method says of a layer.
struct MethodFigure {
  std::optional<double> cycles;
  std::string why;              ///< there are none: "more than 100,000 instructions"
  std::optional<double> error;  ///< relative to the reference: 0.1 is a tenth too much
};

struct MethodColumn {
  ComparedMethod method = ComparedMethod::Auto;
  std::vector<MethodFigure> figures;  ///< of each layer
  std::string note;                   ///< how it was made, or why it says nothing; may be empty
  /// Mean of the errors' sizes, 0.1 is ten per cent; none of the reference and where no layer has both.
  std::optional<double> meanError;
  std::size_t compared = 0;       ///< layers in that mean
  std::size_t noReference = 0;    ///< with a figure but without one of the reference
  std::size_t zeroReference = 0;  ///< with a reference of 0 cycles, to which no error is relative
};

struct ComparedLayer {
  std::string name;
  std::vector<std::string> fused;
  std::int64_t instructions = 0;
  bool exact = true;  ///< by `Auto`
};

struct MethodComparison {
  std::string architecture, network;
  std::vector<ComparedLayer> layers;
  /// What the others are judged by: measured cycles where there are some, else `Auto` where that is exact.
  ComparedMethod reference = ComparedMethod::Auto;
  std::vector<MethodColumn> columns;     ///< `Measured` first, if it is there, then `Auto`
  std::vector<MeasuredLayer> unmatched;  ///< measured, but none of the layers that were timed
  std::vector<UnmappedLayer> unmapped;   ///< of the network: no method has cycles for them
  Diagnostics diagnostics;               ///< with errors there is nothing to compare
  bool cancelled = false;

  // For the methods that follow:
  Study study;  ///< with what `Auto` chose
  std::shared_ptr<const NetworkEstimate> automatic;
};

struct MethodOptions {
  EstimateOptions how;  ///< budgets and threads; the method does not count
  std::shared_ptr<const MeasuredCycles> measured;
  std::int64_t simulateLimit = 100'000;  ///< instructions of a layer that is simulated
};

/// The layers with the columns `Measured`, when there is some, and `Auto`.
[[nodiscard]] MethodComparison beginMethods(const Study& study, const MethodOptions& options,
                                            StudyMemory& memory, Progress& progress);

/// The same with the column of one more method. Cancelled: without it.
[[nodiscard]] MethodComparison withMethod(MethodComparison comparison, ComparedMethod method,
                                          const MethodOptions& options, StudyMemory& memory,
                                          Progress& progress);

/// Methods that can be asked for besides `Auto`, and besides what was measured.
inline constexpr ComparedMethod furtherMethods[] = {ComparedMethod::Published, ComparedMethod::Roofline,
                                                    ComparedMethod::Regression, ComparedMethod::Simulate};

/// All of them at once.
[[nodiscard]] MethodComparison compareMethods(const Study& study, const MethodOptions& options,
                                              StudyMemory& memory, Progress& progress);

}  // namespace taktwerk
