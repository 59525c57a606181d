// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace taktwerk {

/// The threads that a setting of `jobs` means: as many, but no more than the computer has; 0: all.
[[nodiscard]] unsigned threadsOf(unsigned jobs);

/// Calls `body` with each number below `count`, on `threadsOf(jobs)` threads at the same time; on one, in the
/// order of the numbers and on the thread that asks.
void inParallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& body);

}  // namespace taktwerk
