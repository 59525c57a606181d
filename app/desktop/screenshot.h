// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace taktwerk {

class MainWindow;

/// What the window does before it takes a picture of itself.
struct ScreenshotPlan {
  QString file;
  bool run = false;
  QString page;                ///< "network", "mapping", …, or empty
  QString select;              ///< name of an object to select, or empty
  bool wantsDocument = false;  ///< files were given: without a document there is no picture
};

/// Waits for the window's jobs, runs the estimate if asked, selects, writes the picture and ends the
/// application: with 0, or with 1 and the reasons on standard error when there is no picture or the files
/// that are open have errors.
void takeScreenshot(MainWindow& window, const ScreenshotPlan& plan);

}  // namespace taktwerk
