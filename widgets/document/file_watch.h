// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <optional>
#include <string>

namespace taktwerk {

/// Tells what other programs do to a file that is open. It is looked at half a second after the latest change
/// that the system reports, and every two seconds in any case: nobody reports that a folder above it went
/// away. Programs that replace a file are given a second and a half before it counts as gone.
class FileWatch : public QObject {
  Q_OBJECT
 public:
  static constexpr int settleMilliseconds = 500;
  enum class State {
    There,
    Gone,       ///< deleted, moved away, or its folder cannot be reached
    Unreadable  ///< there, but it may not be read any more
  };
  explicit FileWatch(QObject* parent = nullptr);

  /// Watches the file `path` instead; an empty path: none. `bytes` is what it holds as far as known; without,
  /// only whether it is there and can be read is looked at.
  void watch(const QString& path, std::optional<std::string> bytes);
  [[nodiscard]] State state() const { return state_; }
  /// What the file was last seen to hold; empty where that is not looked at.
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 Q_SIGNALS:
  /// The file is gone or unreadable: once, until `found`.
  void lost();
  /// It is there again and can be read; `changed` follows when it holds something else than before.
  void found();
  /// The file holds other bytes than before, those of `bytes`.
  void changed();

 private:
  void look();

  QFileSystemWatcher watcher_;
  QTimer settle_;
  QTimer beat_;
  QString path_;
  bool withBytes_ = false;
  std::string bytes_;
  State state_ = State::There;
  int missing_ = 0;  ///< how often in a row the file was not there when looked for
  bool reported_ = false;
  QDateTime written_, touched_;  ///< of the file when it was read
};

}  // namespace taktwerk
