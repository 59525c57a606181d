// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/unsaved_work.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "app/desktop/main_window.h"
#include "widgets/document/sidecar.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk {

namespace {

const QString keepingTopic = QStringLiteral("keep-work");
const QString contendedTopic = QStringLiteral("contended:");
const QString workspaceTopic = QStringLiteral("save-workspace");

/// "copy" of "/home/me/copy.arch.yaml", with another ending in the same folder.
QString besides(const QString& path, const QString& ending) {
  const QFileInfo file(path);
  return file.dir().filePath(file.fileName().section(QLatin1Char('.'), 0, 0) + ending);
}

void add(std::vector<UnsavedPiece>& pieces, const TextDocuments& documents, const QStringList& paths) {
  for (const QString& path : paths) {
    TextDocument* document = documents.find(path);
    pieces.push_back({path, document->steps(), [document] { return document->text(); }});
  }
}

}  // namespace

UnsavedWork::UnsavedWork(MainWindow& window, WorkPages pages, SavingActions saving)
    : window_(window),
      pages_(pages),
      saving_(std::move(saving)),
      keeper_(window.autosave().dataFolder(), [this] { return this->pieces(); }) {
  connect(&pages_.network.documents(), &TextDocuments::edited, this, &UnsavedWork::changed);
  connect(&pages_.mapping.documents(), &TextDocuments::edited, this, &UnsavedWork::changed);
  connect(&pages_.workspace, &WorkspaceDocument::changed, this, &UnsavedWork::changed);
  connect(this, &UnsavedWork::changed, &keeper_, &WorkKeeper::follow);
  connect(this, &UnsavedWork::changed, this, &UnsavedWork::settle);
  bindKeeper();
}

void UnsavedWork::bindKeeper() {
  const DocumentController& documents = window_.documents();
  const auto takeArchitecture = [this, &documents] {
    const auto& document = documents.document();
    // One that was never saved is known by where it is kept.
    keeper_.setArchitecture(!document                  ? QString()
                            : document->path.isEmpty() ? sidecarPath({}, keeper_.dataFolder())
                                                       : document->path,
                            document ? document->copyOf : QString());
  };
  connect(&documents, &DocumentController::documentChanged, this, takeArchitecture);
  connect(&keeper_, &WorkKeeper::failed, this, [this](const Diagnostics& diagnostics) {
    pages_.banner.offer(keepingTopic, Banner::Kind::Warning,
                        tr("Your changes cannot be kept automatically: %1. Save them where there is room.")
                            .arg(QString::fromStdString(diagnostics.front().message)),
                        {{tr("Not now"), [this] { pages_.banner.settle(keepingTopic); }}});
  });
  connect(&keeper_, &WorkKeeper::contended, this, [this](const QString& path, const QString& owner) {
    contended_ << path;
    pages_.banner.offer(contendedTopic + path, Banner::Kind::Warning,
                        tr("%1 is being changed by %2 as well. Who saves last wins, "
                           "unless you save under another name.")
                            .arg(QFileInfo(path).fileName(), owner),
                        {{tr("Go on"), [this, path] { pages_.banner.settle(contendedTopic + path); }}});
  });
}

std::vector<UnsavedPiece> UnsavedWork::pieces() const {
  std::vector<UnsavedPiece> pieces;
  add(pieces, pages_.network.documents(), pages_.network.unsaved());
  add(pieces, pages_.mapping.documents(), pages_.mapping.unsaved());
  WorkspaceDocument& workspace = pages_.workspace;
  if (workspace.isModified()) {
    pieces.push_back({workspace.path(), workspace.steps(), [&workspace] { return workspace.text(); }});
  }
  return pieces;
}

bool UnsavedWork::any() const {
  return !pieces().empty();
}

QString UnsavedWork::choicesQuestion() const {
  const WorkspaceDocument& workspace = pages_.workspace;
  return workspace.path().isEmpty()
             ? tr("What was chosen is in no workspace yet (%1). Save it as a workspace?")
                   .arg(workspace.description())
             : tr("The choices of the workspace have changes that are not saved (%1).")
                   .arg(workspace.description());
}

bool UnsavedWork::mayLeave(Leaving leaving) {
  using Answer = MainWindow::Answer;
  everything_ = false;
  const QStringList networks = leaving == Leaving::Everything ? pages_.network.unsaved() : QStringList();
  QStringList names;
  for (const QString& path : networks + pages_.mapping.unsaved()) names << QFileInfo(path).fileName();
  if (!names.isEmpty()) {
    const QString list = names.join(tr(" and "));
    const Answer answer =
        window_.askUnsaved(names.size() == 1 ? tr("%1 has changes that are not saved.").arg(list)
                                             : tr("%1 have changes that are not saved.").arg(list));
    if (answer == Answer::Cancel || (answer == Answer::Save && !saveFiles(networks))) return false;
  }
  if (pages_.workspace.isModified()) {
    const Answer answer = window_.askUnsaved(choicesQuestion());
    if (answer == Answer::Cancel || (answer == Answer::Save && !saveWorkspace(false))) return false;
  }
  everything_ = leaving == Leaving::Everything;
  return true;
}

void UnsavedWork::settle() {
  const std::vector<UnsavedPiece> now = pieces();
  if (now.empty()) pages_.banner.settle(keepingTopic);
  contended_.removeIf([&](const QString& path) {
    const bool stays =
        std::any_of(now.begin(), now.end(), [&](const UnsavedPiece& piece) { return piece.path == path; });
    if (!stays) pages_.banner.settle(contendedTopic + path);
    return !stays;
  });
}

bool UnsavedWork::saveFiles(const QStringList& networks) {
  for (const QString& path : networks) {
    if (!saving_.network(path)) return false;
  }
  return pages_.mapping.saveAll();
}

bool UnsavedWork::saveWorkspace(bool elsewhere) {
  const auto& document = window_.documents().document();
  if (!document) return false;
  // A workspace names its architecture: that must be a file. An example that was not changed is one.
  const bool isFile =
      !document->path.isEmpty() || (!document->copyOf.isEmpty() && !window_.documents().isModified());
  if (!isFile && !saving_.architecture()) return false;
  const QString ending = QStringLiteral(".taktwerk");
  QString path = pages_.workspace.path();
  const QString own =
      saving_.placeForOwn(path.isEmpty() ? besides(window_.documents().document()->place(), ending) : path);
  if (elsewhere || path != own) {
    path = window_.askWorkspacePath(own);
    if (path.isEmpty()) return false;
    if (!path.endsWith(ending)) path += ending;
  }
  const Diagnostics problems = pages_.workspace.save(path);
  if (!hasErrors(problems)) {
    pages_.banner.settle(workspaceTopic);
    return true;
  }
  pages_.banner.offer(workspaceTopic, Banner::Kind::Error,
                      tr("%1 could not be saved: %2. Your choices are still here.")
                          .arg(QFileInfo(path).fileName(), QString::fromStdString(problems.front().message)),
                      {{tr("Save as…"), [this] { saveWorkspace(true); }},
                       {tr("Not now"), [this] { pages_.banner.settle(workspaceTopic); }}});
  return false;
}

void UnsavedWork::drop() {
  pages_.banner.settle(workspaceTopic);
  pages_.mapping.dropAll();
  if (!everything_) return;
  everything_ = false;
  for (const QString& path : pages_.network.unsaved()) pages_.network.drop(path);
}

}  // namespace taktwerk
