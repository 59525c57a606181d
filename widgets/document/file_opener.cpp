// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/file_opener.h"

#include <QFileInfo>

#include "core/base/files.h"
#include "core/estimate/workspace.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"

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

/// Relative to `base`, with "/" on every platform; absolute where there is no way.
std::string relativeTo(const QString& path, const std::filesystem::path& base) {
  const std::filesystem::path absolute = std::filesystem::absolute(toPath(path)).lexically_normal();
  const std::filesystem::path relative = absolute.lexically_relative(base);
  return (relative.empty() ? absolute : relative).generic_string();
}

}  // namespace

FileOpener::FileOpener(JobManager& jobs, DocumentController& documents, EstimateController& estimates,
                       QObject* parent)
    : QObject(parent), jobs_(jobs), documents_(documents), estimates_(estimates) {
  connect(&documents_, &DocumentController::documentChanged, this, &FileOpener::takeDocument);
  connect(&documents_, &DocumentController::openFailed, this, [this] { awaited_.clear(); });
}

void FileOpener::open(const QStringList& paths) {
  QString architecture;
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
      case FileKind::Workspace:
        openWorkspace(path);
        break;
      case FileKind::Unknown:
        Q_EMIT failed(path, {unknownKind(path)});
        break;
    }
  }
  if (!architecture.isEmpty()) {
    awaited_ = architecture;
    mappings_ = mappings;
    parameters_.clear();
    workspace_.clear();
    choices_.clear();
    openArchitecture(architecture);
  } else if (!mappings.isEmpty()) {
    estimates_.setMappings(mappings);
  }
}

void FileOpener::openExample(const QString& path) {
  awaited_ = QFileInfo(path).absoluteFilePath();
  mappings_.clear();
  parameters_.clear();
  workspace_.clear();
  choices_.clear();
  shipped_.forget(awaited_);
  documents_.openCopy(awaited_);
}

void FileOpener::openArchitecture(const QString& path) {
  if (shipped_.contains(path)) {
    documents_.openCopy(path);
  } else {
    documents_.open(path);
  }
}

void FileOpener::openWorkspace(const QString& path) {
  jobs_.start(QStringLiteral("workspace"), tr("Opening %1").arg(QFileInfo(path).fileName()),
              [this, path](Progress&) -> JobManager::Delivery {
                auto workspace = std::make_shared<const Result<Workspace>>(readWorkspace(toPath(path)));
                return [this, path, workspace] {
                  if (!*workspace) {
                    Q_EMIT failed(path, workspace->diagnostics);
                    return;
                  }
                  const Workspace& w = **workspace;
                  awaited_ = fromPath(w.resolve(w.architecture));
                  mappings_.clear();
                  for (const std::string& mapping : w.mappings) mappings_ << fromPath(w.resolve(mapping));
                  parameters_ = w.parameters;
                  workspace_ = path;
                  choices_ = w.layers;
                  if (!w.network.empty()) estimates_.setNetwork(fromPath(w.resolve(w.network)));
                  openArchitecture(awaited_);
                };
              });
}

void FileOpener::takeDocument() {
  const auto& document = documents_.document();
  const auto& before = estimates_.input().document;
  const bool opened = documents_.lastChange() == DocumentController::Change::Opened;
  if (document && before && !opened && document->path != before->path)
    return estimates_.moveDocument(document);
  // A copy or a new document is another one, though neither has a path.
  if (opened && document && document->path.isEmpty()) estimates_.setDocument(nullptr);
  estimates_.setDocument(document);
  if (!document || awaited_.isEmpty() || document->place() != awaited_) return;
  awaited_.clear();
  estimates_.setMappings(mappings_);
  estimates_.setParameters(parameters_);
  estimates_.setChoices(choices_);
}

void FileOpener::saveWorkspace(const QString& path) {
  const auto& document = documents_.document();
  if (!document) return;
  Workspace workspace;
  workspace.file = toPath(path).string();
  const std::filesystem::path base = std::filesystem::absolute(toPath(path)).parent_path().lexically_normal();
  workspace.architecture = relativeTo(document->place(), base);
  const EstimateInput& input = estimates_.input();
  if (!input.networkPath.isEmpty()) workspace.network = relativeTo(input.networkPath, base);
  for (const QString& mapping : input.mappingPaths) workspace.mappings.push_back(relativeTo(mapping, base));
  QStringList added;  // those that are files by now
  for (const QString& mapping : input.addedMappings) {
    if (QFileInfo(mapping).isFile()) added << mapping;
  }
  if (workspace.mappings.empty() && !added.isEmpty()) {
    // A workspace names either none or all: then those beside the architecture, too.
    for (const QString& file : mappingsBeside(document->place())) {
      if (!added.contains(file)) workspace.mappings.push_back(relativeTo(file, base));
    }
  }
  for (const QString& mapping : added) workspace.mappings.push_back(relativeTo(mapping, base));
  workspace.parameters = input.parameters;
  workspace.layers = input.choices;
  jobs_.start(QStringLiteral("save"), tr("Saving %1").arg(QFileInfo(path).fileName()),
              [this, path, text = writeWorkspace(workspace)](Progress&) -> JobManager::Delivery {
                const Diagnostics diagnostics = writeFileAtomically(toPath(path), text);
                return [this, path, diagnostics] {
                  if (hasErrors(diagnostics)) {
                    Q_EMIT failed(path, diagnostics);
                  } else {
                    Q_EMIT saved(path);
                  }
                };
              });
}

}  // namespace taktwerk
