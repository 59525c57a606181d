// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's commands and panels do to the document.
#include <QLabel>
#include <QStatusBar>
#include <QTabWidget>

#include "app/desktop/data_paths.h"
#include "app/desktop/main_window.h"
#include "widgets/breakdown/breakdown_data.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/history_view.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/inspector/inspector.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/palette/palette_panel.h"

namespace taktwerk {

void MainWindow::bindEditor() {
  const auto on = [this](const char* id, std::function<void()> run) {
    commands_.onTriggered(QLatin1String(id), std::move(run));
  };
  on("edit.cut", [this] { editor_->cut(); });
  on("edit.copy", [this] { editor_->copy(); });
  on("edit.paste", [this] { editor_->paste(); });
  on("edit.duplicate", [this] { editor_->duplicate(); });
  on("edit.rename", [this] { editor_->rename(); });
  on("edit.delete", [this] { editor_->remove(); });
  on("insert.quickAdd", [this] {
    tabs_->setCurrentWidget(view_);
    editor_->quickAdd();
  });
  on("tool.select", [this] { editor_->select(); });
  on("tool.wire", [this] { editor_->wire(); });
  on("arrange.tidy", [this] { editor_->tidy(); });
  on("arrange.left", [this] { editor_->align(Alignment::Left); });
  on("arrange.right", [this] { editor_->align(Alignment::Right); });
  on("arrange.top", [this] { editor_->align(Alignment::Top); });
  on("arrange.bottom", [this] { editor_->align(Alignment::Bottom); });
  on("arrange.centreX", [this] { editor_->align(Alignment::CentreX); });
  on("arrange.centreY", [this] { editor_->align(Alignment::CentreY); });
  on("arrange.distributeX", [this] { editor_->distribute(true); });
  on("arrange.distributeY", [this] { editor_->distribute(false); });
  on("arrange.pin", [this] { editor_->pin(); });
  const auto showPinned = [this] {
    commands_.action(QStringLiteral("arrange.pin"))->setChecked(editor_->isPinned());
  };
  connect(editor_, &DiagramEditor::pinnedChanged, this, showPinned);
  connect(&selection_, &SelectionModel::selectionChanged, this, showPinned);
  connect(&documents_, &DocumentController::documentChanged, this, showPinned);
  on("arrange.removeBends", [this] { editor_->removeBends(); });
  on("group.open", [this] { editor_->openGroups(); });
  on("group.close", [this] { editor_->closeGroups(); });
  on("group.deeper", [this] { editor_->openDeeper(); });
  on("group.shallower", [this] { editor_->closeDeepest(); });
  on("arrange.template", [this] { editor_->makeTemplate(); });
  on("arrange.array", [this] { editor_->makeArray(); });
  on("arrange.openArray", [this] { editor_->openArray(); });
  on("arrange.ungroup", [this] { editor_->ungroup(); });
  on("arrange.intoTemplate", [this] { editor_->moveIntoTemplate(); });
  on("arrange.outOfTemplate", [this] { editor_->moveOutOfTemplate(); });
  on("arrange.updateTemplate", [this] { editor_->updateTemplate(); });
  on("tool.array", [this] { editor_->array(); });
  const auto refreshReasons = [this] {
    for (const char* id : {"arrange.template", "arrange.array", "arrange.openArray", "arrange.ungroup",
                           "arrange.intoTemplate", "arrange.outOfTemplate", "arrange.updateTemplate"}) {
      commands_.setDisabledReason(QLatin1String(id), editor_->whyNot(QLatin1String(id)));
    }
  };
  connect(&selection_, &SelectionModel::selectionChanged, this, refreshReasons);
  connect(&documents_, &DocumentController::documentChanged, this, refreshReasons);
  refreshReasons();
  const auto library =
      std::make_shared<const TemplateLibrary>(readTemplateLibrary(examplesFolder().toStdString()));
  editor_->setLibrary(library);
  blocks_->setLibrary(library);
  connect(&estimates_, &EstimateController::outcomeChanged, this, &MainWindow::refreshShares);
  connect(&estimates_, &EstimateController::stateChanged, this, &MainWindow::refreshShares);
  commands_.addCanvasShortcuts(*view_);
  commands_.addCanvasShortcuts(*outline_, {QStringLiteral("group.open")});
  // These have nothing of their own to delete.
  for (QWidget* widget : {static_cast<QWidget*>(runBar_), static_cast<QWidget*>(historyView_)}) {
    widget->addAction(commands_.action(QStringLiteral("edit.delete")));
  }
  connect(editor_, &DiagramEditor::said, this,
          [this](const QString& sentence) { statusBar()->showMessage(sentence, 6000); });
  connect(editor_, &DiagramEditor::hintChanged, this, [this] { hint_->setText(editor_->hint()); });
  inspector_->setEditor([this](const QString& name, const std::vector<ArchitectureEdit>& edits,
                               const QString& key) { return documents_.edit(name, edits, key); });
  connect(blocks_, &PalettePanel::placeRequested, this, [this](const Placeable& what) {
    tabs_->setCurrentWidget(view_);
    editor_->startPlacing(what);
  });
}

void MainWindow::refreshShares() {
  const EstimateOutcome& outcome = estimates_.outcome();
  // Blocks have no room to say that their shares are out of date: then they show none.
  const bool current = outcome.estimate && shown_ && outcome.document == shown_ && !estimates_.outOfDate();
  scene_->setShares(current ? sharesOf(*outcome.estimate, outcome.objects, *shown_) : std::vector<double>());
}

}  // namespace taktwerk
