// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/calibrate/calibrate_page.h"
#include "widgets/calibrate/calibration_results.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/calibrate/calibration_setup.h"
#include "widgets/calibrate/figure_table.h"
#include "widgets/calibrate/fit_list.h"
#include "widgets/calibrate/measured_rows.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {

/// Layers of RedMulE, measured: those of the guide.
inline constexpr const char* redmuleLayers =
    "operator,M,K,N,cycles,cycles_min,cycles_max\n"
    "matmul,12,16,16,135,135,135\n"
    "matmul,24,16,16,201,200,202\n"
    "matmul,24,32,32,585,585,585\n"
    "matmul,48,64,64,4169,4168,4170\n"
    "matmul,12,64,16,327,326,328\n"
    "matmul,60,16,16,393,392,394\n";

/// The page by itself, driven by its parts.
class CalibratePageTest : public ::testing::Test {
 protected:
  CalibratePageTest() {
    page.resize(1200, 700);
    page.show();
  }
  static QString redmule() {
    return QString::fromStdString(sourceDirectory() + "/archs/redmule/redmule.arch.yaml");
  }
  bool settle() {
    return waitFor([this] { return models.jobs.states().empty() && !models.estimates.isWaiting(); }, 110000);
  }
  void open(const QString& architecture = redmule()) {
    models.documents.open(architecture);
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
  }
  /// Chooses a table as the user does, with the button and the dialog.
  void choose(const QByteArray& table = redmuleLayers, const QString& name = "layers.csv") {
    const QString path = folder.write(name, table);
    models.ask.measuredToOpen = [path] { return QString(path); };
    QTest::mouseClick(page.findChild<QPushButton*>("choose"), Qt::LeftButton);
    ASSERT_TRUE(settle());
  }
  /// Runs with the button.
  void run() {
    ASSERT_EQ(page.run().whyNotStartable(), QString());
    for (QPushButton* button : page.findChildren<QPushButton*>()) {
      if (button->property("primary").toBool()) QTest::mouseClick(button, Qt::LeftButton);
    }
    ASSERT_TRUE(settle());
  }
  /// Types a line below the parameters that are fitted.
  void fit(const QString& line) {
    auto* field = page.setup().findChild<QLineEdit*>();
    field->clear();
    QTest::keyClicks(field, line);
    QTest::keyClick(field, Qt::Key_Return);
  }
  const CalibrationOutcome& found() { return *page.run().outcome(); }
  [[nodiscard]] std::string sentence() { return page.results().sentence().toStdString(); }
  QString cell(int place, int column) { return page.results().rows().index(place, column).data().toString(); }
  [[nodiscard]] std::string whyNot(const char* command) const {
    return models.commands.command(QLatin1String(command)).whyNot().toStdString();
  }
  /// A parameter of the open document.
  const Parameter& parameter(const std::string& name) {
    for (const Parameter& each : models.document()->architecture->parameters) {
      if (each.name == name) return each;
    }
    ADD_FAILURE() << "no parameter " << name;
    static const Parameter none;
    return none;
  }
  void setDefault(const std::string& name, const std::string& value) {
    ASSERT_EQ(models.documents.edit("Set", {SetParameter{name, "default", yamlScalar(value)}}), QString());
  }

  Theme theme{false};
  Folder folder;
  Models models{theme, {{}, {}, {}, folder.path("autosave")}};
  CalibratePage page{models};
};

}  // namespace taktwerk::test
