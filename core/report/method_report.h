// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>

#include "core/analysis/method_comparison.h"

namespace taktwerk {

/// Methods side by side: cycles of each layer, how far they are off the reference, and the mean of that:
///
///     One MAC accelerator running TC-ResNet8: methods against auto, where that is exact
///
///     layer        auto    published          roofline  …
///     -----  ----------  -----------  ----------------
///     conv0   1,234,567  1,234,567 (0.0 %)  …
///     ----------------------------------------------
///     mean absolute percentage error  0.0 % of 12 layers
///
/// A cell without a figure says why in brackets; notes on the methods follow.
void writeMethodsText(std::ostream& out, const MethodComparison& comparison);

/// The same as one JSON object and a line's end. Errors are parts of the reference, the mean is in per cent:
///
///     {
///       "architecture": "…", "network": "…", "reference": "auto",
///       "layers": [
///         {"name": "conv0", "fused": [], "instructions": 12, "exact": true,
///          "cycles": {"auto": 100.0, "published": 90.0}, "errors": {"published": -0.1},
///          "why": {"regression": "fitted on"}}
///       ],
///       "methods": [{"method": "published", "mean_absolute_percentage_error": 10.0, "layers": 1,
///                    "without_reference": 0, "reference_of_zero": 0, "note": ""}],
///       "unmatched": ["a layer that was measured and is not there"],
///       "unmapped": ["softmax"]
///     }
void writeMethodsJson(std::ostream& out, const MethodComparison& comparison);

/// "methods against measured cycles (run.csv)".
[[nodiscard]] std::string referenceInWords(const MethodComparison& comparison);
/// "12.3 % of 43 layers", "the reference", "no layer to judge by".
[[nodiscard]] std::string meanInWords(const MethodComparison& comparison, const MethodColumn& column);
/// "−1.7 %", "+0.0 %" with the sign that it has.
[[nodiscard]] std::string errorInWords(double error);
/// "1,234" of whole cycles, "1,234.5" of a mean or a model.
[[nodiscard]] std::string methodCyclesInWords(double cycles);
/// Notes, layers left out of means, measured layers that are none: sentences, one each.
[[nodiscard]] std::vector<std::string> methodNotes(const MethodComparison& comparison);

}  // namespace taktwerk
