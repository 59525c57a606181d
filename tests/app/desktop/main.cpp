// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/run_tests.h"

namespace taktwerk::test {
int saveUntilKilled(const QString& path, const QString& data);
int keepUntilKilled(const QString& path, const QString& data);
int changeUntilKilled(const QString& architecture, const QString& what);
int sweepUntilKilled(const QString& architecture, const QString& store);
}  // namespace taktwerk::test

int main(int argc, char** argv) {
  return taktwerk::test::runTests(argc, argv,
                                  {{"--save-until-killed", taktwerk::test::saveUntilKilled},
                                   {"--keep-until-killed", taktwerk::test::keepUntilKilled},
                                   {"--change-until-killed", taktwerk::test::changeUntilKilled},
                                   {"--sweep-until-killed", taktwerk::test::sweepUntilKilled}});
}
