// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/file_watch.h"

#include <QFileInfo>

#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

namespace {
constexpr int beatMilliseconds = 2000;
constexpr int looksUntilGone = 3;
}  // namespace

FileWatch::FileWatch(QObject* parent) : QObject(parent) {
  settle_.setSingleShot(true);
  settle_.setInterval(settleMilliseconds);
  beat_.setInterval(beatMilliseconds);
  connect(&settle_, &QTimer::timeout, this, &FileWatch::look);
  connect(&beat_, &QTimer::timeout, this, &FileWatch::look);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, [this] {
    reported_ = true;
    missing_ = 0;
    settle_.start();
  });
}

void FileWatch::watch(const QString& path, std::optional<std::string> bytes) {
  if (!watcher_.files().isEmpty()) watcher_.removePaths(watcher_.files());
  settle_.stop();
  beat_.stop();
  path_ = path;
  withBytes_ = bytes.has_value();
  bytes_ = bytes ? std::move(*bytes) : std::string();
  state_ = State::There;
  missing_ = 0;
  reported_ = false;
  written_ = touched_ = {};
  if (path_.isEmpty()) return;
  if (QFileInfo::exists(path_)) watcher_.addPath(path_);
  beat_.start();
}

void FileWatch::look() {
  const QFileInfo file(path_);
  const auto lose = [this](State state) {
    const bool first = state_ == State::There;
    state_ = state;
    written_ = {};
    if (first) Q_EMIT lost();
  };
  if (!file.isFile()) {
    // Editors replace files: it may be back in a moment.
    if (++missing_ >= looksUntilGone) return lose(State::Gone);
    settle_.start();
    return;
  }
  missing_ = 0;
  if (!watcher_.files().contains(path_)) watcher_.addPath(path_);  // replaced by another file
  const bool same = written_.isValid() && file.lastModified() == written_ &&
                    file.metadataChangeTime() == touched_ && !reported_;
  if (same && state_ == State::There) return;
  if (!file.isReadable()) return lose(State::Unreadable);
  std::string now;
  if (withBytes_) {
    Result<std::string> text = readFile(toPath(path_));
    if (!text) return lose(State::Unreadable);
    now = std::move(*text);
  }
  reported_ = false;
  written_ = file.lastModified();
  touched_ = file.metadataChangeTime();
  const QString path = path_;
  const bool other = now != bytes_;
  bytes_ = std::move(now);
  if (std::exchange(state_, State::There) != State::There) Q_EMIT found();
  if (other && path == path_) Q_EMIT changed();
}

}  // namespace taktwerk
