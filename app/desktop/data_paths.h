// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "widgets/document/shipped_files.h"

namespace taktwerk {

/// The folder that holds `archs/` and `resources/`: the environment's TAKTWERK_DATA, else `share/taktwerk`
/// beside the program's `bin`, else the source tree the program was built in or from. Empty when there is
/// none.
[[nodiscard]] QString dataRoot();
[[nodiscard]] QString examplesFolder();
/// What in it came with the program. A folder that holds the sources, too, is a checkout.
[[nodiscard]] ShippedFiles shippedFiles();
/// `resources/networks/*.network.yaml` by name.
[[nodiscard]] QStringList knownNetworks();
/// Where unsaved work of documents without a file is kept, and what work there is is listed: the user's data,
/// or for windows that remember nothing a temporary folder of this process.
[[nodiscard]] QString autosaveFolder(bool remember);
/// taktwerk-layout beside this program, or empty.
[[nodiscard]] QString layoutProgram();

}  // namespace taktwerk
