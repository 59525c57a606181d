// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/run_tests.h"

#include <QApplication>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "widgets/theme/theme.h"

namespace taktwerk::test {

int runTests(int argc, char** argv, const std::vector<Child>& children) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleMock(&argc, argv);
  if (::testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  QApplication application(argc, argv);
  Theme(false).apply(application);
  for (const auto& [option, run] : children) {
    if (argc == 4 && qstrcmp(argv[1], option) == 0)
      return run(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
  }
  return RUN_ALL_TESTS();
}

}  // namespace taktwerk::test
