// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/space_setup.h"

#include <algorithm>
#include <utility>

#include "core/space/space_file.h"
#include "core/space/space_writer.h"
#include "core/study/study_memory.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/first_error.h"
#include "widgets/estimate/variables.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<std::shared_ptr<const SpaceOutlook>> looks{"space"};
constexpr JobChannel<Forecast> measurements{"forecast"};
constexpr int restMilliseconds = 150;
/// Fewer points are not worth to be measured before.
constexpr std::int64_t fewPoints = 32;

bool hasAlternativesOf(const Space& space, Dimension::Of of) {
  return std::any_of(space.dimensions.begin(), space.dimensions.end(),
                     [of](const Dimension& each) { return each.of == of; });
}

/// Whether a space says what a parameter is, by its full name or the part behind the dot.
bool decides(const Space& space, const std::string& full) {
  const std::string own = full.substr(full.find('.') + 1);
  const auto is = [&](const std::string& name) { return name == full || name == own; };
  return std::any_of(space.dimensions.begin(), space.dimensions.end(),
                     [&](const Dimension& each) { return is(each.name); }) ||
         std::any_of(space.derived.begin(), space.derived.end(),
                     [&](const DerivedValue& each) { return is(each.name); });
}

SweepFiles sweepFiles(const EstimateInput& input, const Space& space) {
  SweepFiles files;
  files.files = filesOf(input);
  if (hasAlternativesOf(space, Dimension::Of::Architecture)) {
    files.files.read = nullptr;
    files.files.architecture.clear();
  }
  if (hasAlternativesOf(space, Dimension::Of::Network)) files.files.network.clear();
  if (hasAlternativesOf(space, Dimension::Of::Mappings)) files.files.mappings.clear();
  for (const auto& [name, value] : input.parameters) {
    if (!decides(space, name)) files.settings.push_back({name, value});
  }
  return files;
}

std::shared_ptr<const SpaceOutlook> lookAt(const Space& space, const PointChoice& choice,
                                           const EstimateInput& input, const Progress& progress) {
  auto found = std::make_shared<SpaceOutlook>();
  auto sweep = bindSpace(space, sweepFiles(input, space), *input.memory);
  found->problems = std::move(sweep.diagnostics);
  found->cancelled = progress.cancelled();
  if (!sweep || hasErrors(found->problems) || found->cancelled) return found;
  sweep->layers = true;  // its rows go into a store
  for (Study& study : sweep->studies) study.choices = input.choices;
  found->sweep = std::make_shared<const Sweep>(std::move(*sweep));
  PointSupply supply = pointsOf(found->sweep, choice);
  found->count = supply.count;
  found->missed = supply.missed;
  found->probes = std::move(supply.probes);
  found->cancelled = progress.cancelled();
  return found;
}

}  // namespace

SpaceSetup::SpaceSetup(Models& models, QObject* parent) : QObject(parent), models_(models) {
  rest_.setSingleShot(true);
  rest_.setInterval(restMilliseconds);
  connect(&rest_, &QTimer::timeout, this, &SpaceSetup::look);
  connect(&models_.workspace, &WorkspaceDocument::sweepChanged, this, &SpaceSetup::takeSweep);
  connect(&models_.estimates, &EstimateController::inputChanged, this, &SpaceSetup::touch);
  connect(&models_.jobs, &JobManager::finished, this, [this](const QString& channel) {
    if (channel != QLatin1String(looks.name) || stale_ || outlook_ || models_.jobs.running(looks, this))
      return;
    stopped_ = !isEmpty() && models_.document();
    Q_EMIT outlookChanged();
  });
  takeSweep();
}

PointChoice SpaceSetup::choice() const {
  const WorkspaceSweep& sweep = models_.workspace.sweep();
  PointChoice choice;
  choice.seed = static_cast<std::uint64_t>(sweep.seed);
  if (const auto sample = parseSample(sweep.sample)) choice.draw(*sample);
  return choice;
}

QString SpaceSetup::store() const {
  return fromPath(models_.workspace.sweep().store);
}

void SpaceSetup::takeSweep() {
  WorkspaceSweep sweep = models_.workspace.sweep();
  sweep.views.clear();  // how results are looked at changes no point
  if (taken_ && *taken_ == sweep) return;
  taken_ = std::make_shared<const WorkspaceSweep>(std::move(sweep));
  const std::string& text = models_.workspace.sweep().space;
  if (text != text_) {
    text_ = text;
    auto read = text.empty() ? Result<Space>(Space()) : parseSpace(text, {});
    unread_ = read ? Diagnostics() : std::move(read.diagnostics);
    space_ = read ? std::move(*read) : Space();
  }
  touch();
  Q_EMIT spaceChanged();
}

QString SpaceSetup::whyUnreadable() const {
  const Diagnostic* error = firstError(unread_);
  if (!error) return {};
  return tr("The space of the workspace cannot be read: line %1, column %2: %3.")
      .arg(error->position.line)
      .arg(error->position.column)
      .arg(shortened(error->message));
}

void SpaceSetup::changeSweep(const QString& step, const WorkspaceSweep& sweep, const QString& mergeKey) {
  models_.workspace.changeSweep({step}, sweep, mergeKey);
}

QString SpaceSetup::change(const QString& step, EditedSpace next) {
  if (!unread_.empty()) return tr("The space of the workspace cannot be read: begin another one first.");
  if (const auto* refusal = std::get_if<SpaceRefusal>(&next)) return QString::fromStdString(refusal->message);
  replace(step, std::get<Space>(next));
  return {};
}

void SpaceSetup::replace(const QString& step, const Space& space) {
  WorkspaceSweep sweep = models_.workspace.sweep();
  const bool nothing = space.dimensions.empty() && space.derived.empty() && space.constraints.empty();
  sweep.space = nothing ? std::string() : writeSpace(space);
  changeSweep(step, sweep);
}

void SpaceSetup::setSample(const QString& sample, std::int64_t seed) {
  WorkspaceSweep sweep = models_.workspace.sweep();
  sweep.sample = sample.toStdString();
  sweep.seed = sample.isEmpty() ? 0 : seed;
  changeSweep(tr("Choose which points are estimated"), sweep, QStringLiteral("sample"));
}

void SpaceSetup::setStore(const QString& path) {
  WorkspaceSweep sweep = models_.workspace.sweep();
  sweep.store = path.isEmpty() ? std::string() : toPath(path).string();
  changeSweep(tr("Choose the file for results"), sweep);
}

std::optional<std::size_t> SpaceSetup::find(const QString& name) const {
  const std::string full = name.toStdString();
  const std::string own = full.substr(full.find('.') + 1);
  for (std::size_t d = 0; d < space_.dimensions.size(); ++d) {
    const std::string& each = space_.dimensions[d].name;
    if (each == full || each == own) return d;
  }
  return std::nullopt;
}

QString SpaceSetup::vary(const QString& name, const std::vector<std::int64_t>& values) {
  if (find(name)) return {};
  Dimension dimension;
  dimension.name = name.toStdString();
  KnownRange range;
  for (const Variable& each : variablesOf(models_.estimates)) {
    if (each.name == dimension.name) range = each.range;
  }
  if (!values.empty()) range.values = values;
  dimension.values = suggestValues(range);
  Space next = space_;
  next.dimensions.push_back(std::move(dimension));
  return change(tr("Vary %1").arg(name), checkedSpace(next));
}

void SpaceSetup::setWatched(bool watched) {
  watched_ = watched;
  if (watched_ && stale_) rest_.start();
}

void SpaceSetup::touch() {
  stale_ = true;
  stopped_ = false;
  outlook_.reset();
  forecast_.reset();
  models_.jobs.cancel(looks, this);
  models_.jobs.cancel(measurements, this);
  if (watched_) rest_.start();
  Q_EMIT outlookChanged();
}

bool SpaceSetup::isLooking() const {
  return rest_.isActive() || models_.jobs.running(looks, this) || models_.jobs.running(measurements, this);
}

void SpaceSetup::look() {
  const EstimateInput& input = models_.estimates.input();
  rest_.stop();
  stale_ = stopped_ = false;
  if (isEmpty() || !input.document) return;
  looked_ = std::make_shared<const EstimateInput>(input);
  base_ = input.parameters;
  for (auto each = base_.begin(); each != base_.end();) {
    each = decides(space_, each->first) ? base_.erase(each) : std::next(each);
  }
  models_.jobs.start(
      looks, tr("Counting points"), this,
      [space = space_, choice = choice(), input = looked_](Progress& progress) {
        return lookAt(space, choice, *input, progress);
      },
      [this](const std::shared_ptr<const SpaceOutlook>& found) {
        if (found->cancelled || stale_) return;
        outlook_ = found;
        Q_EMIT outlookChanged();
        if (outlook_->sweep && outlook_->count.atMost > fewPoints) measure();
      });
  Q_EMIT outlookChanged();
}

void SpaceSetup::measure() {
  models_.jobs.start(
      measurements, tr("Measuring some points"), this,
      [outlook = outlook_, memory = models_.estimates.input().memory](Progress& progress) {
        StudyOptions options;
        options.how.jobs = 1;
        options.keep = false;
        return taktwerk::forecast(*outlook->sweep, outlook->probes, options, *memory, progress, 1);
      },
      [this](const Forecast& found) {
        if (stale_ || found.measured == 0) return;
        forecast_ = found;
        Q_EMIT outlookChanged();
      });
}

QString SpaceSetup::whyNotRunnable() const {
  const auto& document = models_.document();
  if (!document) return tr("Open an architecture first.");
  if (!unread_.empty()) return whyUnreadable();
  if (isEmpty()) return tr("Choose parameters to vary first.");
  if (document->place().isEmpty() && !hasAlternativesOf(space_, Dimension::Of::Architecture))
    return tr("Save the architecture first: results are kept with the file that they are of.");
  if (models_.estimates.input().networkPath.isEmpty() && !hasAlternativesOf(space_, Dimension::Of::Network))
    return tr("Choose a network first.");
  if (!outlook_ && !watched_ && !stopped_)
    return tr("Show the page Sweep first: it says what the space comes to.");
  if (stopped_) return tr("Counting the points was stopped.");
  if (!outlook_) return tr("The space is being looked at.");
  if (!outlook_->sweep) {
    const Diagnostic* error = firstError(outlook_->problems);
    return error ? QString::fromStdString(error->message) : tr("Something is wrong with the space.");
  }
  return outlook_->count.atMost == 0 ? tr("The constraints leave no point.") : QString();
}

SweepRequest SpaceSetup::request() const {
  SweepRequest request;
  request.sweep = outlook_->sweep;
  request.choice = choice();
  request.store = store();
  request.memory = looked_->memory;
  request.base = base_;
  request.files = {looked_->document->place(), looked_->networkPath, looked_->mappingPaths,
                   looked_->addedMappings};
  for (const auto& [path, text] : looked_->texts) request.texts[toPath(path).string()] = text;
  // Alternatives are what their files hold.
  if (!hasAlternativesOf(space_, Dimension::Of::Architecture)) {
    request.texts[looked_->document->architecture->file] =
        std::make_shared<const std::string>(looked_->document->bytes);
  }
  return request;
}

}  // namespace taktwerk
