// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/unsaved_work.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "app/desktop/saving.h"
#include "widgets/document/sidecar.h"
#include "widgets/problems/banner.h"
#include "widgets/view/models.h"
#include "widgets/view/view_host.h"
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

bool isUnsaved(const View& view, const QString& path) {
  const std::vector<UnsavedPiece> pieces = view.unsaved();
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](const UnsavedPiece& piece) { return piece.path == path; });
}

}  // namespace

UnsavedWork::UnsavedWork(Models& models, ViewHost& views, Banner& banner, Saving& saving)
    : models_(models),
      views_(views),
      banner_(banner),
      saving_(saving),
      keeper_(models.autosave.dataFolder(), [this] { return this->pieces(); }) {
  for (const ViewSpec& spec : views_.specs()) {
    connect(views_.find(spec.id), &View::unsavedChanged, this, &UnsavedWork::changed);
  }
  connect(&models_.workspace, &WorkspaceDocument::changed, this, &UnsavedWork::changed);
  connect(this, &UnsavedWork::changed, &keeper_, &WorkKeeper::follow);
  connect(this, &UnsavedWork::changed, this, &UnsavedWork::settle);
  bindKeeper();
}

void UnsavedWork::bindKeeper() {
  const DocumentController& documents = models_.documents;
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
    banner_.offer(keepingTopic, Banner::Kind::Warning,
                  tr("Your changes cannot be kept automatically: %1. Save them where there is room.")
                      .arg(QString::fromStdString(diagnostics.front().message)),
                  {{tr("Not now"), [this] { banner_.settle(keepingTopic); }}});
  });
  connect(&keeper_, &WorkKeeper::contended, this, [this](const QString& path, const QString& owner) {
    contended_ << path;
    banner_.offer(contendedTopic + path, Banner::Kind::Warning,
                  tr("%1 is being changed by %2 as well. Who saves last wins, "
                     "unless you save under another name.")
                      .arg(QFileInfo(path).fileName(), owner),
                  {{tr("Go on"), [this, path] { banner_.settle(contendedTopic + path); }}});
  });
}

std::vector<UnsavedPiece> UnsavedWork::pieces() const {
  std::vector<UnsavedPiece> pieces;
  for (const ViewSpec& spec : views_.specs()) {
    for (UnsavedPiece& piece : views_.find(spec.id)->unsaved()) pieces.push_back(std::move(piece));
  }
  WorkspaceDocument& workspace = models_.workspace;
  if (workspace.isModified()) {
    pieces.push_back({workspace.path(), workspace.steps(), [&workspace] { return workspace.text(); }});
  }
  return pieces;
}

bool UnsavedWork::any() const {
  return !pieces().empty();
}

QString UnsavedWork::choicesQuestion() const {
  const WorkspaceDocument& workspace = models_.workspace;
  return workspace.path().isEmpty()
             ? tr("What was chosen is in no workspace yet (%1). Save it as a workspace?")
                   .arg(workspace.description())
             : tr("The choices of the workspace have changes that are not saved (%1).")
                   .arg(workspace.description());
}

bool UnsavedWork::mayLeaveArchitecture() {
  const DocumentController& documents = models_.documents;
  if (!documents.isModified()) return true;
  const bool onlyLost = documents.isLost() && documents.document()->bytes == documents.savedBytes();
  const QString name = nameOf(*documents.document());
  const Questions::Answer answer = models_.ask.unsaved(
      onlyLost ? tr("The file of %1 is gone or cannot be read: what is here is the only copy.").arg(name)
               : tr("%1 has changes that are not saved.").arg(name));
  return answer == Questions::Answer::Discard ||
         (answer == Questions::Answer::Save && saving_.architecture(false));
}

bool UnsavedWork::mayLeaveFiles(Leaving leaving) {
  using Answer = Questions::Answer;
  std::vector<std::pair<View*, QString>> files;
  QStringList names;
  for (const ViewSpec& spec : views_.specs()) {
    View* view = views_.find(spec.id);
    if (leaving == Leaving::Architecture && !view->leavesWithArchitecture()) continue;
    for (const UnsavedPiece& piece : view->unsaved()) {
      files.emplace_back(view, piece.path);
      names << QFileInfo(piece.path).fileName();
    }
  }
  if (files.empty()) return true;
  const QString list = names.join(tr(" and "));
  const Answer answer =
      models_.ask.unsaved(files.size() == 1 ? tr("%1 has changes that are not saved.").arg(list)
                                            : tr("%1 have changes that are not saved.").arg(list));
  if (answer != Answer::Save) return answer == Answer::Discard;
  for (const auto& [view, path] : files) {
    if (!isUnsaved(*view, path)) continue;  // written over by one before
    if (!view->save(path)) return false;
  }
  return true;
}

bool UnsavedWork::mayLeave(Leaving leaving) {
  using Answer = Questions::Answer;
  everything_ = false;
  if (!mayLeaveArchitecture()) return false;
  if (!mayLeaveFiles(leaving)) return false;
  if (models_.workspace.isModified()) {
    const Answer answer = models_.ask.unsaved(choicesQuestion());
    if (answer == Answer::Cancel || (answer == Answer::Save && !saveWorkspace(false))) return false;
  }
  everything_ = leaving == Leaving::Everything;
  return true;
}

bool UnsavedWork::mayClose() const {
  QStringList losses;
  for (const ViewSpec& spec : views_.specs()) losses << views_.find(spec.id)->losses();
  return losses.isEmpty() || models_.ask.lose(losses);
}

void UnsavedWork::settle() {
  const std::vector<UnsavedPiece> now = pieces();
  if (now.empty()) banner_.settle(keepingTopic);
  contended_.removeIf([&](const QString& path) {
    const bool stays =
        std::any_of(now.begin(), now.end(), [&](const UnsavedPiece& piece) { return piece.path == path; });
    if (!stays) banner_.settle(contendedTopic + path);
    return !stays;
  });
}

bool UnsavedWork::saveWorkspace(bool elsewhere) {
  const auto& document = models_.document();
  if (!document) return false;
  // A workspace names its architecture: that must be a file. An example that was not changed is one.
  const bool isFile =
      !document->path.isEmpty() || (!document->copyOf.isEmpty() && !models_.documents.isModified());
  if (!isFile && !saving_.architecture(false)) return false;
  const QString ending = QStringLiteral(".taktwerk");
  QString path = models_.workspace.path();
  const QString own =
      saving_.placeForOwn(path.isEmpty() ? besides(models_.document()->place(), ending) : path);
  if (elsewhere || path != own) {
    path = models_.ask.workspacePath(own);
    if (path.isEmpty()) return false;
    if (!path.endsWith(ending)) path += ending;
  }
  const Diagnostics problems = models_.workspace.save(path);
  if (!hasErrors(problems)) {
    banner_.settle(workspaceTopic);
    return true;
  }
  banner_.offer(workspaceTopic, Banner::Kind::Error,
                tr("%1 could not be saved: %2. Your choices are still here.")
                    .arg(QFileInfo(path).fileName(), QString::fromStdString(problems.front().message)),
                {{tr("Save as…"), [this] { saveWorkspace(true); }},
                 {tr("Not now"), [this] { banner_.settle(workspaceTopic); }}});
  return false;
}

void UnsavedWork::drop() {
  banner_.settle(workspaceTopic);
  for (const ViewSpec& spec : views_.specs()) {
    View* view = views_.find(spec.id);
    if (everything_ || view->leavesWithArchitecture()) view->drop();
  }
  everything_ = false;
}

}  // namespace taktwerk
