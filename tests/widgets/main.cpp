// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "widgets/theme/theme.h"

namespace taktwerk::test {
int saveUntilKilled(const QString& path, const QString& data);
int keepUntilKilled(const QString& path, const QString& data);
int changeUntilKilled(const QString& architecture, const QString& what);
}  // namespace taktwerk::test

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleMock(&argc, argv);
  if (::testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  QApplication application(argc, argv);
  taktwerk::Theme(false).apply(application);
  const std::pair<const char*, int (*)(const QString&, const QString&)> children[] = {
      {"--save-until-killed", taktwerk::test::saveUntilKilled},
      {"--keep-until-killed", taktwerk::test::keepUntilKilled},
      {"--change-until-killed", taktwerk::test::changeUntilKilled}};
  for (const auto& [option, run] : children) {
    if (argc == 4 && qstrcmp(argv[1], option) == 0)
      return run(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
  }
  return RUN_ALL_TESTS();
}
