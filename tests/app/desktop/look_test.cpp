// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the whole window in both themes, and what must hold of how it looks: everything is inside the
// window and has the room it asks for, and text stands out from what is behind it. The pictures are left in
// the build folder's `screenshots`.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/theme/theme.h"

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

/// As WCAG 2 defines it.
double luminance(QRgb colour) {
  const auto linear = [](int part) {
    const double c = part / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
}

double contrast(QRgb a, QRgb b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

/// Between the colour that fills most of a part of the picture and the one that differs most from it.
double strongestContrast(const QImage& picture, const QRect& part) {
  std::map<QRgb, int> counts;
  const QRect inside = part.intersected(picture.rect());
  for (int y = inside.top(); y <= inside.bottom(); ++y) {
    for (int x = inside.left(); x <= inside.right(); ++x) ++counts[picture.pixel(x, y)];
  }
  QRgb ground = 0;
  int most = 0;
  for (const auto& [colour, count] : counts) {
    if (count <= most) continue;
    most = count;
    ground = colour;
  }
  double strongest = 1;
  for (const auto& [colour, count] : counts) strongest = std::max(strongest, contrast(ground, colour));
  return strongest;
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

  /// What is cut off or hard to read, one line each.
  [[nodiscard]] QStringList faults() const {
    QStringList faults;
    for (const QWidget* widget : window_.findChildren<QWidget*>()) {
      if (!widget->isVisible() || widget->width() == 0 || widget->visibleRegion().isEmpty()) continue;
      if (const auto* label = qobject_cast<const QLabel*>(widget)) look(*label, faults);
      if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) look(*button, faults);
      if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) look(*tabs, faults);
      if (const auto* table = qobject_cast<const QTableView*>(widget)) look(*table, faults);
      if (const auto* view = qobject_cast<const QAbstractItemView*>(widget)) look(*view, faults);
      if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget)) look(*text, faults);
    }
    return faults;
  }

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

  [[nodiscard]] QRect placeOf(const QWidget& widget) const {
    return {widget.mapTo(&window_, QPoint(0, 0)), widget.size()};
  }

  void need(bool holds, const QString& what, const QString& fault, QStringList& faults) const {
    if (!holds) faults << what + QStringLiteral(": ") + fault;
  }

  void look(const QLabel& label, QStringList& faults) const {
    const QString text = label.text();
    if (text.trimmed().isEmpty() || Qt::mightBeRichText(text)) return;
    const QString what = QStringLiteral("label \"%1\"").arg(text.left(40));
    // Inside of a scroll area it may be scrolled to.
    if (label.visibleRegion().boundingRect() == label.rect()) {
      need(window_.rect().contains(placeOf(label)), what, QStringLiteral("reaches out of the window"),
           faults);
    }
    if (!label.wordWrap()) {
      int needed = 0;
      for (const QString& line : text.split(QLatin1Char('\n')))
        needed = std::max(needed, label.fontMetrics().horizontalAdvance(line));
      need(needed <= label.width(), what,
           QStringLiteral("needs %1 pixels, has %2").arg(needed).arg(label.width()), faults);
    }
    if (label.isEnabled()) readable(label, what, faults);
  }

  void look(const QAbstractButton& button, QStringList& faults) const {
    if (button.text().isEmpty()) return;
    const QString what = QStringLiteral("button \"%1\"").arg(button.text().left(40));
    need(button.width() >= button.minimumSizeHint().width(), what,
         QStringLiteral("needs %1 pixels, has %2").arg(button.minimumSizeHint().width()).arg(button.width()),
         faults);
    need(window_.rect().contains(placeOf(button)) || button.visibleRegion().boundingRect() != button.rect(),
         what, QStringLiteral("reaches out of the window"), faults);
    if (button.isEnabled()) readable(button, what, faults);
  }

  void look(const QTabBar& tabs, QStringList& faults) const {
    for (int i = 0; i < tabs.count(); ++i) {
      if (!tabs.isTabVisible(i)) continue;
      const QString what = QStringLiteral("tab \"%1\"").arg(tabs.tabText(i));
      // Where tabs scroll the one in front is in sight, and none is narrower than its title.
      need(tabs.rect().contains(tabs.tabRect(i)) || (tabs.usesScrollButtons() && i != tabs.currentIndex()),
           what, QStringLiteral("is cut off"), faults);
      need(tabs.tabRect(i).width() >= tabs.fontMetrics().horizontalAdvance(tabs.tabText(i)), what,
           QStringLiteral("is narrower than its title"), faults);
    }
  }

  void look(const QTableView& table, QStringList& faults) const {
    const QHeaderView& header = *table.horizontalHeader();
    for (int i = 0; i < header.count(); ++i) {
      if (header.isSectionHidden(i) || header.isHidden()) continue;
      const QString title = table.model()->headerData(i, Qt::Horizontal).toString();
      const QString what = QStringLiteral("column \"%1\"").arg(title);
      if (table.accessibleName() == QLatin1String("Layers")) {  // others may be scrolled
        const int end = header.sectionViewportPosition(i) + header.sectionSize(i);
        need(end <= table.viewport()->width() + 1, what,
             QStringLiteral("ends at %1 of %2").arg(end).arg(table.viewport()->width()), faults);
      }
      need(header.fontMetrics().horizontalAdvance(title) <= header.sectionSize(i), what,
           QStringLiteral("its title is cut"), faults);
    }
  }

  /// Each text of a tree, list or table that is in view.
  void look(const QAbstractItemView& view, QStringList& faults) const {
    if (!view.model() || qobject_cast<const QHeaderView*>(&view)) return;
    const QWidget& area = *view.viewport();
    std::vector<QModelIndex> open{QModelIndex()};
    while (!open.empty()) {
      const QModelIndex parent = open.back();
      open.pop_back();
      for (int row = 0; row < view.model()->rowCount(parent); ++row) {
        for (int column = 0; column < view.model()->columnCount(parent); ++column) {
          const QModelIndex index = view.model()->index(row, column, parent);
          if (column == 0 && view.model()->hasChildren(index)) open.push_back(index);
          const QString text = index.data().toString().trimmed();
          const QRect place = view.visualRect(index);
          if (text.isEmpty() || place.isEmpty() || !area.rect().contains(place)) continue;
          if (!(index.flags() & Qt::ItemIsEnabled)) continue;
          const double found =
              strongestContrast(picture_, place.translated(area.mapTo(&window_, QPoint(0, 0))));
          need(found >= 4.5, QStringLiteral("%1: row \"%2\"").arg(view.accessibleName(), text.left(40)),
               QStringLiteral("has a contrast of only %1").arg(found, 0, 'f', 1), faults);
        }
      }
    }
  }

  void look(const QPlainTextEdit& text, QStringList& faults) const {
    if (text.toPlainText().trimmed().isEmpty()) return;
    const QRect place(text.viewport()->mapTo(&window_, QPoint(0, 0)), text.viewport()->size());
    const double found = strongestContrast(picture_, place);
    need(found >= 4.5, text.accessibleName(),
         QStringLiteral("has a contrast of only %1").arg(found, 0, 'f', 1), faults);
  }

  /// Large enough a contrast for text of any size.
  void readable(const QWidget& widget, const QString& what, QStringList& faults) const {
    if (widget.visibleRegion().boundingRect() != widget.rect()) return;
    const double found = strongestContrast(picture_, placeOf(widget));
    need(found >= 4.5, what, QStringLiteral("has a contrast of only %1").arg(found, 0, 'f', 1), faults);
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
