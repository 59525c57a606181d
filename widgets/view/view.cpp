// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/view.h"

namespace taktwerk {

View::~View() {
  delete widget_;
}

}  // namespace taktwerk
