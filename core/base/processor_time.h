// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace taktwerk {

/// Seconds that the thread that asks has been computing.
[[nodiscard]] double secondsOfThread();

/// Seconds that all threads of the program have been computing.
[[nodiscard]] double secondsOfProcess();

}  // namespace taktwerk
