// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/models.h"

#include <QCoreApplication>

#include "widgets/document/document.h"

namespace taktwerk {

Models::Models(Theme& givenTheme, const DataPlaces& givenPlaces, const std::vector<CommandSpec>& pages,
               const std::vector<CommandSpec>& panels)
    : theme(givenTheme),
      places(givenPlaces),
      commands(givenTheme, pages, panels),
      documents(jobs, history, givenPlaces.layoutProgram),
      autosave(documents, givenPlaces.autosaveFolder),
      shown(session.selection(),
            [this] {
              const auto& document = documents.document();
              return document ? document->shown : nullptr;
            }),
      estimates(jobs),
      workspace(documents, estimates, history),
      opener(jobs, documents, estimates),
      problems(documents, estimates),
      library(
          std::make_shared<const TemplateLibrary>(readTemplateLibrary(givenPlaces.examples.toStdString()))) {
  opener.shipped() = givenPlaces.shipped;
  workspace.keepPinsOf(session);
  QObject::connect(&opener, &FileOpener::sweepRead, &workspace, &WorkspaceDocument::takeSweep);
  QObject::connect(&opener, &FileOpener::pinsRead, &session,
                   [this](const ReadPins& pins) { takePins(session, pins); });
  // Before any view takes the document.
  QObject::connect(&documents, &DocumentController::documentChanged, &session, [this] {
    if (isAnother(documents)) {
      shown.clear();
    } else {
      shown.keepShown();
    }
  });
}

bool isAnother(const DocumentController& documents) {
  using Change = DocumentController::Change;
  return documents.lastChange() == Change::Opened || documents.lastChange() == Change::Closed;
}

QString whyNothingOpen(const Models& models) {
  return models.document() ? QString() : QCoreApplication::translate("Models", "Open an architecture first.");
}

}  // namespace taktwerk
