// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/fuzz/scratch.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include "tests/support/places.h"

namespace taktwerk::test {

namespace {

constexpr const char* examples[] = {"one-mac", "systolic-array"};

/// Timed in a moment on anything.
constexpr const char* smallNetworks[][2] = {{"tc-resnet8-tiny.network.yaml", R"(format: taktwerk-network/1
name: Tiny
parameters:
  batch: {default: 1, minimum: 1, maximum: 4, description: inputs at once}
tensors:
  features: {shape: [batch, 2, 6], bits: 8, role: input}
  conv.weight: {shape: [3, 2, 3], bits: 8, role: weight}
  conv.out: {shape: [batch, 3, 4], bits: 8}
  conv.relu: {shape: [batch, 3, 4], bits: 8, role: output}
layers:
  - name: conv
    operator: conv1d
    dimensions: {N: batch, C: 2, K: 3, W: 6, F: 3}
    inputs: [features, conv.weight]
    output: conv.out
  - name: relu
    operator: relu
    inputs: [conv.out]
    output: conv.relu
)"},
                                            {"dense.network.yaml", R"(format: taktwerk-network/1
name: Dense
tensors:
  in: {shape: [1, 4], bits: 8, role: input}
  weight: {shape: [3, 4], bits: 8, role: weight}
  bias: {shape: [3], bits: 8, role: weight}
  out: {shape: [1, 3], bits: 8, role: output}
layers:
  - name: fc
    operator: dense
    dimensions: {N: 1, C: 4, K: 3}
    inputs: [in, weight, bias]
    output: out
)"}};

/// A copy that replaces what was there.
void copyFile(const QString& from, const QString& to) {
  QFile::remove(to);
  QFile::copy(from, to);
  QFile::setPermissions(to, QFile::permissions(to) | QFile::WriteUser);
}

}  // namespace

Scratch::Scratch() {
  for (const char* place :
       {"TAKTWERK_DATA", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "TMPDIR"}) {
    qputenv(place, folder_.path().toLocal8Bit());
  }
  restore();
}

void Scratch::restore() {
  const QDir root(folder_.path());
  architectures_.clear();
  networks_.clear();
  for (const char* name : examples) {
    const QDir from(QString::fromStdString(sourceDirectory()) + QStringLiteral("/archs/") +
                    QLatin1String(name));
    const QDir to(root.filePath(QStringLiteral("archs/") + QLatin1String(name)));
    root.mkpath(to.filePath(QStringLiteral("mappings")));
    QDirIterator files(from.path(), {QStringLiteral("*.yaml")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
      const QString file = files.next();
      copyFile(file, to.filePath(from.relativeFilePath(file)));
    }
    architectures_ << to.filePath(QLatin1String(name) + QStringLiteral(".arch.yaml"));
  }
  root.mkpath(QStringLiteral("resources/networks"));
  for (const auto& [name, text] : smallNetworks) {
    QFile file(root.filePath(QStringLiteral("resources/networks/") + QLatin1String(name)));
    if (file.open(QIODevice::WriteOnly)) file.write(text);
    networks_ << file.fileName();
  }
}

}  // namespace taktwerk::test
