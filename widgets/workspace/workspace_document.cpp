// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/workspace_document.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <algorithm>

#include "core/base/files.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/edit_command.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/session/session.h"
#include "widgets/workspace/sweep_paths.h"

namespace taktwerk {

namespace {

constexpr qint64 mergeMilliseconds = 1000;
/// What a workspace that is only kept names an architecture that was never saved.
constexpr const char* noArchitecture = "untitled.arch.yaml";

/// Relative to `base`, with "/" on every platform; absolute where there is no way, or no base.
std::string relativeTo(const QString& path, const std::filesystem::path& base) {
  const std::filesystem::path absolute = std::filesystem::absolute(toPath(path)).lexically_normal();
  const std::filesystem::path relative = base.empty() ? base : absolute.lexically_relative(base);
  return (relative.empty() ? absolute : relative).generic_string();
}

/// Of a workspace; none while it has no file.
std::filesystem::path folderOf(const QString& path) {
  if (path.isEmpty()) return {};
  return std::filesystem::absolute(toPath(path)).parent_path().lexically_normal();
}

/// Mappings that were made here and are files by now.
QStringList addedFiles(const EstimateInput& input) {
  QStringList added;
  for (const QString& mapping : input.addedMappings) {
    if (QFileInfo(mapping).isFile()) added << mapping;
  }
  return added;
}

}  // namespace

QString StepName::text() const {
  return to.isEmpty() ? what + where : QStringLiteral("%1 %2 → ").arg(what, from) + to + where;
}

Workspace workspaceOf(const EstimateInput& input, const QString& path) {
  Workspace workspace;
  workspace.file = toPath(path).string();
  const std::filesystem::path base = folderOf(path);
  const QString architecture = input.document ? input.document->place() : QString();
  workspace.architecture = architecture.isEmpty() ? noArchitecture : relativeTo(architecture, base);
  if (!input.networkPath.isEmpty()) workspace.network = relativeTo(input.networkPath, base);
  if (!input.tracePath.isEmpty()) workspace.trace = relativeTo(input.tracePath, base);
  for (const QString& mapping : input.mappingPaths) workspace.mappings.push_back(relativeTo(mapping, base));
  const QStringList added = addedFiles(input);
  if (workspace.mappings.empty() && !added.isEmpty()) {
    // A workspace names either none or all: then those beside the architecture, too.
    for (const QString& file : mappingsBeside(architecture)) {
      if (!added.contains(file)) workspace.mappings.push_back(relativeTo(file, base));
    }
  }
  for (const QString& mapping : added) workspace.mappings.push_back(relativeTo(mapping, base));
  workspace.parameters = input.parameters;
  workspace.layers = input.choices;
  return workspace;
}

/// The choices before and after.
class WorkspaceDocument::Step : public HistoryStep {
 public:
  Step(WorkspaceDocument& workspace, StepName name, WorkspaceChoices after, QString mergeKey)
      : HistoryStep(workspace, name.text()),
        workspace_(workspace),
        name_(std::move(name)),
        before_(workspace.choices()),
        after_(std::move(after)),
        mergeKey_(std::move(mergeKey)) {
    age_.start();
  }
  void undo() override { workspace_.ahead_ = before_; }
  void redo() override { workspace_.ahead_ = after_; }
  [[nodiscard]] bool isEmpty() const override { return after_ == before_; }
  bool mergeWith(const HistoryStep& next) override {
    const auto& other = static_cast<const Step&>(next);
    if (mergeKey_.isEmpty() || other.mergeKey_ != mergeKey_) return false;
    if (!isOfGesture(mergeKey_) && age_.elapsed() > mergeMilliseconds) return false;
    after_ = other.after_;
    name_.to = other.name_.to;
    setName(name_.text());
    age_.restart();
    return true;
  }

 private:
  WorkspaceDocument& workspace_;
  StepName name_;
  WorkspaceChoices before_, after_;
  QString mergeKey_;
  QElapsedTimer age_;  ///< since the last change that went into it
};

WorkspaceDocument::WorkspaceDocument(DocumentController& documents, EstimateController& estimates,
                                     History& history, QObject* parent)
    : QObject(parent), documents_(documents), estimates_(estimates), history_(history) {
  connect(&estimates_, &EstimateController::inputChanged, this, &WorkspaceDocument::changed);
}

void WorkspaceDocument::keepPinsOf(Session& session) {
  session_ = &session;
  connect(session_, &Session::pinsChanged, this, &WorkspaceDocument::changed);
  connect(session_, &Session::baselineChanged, this, &WorkspaceDocument::changed);
}

WorkspaceDocument::~WorkspaceDocument() {
  history_.forget(*this);
}

WorkspaceChoices WorkspaceDocument::choices() const {
  return {estimates_.input().parameters, estimates_.input().choices, sweep_};
}

WorkspaceDocument::State WorkspaceDocument::state() const {
  const EstimateInput& input = estimates_.input();
  return {input.networkPath, input.tracePath, input.mappingPaths + addedFiles(input), choices(),
          session_ ? keptPins(*session_) : std::vector<KeptPin>()};
}

bool WorkspaceDocument::isModified() const {
  if (!documents_.document()) return false;
  return path_.isEmpty() ? choices() != saved_.choices : state() != saved_;
}

QString WorkspaceDocument::description() const {
  const WorkspaceChoices now = choices();
  const auto layers = now.layers.size(), parameters = now.parameters.size();
  QString text;
  if (!path_.isEmpty()) {
    text = QFileInfo(path_).fileName();
  } else if (documents_.document()) {
    text = QString::fromStdString(documents_.document()->architecture->name);
  }
  text += QStringLiteral(": ") +
          (layers == 1 ? tr("1 layer with choices") : tr("%1 layers with choices").arg(layers));
  if (parameters > 0) text += parameters == 1 ? tr(", 1 parameter") : tr(", %1 parameters").arg(parameters);
  if (!sweep_.isEmpty()) text += tr(", a design space");
  return text;
}

std::string WorkspaceDocument::text() const {
  return writeWorkspace(workspaceAt(path_));
}

Workspace WorkspaceDocument::workspaceAt(const QString& path) const {
  Workspace workspace = workspaceOf(estimates_.input(), path);
  const std::filesystem::path base = folderOf(path);
  workspace.sweep = withPathsFrom(sweep_, base);
  if (!session_) return workspace;
  for (const KeptPin& pin : keptPins(*session_)) {
    if (pin.file.isEmpty()) continue;
    workspace.results.push_back({relativeTo(pin.file, base), pin.title.toStdString()});
    if (pin.baseline) workspace.baseline = pin.title.toStdString();
  }
  return workspace;
}

void WorkspaceDocument::change(const StepName& name, const WorkspaceChoices& choices,
                               const QString& mergeKey) {
  if (choices != this->choices()) {
    history_.push(std::make_unique<Step>(*this, name, choices, mergeKey));
  }
}

void WorkspaceDocument::changeLayers(const StepName& name, const std::map<std::string, LayerChoice>& layers,
                                     const QString& mergeKey) {
  change(name, {estimates_.input().parameters, layers, sweep_}, mergeKey);
}

void WorkspaceDocument::setParameter(const std::string& name, std::optional<std::int64_t> value) {
  WorkspaceChoices now = choices();
  const std::string key = "arch." + name;
  const auto before = now.parameters.find(key);
  const QString was = before == now.parameters.end() ? tr("default") : QString::number(before->second);
  if (value) {
    now.parameters[key] = *value;
  } else {
    now.parameters.erase(key);
  }
  change({QString::fromStdString(name), was, value ? QString::number(*value) : tr("default")}, now);
}

void WorkspaceDocument::changeSweep(const StepName& name, const WorkspaceSweep& sweep,
                                    const QString& mergeKey) {
  change(name, {estimates_.input().parameters, estimates_.input().choices, sweep}, mergeKey);
}

void WorkspaceDocument::takeSweep(const WorkspaceSweep& sweep) {
  if (sweep == sweep_) return;
  sweep_ = sweep;
  Q_EMIT sweepChanged();
  Q_EMIT changed();
}

void WorkspaceDocument::apply(const WorkspaceChoices& choices) {
  takeSweep(choices.sweep);
  estimates_.setParameters(choices.parameters);
  estimates_.setChoices(choices.layers);
}

void WorkspaceDocument::catchUp() {
  if (const auto choices = std::exchange(ahead_, std::nullopt)) apply(*choices);
}

void WorkspaceDocument::begin(const QString& path) {
  path_ = path;
  ahead_.reset();
  history_.forget(*this);
  saved_ = state();
  if (path_.isEmpty()) saved_.choices = {};  // what a design came with is in no file
  Q_EMIT changed();
}

void WorkspaceDocument::takeNetwork() {
  saved_.network = estimates_.input().networkPath;
  saved_.trace = estimates_.input().tracePath;
  Q_EMIT changed();
}

void WorkspaceDocument::takeFiles(const Workspace& workspace) {
  if (!workspace.network.empty()) estimates_.setNetwork(fromPath(workspace.resolve(workspace.network)));
  if (!workspace.trace.empty()) estimates_.setTrace(fromPath(workspace.resolve(workspace.trace)));
  QStringList mappings;
  for (const std::string& mapping : workspace.mappings) mappings << fromPath(workspace.resolve(mapping));
  estimates_.setMappings(mappings);
}

void WorkspaceDocument::recover(const QString& path, const Workspace& kept) {
  Workspace saved;
  if (const auto read = path.isEmpty() ? Result<Workspace>() : readWorkspace(toPath(path))) saved = *read;
  saved.file = toPath(path).string();
  if (!path.isEmpty()) takeFiles(saved);
  if (session_) takePins(*session_, readPins(saved));
  apply({saved.parameters, saved.layers, withAbsolutePaths(saved)});
  begin(path);
  takeFiles(kept);
  Workspace placed = kept;
  placed.file = saved.file;
  change({tr("Recover unsaved choices")}, {kept.parameters, kept.layers, withAbsolutePaths(placed)});
}

Diagnostics WorkspaceDocument::save(const QString& path) {
  if (session_) {
    if (Diagnostics problems = writePins(*session_, path); hasErrors(problems)) return problems;
  }
  Diagnostics problems = writeFileAtomically(toPath(path), writeWorkspace(workspaceAt(path)));
  if (hasErrors(problems)) return problems;
  path_ = path;
  saved_ = state();
  history_.seal(*this);
  Q_EMIT changed();
  return problems;
}

}  // namespace taktwerk
