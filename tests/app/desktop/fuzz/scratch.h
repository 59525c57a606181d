// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace taktwerk::test {

/// A folder with everything a window works on: examples with their mappings, small networks, a home. It is
/// made the data and the home of this process, so that nothing is read from or written to anywhere else, and
/// goes away at the end.
class Scratch {
 public:
  Scratch();

  /// Architectures that can be opened, and changed: they are copies.
  [[nodiscard]] const QStringList& architectures() const { return architectures_; }
  [[nodiscard]] const QStringList& networks() const { return networks_; }
  /// A file that a dialog may be answered with.
  [[nodiscard]] QString file(const QString& name) const { return folder_.filePath(name); }
  /// The examples as they are in the checkout again, whatever was saved over them.
  void restore();

 private:
  QTemporaryDir folder_;
  QStringList architectures_;
  QStringList networks_;
};

}  // namespace taktwerk::test
