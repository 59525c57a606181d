// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/machine/machine.h"

namespace taktwerk {

using ParameterValues = std::map<std::string, std::int64_t, std::less<>>;

/// Computes every attribute of a valid architecture with `overrides` for its parameters (defaults for the
/// rest). Errors: an unknown parameter, an infeasible point (A0117, and nothing else is looked at), an
/// expression that is not a whole number of at least 0, an issue buffer smaller than the fetch width, a fetch
/// of 0 cycles, … each at the line of the attribute.
[[nodiscard]] Result<std::shared_ptr<const Machine>> elaborate(const Architecture& architecture,
                                                               const ParameterValues& overrides = {});

/// What elaborating one architecture again and again has cost.
struct ElaborationCounts {
  std::int64_t expressions = 0;  ///< parsed
  std::int64_t structures = 0;   ///< templates and arrays written out, and connections checked
  std::int64_t machines = 0;     ///< whose values were computed
  friend bool operator==(const ElaborationCounts&, const ElaborationCounts&) = default;
};

/// `elaborate` for many values of the parameters of one architecture: each expression is parsed once, and
/// what is written out and checked depends only on the parameters that sizes, ranges, conditions and
/// arguments of templates name, so it is made once for each of their values. The same machines, the same
/// diagnostics. Of what is large it forgets the oldest. Not for two threads.
class Elaboration {
 public:
  explicit Elaboration(std::shared_ptr<const Architecture> architecture);
  ~Elaboration();
  /// Where `progress` asks to stop there is neither a machine nor an error.
  [[nodiscard]] Result<std::shared_ptr<const Machine>> machine(const ParameterValues& overrides,
                                                               const Progress* progress = nullptr);
  [[nodiscard]] const std::shared_ptr<const Architecture>& architecture() const { return architecture_; }
  [[nodiscard]] ElaborationCounts counts() const;

 private:
  struct Known;
  std::shared_ptr<const Architecture> structureOf(const ParameterMap& parameters, Problems& problems,
                                                  const Progress* progress);

  std::shared_ptr<const Architecture> architecture_;
  std::unique_ptr<Known> known_;
};

}  // namespace taktwerk
