// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// A place in the text of a file, which the view `source` reveals.
struct SourcePlace {
  QString path;
  SourcePosition position = {1, 1};
};

}  // namespace taktwerk
