// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

namespace taktwerk {

class Banner;
struct Models;

/// What the strip above the canvas says when another document is open: what is wrong with it, or what to do
/// next; and when something goes wrong inside the program.
class Notices : public QObject {
  Q_OBJECT
 public:
  /// `offered` offers what was left of the open document, and tells whether it did.
  Notices(Models& models, Banner& banner, std::function<bool()> offered, QObject* parent = nullptr);

 private:
  void takeDocument();

  Models& models_;
  Banner& banner_;
  std::function<bool()> offered_;
};

}  // namespace taktwerk
