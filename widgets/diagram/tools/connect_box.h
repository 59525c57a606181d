// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "widgets/diagram/tools/filter_box.h"

namespace taktwerk {

/// Wires that a block can have, as sentences: type a part of one, Enter makes it. The way to connect without
/// a mouse.
class ConnectBox : public FilterBox {
  Q_OBJECT
 public:
  struct Choice {
    QString sentence;  ///< "alu reads regs"
    std::function<void()> make;
  };
  explicit ConnectBox(QWidget* parent);
  /// Opens at a place of the screen with choices about a block; with none it says so.
  void popUp(const QString& block, std::vector<Choice> choices, QPoint globalPosition);

 protected:
  int fill(const QString& text) override;
  [[nodiscard]] QString whyEmpty(const QString& text) const override;
  void take(int row) override;

 private:
  QString block_;
  std::vector<Choice> choices_;
  std::vector<std::size_t> shown_;  ///< places among the choices
};

}  // namespace taktwerk
