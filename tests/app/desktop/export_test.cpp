// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and paper, by the commands of the menu.
#include <QDir>
#include <QImage>
#include <QPrinter>
#include <QProcess>
#include <QStandardPaths>
#include <QXmlStreamReader>
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/problems/banner.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

/// Files may not become larger while it lives, as on a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

class ExportTest : public EditorTest {
 protected:
  ExportTest() {
    into = folder.path("pictures");
    QDir().mkpath(into);
  }
  QString exported(const QString& name) {
    QString path = QDir(into).filePath(name);
    window.ask().exportPath = [&](const QString&) { return path; };
    window.commands().action("file.export")->trigger();
    EXPECT_TRUE(settle());
    return path;
  }
  QString printed(const QString& name) {
    QString path = QDir(into).filePath(name);
    window.ask().printer = [&](QPrinter& printer) {
      printer.setOutputFormat(QPrinter::PdfFormat);
      printer.setOutputFileName(path);
      return true;
    };
    window.commands().action("file.print")->trigger();
    EXPECT_TRUE(settle());
    return path;
  }
  static QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  /// One page and its objects where the file says: by poppler where it is installed, else by the trailer.
  static void expectOnePage(const QString& path) {
    const QByteArray bytes = contentOf(path);
    ASSERT_TRUE(bytes.startsWith("%PDF-1.")) << path.toStdString();
    EXPECT_TRUE(bytes.trimmed().endsWith("%%EOF"));
    const qsizetype start = bytes.lastIndexOf("startxref");
    ASSERT_GT(start, 0);
    const qsizetype table = bytes.mid(start + 9).trimmed().split('\n').front().toLongLong();
    ASSERT_GT(table, 0);
    ASSERT_LT(table, bytes.size());
    EXPECT_TRUE(bytes.mid(table, 4) == "xref") << "the table of objects is where the file says";
    EXPECT_EQ(bytes.count("/Type /Page\n"), 1);
    const QString poppler = QStandardPaths::findExecutable("pdftoppm");
    if (poppler.isEmpty()) return;
    const QString picture = path + QStringLiteral(".page");
    ASSERT_EQ(QProcess::execute(poppler, {"-r", "50", "-png", "-singlefile", path, picture}), 0);
    const QImage page(picture + ".png");
    ASSERT_FALSE(page.isNull());
    std::set<QRgb> colours;
    for (int y = 0; y < page.height(); ++y) {
      for (int x = 0; x < page.width(); ++x) colours.insert(page.pixel(x, y));
    }
    EXPECT_GT(colours.size(), 50U) << "something is drawn on it";
    QFile::remove(picture + ".png");
  }
  QString bannerText() { return window.findChild<Banner*>()->text(); }
  QString into;
};

TEST_F(ExportTest, WritesWholePicturesOfEveryKind) {
  openOneMac();
  const Rect& bounds = document().diagram->bounds;
  const QByteArray svg = contentOf(exported("a.svg"));
  QXmlStreamReader xml(svg);
  int texts = 0;
  while (!xml.atEnd()) {
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("text")) ++texts;
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_GT(texts, 9 * 3);
  for (const ObjectDeclaration& object : document().shown->objects) {
    EXPECT_TRUE(svg.contains('>' + QByteArray::fromStdString(object.name) + '<')) << object.name;
  }
  const QImage png(exported("a.png"));
  ASSERT_FALSE(png.isNull());
  EXPECT_EQ(png.width(), static_cast<int>(2 * (bounds.width + 60)));
  expectOnePage(exported("a.pdf"));
  // Without an ending it is SVG; an ending nobody knows is no silent something else.
  exported("plain");
  EXPECT_EQ(contentOf(QDir(into).filePath("plain.svg")), svg);
  // Again over the same file, and the same bytes.
  EXPECT_EQ(contentOf(exported("a.svg")), svg);
  EXPECT_EQ(QDir(into).entryList(QDir::Files | QDir::Hidden),
            (QStringList{"a.pdf", "a.png", "a.svg", "plain.svg"}));
}

TEST_F(ExportTest, PrintsOnePageToAFile) {
  openOneMac();
  theme.setDark(true);  // paper stays white
  const QString path = printed("paper.pdf");
  expectOnePage(path);
  const QString poppler = QStandardPaths::findExecutable("pdftoppm");
  if (!poppler.isEmpty()) {
    ASSERT_EQ(QProcess::execute(poppler, {"-r", "40", "-png", "-singlefile", path, path}), 0);
    EXPECT_EQ(QImage(path + ".png").pixel(2, 2), qRgb(255, 255, 255));
  }
  theme.setDark(false);
}

TEST_F(ExportTest, SaysWhyAndLeavesNothingWhenTheTargetIsFullOrCannotBeWritten) {
  openOneMac();
  for (const char* name : {"a.svg", "a.png", "a.pdf"}) {
    FullDisk full(500);
    exported(name);
    EXPECT_THAT(bannerText().toStdString(), HasSubstr("could not be written")) << name;
  }
  {
    FullDisk full(500);
    printed("a.pdf");
  }
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("could not be written"));
  EXPECT_EQ(QDir(into).entryList(QDir::Files | QDir::Hidden), QStringList());
  // What was there stays whole.
  const QByteArray before = contentOf(exported("a.pdf"));
  ASSERT_FALSE(before.isEmpty());
  {
    FullDisk full(500);
    exported("a.pdf");
    printed("a.pdf");
  }
  EXPECT_EQ(contentOf(QDir(into).filePath("a.pdf")), before);
  // A folder that is not there.
  exported("nowhere/a.png");
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("could not be written"));
  printed("nowhere/a.pdf");
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("could not be written"));
  EXPECT_FALSE(QDir(into).exists("nowhere"));
}

}  // namespace
}  // namespace taktwerk::test
