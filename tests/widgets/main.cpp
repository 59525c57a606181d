// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/run_tests.h"

int main(int argc, char** argv) {
  return taktwerk::test::runTests(argc, argv);
}
