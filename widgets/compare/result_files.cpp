// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/result_files.h"

#include <QFileInfo>
#include <sstream>

#include "core/base/files.h"
#include "core/report/estimate_json.h"
#include "core/report/estimate_reader.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

struct ReadFile {
  QString path;
  Result<StoredResult> result;
};
constexpr JobChannel<std::vector<ReadFile>> readings{"results"};

}  // namespace

ResultFiles::ResultFiles(Session& session, JobManager& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs) {}

void ResultFiles::open(const QStringList& paths) {
  for (const QString& path : paths) {
    const QString whole = QFileInfo(path).absoluteFilePath();
    if (!pending_.contains(whole)) pending_ << whole;
  }
  if (pending_.isEmpty()) return;
  // Together with those that are still being read: a job takes the place of the earlier one.
  jobs_.start(
      readings, tr("Reading results"), this,
      [paths = pending_](Progress& progress) {
        std::vector<ReadFile> read;
        for (const QString& path : paths) {
          if (progress.cancelled()) break;
          read.push_back({path, readEstimateJson(toPath(path))});
        }
        return read;
      },
      [this](std::vector<ReadFile> read) {
        pending_.clear();
        for (ReadFile& file : read) {
          if (!file.result) {
            Q_EMIT failed(file.path, file.result.diagnostics);
            continue;
          }
          PinnedResult pinned;
          pinned.title = QFileInfo(file.path).completeBaseName();
          pinned.result = std::make_shared<const StoredResult>(std::move(*file.result));
          pinned.file = file.path;
          session_.pin(std::move(pinned));
          Q_EMIT opened(file.path, file.result.diagnostics);
        }
      });
}

void ResultFiles::save(std::size_t pin, const QString& path) {
  if (pin >= session_.pins().size() || !session_.pins()[pin].estimate) return;
  std::ostringstream text;
  writeEstimateJson(text, *session_.pins()[pin].estimate);
  const Diagnostics problems = writeFileAtomically(toPath(path), text.str());
  if (!problems.empty()) return Q_EMIT failed(path, problems);
  session_.say(tr("Saved %1").arg(path));
}

QStringList resultsAmong(const QStringList& paths) {
  QStringList results;
  for (const QString& path : paths) {
    if (path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)) results << path;
  }
  return results;
}

}  // namespace taktwerk
