// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk {

/// The checkout that tests belong to, where they find shipped files and test data. No slash at the end.
/// One source knows it, so that what the compiler made of the others serves every checkout.
[[nodiscard]] std::string sourceDirectory();
/// Where the programs were built.
[[nodiscard]] std::string programDirectory();

}  // namespace taktwerk
