// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "app/desktop/main_window.h"
#include "tests/app/desktop/fuzz/dialog_answers.h"
#include "tests/app/desktop/fuzz/scratch.h"
#include "tests/support/random.h"
#include "widgets/theme/theme.h"

class QAction;
class QMenu;

namespace taktwerk::test {

/// One thing a user does.
enum class FuzzEvent {
  Click,        ///< anywhere in the window, with any button, once or twice, or the wheel
  Key,          ///< to whoever has the keyboard
  Drag,         ///< a whole gesture on the canvas, perhaps given up half-way
  PaletteDrop,  ///< an entry dragged onto the canvas, or activated and placed; mappings dragged onto layers
  Menu,         ///< a menu of the menu bar opened and an entry chosen
  ContextMenu,  ///< of the canvas, the problems or the window's parts, opened and an entry chosen
  Dialog,       ///< opened and answered or cancelled
  Dock,         ///< shown, hidden, floating, raised
  Page,         ///< another page, or back and forward
  History,      ///< undone and done again
  Resize,
  Theme,
  Reopen,  ///< the document closed, opened, begun anew, read again, changed by another program
  Count
};
[[nodiscard]] const char* nameOf(FuzzEvent kind);

/// Does random things to the real window, on copies of files. The events of a seed are the same in every run;
/// what they meet also depends on the time (steps that merge, jobs that end), as little as can be.
class WindowFuzzer {
 public:
  /// `hurry` leaves jobs under way while the next events come, instead of waiting for them.
  WindowFuzzer(std::uint64_t seed, bool hurry, bool verbose);
  ~WindowFuzzer();

  /// What does not hold afterwards, or nothing.
  [[nodiscard]] std::string run(int events);
  [[nodiscard]] const std::array<int, static_cast<std::size_t>(FuzzEvent::Count)>& counts() const {
    return counts_;
  }
  [[nodiscard]] int dialogsAnswered() const { return answers_.answered(); }
  /// Of the documents there were, by their texts.
  [[nodiscard]] std::uint64_t digest() const { return digest_; }

 private:
  void happen(FuzzEvent kind);
  void click();
  void key();
  void drag();
  void paletteDrop();
  void dropMapping();
  void menu();
  void contextMenu();
  void dialog();
  void dock();
  void page();
  void history();
  void resize();
  void reopen();

  void open(const QString& path);
  void trigger(const char* command);
  void choose(QMenu& menu);
  /// Popups and windows of their own that are open: used or closed.
  void finishPopups();
  void settle();
  [[nodiscard]] bool hasDocument() const { return window_->documents().document() != nullptr; }
  void showCanvas();
  /// A point of the canvas worth pressing at: on blocks, their handles, wires, or anywhere.
  [[nodiscard]] QPoint canvasPoint();
  [[nodiscard]] Qt::KeyboardModifiers modifiers();
  [[nodiscard]] std::string broken() const;
  void note();

  std::uint64_t seed_;
  bool hurry_;
  bool verbose_;
  Random random_;
  Scratch scratch_;  // before the window: it is the data
  DialogAnswers answers_;
  Theme theme_{false};
  std::unique_ptr<MainWindow> window_;
  std::array<int, static_cast<std::size_t>(FuzzEvent::Count)> counts_{};
  std::uint64_t digest_ = 0xCBF29CE484222325U;
};

}  // namespace taktwerk::test
