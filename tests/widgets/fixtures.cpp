// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fixtures.h"

#include <QFile>

#include <gtest/gtest.h>

#include "tests/support/places.h"

namespace taktwerk::test {

QString oneMac() {
  return QString::fromStdString(taktwerk::sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml");
}
QString tcResNet8() {
  return QString::fromStdString(taktwerk::sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml");
}
QString layoutProgram() {
  return QString::fromStdString(taktwerk::programDirectory() + "/taktwerk-layout");
}

QString Folder::write(const QString& name, const QByteArray& bytes) {
  QFile file(path(name));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly)) << qPrintable(name);
  file.write(bytes);
  return file.fileName();
}

std::shared_ptr<const Document> documentOf(const QByteArray& text) {
  auto document =
      std::make_shared<Document>(makeDocument(QStringLiteral("test.arch.yaml"), text.toStdString()));
  if (document->architecture) return document;
  ADD_FAILURE() << "no architecture: " << toString(document->diagnostics.front());
  return nullptr;
}

std::shared_ptr<const Document> oneMacDocument() {
  auto document = std::make_shared<Document>(openDocument(oneMac()));
  EXPECT_TRUE(document->architecture);
  return document;
}

}  // namespace taktwerk::test
