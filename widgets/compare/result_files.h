// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "core/base/diagnostic.h"
#include "widgets/session/session.h"

namespace taktwerk {

class JobManager;

/// Reads files of results in the background and pins them; writes pinned estimates as such files.
class ResultFiles : public QObject {
  Q_OBJECT
 public:
  ResultFiles(Session& session, JobManager& jobs, QObject* parent = nullptr);

  void open(const QStringList& paths);
  [[nodiscard]] bool isReading() const { return !pending_.isEmpty(); }
  /// Writes an estimate that is pinned as `estimate --json` does; problems are said by `failed`.
  void save(std::size_t pin, const QString& path);

 Q_SIGNALS:
  /// What was read is pinned; with warnings, when figures are missing.
  void opened(const QString& path, const taktwerk::Diagnostics& warnings);
  void failed(const QString& path, const taktwerk::Diagnostics& diagnostics);

 private:
  Session& session_;
  JobManager& jobs_;
  QStringList pending_;  ///< asked for and not delivered yet
};

/// Files among `paths` whose name is that of a result: *.json.
[[nodiscard]] QStringList resultsAmong(const QStringList& paths);

}  // namespace taktwerk
