// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/start_page.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class StartView : public View {
 public:
  explicit StartView(Models& models) : View(new StartPage(models.theme, models.jobs)) {
    auto* page = static_cast<StartPage*>(widget());
    page->setExamplesRoot(models.places.examples);
    connect(page, &StartPage::recentRequested, this,
            [&models](const QString& path) { models.open.files({path}); });
    connect(page, &StartPage::openRequested, this,
            [&models](const QString& path) { models.open.example(path); });
    connect(page, &StartPage::browseRequested, this,
            [&models] { models.session.run(QStringLiteral("file.open")); });
    connect(&models.session, &Session::recentFilesChanged, page,
            [page, &models] { page->setRecentFiles(models.session.recentFiles()); });
  }
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
