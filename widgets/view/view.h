// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVariant>
#include <QWidget>
#include <optional>
#include <vector>

#include "widgets/document/work_keeper.h"
#include "widgets/session/navigation_history.h"

namespace taktwerk {

/// One way of looking at what a window studies: a widget, and what the window has to know of it to give it a
/// tab or a dock, a title, a place in the history, and to ask before its work is lost. A view looks at the
/// models of the window (`Models`) and changes them; it knows no other view.
class View : public QObject {
  Q_OBJECT
 public:
  /// Takes the widget, which whoever shows it may take over.
  explicit View(QWidget* widget) : widget_(widget) {}
  /// The widget goes with it.
  ~View() override;
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  [[nodiscard]] QWidget* widget() const { return widget_; }
  /// Instead of the title of its spec, when that says too little: "Problems (3)".
  [[nodiscard]] virtual QString title() const { return {}; }
  /// Why there is nothing to see, for the place where it would be; nothing when there is something.
  [[nodiscard]] virtual QString whyEmpty() const { return {}; }
  /// What the mouse and the keys do here just now, for the status bar.
  [[nodiscard]] virtual QString hint() const { return {}; }
  /// Something that has not come to rest: a picture is not taken yet.
  [[nodiscard]] virtual bool isWaiting() const { return false; }
  /// Shows something that `Session::reveal` was asked for; what that can be is the view's.
  virtual void reveal(const QVariant& what) { Q_UNUSED(what) }
  /// What of a large picture is in sight, for going back to it.
  [[nodiscard]] virtual std::optional<ViewPosition> position() const { return std::nullopt; }
  virtual void setPosition(const ViewPosition& position) { Q_UNUSED(position) }
  /// What was changed here and is in no file yet.
  [[nodiscard]] virtual std::vector<UnsavedPiece> unsaved() const { return {}; }
  /// Whether that belongs to the architecture that is open, and goes with it.
  [[nodiscard]] virtual bool leavesWithArchitecture() const { return false; }
  /// Writes a piece to its file; false when that could not be done, and said so.
  virtual bool save(const QString& path) {
    Q_UNUSED(path)
    return true;
  }
  /// What else goes with the window and is in no file, a sentence each: results that took time to find, work
  /// that is under way.
  [[nodiscard]] virtual QStringList losses() const { return {}; }
  /// Gives up what is unsaved: the user agreed, or what it belongs to is open no more.
  virtual void drop() {}

 Q_SIGNALS:
  void titleChanged();
  void emptinessChanged();
  void hintChanged();
  /// The user scrolled or zoomed.
  void moved();
  void unsavedChanged();

 private:
  QPointer<QWidget> widget_;
};

}  // namespace taktwerk
