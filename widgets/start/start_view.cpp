// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <utility>

#include "widgets/start/start_page.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

/// Of the data of the program, which has the examples in `archs`.
QString studiesBeside(const QString& examples) {
  return examples.isEmpty() ? QString() : QFileInfo(examples).path() + QStringLiteral("/resources/studies");
}

class StartView : public View {
 public:
  explicit StartView(Models& models) : View(new StartPage(models.theme, models.jobs)) {
    auto* page = static_cast<StartPage*>(widget());
    page->setExamplesRoot(models.places.examples);
    page->setStudiesFolder(studiesBeside(models.places.examples));
    connect(page, &StartPage::recentRequested, this,
            [&models](const QString& path) { models.open.files({path}); });
    connect(page, &StartPage::openRequested, this,
            [&models](const QString& path) { models.open.example(path); });
    connect(page, &StartPage::studyRequested, this, [this, &models](const QString& path) {
      awaited_ = path;
      models.open.example(path);
    });
    // A study is its sweep, which is run on that page.
    connect(&models.opener, &FileOpener::opened, this, [this, &models](const QString& workspace) {
      if (workspace.isEmpty() || workspace != std::exchange(awaited_, QString())) return;
      models.session.reveal(QStringLiteral("sweep"));
      models.session.say(tr("F6 sweeps the space of this study."));
    });
    connect(page, &StartPage::browseRequested, this,
            [&models] { models.session.run(QStringLiteral("file.open")); });
    connect(&models.session, &Session::recentFilesChanged, page,
            [page, &models] { page->setRecentFiles(models.session.recentFiles()); });
  }

 private:
  QString awaited_;  ///< the workspace of the study that is being opened
};

}  // namespace

ViewSpec startView() {
  ViewSpec spec;
  spec.id = QStringLiteral("start");
  spec.title = View::tr("Start");
  spec.place = ViewPlace::Start;
  spec.make = [](Models& models) { return std::make_unique<StartView>(models); };
  return spec;
}

}  // namespace taktwerk
