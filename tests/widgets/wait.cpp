// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/wait.h"

#include <QTest>

namespace taktwerk::test {

bool waitFor(const std::function<bool()>& condition, int milliseconds) {
  return QTest::qWaitFor(condition, milliseconds);
}

}  // namespace taktwerk::test
