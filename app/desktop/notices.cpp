// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/notices.h"

#include <QFileInfo>

#include "widgets/problems/banner.h"
#include "widgets/view/models.h"

namespace taktwerk {

Notices::Notices(Models& models, Banner& banner, std::function<bool()> offered, QObject* parent)
    : QObject(parent), models_(models), banner_(banner), offered_(std::move(offered)) {
  connect(&models_.documents, &DocumentController::documentChanged, this, &Notices::takeDocument);
  connect(&models_.estimates, &EstimateController::outcomeChanged, this, [this] {
    if (models_.estimates.outcome().estimate) banner_.dismiss();
  });
  connect(&models_.jobs, &JobManager::failed, this, [this](const QString& message) {
    banner_.announce(Banner::Kind::Error, tr("Something went wrong inside Taktwerk: %1").arg(message));
  });
}

void Notices::takeDocument() {
  const auto& document = models_.document();
  if (!document || !isAnother(models_.documents)) return;
  if (document->place().isEmpty()) return banner_.dismiss();
  if (offered_()) return;
  const Banner::Button problems{tr("Show problems"),
                                [this] { models_.session.reveal(QStringLiteral("problems")); }};
  if (document->architecture->readOnly) {
    return banner_.announce(
        Banner::Kind::Warning,
        tr("%1 holds something this version does not know. It can be looked at, but neither changed "
           "nor estimated.")
            .arg(QFileInfo(document->place()).fileName()),
        {problems});
  }
  if (document->hasProblems()) {
    return banner_.announce(Banner::Kind::Error, tr("The architecture has errors and cannot be estimated."),
                            {problems});
  }
  const QString copy = tr(" It is a copy of the example %1, which stays as it is.")
                           .arg(QFileInfo(document->copyOf).fileName());
  banner_.announce(Banner::Kind::Info,
                   tr("Press F5 to estimate this design.") + (document->copyOf.isEmpty() ? QString() : copy),
                   {{tr("Run"), [this] { models_.estimates.run(); }}});
}

}  // namespace taktwerk
