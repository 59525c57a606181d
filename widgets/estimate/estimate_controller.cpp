// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/estimate_controller.h"

#include <QFileInfo>
#include <algorithm>

#include "core/network/network_file.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

const QString channel = QStringLiteral("estimate");
const QString networkChannel = QStringLiteral("network");
constexpr int followMilliseconds = 40;
constexpr qint64 longestFollowed = 4000;
constexpr qint64 pauseMilliseconds = 1500;  // after which what was becomes what it is compared with

void append(Diagnostics& all, const Diagnostics& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// The values whose names begin with `prefix`, without it.
ParameterValues valuesOf(const std::map<std::string, std::int64_t>& parameters, std::string_view prefix) {
  ParameterValues values;
  for (const auto& [name, value] : parameters) {
    if (name.starts_with(prefix)) values[name.substr(prefix.size())] = value;
  }
  return values;
}

std::vector<Mapping> readMappings(const EstimateInput& input, Diagnostics& diagnostics) {
  if (input.mappingPaths.isEmpty()) {
    Result<std::vector<Mapping>> beside = readMappingsBeside(toPath(input.document->path));
    append(diagnostics, beside.diagnostics);
    return beside ? std::move(*beside) : std::vector<Mapping>();
  }
  std::vector<Mapping> mappings;
  for (const QString& path : input.mappingPaths) {
    Result<Mapping> mapping = readMapping(toPath(path));
    append(diagnostics, mapping.diagnostics);
    if (mapping) mappings.push_back(std::move(*mapping));
  }
  return mappings;
}

}  // namespace

EstimateOutcome runEstimate(const EstimateInput& input, Progress& progress) {
  EstimateOutcome outcome;
  outcome.document = input.document;
  auto machine = elaborate(*input.document->whole, valuesOf(input.parameters, "arch."));
  append(outcome.diagnostics, machine.diagnostics);
  auto network = readNetwork(toPath(input.networkPath), valuesOf(input.parameters, "network."));
  append(outcome.diagnostics, network.diagnostics);
  const std::vector<Mapping> mappings = readMappings(input, outcome.diagnostics);
  outcome.mappings = static_cast<int>(mappings.size());
  if (network) outcome.network = std::make_shared<const Network>(*network);
  outcome.cancelled = progress.cancelled();
  if (!machine || !network || hasErrors(outcome.diagnostics) || outcome.cancelled) return outcome;
  EstimateOptions options;
  options.choices = input.choices;
  auto estimate = std::make_shared<NetworkEstimate>(
      estimateNetwork(*machine, *outcome.network, mappings, options, progress));
  append(outcome.diagnostics, estimate->diagnostics);
  outcome.cancelled = estimate->cancelled;
  if (!outcome.cancelled) outcome.estimate = std::move(estimate);
  return outcome;
}

QString grouped(std::int64_t value) {
  QString digits = QString::number(value);
  const qsizetype first = value < 0 ? 1 : 0;
  for (qsizetype at = digits.size() - 3; at > first; at -= 3) digits.insert(at, QChar(0x202F));
  return digits;
}

QString standingOf(const NetworkEstimate& estimate) {
  if (hasErrors(estimate.diagnostics)) return QObject::tr("no result");
  QString standing = estimate.exact ? QObject::tr("exact") : QObject::tr("approximate");
  if (!estimate.complete) {
    const auto missing = estimate.unmapped.size();
    standing = missing == 1 ? QObject::tr("1 layer missing") : QObject::tr("%1 layers missing").arg(missing);
    standing = QObject::tr("at least %1 cycles, %2").arg(grouped(estimate.cycles), standing);
  }
  return standing;
}

EstimateController::EstimateController(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
  connect(&jobs_, &JobManager::finished, this, [this](const QString& finished) {
    if (finished == channel) Q_EMIT stateChanged();
  });
  follow_.setSingleShot(true);
  follow_.setInterval(followMilliseconds);
  connect(&follow_, &QTimer::timeout, this, [this] {
    following_ = true;
    start();
  });
}

void EstimateController::setDocument(std::shared_ptr<const Document> document) {
  const bool other = !document || !input_.document || document->path != input_.document->path;
  input_.document = std::move(document);
  if (other) {
    input_.mappingPaths.clear();
    input_.parameters.clear();
    input_.choices.clear();
    jobs_.cancel(channel);
    follow_.stop();
    before_.reset();
    latestMilliseconds_ = 0;
    outcome_ = {};
    Q_EMIT outcomeChanged();
    Q_EMIT problemsChanged();
  }
  touch();
}

void EstimateController::setNetwork(const QString& path) {
  if (path == input_.networkPath) return;
  input_.networkPath = path;
  readChosenNetwork();
  touch();
}

void EstimateController::readChosenNetwork() {
  network_.reset();
  networkProblems_.clear();
  Q_EMIT networkChanged();
  Q_EMIT problemsChanged();
  if (input_.networkPath.isEmpty()) return;
  jobs_.start(networkChannel, tr("Reading %1").arg(QFileInfo(input_.networkPath).fileName()),
              [this, path = input_.networkPath,
               values = valuesOf(input_.parameters, "network.")](Progress&) -> JobManager::Delivery {
                auto network = std::make_shared<Result<Network>>(readNetwork(toPath(path), values));
                return [this, network] {
                  networkProblems_ = network->diagnostics;
                  if (*network) network_ = std::make_shared<const Network>(std::move(**network));
                  Q_EMIT networkChanged();
                  Q_EMIT problemsChanged();
                  Q_EMIT stateChanged();
                };
              });
}

Diagnostics EstimateController::problems() const {
  Diagnostics all = networkProblems_;
  for (const Diagnostic& d : outcome_.diagnostics) {
    if (std::find(all.begin(), all.end(), d) == all.end()) all.push_back(d);
  }
  return all;
}

void EstimateController::setMappings(const QStringList& paths) {
  if (paths == input_.mappingPaths) return;
  input_.mappingPaths = paths;
  touch();
}

void EstimateController::setParameters(const std::map<std::string, std::int64_t>& parameters) {
  if (parameters == input_.parameters) return;
  input_.parameters = parameters;
  readChosenNetwork();
  touch();
}

void EstimateController::setChoices(const std::map<std::string, LayerChoice>& choices) {
  if (choices == input_.choices) return;
  input_.choices = choices;
  touch();
}

void EstimateController::touch() {
  outOfDate_ = outcome_.estimate != nullptr;
  Q_EMIT inputChanged();
  Q_EMIT stateChanged();
}

QString EstimateController::whyNotRunnable() const {
  if (!input_.document) return tr("Open an architecture first.");
  if (input_.document->architecture->readOnly) {
    return tr("The architecture holds something this version does not understand; see Problems.");
  }
  if (input_.document->hasProblems()) return tr("The architecture has errors; see Problems.");
  if (input_.networkPath.isEmpty()) return tr("Choose a network first.");
  if (hasErrors(networkProblems_)) return tr("The network has errors; see Problems.");
  return {};
}

bool EstimateController::running() const {
  return jobs_.running(channel);
}

void EstimateController::follow() {
  if (latestMilliseconds_ <= longestFollowed) follow_.start();
}

void EstimateController::run() {
  follow_.stop();
  following_ = false;
  start();
}

void EstimateController::start() {
  sinceRun_.start();
  if (!whyNotRunnable().isEmpty()) return;
  jobs_.start(channel,
              tr("Estimating %1 on %2")
                  .arg(QFileInfo(input_.networkPath).fileName().section(QLatin1Char('.'), 0, 0),
                       QString::fromStdString(input_.document->architecture->name)),
              [this, input = input_](Progress& progress) -> JobManager::Delivery {
                auto outcome = std::make_shared<EstimateOutcome>(runEstimate(input, progress));
                return [this, outcome, input] {
                  outOfDate_ = input.document != input_.document || input.networkPath != input_.networkPath ||
                               input.mappingPaths != input_.mappingPaths ||
                               input.parameters != input_.parameters || input.choices != input_.choices;
                  if (outcome->cancelled && outcome_.estimate) {  // the earlier result stays
                    outOfDate_ = true;
                    return;
                  }
                  latestMilliseconds_ = sinceRun_.elapsed();
                  const bool paused = !sinceOutcome_.isValid() || sinceOutcome_.elapsed() > pauseMilliseconds;
                  if (paused && outcome_.estimate) before_ = outcome_.estimate->cycles;
                  sinceOutcome_.start();
                  outcome_ = std::move(*outcome);
                  Q_EMIT outcomeChanged();
                  Q_EMIT problemsChanged();
                };
              });
  Q_EMIT stateChanged();
}

void EstimateController::cancel() {
  follow_.stop();
  jobs_.cancel(channel);
}

}  // namespace taktwerk
