// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>

#include "widgets/inspector/inspector.h"
#include "widgets/session/vary_wish.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

ParameterOverrides overridesOf(const Models& models) {
  const StudySettings::Values values = sortParameters(models.estimates.input().parameters).architecture;
  const QString path = models.workspace.path();
  return {{values.begin(), values.end()},
          path.isEmpty() ? View::tr("the workspace") : QFileInfo(path).fileName()};
}

class InspectorView : public View {
 public:
  explicit InspectorView(Models& models) : View(new Inspector(models.theme, models.session.selection())) {
    auto* inspector = static_cast<Inspector*>(widget());
    inspector->setEditor([&models](const QString& name, const std::vector<ArchitectureEdit>& edits,
                                   const QString& key) { return models.documents.edit(name, edits, key); });
    inspector->setOverrideEditor([&models](const std::string& name, std::optional<std::int64_t> value) {
      models.workspace.setParameter(name, value);
    });
    inspector->setVaryRequest(
        [&models](const QString& parameter) { revealWish(models.session, {parameter}); });
    const auto take = [inspector, &models] { inspector->setDocument(models.document()); };
    const auto override = [inspector, &models] { inspector->setOverrides(overridesOf(models)); };
    connect(&models.documents, &DocumentController::documentChanged, inspector, take);
    connect(&models.documents, &DocumentController::documentChanged, inspector, override);
    connect(&models.estimates, &EstimateController::inputChanged, inspector, override);
    connect(&models.workspace, &WorkspaceDocument::changed, inspector, override);
    take();
    override();
  }
};

}  // namespace

ViewSpec inspectorView() {
  ViewSpec spec;
  spec.id = QStringLiteral("inspector");
  spec.title = View::tr("Inspector");
  spec.help = View::tr("Show everything about what is selected");
  spec.place = ViewPlace::Right;
  spec.beside = {QStringLiteral("diagram"), QStringLiteral("source")};
  spec.width = 365;
  spec.make = [](Models& models) { return std::make_unique<InspectorView>(models); };
  return spec;
}

}  // namespace taktwerk
