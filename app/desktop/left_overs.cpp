// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/left_overs.h"

#include <QDialog>
#include <QFileInfo>
#include <QLocale>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/recovery.h"
#include "app/desktop/saving.h"
#include "core/base/files.h"
#include "widgets/document/file_kind.h"
#include "widgets/problems/banner.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"
#include "widgets/view/source_place.h"

namespace taktwerk {

namespace {
const QString keepingTopic = QStringLiteral("autosave");
const QString contendedTopic = QStringLiteral("contended");
constexpr int mostRecoveries = 3;  // at once; the next comes when one is answered
}  // namespace

LeftOvers::LeftOvers(Models& models, Banner& banner, Saving& saving, Recovery& recovery,
                     std::function<bool()> mayLeave, bool remember, QWidget& window, QObject* parent)
    : QObject(parent),
      models_(models),
      banner_(banner),
      saving_(saving),
      recovery_(recovery),
      mayLeave_(std::move(mayLeave)),
      remember_(remember),
      window_(window) {
  bindAutosave();
  connect(&models_.documents, &DocumentController::saved, this, &LeftOvers::settle);
  connect(&models_.documents, &DocumentController::documentChanged, this, [this] {
    if (isAnother(models_.documents)) settle();
  });
  connect(&recovery_, &Recovery::answered, this, &LeftOvers::offerAll);
}

void LeftOvers::bindAutosave() {
  connect(&models_.autosave, &Autosave::failed, this, [this](const Diagnostics& diagnostics) {
    banner_.offer(keepingTopic, Banner::Kind::Warning,
                  tr("Your changes cannot be kept automatically: %1. Save them where there is room.")
                      .arg(QString::fromStdString(diagnostics.front().message)),
                  {{tr("Save as…"), [this] { saving_.architecture(true); }},
                   {tr("Not now"), [this] { banner_.settle(keepingTopic); }}});
  });
  connect(&models_.autosave, &Autosave::contended, this, [this](const QString& owner) {
    banner_.offer(contendedTopic, Banner::Kind::Warning,
                  tr("%1 is being changed by %2 as well. Who saves last wins, unless you save under another "
                     "name.")
                      .arg(QFileInfo(models_.document()->path).fileName(), owner),
                  {{tr("Save as…"), [this] { saving_.architecture(true); }},
                   {tr("Undo my change"),
                    [this] {
                      banner_.settle(contendedTopic);
                      models_.history.undoLatestOf(models_.documents);
                    }},
                   {tr("Go on"), [this] { banner_.settle(contendedTopic); }}});
  });
}

void LeftOvers::offerAll() {
  if (!remember_) return;
  for (const std::vector<Sidecar>& group : groupsOf(recovery_.left())) {
    if (banner_.offerCount() >= mostRecoveries) return;
    if (!banner_.offers(recoveryTopic(group))) offerGroup(group);
  }
}

bool LeftOvers::offerOfOpen() {
  if (recovery_.isPending()) return true;  // on its way already
  const std::vector<std::vector<Sidecar>> groups = groupsOf(recovery_.leftOfOpen());
  std::for_each(groups.rbegin(), groups.rend(),
                [this](const std::vector<Sidecar>& group) { offerGroup(group); });
  return !groups.empty();
}

void LeftOvers::offerGroup(const std::vector<Sidecar>& group) {
  if (!recovery_.offer(group)) offerArchitecture(group.front());
}

void LeftOvers::offerArchitecture(const Sidecar& sidecar) {
  const QString& file = sidecar.path.isEmpty() ? sidecar.copyOf : sidecar.path;
  const Result<std::string> saved =
      file.isEmpty() ? Result<std::string>(std::string()) : readFile(toPath(file));
  const std::string savedBytes = saved ? *saved : std::string();
  const QString name = !sidecar.path.isEmpty() ? QFileInfo(sidecar.path).fileName()
                       : file.isEmpty()        ? tr("A new architecture")
                                               : tr("A copy of %1").arg(QFileInfo(file).fileName());
  const QString topic = recoveryTopic({sidecar});
  const auto answered = [this, topic, sidecar] {
    models_.autosave.discard(sidecar);
    banner_.settle(topic);
    offerAll();
  };
  const auto restore = [this, sidecar, savedBytes, answered] {
    if (!mayLeave_()) return;
    models_.documents.restore(sidecar.path, sidecar.bytes, savedBytes, sidecar.copyOf);
    // Given up only when it is kept anew.
    const auto& document = models_.document();
    if (document && document->bytes == sidecar.bytes && !hasErrors(models_.autosave.keep())) answered();
  };
  banner_.offer(topic, Banner::Kind::Warning,
                tr("Taktwerk ended before %1 was saved. Its work of %2 is here: %3 more than the file has.")
                    .arg(name, QLocale().toString(sidecar.time, QLocale::ShortFormat),
                         differenceText(savedBytes, sidecar)),
                {{tr("Restore"), restore},
                 {tr("Discard"), answered},
                 {tr("Show its text"), [this, sidecar] { showText(sidecar.sidecar, sidecar.bytes); }}});
}

void LeftOvers::showText(const QString& path, const std::string& text) {
  if (models_.document()) {
    return models_.session.reveal(QStringLiteral("source"), QVariant::fromValue(SourcePlace{path, {1, 1}}));
  }
  // The text view is a page of a document.
  auto* dialog = new QDialog(&window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(QFileInfo(path).fileName());
  dialog->resize(window_.width() / 2, window_.height() * 2 / 3);
  auto* view = new QPlainTextEdit(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
  view->setReadOnly(true);
  view->setFont(models_.theme.fixedFont(9));
  auto* column = new QVBoxLayout(dialog);
  column->addWidget(view);
  dialog->show();
}

void LeftOvers::settle() {
  banner_.settle(keepingTopic);
  banner_.settle(contendedTopic);
}

}  // namespace taktwerk
