// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>

class QLabel;
class QScrollArea;

namespace taktwerk {

class CardView;
class CommandTable;
class PointCards;
class Theme;
struct PlotData;

/// The card of the design that is chosen, with what can be done with it: opened in the editor, saved as an
/// architecture, pinned, made the baseline.
class DesignPanel : public QWidget {
  Q_OBJECT
 public:
  DesignPanel(const Theme& theme, const CommandTable& commands, PointCards& cards, QWidget* parent = nullptr);

  void setData(std::shared_ptr<const PlotData> shown);
  [[nodiscard]] CardView& card() { return *view_; }
  [[nodiscard]] QSize sizeHint() const override { return {270, 400}; }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void refresh();
  void ask();

  const Theme& theme_;
  PointCards& cards_;
  CardView* view_;
  std::shared_ptr<const PlotData> data_;
  QTimer rest_;  ///< keys may go through many rows at once
};

}  // namespace taktwerk
