// SPDX-License-Identifier: GPL-3.0-or-later
// `taktwerk --screenshot` as a program: what it says and leaves when it cannot do what it should.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Outcome {
  int status = -1;
  std::string err;
};

/// `mostBytes`: no file can become larger, as on a disk that is full.
Outcome screenshot(const QString& picture, const QStringList& files, rlim_t mostBytes = RLIM_INFINITY) {
  QProcess process;
  process.setChildProcessModifier([mostBytes] {
    const rlimit limit{mostBytes, mostBytes};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, SIG_IGN);
  });
  process.start(QString::fromStdString(taktwerk::programDirectory() + "/taktwerk"),
                QStringList{QStringLiteral("--screenshot"), picture} + files);
  if (!process.waitForFinished(110000)) return {};
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          process.readAllStandardError().toStdString()};
}

TEST(Screenshot, OfAGoodFileIsAPicture) {
  Folder folder;
  const Outcome outcome = screenshot(folder.path(QStringLiteral("good.png")), {oneMac()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, Not(HasSubstr("error")));
  EXPECT_GT(QImage(folder.path(QStringLiteral("good.png"))).width(), 0);
}

TEST(Screenshot, OfABrokenFileSaysWhatIsWrongWhere) {
  Folder folder;
  const QString noYaml = folder.write(QStringLiteral("no.arch.yaml"), "format: [\n");
  const Outcome refused = screenshot(folder.path(QStringLiteral("no.png")), {noYaml});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr(noYaml.toStdString() + ":2:"));
  EXPECT_FALSE(QFile::exists(folder.path(QStringLiteral("no.png"))));

  const QString wrong = folder.write(QStringLiteral("wrong.arch.yaml"), R"(format: taktwerk-architecture/1
name: wrong
objects:
  decode: {class: PipelineStage, latency: -3}
connections: []
)");
  const Outcome shown = screenshot(folder.path(QStringLiteral("wrong.png")), {wrong});
  EXPECT_EQ(shown.status, 1);
  EXPECT_THAT(shown.err, HasSubstr(wrong.toStdString() + ":4:"));
  EXPECT_GT(QImage(folder.path(QStringLiteral("wrong.png"))).width(), 0);  // it can be drawn all the same
}

TEST(Screenshot, ThatCannotBeWrittenIsNotThereAtAll) {
  Folder folder;
  const QString picture = folder.path(QStringLiteral("full.png"));
  const Outcome full = screenshot(picture, {oneMac()}, 4096);
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, HasSubstr("cannot write " + picture.toStdString() + ": "));
  EXPECT_FALSE(QFile::exists(picture));
  const Outcome nowhere = screenshot(folder.path(QStringLiteral("none/x.png")), {oneMac()});
  EXPECT_EQ(nowhere.status, 1);
  EXPECT_THAT(nowhere.err, HasSubstr("cannot write "));
  const Outcome kind = screenshot(folder.path(QStringLiteral("x.none")), {oneMac()});
  EXPECT_EQ(kind.status, 1);
  EXPECT_THAT(kind.err, HasSubstr("kind of picture"));
}

}  // namespace
}  // namespace taktwerk::test
