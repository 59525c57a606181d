// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariantList>
#include <QWidget>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/mapping/mapping.h"

class QLabel;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace taktwerk {

/// A slider for each tunable of a mapping. However often the tunables are set, the row of one that stays is
/// the same row; a slider that is held stays where the user has it.
class TunablePanel : public QWidget {
  Q_OBJECT
 public:
  explicit TunablePanel(QWidget* parent = nullptr);
  /// The tunables of the mapping shown, and the value each of them has.
  void setTunables(const std::vector<Tunable>& tunables, const std::map<std::string, std::int64_t>& values);

 Q_SIGNALS:
  /// The user chose a value; `gesture` is the merge key of the drag it belongs to (see `gestureKey`), or that
  /// of steps by keys or wheel.
  void moved(const QString& name, qint64 value, const QString& gesture);
  /// Asks for a tunable to be varied in the design space over these values.
  void varyRequested(const QString& name, const QVariantList& values);

 private:
  struct Row {
    std::string name;
    std::vector<std::int64_t> values;
    QWidget* widget = nullptr;
    QLabel* title = nullptr;
    QSlider* slider = nullptr;
    QLabel* value = nullptr;
    QToolButton* vary = nullptr;
  };
  [[nodiscard]] Row makeRow(const std::string& name);
  void move(const std::string& name, int index);
  void vary(const std::string& name);

  QVBoxLayout* column_;
  std::vector<Row> rows_;
  QString gesture_;
  bool setting_ = false;  ///< values come from outside
};

}  // namespace taktwerk
