// SPDX-License-Identifier: GPL-3.0-or-later
// What the window asks before work would be lost, and what it keeps and offers again.
#include <QFileDialog>

#include "app/desktop/main_window.h"
#include "app/desktop/recovery.h"
#include "app/desktop/unsaved_work.h"
#include "widgets/inspector/inspector.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"

namespace taktwerk {

void MainWindow::bindUnsaved() {
  askWorkspacePath = [this](const QString& suggestion) {
    return QFileDialog::getSaveFileName(this, tr("Save workspace"), suggestion,
                                        tr("Workspaces (*.taktwerk)"));
  };
  const WorkPages pages{*network_, *mapping_, workspace_, *banner_};
  const SavingActions saving{[this] { return save(false); },
                             [this](const QString& path) { return saveNetwork(path); },
                             [this](const QString& path) { return placeForOwn(path); }};
  unsaved_ = std::make_unique<UnsavedWork>(*this, pages, saving);
  recovery_ = std::make_unique<Recovery>(*this, pages, *unsaved_, opener_, [this] { return mayLeave(true); });
  connect(&opener_, &FileOpener::opened, unsaved_.get(), [this](const QString& workspace) {
    unsaved_->drop();
    workspace_.begin(workspace);
  });
  connect(recovery_.get(), &Recovery::answered, this, &MainWindow::offerAllLeftOvers);
  connect(unsaved_.get(), &UnsavedWork::changed, this, &MainWindow::refreshHistory);
  connect(&workspace_, &WorkspaceDocument::changed, this, &MainWindow::refreshOverrides);
  inspector_->setOverrideEditor([this](const std::string& name, std::optional<std::int64_t> value) {
    workspace_.setParameter(name, value);
  });
}

bool MainWindow::mayLeave(bool everything) {
  using Leaving = UnsavedWork::Leaving;
  return mayLeaveArchitecture() &&
         unsaved_->mayLeave(everything ? Leaving::Everything : Leaving::Architecture);
}

}  // namespace taktwerk
