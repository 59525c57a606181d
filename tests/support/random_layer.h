// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>
#include <string>

namespace taktwerk::test {

/// The text of a network of one layer of the operator with random small dimensions, strides, padding,
/// dilation and groups; a window may turn out not to fit its input, which the reader then refuses.
[[nodiscard]] std::string randomLayer(const std::string& name, std::mt19937& random);

}  // namespace taktwerk::test
