// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/view_frame.h"

#include <QLabel>

#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

QString whyEmpty(const ViewSpec& spec, const View& view, const Models& models) {
  const auto tr = [](const char* text) { return ViewFrame::tr(text); };
  switch (spec.needs) {
    case ViewNeeds::Nothing:
      break;
    case ViewNeeds::Architecture:
      if (!models.document()) return tr("Open an architecture to see it here.");
      break;
    case ViewNeeds::Network:
      if (!models.estimates.network()) return tr("No layers yet. Choose a network above.");
      break;
    case ViewNeeds::Estimate:
      if (!models.estimates.outcome().estimate)
        return tr("No results yet. Press F5 to estimate this design.");
      break;
  }
  return view.whyEmpty();
}

ViewFrame::ViewFrame(const ViewSpec& spec, View& view, const Models& models, QWidget* parent)
    : QStackedWidget(parent), empty_(new QLabel) {
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  addWidget(empty_);
  addWidget(view.widget());
  setFocusProxy(view.widget());
  const auto look = [this, spec, &view, &models] {
    const QString reason = taktwerk::whyEmpty(spec, view, models);
    empty_->setText(reason);
    setCurrentIndex(reason.isEmpty() ? 1 : 0);
  };
  connect(&view, &View::emptinessChanged, this, look);
  switch (spec.needs) {
    case ViewNeeds::Nothing:
      break;
    case ViewNeeds::Architecture:
      connect(&models.documents, &DocumentController::documentChanged, this, look);
      break;
    case ViewNeeds::Network:
      connect(&models.estimates, &EstimateController::networkChanged, this, look);
      break;
    case ViewNeeds::Estimate:
      connect(&models.estimates, &EstimateController::outcomeChanged, this, look);
      break;
  }
  look();
}

QString ViewFrame::emptyText() const {
  return currentIndex() == 0 ? empty_->text() : QString();
}

}  // namespace taktwerk
