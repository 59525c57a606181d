// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QPainterPath>
#include <QRectF>
#include <memory>
#include <vector>

#include "core/network/network.h"

namespace taktwerk {

class Theme;

/// The layers of a network from top to bottom, with a line for every tensor that one writes and another
/// reads; inputs and outputs of the network are lines from and to the border. Long skips keep to the right.
class NetworkGraphView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit NetworkGraphView(const Theme& theme, QWidget* parent = nullptr);

  void setNetwork(std::shared_ptr<const Network> network);
  /// By layer its share of all cycles, 0 to 1, as a colour, a bar and in words; below 0 there is none. Empty:
  /// nothing is known.
  void setShares(std::vector<double> shares);
  /// −1 for none.
  void setCurrentLayer(int layer);
  [[nodiscard]] int currentLayer() const { return current_; }
  /// "conv1 (20 24 132x44)": what is drawn where, for tests.
  [[nodiscard]] QString dump() const;

 Q_SIGNALS:
  void layerActivated(int layer);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  struct Wire {
    int from = 0, to = 0;
    TensorId tensor;
    QPainterPath path;
    QRectF bounds;
  };
  void layOut();
  void paintShare(QPainter& painter, const QRectF& box, double share) const;
  [[nodiscard]] int layerAt(const QPointF& viewportPosition) const;
  [[nodiscard]] QPointF origin() const;

  const Theme& theme_;
  std::shared_ptr<const Network> network_;
  std::vector<QRectF> boxes_;
  std::vector<Wire> wires_;
  QSizeF size_;
  std::vector<double> shares_;
  int current_ = -1;
};

}  // namespace taktwerk
