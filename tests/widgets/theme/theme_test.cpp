// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include <QDir>

#include <gtest/gtest.h>
#include <qcustomplot.h>

namespace taktwerk::test {
namespace {

TEST(Theme, SwitchesOnceAndTellsSo) {
  Theme theme(false);
  int changes = 0;
  QObject context;
  QObject::connect(&theme, &Theme::changed, &context, [&] { ++changes; });
  theme.setDark(true);
  theme.setDark(true);
  EXPECT_EQ(changes, 1);
  EXPECT_TRUE(theme.dark());
  EXPECT_EQ(theme.colour(&Palette::canvas), toQColor(darkPalette().canvas));
  EXPECT_EQ(theme.qPalette().color(QPalette::Window), toQColor(darkPalette().panel));
}

TEST(Theme, LeavesNoPlaceholderInTheStyleSheet) {
  for (const bool dark : {false, true}) EXPECT_FALSE(Theme(dark).styleSheet().contains(QLatin1Char('%')));
}

TEST(Theme, ColoursThePlotThatDoesNotFollowThePalette) {
  const Theme theme(true);
  QCustomPlot plot;
  theme.apply(plot);
  EXPECT_EQ(plot.yAxis->tickLabelColor(), theme.colour(&Palette::text));
  EXPECT_EQ(plot.xAxis->grid()->pen().color(), theme.colour(&Palette::grid));
  EXPECT_EQ(plot.legend->textColor(), theme.colour(&Palette::text));
}

TEST(Theme, DrawsEveryIconInItsColours) {
  const QStringList names = QDir(QStringLiteral(":/taktwerk/icons")).entryList({QStringLiteral("*.svg")});
  EXPECT_GE(names.size(), 10);
  for (const QString& name : names) {
    const QImage light = Theme(false).icon(name.chopped(4)).pixmap(24, 24).toImage();
    int drawn = 0;
    for (int y = 0; y < light.height(); ++y) {
      for (int x = 0; x < light.width(); ++x) drawn += light.pixelColor(x, y).alpha() > 0 ? 1 : 0;
    }
    EXPECT_GT(drawn, 10) << name.toStdString();
  }
  EXPECT_TRUE(Theme(false).icon(QStringLiteral("nothing")).isNull());
}

}  // namespace
}  // namespace taktwerk::test
