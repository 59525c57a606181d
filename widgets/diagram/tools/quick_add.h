// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "widgets/diagram/tools/filter_box.h"
#include "widgets/diagram/tools/placeable.h"

namespace taktwerk {

class Theme;

/// A small box at the cursor: type a part of a class or template, Enter adds it there.
class QuickAdd : public FilterBox {
  Q_OBJECT
 public:
  QuickAdd(const Theme& theme, QWidget* parent);
  void popUp(std::vector<Placeable> choices, QPoint globalPosition);

 Q_SIGNALS:
  void chosen(const taktwerk::Placeable& what);

 protected:
  int fill(const QString& text) override;
  void take(int row) override;

 private:
  const Theme& theme_;
  std::vector<Placeable> choices_;
  std::vector<Placeable> shown_;
};

}  // namespace taktwerk
