// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <functional>

#include "app/desktop/settings.h"
#include "core/base/diagnostic.h"
#include "widgets/actions/command_table.h"
#include "widgets/document/autosave.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/history.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/session/navigation_history.h"
#include "widgets/session/selection_model.h"
#include "widgets/workspace/file_opener.h"
#include "widgets/workspace/workspace_document.h"

class QLabel;
class QPrinter;
class QStackedWidget;
class QTabWidget;

namespace taktwerk {

class Banner;
class BreakdownPage;
class CommandPalette;
class DiagramEditor;
class DiagramScene;
class DiagramView;
class HistoryView;
class Inspector;
class LayersPanel;
class MappingPage;
class NetworkPage;
class OutlinePanel;
class PalettePanel;
class ProblemsPanel;
class Recovery;
class RunBar;
class ShortcutEditor;
class SourceView;
class StartPage;
class TextDocuments;
class Theme;
class UnsavedWork;

/// Puts the controllers, panels and pages together. What they do is theirs.
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
  [[nodiscard]] EstimateController& estimates() { return estimates_; }
  /// The steps of everything that is open here.
  [[nodiscard]] History& history() { return history_; }
  [[nodiscard]] DocumentController& documents() { return documents_; }
  [[nodiscard]] Autosave& autosave() { return autosave_; }
  [[nodiscard]] WorkspaceDocument& workspace() { return workspace_; }
  [[nodiscard]] UnsavedWork& unsavedWork() { return *unsaved_; }
  [[nodiscard]] SelectionModel& selection() { return selection_; }
  [[nodiscard]] CommandTable& commands() { return commands_; }
  /// What is wrong with the files that are open, or could not be opened.
  [[nodiscard]] const Diagnostics& problems() const;

  enum class Answer { Save, Discard, Cancel };
  /// How the user is asked about unsaved changes and for the name of a file; tests answer for them.
  std::function<Answer(const QString& question)> askUnsaved;
  std::function<QString(const QString& suggestion)> askPath;
  std::function<QString(const QString& suggestion)> askNetworkPath;
  std::function<QString(const QString& suggestion)> askMappingPath;
  /// What becomes of mappings when their architecture is saved in another folder.
  enum class MappingAnswer { Copy, Refer, Leave, Cancel };
  std::function<MappingAnswer(const QString& question)> askMappings;
  std::function<QString(const QString& suggestion)> askWorkspacePath;
  std::function<QString(const QString& suggestion)> askExportPath;
  std::function<bool(QPrinter& printer)> askPrinter;
  /// Why a warning is right as it is; nothing when the user changes their mind.
  std::function<std::optional<QString>(const QString& warning)> askNote;

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void buildCentre();
  void buildDocks();
  void buildBars();
  void bindCommands();
  void bindSignals();
  /// The page that is shown, where the keyboard is at home.
  [[nodiscard]] QWidget* page() const;
  void showPage(QWidget* page);
  void arrangeDocks();
  void restoreDefaultLayout();
  [[nodiscard]] QDockWidget* dockNamed(const char* name) const;
  void showDocks(bool shown);
  /// Titles of docks in a group of tabs take no room: the tab is title enough.
  void retitleDocks();

  /// Saves, asking for a name where there is none; false when nothing was written.
  bool save(bool elsewhere);
  /// Asks what to do with unsaved changes, also of networks with `everything`; false when the user wants to
  /// stay.
  bool mayLeave(bool everything = false);
  bool mayLeaveArchitecture();
  void bindUnsaved();
  void bindHistory();
  void bindEditor();
  void bindAutosave();
  void bindSaving();
  void bindLostFiles();
  using SaveText = std::function<bool(const QString& path)>;
  void bindLostTexts(TextDocuments& texts, const SaveText& save, const SaveText& saveElsewhere);
  /// What was said about the open document does not concern another one, or once it is saved.
  void settleDocument();
  void offerRecovery(const Sidecar& sidecar);
  /// Of the open file; false when there is nothing.
  bool offerLeftOvers();
  void offerAllLeftOvers();
  /// Of one architecture, with what was changed while it was open.
  void offerGroup(const std::vector<Sidecar>& group);
  /// Says that a file is gone; what is offered settles it once it could be done.
  void offerLost(const QString& topic, const QString& path, const std::function<bool()>& write,
                 const std::function<bool()>& writeElsewhere);
  void offerReading(const QString& topic, const QString& path, const std::function<void()>& read);
  void showText(const QString& path, const std::string& text);
  /// The name of a document's file, or what it is called without one.
  [[nodiscard]] static QString nameOf(const Document& document);
  /// `path`, or where something of that name is better written: not over what came with the program.
  [[nodiscard]] QString placeForOwn(const QString& path) const;
  /// Mappings that would not count any more beside the document saved as `to`.
  [[nodiscard]] QStringList mappingsLeftBehind(const QString& to) const;
  [[nodiscard]] QString questionAbout(const QStringList& mappings, const QString& to) const;
  void moveMappings(const QStringList& mappings, MappingAnswer answer);
  void refreshHistory();
  void showDocument();
  void showEdited();
  void refreshTitle();

  void browse();
  void browseForNetwork();
  /// Writes a changed network to its file, or asks for one where that came with the program or is no network
  /// of ours; false when nothing was written.
  bool saveNetwork(const QString& path);
  bool saveNetworkAs(const QString& path);
  void exportPicture();
  void print();
  void showWriteFailure(const QString& path, const Diagnostics& diagnostics);
  void approve(const Diagnostic& warning);
  void withdraw(std::size_t approval);
  void bindPlaces();
  [[nodiscard]] ShownPlace placeNow() const;
  /// Does what leads elsewhere, and remembers both places.
  void jump(const std::function<void()>& go);
  void notePlace();
  void goToPlace(const std::optional<ShownPlace>& place);
  void refreshPlaces();
  /// Asks where to write a mapping; empty when the user changes their mind.
  QString mappingPath(const QString& proposed);
  void saveMapping(const QString& proposed);
  bool saveMappingAt(const QString& path, const QString& to);
  void saveWorkspace();
  void showAbout();
  void refreshDocument();
  [[nodiscard]] std::vector<std::string> selectedNames() const;
  [[nodiscard]] std::optional<AddConnection> selectedConnection() const;
  /// Of the document shown; invalid when it has none such.
  [[nodiscard]] ShownConnectionId connectionOf(const AddConnection& wire) const;
  [[nodiscard]] SelectionModel::Objects objectsNamed(const std::vector<std::string>& names) const;
  void refreshOverrides();
  void refreshShares();
  void refreshProblems();
  void refreshRecent();
  void refreshStatus();
  void showFailure(const QString& path, const Diagnostics& diagnostics);
  void showProblems();
  void goTo(const Diagnostic& diagnostic);
  void showSource(const QString& path, SourcePosition position);
  /// Another file than the architecture, shown as text while it is edited elsewhere in the window.
  void refreshSource();
  void refreshProblemsTitle();

  Theme& theme_;
  bool remember_;
  Settings settings_;
  SelectionModel selection_;
  CommandTable commands_;
  History history_;
  JobManager jobs_;
  DocumentController documents_;
  Autosave autosave_;
  EstimateController estimates_;
  WorkspaceDocument workspace_;
  FileOpener opener_;
  std::unique_ptr<UnsavedWork> unsaved_;  ///< goes before the pages
  std::unique_ptr<Recovery> recovery_;

  Banner* banner_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  StartPage* start_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  DiagramScene* scene_ = nullptr;
  DiagramView* view_ = nullptr;
  DiagramEditor* editor_ = nullptr;
  SourceView* source_ = nullptr;
  NetworkPage* network_ = nullptr;
  MappingPage* mapping_ = nullptr;
  OutlinePanel* outline_ = nullptr;
  PalettePanel* blocks_ = nullptr;
  Inspector* inspector_ = nullptr;
  ProblemsPanel* problems_ = nullptr;
  LayersPanel* layers_ = nullptr;
  BreakdownPage* breakdown_ = nullptr;
  RunBar* runBar_ = nullptr;
  QAction* runBarAction_ = nullptr;
  CommandPalette* palette_ = nullptr;
  ShortcutEditor* shortcuts_ = nullptr;
  NavigationHistory places_;
  bool jumping_ = false;
  QLabel* hint_ = nullptr;
  QLabel* zoom_ = nullptr;
  QLabel* counts_ = nullptr;
  HistoryView* historyView_ = nullptr;
  std::vector<QDockWidget*> docks_;
  QByteArray defaultLayout_;
  QByteArray dockLayout_;  ///< as the user has it, while the docks are hidden
  std::shared_ptr<const Document> shown_;
  Diagnostics failure_;  ///< of the latest file that could not be opened
};

}  // namespace taktwerk
