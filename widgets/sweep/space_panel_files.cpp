// SPDX-License-Identifier: GPL-3.0-or-later
// What of a space is read from files and written to them, and the menu of what can be varied.
#include <QFileInfo>
#include <QMenu>

#include "core/base/files.h"
#include "core/space/space_file.h"
#include "core/space/space_writer.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/first_error.h"
#include "widgets/document/mapping_files.h"
#include "widgets/estimate/variables.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

QString errorText(const Diagnostics& problems) {
  const Diagnostic* error = firstError(problems);
  return error ? QString::fromStdString(toString(*error)) : QString();
}

}  // namespace

void SpacePanel::fillVaryMenu() {
  varyMenu_->clear();
  QString owner;
  for (const Variable& variable : variablesOf(models_.estimates)) {
    const QString name = QString::fromStdString(variable.name);
    const QString of = name.section(QLatin1Char('.'), 0, 0);
    if (of != owner) {
      varyMenu_->addSection(of == QLatin1String("arch")      ? tr("Architecture")
                            : of == QLatin1String("network") ? tr("Network")
                                                             : tr("Mappings"));
      owner = of;
    }
    QAction* action = varyMenu_->addAction(name.section(QLatin1Char('.'), 1));
    action->setToolTip(QString::fromStdString(variable.description));
    action->setEnabled(!setup_.find(name));
    connect(action, &QAction::triggered, this, [this, name] { vary(name, {}); });
  }
  varyMenu_->addSection(tr("Files"));
  const std::pair<QString, Dimension::Of> files[] = {
      {tr("Another architecture…"), Dimension::Of::Architecture},
      {tr("Another network…"), Dimension::Of::Network},
      {tr("Other mappings…"), Dimension::Of::Mappings}};
  for (const auto& [text, of] : files) {
    connect(varyMenu_->addAction(text), &QAction::triggered, this, [this, kind = of] { addFiles(kind); });
  }
}

void SpacePanel::addFiles(Dimension::Of of) {
  const QStringList chosen =
      models_.ask.alternatives
          ? models_.ask.alternatives(of == Dimension::Of::Architecture ? FileKind::Architecture
                                     : of == Dimension::Of::Network    ? FileKind::Network
                                                                       : FileKind::Mapping)
          : QStringList();
  if (chosen.isEmpty() || !models_.document()) return;
  const EstimateInput& input = models_.estimates.input();
  std::vector<std::string> present;
  const auto put = [](std::vector<std::string>& paths, const QString& path) {
    if (!path.isEmpty()) paths.push_back(toPath(path).string());
  };
  const QString place = models_.document()->place();
  if (of == Dimension::Of::Architecture) put(present, place);
  if (of == Dimension::Of::Network) put(present, input.networkPath);
  if (of == Dimension::Of::Mappings) {
    const QStringList now = input.mappingPaths.isEmpty() ? mappingsBeside(place) : input.mappingPaths;
    for (const QString& path : now) put(present, path);
  }
  EditedSpace next = setup_.space();
  const QString step = tr("Add files to the space");
  if (of == Dimension::Of::Mappings) {
    std::vector<std::string> set;
    for (const QString& path : chosen) put(set, path);
    return tell(setup_.change(step, withAlternative(setup_.space(), of, set, present)));
  }
  for (const QString& path : chosen) {
    if (auto* space = std::get_if<Space>(&next)) {
      next = withAlternative(std::move(*space), of, {toPath(path).string()}, present);
    }
  }
  tell(setup_.change(step, std::move(next)));
}

void SpacePanel::openSpace() {
  const QString path = models_.ask.spaceToOpen ? models_.ask.spaceToOpen() : QString();
  if (path.isEmpty()) return;
  const auto space = readSpace(std::filesystem::absolute(toPath(path)));
  if (!space) return tell(errorText(space.diagnostics));
  setup_.replace(tr("Open %1").arg(QFileInfo(path).fileName()), *space);
  tell({});
}

void SpacePanel::saveSpace() {
  const QString name =
      setup_.space().name.empty() ? QStringLiteral("design") : QString::fromStdString(setup_.space().name);
  const QString path =
      models_.ask.spacePath ? models_.ask.spacePath(name + QStringLiteral(".space.yaml")) : QString();
  if (path.isEmpty()) return;
  const std::filesystem::path to = std::filesystem::absolute(toPath(path));
  const Diagnostics problems = writeFileAtomically(to, writeSpace(setup_.space(), to.parent_path()));
  tell(errorText(problems));
  if (!hasErrors(problems)) models_.session.say(tr("Wrote %1").arg(path));
}

void SpacePanel::chooseStore() {
  const QString path =
      models_.ask.storePath ? models_.ask.storePath(QStringLiteral("results.sqlite")) : QString();
  if (!path.isEmpty()) setup_.setStore(QFileInfo(path).absoluteFilePath());
}

}  // namespace taktwerk
