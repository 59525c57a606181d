// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "widgets/session/navigation_history.h"

namespace taktwerk {

struct Models;
class ViewHost;

/// Back and forward among the places that were shown: pages, what was selected there, what was in sight.
class Navigator : public QObject {
  Q_OBJECT
 public:
  Navigator(Models& models, ViewHost& views, QObject* parent = nullptr);

 private:
  [[nodiscard]] ShownPlace now() const;
  void note();
  void update();
  void go(const std::optional<ShownPlace>& place);
  void bindCommands();

  Models& models_;
  ViewHost& views_;
  NavigationHistory history_;
  bool moving_ = false;
};

}  // namespace taktwerk
