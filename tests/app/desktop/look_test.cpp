// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the whole window in both themes, and what must hold of how it looks: everything is inside the
// window and has the room it asks for, and text stands out from what is behind it. The pictures are left in
// the build folder's `screenshots`.
#include "tests/widgets/look.h"

#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QLayout>
#include <QMenuBar>
#include <QTest>
#include <map>

#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/theme/theme.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {
namespace {

struct Scene {
  const char* name;
  QStringList files;
  bool run = false;
  QString page;
};

std::vector<Scene> scenes() {
  const QString systolic =
      QString::fromStdString(taktwerk::sourceDirectory() + "/archs/systolic-array/systolic-array.arch.yaml");
  return {{"start", {}, false, {}},
          {"one-mac-run", {oneMac(), tcResNet8()}, true, {}},
          {"one-mac-network", {oneMac(), tcResNet8()}, true, QStringLiteral("view.network")},
          {"one-mac-mapping", {oneMac(), tcResNet8()}, true, QStringLiteral("view.mapping")},
          {"one-mac-text", {oneMac(), tcResNet8()}, true, QStringLiteral("view.source")},
          {"systolic-array", {systolic, tcResNet8()}, false, {}}};
}

class Look {
 public:
  explicit Look(bool dark) : theme_(dark), window_(theme_, false) {
    theme_.apply(*qApp);
    window_.resize(1400, 900);
    window_.show();
  }

  /// The other theme, while everything is shown.
  bool switchTheme() {
    theme_.setDark(!theme_.dark());
    return takePicture();
  }
  /// Brings a panel to the front of its group of tabs.
  bool raise(QDockWidget* dock) {
    dock->show();
    dock->raise();
    return takePicture();
  }
  /// The panels of the page in front.
  [[nodiscard]] QList<QDockWidget*> docks() const {
    QList<QDockWidget*> all = window_.findChildren<QDockWidget*>();
    all.removeIf([](const QDockWidget* dock) { return dock->isHidden(); });
    return all;
  }

  bool show(const Scene& scene) {
    if (!scene.files.isEmpty()) window_.openFiles(scene.files);
    if (!settle()) return false;
    if (scene.run) {
      window_.commands().action(QStringLiteral("analyse.run"))->trigger();
      if (!settle()) return false;
    }
    if (!scene.page.isEmpty()) window_.commands().action(scene.page)->trigger();
    if (!settle()) return false;
    return takePicture();
  }

  [[nodiscard]] const QImage& picture() const { return picture_; }

  void resize(const QSize& size) { window_.resize(size); }
  bool toPage(const QString& command) {
    window_.commands().action(command)->trigger();
    return settle() && takePicture();
  }
  /// The commands that bring a page to the front, in the order of the tabs.
  [[nodiscard]] QStringList pages() {
    QStringList pages;
    for (const ViewSpec& spec : window_.views().specs()) {
      if (spec.place == ViewPlace::Page) pages << QStringLiteral("view.") + spec.id;
    }
    return pages;
  }
  [[nodiscard]] MainWindow& window() { return window_; }

  /// What is cut off or hard to read, one line each.
  [[nodiscard]] QStringList faults() const { return lookFaults(window_, picture_); }

 private:
  bool settle() {
    return waitFor([this] { return !window_.busy(); }, 110000);
  }

  /// Docks slide and layouts follow them: the picture is the one that rests.
  bool takePicture() {
    QCoreApplication::processEvents();
    for (int looks = 0; looks < 400; ++looks) {
      const QImage before = picture_;
      picture_ = window_.grab().toImage().convertToFormat(QImage::Format_RGB32);
      if (picture_ == before) return true;
      QTest::qWait(50);
      if (!settle()) return false;
    }
    return false;
  }

  Theme theme_;
  MainWindow window_;
  QImage picture_;
};

/// Of a hundred pixels how many differ.
double percentThatDiffers(const QImage& a, const QImage& b) {
  int differing = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) differing += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
  }
  return 100.0 * differing / (a.width() * a.height());
}

std::size_t coloursOf(const QImage& picture) {
  std::map<QRgb, int> counts;
  for (int y = 0; y < picture.height(); y += 2) {
    for (int x = 0; x < picture.width(); x += 2) ++counts[picture.pixel(x, y)];
  }
  return counts.size();
}

TEST(WindowLook, IsWholeAndReadableInBothThemes) {
  const QDir folder(QString::fromStdString(taktwerk::programDirectory() + "/../screenshots"));
  ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
  for (const Scene& scene : scenes()) {
    SCOPED_TRACE(scene.name);
    QImage pictures[2];
    for (const bool dark : {false, true}) {
      SCOPED_TRACE(dark ? "dark" : "light");
      Look look(dark);
      ASSERT_TRUE(look.show(scene));
      const QImage& picture = pictures[dark ? 1 : 0] = look.picture();
      ASSERT_EQ(picture.size(), QSize(1400, 900) * picture.devicePixelRatio());
      EXPECT_TRUE(picture.save(
          folder.filePath(QStringLiteral("%1-%2.png")
                              .arg(QLatin1String(scene.name), QLatin1String(dark ? "dark" : "light")))));
      EXPECT_GT(coloursOf(picture), 50u);
      const QStringList faults = look.faults();
      EXPECT_TRUE(faults.isEmpty()) << faults.join(QStringLiteral("\n")).toStdString();
    }
    EXPECT_GT(percentThatDiffers(pictures[0], pictures[1]), 60);
  }
}

QDir pictureFolder() {
  const QDir folder(QString::fromStdString(taktwerk::programDirectory() + "/../screenshots"));
  EXPECT_TRUE(folder.mkpath(QStringLiteral(".")));
  return folder;
}

/// Says in a name how many pixels of the screen a pixel of the window has: "light-1.5x".
QString lookName(bool dark) {
  const QString theme = dark ? QStringLiteral("dark") : QStringLiteral("light");
  const double scale = qApp->devicePixelRatio();
  return scale > 1 ? QStringLiteral("%1-%2x").arg(theme).arg(scale) : theme;
}

void expectNone(const QStringList& faults) {
  EXPECT_TRUE(faults.isEmpty()) << faults.join(QStringLiteral("\n")).toStdString();
}

class EveryPage : public ::testing::TestWithParam<std::pair<int, int>> {};

TEST_P(EveryPage, IsWholeInBothThemes) {
  const QDir folder = pictureFolder();
  const QSize size(GetParam().first, GetParam().second);
  Look look(false);
  look.resize(size);
  ASSERT_TRUE(look.show({"pages", {oneMac(), tcResNet8()}, true, {}}));
  for (const bool dark : {false, true}) {
    if (dark) {
      ASSERT_TRUE(look.switchTheme());
    }
    for (const QString& page : look.pages()) {
      SCOPED_TRACE(page.toStdString() + (dark ? " dark" : " light"));
      ASSERT_TRUE(look.toPage(page));
      EXPECT_EQ(look.window().size(), size);
      EXPECT_TRUE(look.picture().save(folder.filePath(QStringLiteral("page-%1-%2x%3-%4.png")
                                                          .arg(page.section(QLatin1Char('.'), 1))
                                                          .arg(size.width())
                                                          .arg(size.height())
                                                          .arg(lookName(dark)))));
      expectNone(look.faults());
      if (!dark) expectNone(rowsThatShift(look.window()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, EveryPage,
                         ::testing::Values(std::pair(1280, 800), std::pair(1600, 1000),
                                           std::pair(2560, 1440)),
                         [](const auto& size) {
                           return std::to_string(size.param.first) + "x" + std::to_string(size.param.second);
                         });

/// Menus and the dialogs that commands open, each a picture of its own.
TEST(WindowLook, OfMenusAndDialogsIsReadable) {
  const QDir folder = pictureFolder();
  for (const bool dark : {false, true}) {
    Look look(dark);
    ASSERT_TRUE(look.show({"menus", {oneMac(), tcResNet8()}, true, {}}));
    const auto take = [&](QWidget& shown, const QString& name) {
      SCOPED_TRACE(name.toStdString());
      QCoreApplication::processEvents();
      const QImage picture = shown.grab().toImage().convertToFormat(QImage::Format_RGB32);
      EXPECT_TRUE(picture.save(folder.filePath(QStringLiteral("%1-%2.png").arg(name, lookName(dark)))));
      EXPECT_GT(picture.width(), 80);
      expectNone(lookFaults(shown, picture));
    };
    for (const QAction* entry : look.window().menuBar()->actions()) {
      QMenu* menu = entry->menu();
      ASSERT_TRUE(menu);
      menu->popup(look.window().mapToGlobal(QPoint(20, 60)));
      take(*menu, QStringLiteral("menu-") + entry->text().remove(QLatin1Char('&')).toLower());
      menu->close();
    }
    for (const char* id : {"help.palette", "help.keys", "help.about"}) {
      look.window().commands().action(QLatin1String(id))->trigger();
      bool any = false;
      for (QWidget* shown : QApplication::topLevelWidgets()) {
        if (shown == &look.window() || !shown->isVisible()) continue;
        any = true;
        take(*shown, QStringLiteral("dialog-") + QLatin1String(id).mid(5));
        shown->close();
      }
      EXPECT_TRUE(any) << id;
    }
  }
}

/// Every page has its room in the smallest window, in which nothing is pushed out.
TEST(WindowLook, HasRoomForEveryPageInTheSmallestWindow) {
  Look look(false);
  ASSERT_TRUE(look.show({"small", {oneMac(), tcResNet8()}, true, {}}));
  EXPECT_EQ(look.window().minimumSize(), QSize(1024, 700));
  look.resize({1024, 700});
  for (const QString& page : look.pages()) {
    SCOPED_TRACE(page.toStdString());
    ASSERT_TRUE(look.toPage(page));
    const QSize needed = look.window().layout()->minimumSize();
    EXPECT_LE(needed.width(), 1024);
    EXPECT_LE(needed.height(), 700);
  }
}

/// Whatever copied colours when it was made would keep them: the picture after a switch is the one of a
/// window that began in that theme, for every page and panel.
TEST(WindowLook, IsTheSameAfterASwitchOfTheThemeAsInAWindowThatBeganInIt) {
  for (const Scene& scene : scenes()) {
    SCOPED_TRACE(scene.name);
    for (const bool dark : {false, true}) {
      SCOPED_TRACE(dark ? "light to dark" : "dark to light");
      Look began(dark);
      ASSERT_TRUE(began.show(scene));
      std::map<QString, QImage> wanted{{QString(), began.picture()}};
      for (QDockWidget* dock : began.docks()) {
        if (scene.files.isEmpty()) continue;
        ASSERT_TRUE(began.raise(dock));
        wanted[dock->objectName()] = began.picture();
      }
      Look switched(!dark);
      ASSERT_TRUE(switched.show(scene));
      ASSERT_TRUE(switched.switchTheme());
      const auto compare = [&](const QString& dock) {
        SCOPED_TRACE("panel " + dock.toStdString());
        EXPECT_LT(percentThatDiffers(wanted[dock], switched.picture()), 0.02);
        if (percentThatDiffers(wanted[dock], switched.picture()) >= 0.02) {
          const QDir folder(QString::fromStdString(taktwerk::programDirectory() + "/../screenshots"));
          const QString name =
              QStringLiteral("%1-%2-to-%3")
                  .arg(QLatin1String(scene.name), dock, QLatin1String(dark ? "dark" : "light"));
          EXPECT_TRUE(wanted[dock].save(folder.filePath(name + QStringLiteral("-wanted.png"))));
          EXPECT_TRUE(switched.picture().save(folder.filePath(name + QStringLiteral(".png"))));
        }
        const QStringList faults = switched.faults();
        EXPECT_TRUE(faults.isEmpty()) << faults.join(QStringLiteral("\n")).toStdString();
      };
      compare({});
      for (QDockWidget* dock : switched.docks()) {
        if (scene.files.isEmpty()) continue;
        ASSERT_TRUE(switched.raise(dock));
        compare(dock->objectName());
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
