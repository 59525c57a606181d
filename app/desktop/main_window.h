// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <memory>

#include "app/desktop/settings.h"
#include "widgets/session/shown_selection.h"
#include "widgets/view/models.h"

namespace taktwerk {

class Banner;
class CommandPalette;
class Opening;
class Recovery;
class RunBar;
class Saving;
class ShortcutEditor;
class Theme;
class UnsavedWork;
class ViewHost;

/// Puts the models, the views and what opens, saves and asks together. What they do is theirs.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// Without `remember` nothing is read from or written to the user's settings.
  MainWindow(Theme& theme, bool remember, QWidget* parent = nullptr);
  ~MainWindow() override;

  void openFiles(const QStringList& paths);
  /// An architecture that came with the program, as a copy that is not saved yet.
  void openExample(const QString& path);
  /// Work is under way, or begins by itself after a pause.
  [[nodiscard]] bool busy() const;
  [[nodiscard]] Models& models() { return models_; }
  [[nodiscard]] ViewHost& views() { return *views_; }
  [[nodiscard]] EstimateController& estimates() { return models_.estimates; }
  [[nodiscard]] DocumentController& documents() { return models_.documents; }
  [[nodiscard]] Autosave& autosave() { return models_.autosave; }
  [[nodiscard]] History& history() { return models_.history; }
  [[nodiscard]] WorkspaceDocument& workspace() { return models_.workspace; }
  [[nodiscard]] UnsavedWork& unsavedWork() { return *unsaved_; }
  /// In the ids of the open document.
  [[nodiscard]] ShownSelection& selection() { return models_.shown; }
  [[nodiscard]] CommandTable& commands() { return models_.commands; }
  /// How the user is asked; tests answer.
  [[nodiscard]] Questions& ask() { return models_.ask; }

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void buildCentre();
  void buildBars();
  void buildServices();
  void bindCommands();
  void bindRefreshing();
  void restoreSettings();
  void takeDocument();
  void refreshTitle();
  [[nodiscard]] bool mayLeave(bool everything);
  void showAbout();

  Theme& theme_;
  bool remember_;
  Settings settings_;
  Models models_;
  std::unique_ptr<ViewHost> views_;
  QObject* services_;  ///< holds what hears of the models and looks at the window
  std::unique_ptr<UnsavedWork> unsaved_;
  std::unique_ptr<Recovery> recovery_;
  Banner* banner_ = nullptr;
  Opening* opening_ = nullptr;
  Saving* saving_ = nullptr;
  RunBar* runBar_ = nullptr;
  QToolBar* canvasTools_ = nullptr;
  QToolBar* runTools_ = nullptr;
  CommandPalette* palette_ = nullptr;
  ShortcutEditor* shortcuts_ = nullptr;
};

}  // namespace taktwerk
