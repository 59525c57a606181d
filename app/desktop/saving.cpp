// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/saving.h"

#include <QDir>
#include <QFileInfo>

#include "widgets/document/mapping_files.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {
const QString saveTopic = QStringLiteral("save");
}

QString nameOf(const Document& document) {
  if (!document.path.isEmpty()) return QFileInfo(document.path).fileName();
  return document.copyOf.isEmpty() ? Saving::tr("The new architecture")
                                   : Saving::tr("The copy of %1").arg(QFileInfo(document.copyOf).fileName());
}

void showWriteFailure(Banner& banner, const QString& path, const Diagnostics& diagnostics) {
  banner.announce(Banner::Kind::Error,
                  Saving::tr("%1 could not be written: %2")
                      .arg(QFileInfo(path).fileName(), QString::fromStdString(diagnostics.front().message)));
}

Saving::Saving(Models& models, Banner& banner, NetworkPage& network, MappingPage& mapping, QObject* parent)
    : QObject(parent), models_(models), banner_(banner), network_(network), mapping_(mapping) {
  models_.save.network = [this](const QString& path) { return this->network(path); };
  models_.save.mapping = [this](const QString& path) {
    return this->mapping(path, models_.opener.shipped().contains(path) ? mappingPath(path) : path);
  };
  const auto failed = [this](const QString& path, const Diagnostics& diagnostics) {
    showWriteFailure(banner_, path, diagnostics);
  };
  connect(&network_, &NetworkPage::writeFailed, this, failed);
  connect(&mapping_, &MappingPage::writeFailed, this, failed);
  connect(&models_.documents, &DocumentController::saved, this, [this](const QString& path) {
    settle();
    models_.session.say(tr("Saved %1").arg(path));
  });
  connect(&models_.documents, &DocumentController::documentChanged, this, [this] {
    if (isAnother(models_.documents)) settle();
  });
  bindCommands();
}

void Saving::bindCommands() {
  const auto whyNotSave = [this] {
    const auto& document = models_.document();
    if (!document) return whyNothingOpen(models_);
    return models_.documents.isModified() || document->path.isEmpty() ? QString()
                                                                      : tr("Everything is saved.");
  };
  const auto open = [this] { return whyNothingOpen(models_); };
  models_.commands.bind(QStringLiteral("file.save"), {[this] { architecture(false); }, whyNotSave});
  models_.commands.bind(QStringLiteral("file.saveAs"), {[this] { architecture(true); }, open});
  models_.commands.bind(
      QStringLiteral("file.saveNetwork"),
      {[this] { networkAs(network_.document().path()); },
       [this] { return network_.document().path().isEmpty() ? tr("No network is shown.") : QString(); }});
  models_.commands.bind(QStringLiteral("file.saveMapping"),
                        {[this] {
                           const QString path = mapping_.document()->path();
                           mapping(path, mappingPath(path));
                         },
                         [this] { return mapping_.document() ? QString() : tr("No mapping is shown."); }});
}

void Saving::settle() {
  banner_.settle(saveTopic);
}

void Saving::showFailure(const QString& path, const Diagnostics& failure) {
  models_.problems.setFailure(failure);
  banner_.offer(saveTopic, Banner::Kind::Error,
                tr("%1 could not be saved: %2. Your changes are still here.")
                    .arg(QFileInfo(path).fileName(), QString::fromStdString(failure.front().message)),
                {{tr("Save as…"), [this] { architecture(true); }},
                 {tr("Not now"), [this] { banner_.settle(saveTopic); }}});
}

QString Saving::placeForOwn(const QString& path) const {
  const QFileInfo file(path);
  if (file.isAbsolute() && !models_.opener.shipped().contains(path)) return path;
  const auto& document = models_.document();
  const bool own =
      document && !document->path.isEmpty() && !models_.opener.shipped().contains(document->path);
  return QDir(own ? QFileInfo(document->path).path() : QDir::homePath()).filePath(file.fileName());
}

bool Saving::architecture(bool elsewhere) {
  const auto document = models_.document();
  if (!document) return false;
  QString path = document->path;
  QStringList mappings;
  Questions::MappingAnswer answer = Questions::MappingAnswer::Refer;
  if (elsewhere || path.isEmpty()) {
    path = models_.ask.architecturePath(placeForOwn(document->name()));
    if (path.isEmpty()) return false;
    if (!path.endsWith(QLatin1String(".yaml"))) path += QStringLiteral(".arch.yaml");
    path = QFileInfo(path).absoluteFilePath();
    mappings = mappingsLeftBehind(path);
    if (!mappings.isEmpty()) answer = models_.ask.mappings(questionAbout(mappings, path));
    if (answer == Questions::MappingAnswer::Cancel) return false;
  }
  const Diagnostics failure = models_.documents.saveAs(path);
  if (!hasErrors(failure)) {
    banner_.settle(saveTopic);
    moveMappings(mappings, answer);
    return true;
  }
  showFailure(path, failure);
  return false;
}

QStringList Saving::mappingsLeftBehind(const QString& to) const {
  const EstimateInput& input = models_.estimates.input();
  const QString from = mappingFolder(models_.document()->place());
  // Mappings that were chosen one by one are chosen wherever the architecture is.
  if (from == mappingFolder(to) || !input.mappingPaths.isEmpty()) return {};
  QStringList all = mappingsBeside(models_.document()->place());
  for (const QString& path : input.addedMappings) {
    const QFileInfo file(path);
    if ((file.path() == from || !file.isFile()) && !all.contains(path)) all << path;
  }
  return all;
}

QString Saving::questionAbout(const QStringList& mappings, const QString& to) const {
  const QString folder = QDir::toNativeSeparators(mappingFolder(to));
  const QString what = mappings.size() == 1
                           ? tr("The mapping %1 belongs to it.").arg(QFileInfo(mappings.front()).fileName())
                           : tr("%1 mappings belong to it.").arg(mappings.size());
  return tr("%1 is saved in another folder. %2\n\nCopy: to %3, with the changes made here.\nRefer to them: "
            "they stay where they are and count here; a workspace remembers it.\nLeave them: only mappings "
            "beside the new file count.")
      .arg(QFileInfo(to).fileName(), what, folder);
}

void Saving::moveMappings(const QStringList& mappings, Questions::MappingAnswer answer) {
  if (mappings.isEmpty() || answer == Questions::MappingAnswer::Refer) return;
  if (answer == Questions::MappingAnswer::Leave) return models_.estimates.leaveMappings(mappings, false);
  std::map<QString, std::shared_ptr<const std::string>> texts = mapping_.unsavedTexts();
  texts.insert(models_.estimates.input().texts.begin(), models_.estimates.input().texts.end());
  const MappingCopies copies = copyMappings(mappings, texts, models_.document()->path);
  if (hasErrors(copies.diagnostics)) {
    const Diagnostic& first = copies.diagnostics.front();
    banner_.announce(Banner::Kind::Warning,
                     tr("The mappings were not copied and are referred to where they are. %1: %2")
                         .arg(QFileInfo(QString::fromStdString(first.file)).fileName(),
                              QString::fromStdString(first.message)));
    return;
  }
  models_.estimates.leaveMappings(mappings, true);
  mapping_.follow(copies.places);
}

bool Saving::network(const QString& path) {
  if (path.endsWith(QLatin1String(".network.yaml")) && !models_.opener.shipped().contains(path)) {
    return network_.save(path, path);
  }
  return networkAs(path);
}

bool Saving::networkAs(const QString& path) {
  if (!network_.documents().find(path)) return false;
  const QString name = QFileInfo(path).fileName().section(QLatin1Char('.'), 0, 0);
  QString to = models_.ask.networkPath(
      placeForOwn(QFileInfo(path).dir().filePath(name + QStringLiteral(".network.yaml"))));
  if (to.isEmpty()) return false;
  if (!to.endsWith(QLatin1String(".network.yaml"))) to += QStringLiteral(".network.yaml");
  models_.opener.shipped().nameByUser(to);
  if (!network_.save(path, to)) return false;
  models_.session.say(tr("Saved %1").arg(to));
  return true;
}

QString Saving::mappingPath(const QString& proposed) {
  QString path = models_.ask.mappingPath(placeForOwn(proposed));
  if (path.isEmpty()) return path;
  if (!path.endsWith(QLatin1String(".mapping.yaml"))) path += QStringLiteral(".mapping.yaml");
  models_.opener.shipped().nameByUser(path);
  return path;
}

bool Saving::mapping(const QString& path, const QString& to) {
  if (to.isEmpty() || !mapping_.saveAt(path, to)) return false;
  if (path != to) models_.session.say(tr("Saved %1").arg(to));
  return true;
}

}  // namespace taktwerk
