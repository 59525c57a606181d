// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/pinned_files.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <sstream>

#include "core/base/files.h"
#include "core/report/estimate_json.h"
#include "core/report/estimate_reader.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

namespace {

/// A name for a file that is not there yet.
QString freeFile(const QDir& folder, const QString& title) {
  QString name;
  for (const QChar c : title.left(80)) {
    if (c.isLetterOrNumber()) {
      name += c.toLower();
    } else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-'))) {
      name += QLatin1Char('-');
    }
  }
  while (name.endsWith(QLatin1Char('-'))) name.chop(1);
  if (name.isEmpty()) name = QStringLiteral("result");
  QString file = name;
  for (int number = 2; folder.exists(file + QStringLiteral(".json")); ++number) {
    file = QStringLiteral("%1-%2").arg(name).arg(number);
  }
  return folder.filePath(file + QStringLiteral(".json"));
}

}  // namespace

std::vector<KeptPin> keptPins(const Session& session) {
  std::vector<KeptPin> kept;
  for (std::size_t i = 0; i < session.pins().size(); ++i) {
    const PinnedResult& pin = session.pins()[i];
    kept.push_back({pin.file, pin.title, session.baselinePlace() == i});
  }
  return kept;
}

ReadPins readPins(const Workspace& workspace) {
  ReadPins read;
  read.baseline = QString::fromStdString(workspace.baseline);
  for (const WorkspaceResult& result : workspace.results) {
    const std::filesystem::path path = workspace.resolve(result.file);
    const QString file = QFileInfo(fromPath(path)).absoluteFilePath();
    Result<StoredResult> stored = readEstimateJson(path);
    if (!stored) {
      read.failures.push_back({file, std::move(stored.diagnostics)});
      continue;
    }
    PinnedResult pin;
    pin.title = QString::fromStdString(result.title);
    pin.result = std::make_shared<const StoredResult>(std::move(*stored));
    pin.file = file;
    read.pins.push_back(std::move(pin));
  }
  return read;
}

void takePins(Session& session, const ReadPins& read) {
  for (const PinnedResult& pin : read.pins) {
    const auto& pins = session.pins();
    auto known = std::find_if(pins.begin(), pins.end(),
                              [&](const PinnedResult& each) { return each.file == pin.file; });
    if (known == pins.end()) {
      session.pin(pin);
      known = std::prev(session.pins().end());
    }
    if (pin.title == read.baseline) {
      session.setBaseline(static_cast<std::size_t>(known - session.pins().begin()));
    }
  }
}

Diagnostics writePins(Session& session, const QString& path) {
  const QFileInfo workspace(path);
  const QString name = workspace.completeBaseName() + QStringLiteral(".results");
  const QDir folder(workspace.absoluteDir().filePath(name));
  for (std::size_t i = 0; i < session.pins().size(); ++i) {
    const PinnedResult& pin = session.pins()[i];
    if (!pin.file.isEmpty() || !pin.estimate) continue;
    workspace.absoluteDir().mkpath(name);  // that it could not be made is said by what is written there
    const QString file = freeFile(folder, pin.title);
    std::ostringstream text;
    writeEstimateJson(text, *pin.estimate);
    Diagnostics problems = writeFileAtomically(toPath(file), text.str());
    if (hasErrors(problems)) return problems;
    session.setPinFile(i, file);
  }
  return {};
}

}  // namespace taktwerk
