// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "widgets/mapping/layer_study.h"

namespace taktwerk {

class Theme;

/// A bar for each memory: the tensors and buffers a mapping places there, in their order and as wide as they
/// are large, against the capacity. A memory without limit is as wide as what lies in it.
class MemoryBars : public QWidget {
  Q_OBJECT
 public:
  explicit MemoryBars(const Theme& theme, QWidget* parent = nullptr);

  void setUses(std::vector<MemoryUse> uses);
  [[nodiscard]] const std::vector<MemoryUse>& uses() const { return uses_; }
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Piece {
    QRectF rect;
    const PlacedStorage* storage = nullptr;
    int number = 0;
  };
  [[nodiscard]] std::vector<Piece> pieces() const;
  [[nodiscard]] QRectF bar(int row) const;

  const Theme& theme_;
  std::vector<MemoryUse> uses_;
};

}  // namespace taktwerk
