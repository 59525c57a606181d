// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "core/program/program.h"
#include "core/study/study_estimate.h"

namespace taktwerk::cli {

/// One layer of the network with the mapping and tunables that `estimate` chooses; problems are reported and
/// end in a status.
[[nodiscard]] std::variant<LayerProgram, ExitStatus> layerProgramOf(const Inputs& inputs,
                                                                    const std::string& layer,
                                                                    const Context& context);
/// Of that the program alone.
[[nodiscard]] std::variant<Program, ExitStatus> programOfLayer(const Inputs& inputs, const std::string& layer,
                                                               const Context& context);

}  // namespace taktwerk::cli
