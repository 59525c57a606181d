// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace taktwerk {

class SpaceSetup;
class SweepRun;

/// "512 points, about 12 s on 2 threads (measured on 8)"; why that is not known yet, or nothing.
[[nodiscard]] QString outlookInWords(const SpaceSetup& setup, unsigned threads);
/// "412 of 1 024 points · 38 a second · 16 s left"; of a run that ended, how.
[[nodiscard]] QString runInWords(const SweepRun& run);
/// Whether running what is set up now goes on with a run that was stopped.
[[nodiscard]] bool canResume(const SweepRun& run, const SpaceSetup& setup);

}  // namespace taktwerk
