// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/file_opener.h"

#include <QFileInfo>
#include <utility>

#include "core/study/workspace.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/workspace/pinned_files.h"
#include "widgets/workspace/sweep_paths.h"

namespace taktwerk {

namespace {

Diagnostic unknownKind(const QString& path) {
  Diagnostic d;
  d.file = toPath(path).string();
  d.position = {1, 1};
  d.code = "D0001";
  if (!QFileInfo::exists(path)) {
    d.message = "there is no such file";
  } else if (QFileInfo(path).isDir()) {
    d.message = "this is a folder; open a file in it";
  } else {
    d.message =
        "this is no file Taktwerk knows; a file begins with a line such as \"format: "
        "taktwerk-architecture/1\"";
  }
  return d;
}

}  // namespace

FileOpener::FileOpener(JobManager& jobs, DocumentController& documents, EstimateController& estimates,
                       QObject* parent)
    : QObject(parent), jobs_(jobs), documents_(documents), estimates_(estimates) {
  connect(&documents_, &DocumentController::documentChanged, this, &FileOpener::takeDocument);
  connect(&documents_, &DocumentController::openFailed, this, [this] { await({}); });
}

void FileOpener::await(const QString& architecture) {
  awaited_ = architecture;
  trace_.clear();
  mappings_.clear();
  parameters_.clear();
  workspace_.clear();
  choices_.clear();
  sweep_ = {};
  design_.reset();
}

void FileOpener::open(const QStringList& paths) {
  QString architecture;
  QString trace;
  QStringList mappings;
  for (const QString& given : paths) {
    const QString path = QFileInfo(given).absoluteFilePath();
    shipped_.nameByUser(path);
    switch (fileKindOf(path)) {
      case FileKind::Architecture:
        architecture = path;
        break;
      case FileKind::Network:
        estimates_.setNetwork(path);
        break;
      case FileKind::Mapping:
        mappings << path;
        break;
      case FileKind::Trace:
        trace = path;
        break;
      case FileKind::Workspace:
        openWorkspace(path);
        break;
      case FileKind::Unknown:
        Q_EMIT failed(path, {unknownKind(path)});
        break;
    }
  }
  if (!trace.isEmpty()) chooseTrace(trace, !architecture.isEmpty());
  if (!architecture.isEmpty()) {
    await(architecture);
    trace_ = trace;
    mappings_ = mappings;
    openArchitecture(architecture);
  } else if (!mappings.isEmpty()) {
    estimates_.setMappings(mappings);
  }
}

void FileOpener::chooseTrace(const QString& trace, bool withArchitecture) {
  if (!withArchitecture && !documents_.document()) {
    waiting_ = trace;  // for the next architecture
    Q_EMIT architectureMissing(trace);
    return;
  }
  waiting_.clear();
  if (!withArchitecture) estimates_.setTrace(trace);
}

void FileOpener::openExample(const QString& path) {
  if (fileKindOf(path) == FileKind::Workspace) {
    const QString workspace = QFileInfo(path).absoluteFilePath();
    shipped_.forget(workspace);
    return openWorkspace(workspace);
  }
  await(QFileInfo(path).absoluteFilePath());
  shipped_.forget(awaited_);
  documents_.openCopy(awaited_);
}

void FileOpener::openDesign(const DesignToOpen& design) {
  await(QFileInfo(design.files.architecture).absoluteFilePath());
  mappings_ = design.files.mappings;
  parameters_ = design.parameters;
  choices_ = design.choices;
  design_ = design;
  openArchitecture(awaited_);
}

void FileOpener::openArchitecture(const QString& path) {
  if (shipped_.contains(path)) {
    documents_.openCopy(path);
  } else {
    documents_.open(path);
  }
}

void FileOpener::openWorkspace(const QString& path) {
  using Opened = std::pair<Result<Workspace>, ReadPins>;
  constexpr JobChannel<Opened> workspaces{"workspace"};
  jobs_.start(
      workspaces, tr("Opening %1").arg(QFileInfo(path).fileName()), this,
      [path](Progress&) {
        Result<Workspace> workspace = readWorkspace(toPath(path));
        ReadPins pins = workspace ? readPins(*workspace) : ReadPins();
        return Opened(std::move(workspace), std::move(pins));
      },
      [this, path](const Opened& opened) { takeWorkspace(path, opened.first, opened.second); });
}

void FileOpener::takeWorkspace(const QString& path, const Result<Workspace>& workspace,
                               const ReadPins& pins) {
  if (!workspace) {
    Q_EMIT failed(path, workspace.diagnostics);
    return;
  }
  Q_EMIT pinsRead(pins);
  for (const ReadPins::Failure& failure : pins.failures) Q_EMIT failed(failure.file, failure.diagnostics);
  const Workspace& w = *workspace;
  await(fromPath(w.resolve(w.architecture)));
  trace_ = w.trace.empty() ? QString() : fromPath(w.resolve(w.trace));
  for (const std::string& mapping : w.mappings) mappings_ << fromPath(w.resolve(mapping));
  parameters_ = w.parameters;
  workspace_ = path;
  choices_ = w.layers;
  sweep_ = withAbsolutePaths(w);
  if (!w.network.empty()) estimates_.setNetwork(fromPath(w.resolve(w.network)));
  openArchitecture(awaited_);
}

void FileOpener::takeDocument() {
  const auto& document = documents_.document();
  const std::shared_ptr<const Document> before = estimates_.input().document;
  const bool begins = documents_.lastChange() == DocumentController::Change::Opened ||
                      documents_.lastChange() == DocumentController::Change::Closed;
  if (!begins) {
    const bool moved = document && before && document->path != before->path;
    return moved ? estimates_.moveDocument(document) : estimates_.setDocument(document);
  }
  // A copy or a new document is another one, though neither has a path.
  if (document && document->path.isEmpty()) estimates_.setDocument(nullptr);
  estimates_.setDocument(document);
  if (document && !awaited_.isEmpty() && document->place() == awaited_) {
    awaited_.clear();
  } else if (document && before && !before->path.isEmpty() && document->path == before->path) {
    return;  // recovered: what was chosen for it stays
  } else {
    await({});
  }
  if (document && trace_.isEmpty()) trace_ = waiting_;
  if (document) waiting_.clear();
  estimates_.setTrace(std::exchange(trace_, QString()));
  estimates_.setMappings(mappings_);
  estimates_.setParameters(parameters_);
  estimates_.setChoices(choices_);
  const std::optional<DesignToOpen> design = std::exchange(design_, std::nullopt);
  if (!design) {
    Q_EMIT sweepRead(std::exchange(sweep_, {}));
    Q_EMIT opened(workspace_);
    return;
  }
  if (!design->files.network.isEmpty()) estimates_.setNetwork(design->files.network);
  for (const QString& mapping : design->files.added) estimates_.addMapping(mapping);
  Q_EMIT opened(workspace_);
  Q_EMIT designOpened(*design);
}

}  // namespace taktwerk
