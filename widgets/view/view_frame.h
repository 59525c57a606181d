// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

class QLabel;

namespace taktwerk {

struct Models;
struct ViewSpec;
class View;

/// Why a view shows nothing: what it needs is not there, or its own reason; nothing while it shows something.
[[nodiscard]] QString whyEmpty(const ViewSpec& spec, const View& view, const Models& models);

/// The place of a view: the view, or instead of it why there is nothing to see.
class ViewFrame : public QStackedWidget {
  Q_OBJECT
 public:
  /// The view must be there as long as the frame is in use.
  ViewFrame(const ViewSpec& spec, View& view, const Models& models, QWidget* parent = nullptr);

  [[nodiscard]] QString emptyText() const;

 private:
  QLabel* empty_;
};

}  // namespace taktwerk
