// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <memory>

#include "widgets/document/document.h"

namespace taktwerk::test {

/// Files of the project that the tests open.
[[nodiscard]] QString oneMac();
[[nodiscard]] QString tcResNet8();
[[nodiscard]] QString layoutProgram();

/// A folder of files that goes away with the test.
class Folder {
 public:
  /// Writes a file and returns its path.
  QString write(const QString& name, const QByteArray& bytes);
  [[nodiscard]] QString path(const QString& name) const { return directory_.filePath(name); }

 private:
  QTemporaryDir directory_;
};

/// A document from text, laid out by the built-in layout.
[[nodiscard]] std::shared_ptr<const Document> documentOf(const QByteArray& text);

/// One-mac, opened and laid out by the built-in layout.
[[nodiscard]] std::shared_ptr<const Document> oneMacDocument();

}  // namespace taktwerk::test
