// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/places.h"

namespace taktwerk {

std::string sourceDirectory() {
  return TAKTWERK_SOURCE_DIR;
}

std::string programDirectory() {
  return TAKTWERK_BINARY_DIR;
}

}  // namespace taktwerk
