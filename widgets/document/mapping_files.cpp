// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/mapping_files.h"

#include <QDir>
#include <QFileInfo>
#include <vector>

#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

QString mappingFolder(const QString& architecture) {
  return architecture.isEmpty() ? QString() : QFileInfo(architecture).path() + QStringLiteral("/mappings");
}

QStringList mappingsBeside(const QString& architecture) {
  QStringList files;
  if (architecture.isEmpty()) return files;
  const QDir folder(mappingFolder(architecture));
  for (const QString& name : folder.entryList({QStringLiteral("*.mapping.yaml")}, QDir::Files, QDir::Name)) {
    files << folder.absoluteFilePath(name);
  }
  return files;
}

MappingCopies copyMappings(const QStringList& mappings,
                           const std::map<QString, std::shared_ptr<const std::string>>& texts,
                           const QString& architecture) {
  MappingCopies copies;
  const QDir folder(mappingFolder(architecture));
  std::vector<std::pair<QString, std::string>> wanted;
  for (const QString& from : mappings) {
    const QString to = folder.absoluteFilePath(QFileInfo(from).fileName());
    const auto edited = texts.find(from);
    Result<std::string> text =
        edited == texts.end() ? readFile(toPath(from)) : Result<std::string>(*edited->second);
    if (!text) {
      copies.diagnostics = std::move(text.diagnostics);
      return copies;
    }
    if (QFileInfo::exists(to)) {
      const Result<std::string> there = readFile(toPath(to));
      if (!there || *there != *text) {
        copies.diagnostics = {{Severity::Error,
                               toPath(to).string(),
                               {1, 1},
                               "D0002",
                               "there is another mapping of this name; it is not overwritten",
                               {}}};
        return copies;
      }
    } else {
      wanted.emplace_back(to, std::move(*text));
    }
    copies.places[from] = to;
  }
  if (!wanted.empty()) QDir().mkpath(folder.path());
  for (const auto& [to, text] : wanted) {
    copies.diagnostics = writeFileAtomically(toPath(to), text);
    if (hasErrors(copies.diagnostics)) return copies;
  }
  return copies;
}

}  // namespace taktwerk
