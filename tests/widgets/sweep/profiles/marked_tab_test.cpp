// SPDX-License-Identifier: GPL-3.0-or-later
// Designs that are marked, side by side as bars of where their cycles go.
#include "widgets/sweep/plots/marked_tab.h"

#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <sstream>

#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/sweep/plots/marked_bars.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/point_profiles.h"

namespace taktwerk::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class MarkedTabTest : public SweepPageTest {
 protected:
  /// Once the space is looked through.
  void run() {
    ASSERT_TRUE(settle());
    SweepPageTest::run();
  }
  void mark(const char* baseline, const std::vector<std::string>& pins) {
    plots().setBaseline(rowOf(baseline));
    for (const std::string& pin : pins) plots().togglePin(rowOf(pin));
  }
  void look() {
    plots().tabs().setCurrentWidget(&tab());
    ASSERT_TRUE(settle());
  }
  PlotPanel& plots() { return page.resultPanel().plots(); }
  MarkedTab& tab() { return plots().markedTab(); }
  MarkedBars& bars() { return tab().bars(); }
  /// Where a bar has its first part.
  std::size_t firstPart(std::size_t bar) {
    std::size_t category = 0;
    while (category < categoryCount && bars().bars()[bar].of.parts[category] == 0) ++category;
    return category;
  }
  bool stopped = false;

  std::string exported(const char* name) {
    models.ask.plotPath = [&](const QString&) { return folder.path(name); };
    models.commands.action("sweep.exportPlot")->trigger();
    QFile file(folder.path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
  }
};

TEST_F(MarkedTabTest, BarsAddUpToTheCyclesOfTheTable) {
  open();
  add("fetch_width = 1,2,4");
  add("mac_latency = 1,3");
  run();
  EXPECT_TRUE(bars().bars().empty());
  mark("0", {"3", "5"});
  EXPECT_FALSE(tab().profiles().isBusy()) << "nobody looks at it";
  look();
  ASSERT_EQ(bars().bars().size(), 3U);
  for (const DesignBar& bar : bars().bars()) {
    EXPECT_EQ(bar.problem, QString());
    EXPECT_EQ(std::to_string(bar.of.total), cell(bar.row, "cycles"));
    Cycles parts = 0, items = 0;
    for (const Cycles part : bar.of.parts) parts += part;
    for (const BreakdownItem& item : bar.of.items) items += item.cycles;
    EXPECT_EQ(parts, bar.of.total);
    EXPECT_EQ(items, bar.of.total);
  }
  EXPECT_EQ(bars().bars()[0].name, "base: point 0");
  EXPECT_EQ(bars().bars()[2].name, "B: point 5");
  EXPECT_EQ(tab().stateText(), QString());
  // One layer, and back.
  ASSERT_GT(tab().layers().count(), 10);
  tab().layers().setCurrentIndex(1);
  EXPECT_EQ(tab().layers().currentText(), "conv0");
  EXPECT_LT(bars().bars()[0].of.total, 10'000'000) << "of 13,979,190";
  EXPECT_GT(bars().bars()[0].of.total, 0);
  tab().layers().setCurrentIndex(0);
  EXPECT_EQ(std::to_string(bars().bars()[0].of.total), cell(bars().bars()[0].row, "cycles"));
}

TEST_F(MarkedTabTest, APinnedDesignThatBecomesTheBaselineIsCalledSo) {
  open();
  add("fetch_width = 1,2,4");
  run();
  mark("0", {"1", "2"});
  look();
  ASSERT_EQ(bars().bars().front().name, "base: point 0");
  plots().setBaseline(rowOf("1"));
  ASSERT_TRUE(settle());
  const auto named = [&](const QString& start) {
    return std::count_if(bars().bars().begin(), bars().bars().end(),
                         [&](const DesignBar& bar) { return bar.name.startsWith(start); });
  };
  EXPECT_EQ(named("base: point 1"), 1);
  EXPECT_EQ(named("base: point 0"), 0);
  plots().setBaseline(std::nullopt);
  ASSERT_TRUE(settle());
  EXPECT_EQ(named("base"), 0);
}

TEST_F(MarkedTabTest, APartTellsItsCausesAndDoesNothingElse) {
  open();
  add("fetch_width = 1,2,4");
  run();
  mark("0", {"2"});
  look();
  const auto chosenBefore = page.resultPanel().currentRow();
  const std::size_t part = firstPart(1);
  QTest::mouseClick(&bars(), Qt::LeftButton, {}, bars().partOf(1, part).center().toPoint());
  const std::string text = tab().causeText().toStdString();
  EXPECT_THAT(text, StartsWith("A: point 2, "));
  EXPECT_THAT(text, HasSubstr("baseline "));
  EXPECT_THAT(text, HasSubstr("\n")) << "its causes, a line each";
  EXPECT_EQ(bars().accessibleDescription(), tab().causeText()) << "also for those who hear it";
  EXPECT_EQ(page.resultPanel().currentRow(), chosenBefore) << "nothing surprising is opened";
  EXPECT_EQ(models.estimates.input().parameters, (std::map<std::string, std::int64_t>()));
  // The same with keys.
  bars().setFocus();
  QTest::keyClick(&bars(), Qt::Key_Up);
  EXPECT_THAT(tab().causeText().toStdString(), StartsWith("base: point 0, "));
  EXPECT_THAT(tab().causeText().toStdString(), testing::Not(HasSubstr("baseline")));
  QTest::keyClick(&bars(), Qt::Key_End);
  const QString last = tab().causeText();
  QTest::keyClick(&bars(), Qt::Key_Home);
  EXPECT_NE(tab().causeText(), last);
  QTest::keyClick(&bars(), Qt::Key_Right);
  QTest::keyClick(&bars(), Qt::Key_Left);
  QTest::keyClick(&bars(), Qt::Key_Return);
  EXPECT_EQ(page.resultPanel().currentRow(), chosenBefore);
  // Shares make all bars as long as the longest.
  tab().shares().setChecked(true);
  double widths[2] = {};
  for (std::size_t bar = 0; bar < 2; ++bar) {
    for (std::size_t category = 0; category < categoryCount; ++category)
      widths[bar] += bars().partOf(bar, category).width();
  }
  EXPECT_NEAR(widths[0], widths[1], 0.01);
}

TEST_F(MarkedTabTest, IsExportedAsPicturesAndAsATable) {
  open();
  add("fetch_width = 1,2");
  run();
  mark("0", {"1"});
  look();
  EXPECT_THAT(exported("bars.svg"), HasSubstr("<svg"));
  EXPECT_THAT(exported("bars.pdf"), StartsWith("%PDF"));
  (void)exported("bars.png");
  EXPECT_EQ(QImage(folder.path("bars.png")).size(), bars().size() * 2);
  std::istringstream lines(exported("bars.csv"));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(line, "point,mark,layer,kind,cause,cycles,share,baseline,change");
  Cycles base = 0, pinned = 0, changes = 0;
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string each; std::getline(row, each, ',');) cells.push_back(each);
    ASSERT_EQ(cells.size(), 9U) << line;
    (cells[1] == "base" ? base : pinned) += std::stoll(cells[5]);
    changes += std::stoll(cells[8]);
  }
  EXPECT_EQ(std::to_string(base), cell(rowOf("0"), "cycles"));
  EXPECT_EQ(std::to_string(pinned), cell(rowOf("1"), "cycles"));
  EXPECT_EQ(changes, pinned - base) << "with what the pinned one does without";
  plots().tabs().setCurrentIndex(0);
  (void)exported("scatter.csv");
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("no table of its own"));
}

TEST_F(MarkedTabTest, SaysWhyADesignHasNoBar) {
  open();
  add("mac_latency = 0,1,2");
  run();
  mark("1", {"0", "2"});
  look();
  ASSERT_EQ(bars().bars().size(), 3U);
  EXPECT_THAT(bars().bars()[1].problem.toStdString(), HasSubstr("infeasible: parameter \"mac_latency\""));
  EXPECT_EQ(bars().bars()[2].problem, QString());
}

TEST_F(MarkedTabTest, FewerCyclesOfFewerLayersAreNoGain) {
  DesignBar whole, part;
  whole.isBaseline = true;
  whole.of.total = whole.of.parts[0] = 100;
  part.of.total = part.of.parts[0] = 60;
  std::vector<DesignBar> all{whole, part};
  EXPECT_EQ(comparedWith(all, all[1]), all.data());
  EXPECT_EQ(comparedWith(all, all[0]), nullptr) << "it is the baseline";
  EXPECT_THAT(segmentInWords(all, 1, 0).toStdString(), HasSubstr("baseline 100: −40 (−40.0 %)"));
  all[1].missing = 1;
  EXPECT_EQ(comparedWith(all, all[1]), nullptr);
  EXPECT_THAT(segmentInWords(all, 1, 0).toStdString(), Not(HasSubstr("baseline")));
}

TEST_F(MarkedTabTest, IsNotBusyOnceNobodyLooksAtIt) {
  open();
  add("fetch_width = 1,2,4");
  run();
  mark("0", {"1", "2"});
  plots().tabs().setCurrentWidget(&tab());
  EXPECT_TRUE(tab().profiles().isBusy());
  plots().tabs().setCurrentIndex(0);
  ASSERT_TRUE(settle());
  EXPECT_FALSE(tab().profiles().isBusy());
  EXPECT_FALSE(tab().profiles().find(static_cast<std::uint32_t>(rowOf("2"))))
      << "only the one that was under way came to its end";
  look();
  EXPECT_TRUE(tab().profiles().find(static_cast<std::uint32_t>(rowOf("2"))));
}

TEST_F(MarkedTabTest, OfAStoreBarsAreMadeFromTheTextsOfThen) {
  const QString architecture = folder.write("own.arch.yaml", [] {
    QFile file(oneMac());
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
  }());
  const QDir shipped(QFileInfo(oneMac()).dir().filePath("mappings"));
  ASSERT_TRUE(QDir().mkpath(folder.path("mappings")));
  for (const QString& name : shipped.entryList(QDir::Files))
    ASSERT_TRUE(QFile::copy(shipped.filePath(name), folder.path("mappings/" + name)));
  open(architecture);
  add("fetch_width = 1,2");
  page.setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  run();
  models.documents.close();
  // The files are others by now, and one is gone.
  folder.write("own.arch.yaml", "format: [");
  ASSERT_TRUE(QDir(folder.path("mappings")).removeRecursively());
  page.openResults(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  ASSERT_EQ(table().rows(), 2U);
  mark("0", {"1"});
  look();
  for (const DesignBar& bar : bars().bars()) {
    EXPECT_EQ(bar.problem, QString());
    EXPECT_EQ(bar.note, QString());
    EXPECT_EQ(std::to_string(bar.of.total), cell(bar.row, "cycles"));
  }
}

TEST_F(MarkedTabTest, WhatIsStoppedSaysSoAndIsTriedAgain) {
  open();
  add("fetch_width = 1,2,4");
  run();
  mark("0", {"1", "2"});
  QObject::connect(&models.jobs, &JobManager::started, &page, [this](const QString& channel) {
    if (channel != "breakdown of a point" || stopped) return;
    stopped = true;
    for (const JobState& job : models.jobs.states()) models.jobs.cancel(job.id);
  });
  look();
  ASSERT_TRUE(stopped);
  for (const DesignBar& bar : bars().bars()) EXPECT_THAT(bar.problem.toStdString(), EndsWith("was stopped"));
  auto* again = tab().findChild<QToolButton*>("again");
  ASSERT_TRUE(again && again->isVisible());
  QTest::mouseClick(again, Qt::LeftButton);
  ASSERT_TRUE(settle());
  for (const DesignBar& bar : bars().bars()) EXPECT_EQ(bar.problem, QString());
  EXPECT_FALSE(again->isVisible());
}

}  // namespace
}  // namespace taktwerk::test
