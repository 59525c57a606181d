// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <functional>
#include <vector>

#include "widgets/view/view_spec.h"

class QDockWidget;
class QMainWindow;

namespace taktwerk {

/// The panels of a window round its pages. Each page has its own arrangement: at first the panels that belong
/// to it, each in the place that its spec says, then whatever the user makes of it.
class Docks : public QObject {
  Q_OBJECT
 public:
  /// An arrangement as settings keep it, by page.
  using Layouts = QMap<QString, QByteArray>;

  explicit Docks(QMainWindow& window);
  /// Panels go before what they look at.
  ~Docks() override;

  void add(const ViewSpec& spec, View& view, QWidget* frame);
  /// Pages beside which only those panels stand at first that name them.
  void setAlone(const QStringList& pages) { alone_ = pages; }
  /// After the last panel was added.
  void arrange();
  /// Another page is in front: the arrangement of the one before is remembered. Empty: no panels at all.
  void follow(const QString& page);
  /// What the user made of the arrangement of the page goes.
  void restoreDefault();
  /// All that the user arranged.
  [[nodiscard]] Layouts layouts() const;
  void setLayouts(const Layouts& layouts);

  [[nodiscard]] QDockWidget* find(const QString& id) const;
  [[nodiscard]] bool isShown(const QString& id) const;
  void show(const QString& id);
  void hide(const QString& id) const;
  /// In front of those it shares its place with, if it is shown.
  void raise(const QString& id) const;

 Q_SIGNALS:
  /// A panel was shown or hidden.
  void changed();

 private:
  struct Panel {
    ViewSpec spec;
    QDockWidget* dock = nullptr;
  };
  void place(const Panel& panel);
  [[nodiscard]] bool belongs(const Panel& panel, const QString& page) const;
  void hideAll() const;
  void applyDefault(const QString& page);
  void joinNeighbour(const Panel& panel);
  void resizePlaces(const std::function<bool(const Panel&)>& concerned);
  /// Titles of docks in a group of tabs take no room: the tab is title enough.
  void retitle();

  QMainWindow& window_;
  std::vector<Panel> panels_;
  QStringList alone_;
  QByteArray allPlaced_;
  QString page_;
  Layouts layouts_;
};

}  // namespace taktwerk
