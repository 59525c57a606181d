// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <utility>
#include <vector>

namespace taktwerk::test {

/// What this program does when a test starts it once more, with this option and two arguments.
using Child = std::pair<const char*, int (*)(const QString&, const QString&)>;

/// The `main` of tests with widgets: the platform is set before QApplication, and none is made to list the
/// tests.
int runTests(int argc, char** argv, const std::vector<Child>& children = {});

}  // namespace taktwerk::test
