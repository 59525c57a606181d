// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace taktwerk::test {

/// Runs the event loop until the condition holds; false when it does not within a generous time.
[[nodiscard]] bool waitFor(const std::function<bool()>& condition, int milliseconds = 60000);

}  // namespace taktwerk::test
