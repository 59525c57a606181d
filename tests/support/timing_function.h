// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/base/progress.h"
#include "core/machine/machine.h"
#include "core/program/program.h"
#include "core/program/timing.h"

namespace taktwerk::test {

/// A way to time a program on a machine: the reference simulation, or what is to be held against it.
using TimingFunction = std::function<Timing(const Machine&, const Program&, const TimesSink&, Progress&)>;

}  // namespace taktwerk::test
