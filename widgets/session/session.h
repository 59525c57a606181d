// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/stored_result.h"
#include "core/estimate/estimate.h"
#include "widgets/session/selection_model.h"

namespace taktwerk {

/// A stretch of a layer's program: iterations of its kernel, or instructions, from `first` on.
struct ProgramWindow {
  enum class Unit { Iterations, Instructions };
  Unit unit = Unit::Iterations;
  std::int64_t first = 0;
  std::int64_t count = 2;
  friend bool operator==(const ProgramWindow&, const ProgramWindow&) = default;
};

/// A result that was put aside to be compared with: all that is needed to say what differs, also after what
/// it came from has changed.
struct PinnedResult {
  QString title;                               ///< "gemmini, ResNet-50, mesh 32"
  std::shared_ptr<const StoredResult> result;  ///< with the texts of its files, where they are known
  /// As it was estimated; null when it was read from a file.
  std::shared_ptr<const NetworkEstimate> estimate = {};
  QString file = {};  ///< that it was read from, or empty
};

/// What all views of a window share besides the files: what is selected and hovered over, which layer and
/// which stretch of its program is looked at, and the results put aside. It knows no document: what it names
/// is named, so that several documents can share it.
class Session : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  [[nodiscard]] SelectionModel& selection() { return selection_; }
  /// The layer that is looked at, by name; empty: none.
  [[nodiscard]] const QString& layer() const { return layer_; }
  [[nodiscard]] const ProgramWindow& window() const { return window_; }
  [[nodiscard]] const std::vector<PinnedResult>& pins() const { return pins_; }

  /// The page in front, by the id of its view.
  [[nodiscard]] const QString& page() const { return page_; }
  void setPage(const QString& page) { page_ = page; }
  void setLayer(const QString& layer, const QObject* origin = nullptr);
  /// Nothing before the first and at least one of the unit.
  void setWindow(ProgramWindow window, const QObject* origin = nullptr);
  /// Files opened before, latest first.
  [[nodiscard]] const QStringList& recentFiles() const { return recentFiles_; }
  void setRecentFiles(const QStringList& paths);
  /// A title that is taken gets a number.
  void pin(PinnedResult result);
  /// Takes one of the pins out; the baseline, if it is that, is none then.
  void unpin(std::size_t place);
  /// An empty title changes nothing.
  void renamePin(std::size_t place, const QString& title);
  /// The file that a pin is in by now.
  void setPinFile(std::size_t place, const QString& file);
  /// The pin that differences in all views refer to; null: they refer to the run before.
  [[nodiscard]] const PinnedResult* baseline() const;
  [[nodiscard]] std::optional<std::size_t> baselinePlace() const { return baseline_; }
  void setBaseline(std::optional<std::size_t> place);
  /// Asks for a view to be shown, and for something in it: what that can be is said by the view.
  void reveal(const QString& view, const QVariant& what = {}) { Q_EMIT revealRequested(view, what); }
  /// Brings a panel that is in sight in front of those it shares its place with; the keyboard stays.
  void attract(const QString& view) { Q_EMIT attractRequested(view); }
  /// Asks for a command of the window.
  void run(const QString& command) { Q_EMIT commandRequested(command); }
  /// Does what leads elsewhere, so that the user can go back to where they were.
  void jump(const std::function<void()>& go);
  /// A sentence that the user shall see for some seconds.
  void say(const QString& sentence) { Q_EMIT said(sentence); }

 Q_SIGNALS:
  void layerChanged(const QObject* origin);
  void windowChanged(const QObject* origin);
  void pinsChanged();
  /// Another baseline, or another title of it.
  void baselineChanged();
  void recentFilesChanged();
  void revealRequested(const QString& view, const QVariant& what);
  void attractRequested(const QString& view);
  void commandRequested(const QString& command);
  void said(const QString& sentence);
  void aboutToJump();
  void jumped();

 private:
  SelectionModel selection_;
  QString layer_;
  QString page_;
  ProgramWindow window_;
  [[nodiscard]] QString freeTitle(const QString& title, std::optional<std::size_t> except) const;

  std::vector<PinnedResult> pins_;
  std::optional<std::size_t> baseline_;  ///< among the pins
  QStringList recentFiles_;
  int jumping_ = 0;  ///< one jump can be part of another
};

}  // namespace taktwerk
