// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QLabel;
class QStatusBar;

namespace taktwerk {

struct Models;
class ViewHost;

/// The line below everything: what mouse and keys do just now, what is wrong, how large the design is, how
/// large it is shown; and for some seconds what was just done.
class StatusLine : public QObject {
  Q_OBJECT
 public:
  StatusLine(QStatusBar& bar, Models& models, ViewHost& views);

 private:
  void refreshCounts();
  void refreshView();
  void refreshJobs();

  QStatusBar& bar_;
  Models& models_;
  ViewHost& views_;
  QLabel* hint_;
  QLabel* jobs_;  ///< what runs in the background; a click shows the list
  QLabel* counts_;
  QLabel* zoom_;
};

}  // namespace taktwerk
