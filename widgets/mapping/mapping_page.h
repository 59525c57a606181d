// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QTimer>
#include <QVariantList>
#include <QWidget>
#include <functional>
#include <map>
#include <memory>

#include "widgets/document/text_documents.h"
#include "widgets/mapping/layer_study.h"

class QLabel;
class QListWidget;
class QMenu;
class QPushButton;
class QToolButton;
class QTableWidget;

namespace taktwerk {

class EstimateController;
class JobManager;
class LoopNestTree;
class MappingEditor;
class MemoryBars;
class Theme;
class TunablePanel;
class WorkspaceDocument;

/// Where layers meet hardware. For the selected layer the mappings that fit, by cycles, and why others do
/// not; attached to one layer, to all of an operator or to all, by buttons or by dragging a mapping onto
/// layers. The mapping shown is edited as text and as a tree (one document); its tensors in
/// their memories, the instructions of one iteration and its tunables follow. What is attached and tuned is
/// a step of the workspace, what is written one of the mapping; both are in the history of the window.
class MappingPage : public QWidget {
  Q_OBJECT
 public:
  MappingPage(const Theme& theme, EstimateController& estimates, WorkspaceDocument& workspace,
              JobManager& jobs, History& history, QWidget* parent = nullptr);

  enum class Scope { Layer, Operator, All };
  /// Lays the choice of `mapping` on the selected layers, all with their operator, or all; empty: lets the
  /// estimate choose again.
  void attach(const QString& mapping, Scope scope);
  void attachTo(const QStringList& layers, const QString& mapping);
  /// A copy of the mapping shown, or a first one for the layer's operator, not yet in a file.
  void createMapping();
  bool save(const QString& path);
  /// The same for the mapping opened from `path`.
  bool saveAt(const QString& path, const QString& to);
  /// All mappings that were opened here.
  [[nodiscard]] TextDocuments& documents() { return documents_; }
  /// Mappings with changes that are in no file, by path.
  [[nodiscard]] QStringList unsaved() const { return documents_.unsaved(true); }
  /// The texts of mappings with changes that are in no file, by path.
  [[nodiscard]] std::map<QString, std::shared_ptr<const std::string>> unsavedTexts() const;
  /// What is open of mappings that were written to other places goes on there.
  void follow(const QMap<QString, QString>& places);
  /// Gives up what was changed, and forgets what was opened: another architecture has other mappings.
  void dropAll();
  /// Edits that an ended program left of a mapping.
  void recover(const QString& path, const std::string& text);

  void setCurrentLayer(const QString& name);
  [[nodiscard]] const LayerStudy& study() const { return study_; }
  [[nodiscard]] MappingEditor& editor() { return *editor_; }
  [[nodiscard]] QListWidget& layers() { return *layers_; }
  [[nodiscard]] QTableWidget& candidates() { return *candidates_; }
  [[nodiscard]] LoopNestTree& tree() { return *tree_; }
  [[nodiscard]] QPushButton& attachButton() { return *attach_; }
  [[nodiscard]] QPushButton& newButton() { return *new_; }
  [[nodiscard]] QString checkText() const;
  /// What it shows of the layer is about to be looked at anew.
  [[nodiscard]] bool isWaiting() const { return soon_.isActive(); }
  [[nodiscard]] QString titleText() const;
  /// What stands above the instructions of one iteration.
  [[nodiscard]] QString iterationText() const;
  [[nodiscard]] QListWidget& instructions() { return *instructions_; }
  [[nodiscard]] MemoryBars& memories() { return *bars_; }
  [[nodiscard]] TextDocument* document() { return document_; }
  [[nodiscard]] QPushButton& searchButton() { return *search_; }

 Q_SIGNALS:
  void layerSelected(const QString& name);
  /// Asks for a tunable to be varied in the design space over these values.
  void varyRequested(const QString& tunable, const QVariantList& values);
  void saveRequested(const QString& proposedPath);
  void writeFailed(const QString& path, const taktwerk::Diagnostics& diagnostics);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void styleParts();
  [[nodiscard]] QMenu* makeAttachMenu();
  /// Title, buttons and the mappings that fit.
  [[nodiscard]] QWidget* makeMiddle();
  [[nodiscard]] QWidget* makeMemories();
  [[nodiscard]] QWidget* makeDetails();
  void arrange();
  void bindButtons();
  void bindLists();
  /// Menus of layers and mappings.
  void bindMenus();
  void refreshLayers();
  void studySoon();
  void startStudy();
  void take(LayerStudy study);
  void showCandidates();
  /// Says of what is shown that it is looked at again; what is about another layer goes.
  void sayOutOfDate();
  void showMapping(const QString& name);
  void openDocument(const QString& path, const std::string& text, bool saved);
  void showDocument(TextDocument* document);
  /// When another one was written over the one shown, that is shown.
  void showCurrent();
  void documentChanged(TextDocument* document);
  void bindFiles();
  void check();
  void refreshTunables();
  /// Of the mapping shown: as chosen, else as the study timed them.
  [[nodiscard]] std::map<std::string, std::int64_t> tunableValues() const;
  /// `gesture`: the merge key of the drag that it belongs to.
  void setTunable(const std::string& name, std::int64_t value, const QString& gesture);
  void searchBest();
  [[nodiscard]] QStringList selectedLayers() const;
  [[nodiscard]] QString currentLayer() const;
  [[nodiscard]] const MappingCandidate* candidate(const QString& name) const;

  const Theme& theme_;
  EstimateController& estimates_;
  WorkspaceDocument& workspace_;
  JobManager& jobs_;
  QTimer soon_;
  LayerStudy study_;
  QString wanted_;  ///< file of the mapping the user looks at; empty: the chosen or best
  TextDocuments documents_;
  TextDocument* document_ = nullptr;
  QListWidget* layers_;
  QTableWidget* candidates_;
  QPushButton* attach_;
  QToolButton* attachMore_;
  QPushButton* new_;
  QPushButton* save_;
  QPushButton* search_;
  QLabel* title_;
  QLabel* check_;
  QLabel* iteration_;
  MappingEditor* editor_;
  LoopNestTree* tree_;
  MemoryBars* bars_;
  QListWidget* instructions_;
  TunablePanel* tunables_;
  bool refreshing_ = false;
};

}  // namespace taktwerk
