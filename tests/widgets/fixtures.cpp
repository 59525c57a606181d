// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fixtures.h"

#include <QFile>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"

namespace taktwerk::test {

QString oneMac() {
  return QStringLiteral(TAKTWERK_SOURCE_DIR "/archs/one-mac/one-mac.arch.yaml");
}
QString tcResNet8() {
  return QStringLiteral(TAKTWERK_SOURCE_DIR "/resources/networks/tc-resnet8.network.yaml");
}
QString layoutProgram() {
  return QStringLiteral(TAKTWERK_BINARY_DIR "/taktwerk-layout");
}

QString Folder::write(const QString& name, const QByteArray& bytes) {
  QFile file(path(name));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly)) << qPrintable(name);
  file.write(bytes);
  return file.fileName();
}

std::shared_ptr<const Document> documentOf(const QByteArray& text) {
  auto document = std::make_shared<Document>();
  document->path = QStringLiteral("test.arch.yaml");
  document->text = QString::fromUtf8(text);
  Result<Architecture> architecture = parseArchitecture(text.toStdString(), "test.arch.yaml");
  document->diagnostics = architecture.diagnostics;
  if (!architecture) {
    ADD_FAILURE() << "no architecture: " << toString(architecture.diagnostics.front());
    return nullptr;
  }
  document->architecture = std::make_shared<const Architecture>(std::move(*architecture));
  document->whole = document->architecture;
  document->diagram = std::make_shared<const BlockDiagram>(drawBlockDiagram(*document->architecture));
  return document;
}

std::shared_ptr<const Document> oneMacDocument() {
  auto document = std::make_shared<Document>(openDocument(oneMac(), {}));
  EXPECT_TRUE(document->architecture);
  return document;
}

}  // namespace taktwerk::test
